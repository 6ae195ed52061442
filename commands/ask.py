"""`youju ask`: an answer with its citations."""

import argparse

from commands.command import Command
from commands.opening import filters_of, open_searcher
from commands.options import search_options, text_argument
from commands.output import each, print_result


def ask(args: argparse.Namespace) -> int:
    """Answer a question with sentences of the documents."""
    from retrieval import answer
    from retrieval.lines import answer_lines
    from retrieval.shapes import answer_shape

    searcher = open_searcher(args)
    filters = filters_of(args, searcher.library)

    def run(question: str) -> None:
        found = answer(searcher, question, filters, args.mode)
        print_result(args, answer_shape(found), answer_lines)

    return each(args, run)


def _arguments(command: argparse.ArgumentParser) -> None:
    text_argument(command, "question")
    search_options(command)


COMMANDS = (Command("ask", ask, _arguments),)
