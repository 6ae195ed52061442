"""`youju check`: what a draft cites and quotes, against the library."""

import argparse
import sys

from commands.command import Command
from commands.files import named_file
from commands.opening import open_searcher
from commands.options import model_option, out_option, rerank_option
from commands.output import STANDARD_INPUT, print_result, say


def check(args: argparse.Namespace) -> int:
    """Check what a draft cites and quotes: the same, altered, not there, or replaced."""
    from retrieval.drafts import check_draft
    from retrieval.drafts.export import check_table
    from retrieval.drafts.lines import check_lines, summary
    from retrieval.drafts.shapes import check_shape
    from retrieval.tables import check_path, write_table

    if args.out:
        check_path(args.out)
    draft = _draft(args.draft)
    searcher = open_searcher(args)
    findings = check_draft(searcher, draft)
    shape = check_shape(draft, findings, searcher.library.snapshot().pending)
    if args.out:
        write_table(check_table(shape), args.out)
        say(f"{args.out}: {summary(shape)}")
    if args.json or not args.out:
        print_result(args, shape, check_lines)
    return 0


def _draft(named: str) -> str:
    """The text of a draft: of a file in any format that is read, of standard input, or itself."""
    if named == STANDARD_INPUT:
        return sys.stdin.read()
    path = named_file(named)
    if path is None:
        return named
    from corpus import read_file

    return read_file(path).text


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "draft",
        metavar="FILE-or-TEXT",
        help="a draft (.txt .md .docx .html .pdf …), its text, or - for standard input",
    )
    out_option(command)
    model_option(command)
    rerank_option(command)


COMMANDS = (Command("check", check, _arguments),)
