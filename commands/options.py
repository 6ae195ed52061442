"""Arguments that several commands share, and the values that they may have."""

import argparse
import re
from pathlib import Path


def text_argument(command: argparse.ArgumentParser, name: str) -> None:
    """Take a text, or `-` for one on each line of standard input: see `output.each`."""
    command.add_argument("text", metavar=name.upper(), help=f"- reads one {name} a line")


def mode_option(command: argparse.ArgumentParser) -> None:
    """Take how to search."""
    # As in retrieval.ranking.MODES, which would load numpy to show a help text; a test compares.
    command.add_argument("--mode", choices=("hybrid", "bm25", "dense"), default="hybrid")


def model_option(command: argparse.ArgumentParser) -> None:
    """Take the name of an encoder."""
    command.add_argument(
        "--model", metavar="NAME", help="e5-small, or a sentence-transformers name or path"
    )


def rerank_option(command: argparse.ArgumentParser) -> None:
    """Take the name of a reranker."""
    command.add_argument(
        "--rerank", metavar="NAME", help="a cross-encoder of sentence-transformers, name or path"
    )


def search_options(command: argparse.ArgumentParser) -> None:
    """Take how to search, with what, and in which documents."""
    mode_option(command)
    model_option(command)
    rerank_option(command)
    filter_options(command)


def filter_options(command: argparse.ArgumentParser) -> None:
    """Take which documents to search."""
    filters = command.add_argument_group("filters")
    filters.add_argument("--issuer", metavar="TEXT", help="part of the name")
    filters.add_argument("--region", metavar="TEXT", help="part of the name")
    filters.add_argument("--year", type=year, metavar="YYYY")
    filters.add_argument(
        "--status", metavar="TEXT", help="现行, 征求意见稿, 试行, 已废止, 已被替代, 不明"
    )
    filters.add_argument("--level", choices=("国家", "省", "市", "县", "校"))
    filters.add_argument("--form", metavar="TEXT", help="文种: 法律, 条例, 办法, 通知")
    filters.add_argument(
        "--superseded", action="store_true", help="also what was replaced or repealed"
    )
    filters.add_argument("--document", action="append", default=[], metavar="DOC")


def out_option(command: argparse.ArgumentParser) -> None:
    """Take the file that a table is written to."""
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="write a table: .xlsx, .docx, .csv or .md"
    )


def generator_options(command: argparse.ArgumentParser) -> None:
    """Take the language model that answers, and what becomes of what it makes up."""
    group = command.add_argument_group("answers in the words of a language model")
    group.add_argument(
        "--generator",
        metavar="URL",
        help="an OpenAI-compatible endpoint: http://localhost:11434/v1",
    )
    group.add_argument("--generator-model", metavar="NAME", help="its name at the endpoint")
    group.add_argument(
        "--generator-timeout", type=count, default=120, metavar="SECONDS", help="default: 120"
    )
    group.add_argument(
        "--unsupported",
        choices=("mark", "drop"),
        default="mark",
        help="sentences that their sources do not carry; default: mark",
    )


def count(text: str) -> int:
    """Read a number above 0."""
    if not re.fullmatch(r"[0-9]*[1-9][0-9]*", text):
        raise argparse.ArgumentTypeError(f"expected a number above 0, found {text!r}")
    return int(text)


def share(text: str) -> float:
    """Read a number from 0 to 1."""
    if not re.fullmatch(r"0(?:\.[0-9]{1,6})?|1(?:\.0{1,6})?", text):
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, found {text!r}")
    return float(text)


def port(text: str) -> int:
    """Read a port."""
    number = count(text)
    if number > 65535:
        raise argparse.ArgumentTypeError(f"expected a port up to 65535, found {text!r}")
    return number


def year(text: str) -> str:
    """Read a year."""
    if not re.fullmatch(r"[0-9]{4}", text):
        raise argparse.ArgumentTypeError(f"expected a year of four digits, found {text!r}")
    return text
