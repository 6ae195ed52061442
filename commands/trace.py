"""`youju trace`: the clauses behind a requirement, or behind a list of them."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commands.command import Command
from commands.opening import filters_of, open_searcher
from commands.options import count, search_options
from commands.output import STANDARD_INPUT, Bars, CommandError, Json, each, print_result, say

if TYPE_CHECKING:
    from retrieval.trace import Requirement, Row, Tracer

# A name with an extension, or what begins like a path; 5次/周 and 1.5 are texts.
_PATH = re.compile(
    r"(?:~?/|\.{1,2}/|[A-Za-z]:[\\/])[^\n]*|[^\n，。；：、？！]{1,250}\.[A-Za-z]{2,5}"
)


def trace(args: argparse.Namespace) -> int:
    """Find the clauses that state a requirement, for one or for a list of them."""
    from retrieval.tables import check_path
    from retrieval.trace import Tracer
    from retrieval.trace.files import read_requirements

    if args.out:
        check_path(args.out)
    path = _file(args.text)
    listed = read_requirements(path) if path else []
    searcher = open_searcher(args)
    tracer = Tracer(searcher, filters_of(args, searcher.library), args.mode, args.top)
    rows: list[Row] = []
    status = 0
    if path:
        rows = _traced(tracer, listed)
        _tell(args, rows)
    else:
        status = each(args, lambda text: _trace_line(args, tracer, text, rows))
    if args.out:
        _export(rows, args.out)
    return status


def _file(text: str) -> Path | None:
    """The file that is meant, or None for a text or standard input."""
    if text == STANDARD_INPUT:
        return None
    path = Path(text)
    if "\0" not in text and _is_file(path):
        return path
    if _PATH.fullmatch(text.strip()):
        raise CommandError(f"{text}: there is no such file; expected a list or a requirement")
    return None


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a text may be longer than any name."""
    try:
        return path.is_file()
    except OSError:
        return False


def _traced(tracer: "Tracer", listed: "Sequence[Requirement]") -> "list[Row]":
    rows = []
    with Bars() as progress:
        for done, row in enumerate(tracer.trace_all(listed), start=1):
            rows.append(row)
            if len(listed) > 1:
                progress("trace", done, len(listed))
    return rows


def _trace_line(args: argparse.Namespace, tracer: "Tracer", text: str, rows: "list[Row]") -> None:
    """Trace one requirement; the number that a line of a list begins with is none of it."""
    from retrieval.trace.lists import unnumbered

    row = tracer.trace(unnumbered(text) if args.text == STANDARD_INPUT else text)
    rows.append(row)
    _tell(args, [row])


def _tell(args: argparse.Namespace, rows: "Sequence[Row]") -> None:
    """Print the rows; people read those that are written to a file there."""
    from retrieval.trace.lines import trace_lines
    from retrieval.trace.shapes import trace_shape

    if args.json or not args.out:
        print_result(args, trace_shape(rows), trace_lines)


def _export(rows: "Sequence[Row]", path: Path) -> None:
    from retrieval.tables import write_table
    from retrieval.trace.export import trace_table
    from retrieval.trace.lines import summary
    from retrieval.trace.shapes import trace_shape

    shape: Json = trace_shape(rows)
    write_table(trace_table(shape), path)
    say(f"{path}: {summary(shape)}")


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "text",
        metavar="FILE-or-TEXT",
        help="a requirement, a list of them (.txt .md .csv .xlsx .docx), or - for one a line",
    )
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="write a table: .xlsx, .docx, .csv or .md"
    )
    command.add_argument(
        "--top", type=count, default=20, metavar="K", help="matches of a requirement, 20"
    )
    search_options(command)


COMMANDS = (Command("trace", trace, _arguments),)
