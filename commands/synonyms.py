"""`youju synonyms`: everyday words and what policy texts say for them."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from commands.command import Command
from commands.opening import open_library
from commands.output import Json, fail, print_result

if TYPE_CHECKING:
    from retrieval.synonyms import LibrarySynonyms


def list_synonyms(args: argparse.Namespace) -> int:
    """List everyday words with the words of policy for them; add or remove pairs of your own."""
    return _show(args, _library_synonyms(args))


def add_synonyms(args: argparse.Namespace) -> int:
    """Add words of policy for an everyday word."""
    synonyms = _library_synonyms(args)
    synonyms.add(args.everyday, [word for words in args.policy for word in words.split()])
    return _show(args, synonyms, args.everyday.strip())


def remove_synonyms(args: argparse.Namespace) -> int:
    """Remove a pair that was added."""
    synonyms = _library_synonyms(args)
    word = args.everyday.strip()
    shape = {"removed": [{"everyday": word, "policy": synonyms.remove(args.everyday)}]}
    print_result(args, shape, _removed_lines)
    return 0


def _removed_lines(shape: Json) -> Iterator[str]:
    yield from (f"removed {pair['everyday']}" for pair in shape["removed"])


def _show(args: argparse.Namespace, synonyms: "LibrarySynonyms", only: str | None = None) -> int:
    """Print the pairs; a line of the file that cannot be used is an error, told as one line."""
    from retrieval.lines import synonyms_lines
    from retrieval.shapes import synonyms_shape

    print_result(args, synonyms_shape(synonyms, only), synonyms_lines)
    for problem in synonyms.table.problems:
        fail(f"{synonyms.path}: {problem}")
    return 1 if synonyms.table.problems else 0


def _library_synonyms(args: argparse.Namespace) -> "LibrarySynonyms":
    from retrieval.synonyms import LibrarySynonyms

    return LibrarySynonyms(open_library(args).folder)


def _arguments(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(metavar="ACTION")
    # What stands before the action (--library, --json) must not be set back by it.
    both = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    both.add_argument("--library", type=Path, metavar="DIR")
    both.add_argument("--json", action="store_true", help="print JSON")
    for name, run in (("add", add_synonyms), ("remove", remove_synonyms)):
        action = actions.add_parser(name, help=run.__doc__, parents=[both])
        action.set_defaults(run_command=run)
        action.add_argument("everyday", metavar="WORD", help="what people say: 涨薪")
        if run is add_synonyms:
            action.add_argument("policy", nargs="+", metavar="POLICY", help="提高待遇")


COMMANDS = (Command("synonyms", list_synonyms, _arguments),)
