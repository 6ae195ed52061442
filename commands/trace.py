"""`youju trace`: the clauses behind a requirement, or behind a list of them."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commands.command import Command
from commands.files import named_file
from commands.opening import filters_of, open_searcher
from commands.options import count, out_option, search_options
from commands.output import STANDARD_INPUT, Bars, Json, each, print_result, say

if TYPE_CHECKING:
    from retrieval.trace import Requirement, Row, Tracer


def trace(args: argparse.Namespace) -> int:
    """Find the clauses that state a requirement, for one or for a list of them."""
    from retrieval.tables import check_path
    from retrieval.trace import Tracer
    from retrieval.trace.files import read_requirements

    if args.out:
        check_path(args.out)
    path = None if args.text == STANDARD_INPUT else named_file(args.text)
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
    out_option(command)
    command.add_argument(
        "--top", type=count, default=20, metavar="K", help="matches of a requirement, 20"
    )
    search_options(command)


COMMANDS = (Command("trace", trace, _arguments),)
