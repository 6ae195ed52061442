"""`youju search`: the clauses that fit a query."""

import argparse

from commands.command import Command
from commands.opening import filters_of, open_searcher
from commands.options import count, search_options, text_argument
from commands.output import each, print_result


def search(args: argparse.Namespace) -> int:
    """Find the clauses that fit a query best."""
    from retrieval.lines import search_lines
    from retrieval.shapes import search_shape

    searcher = open_searcher(args)
    filters = filters_of(args, searcher.library)

    def run(query: str) -> None:
        results = searcher.search(query, args.top, args.mode, filters)
        print_result(args, search_shape(results), search_lines)

    return each(args, run)


def _arguments(command: argparse.ArgumentParser) -> None:
    text_argument(command, "query")
    command.add_argument("--top", type=count, default=10, metavar="K")
    search_options(command)


COMMANDS = (Command("search", search, _arguments),)
