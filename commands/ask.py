"""`youju ask`: an answer with its citations."""

import argparse
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from commands.command import Command
from commands.opening import filters_of, open_generator, open_searcher
from commands.options import generator_options, search_options, share, text_argument
from commands.output import each, print_result, say

if TYPE_CHECKING:
    from retrieval import Filters, Searcher
    from retrieval.generate import Generator


def ask(args: argparse.Namespace) -> int:
    """Answer a question with sentences of the documents."""
    generator = open_generator(args)
    searcher = open_searcher(args)
    filters = filters_of(args, searcher.library)
    run: Callable[[str], None] = (
        partial(_quote, args, searcher, filters)
        if generator is None
        else partial(_generate, args, searcher, filters, generator)
    )
    return each(args, run)


def _quote(
    args: argparse.Namespace, searcher: "Searcher", filters: "Filters", question: str
) -> None:
    from retrieval import answer
    from retrieval.lines import answer_lines
    from retrieval.shapes import answer_shape

    found = answer(searcher, question, filters, args.mode, _threshold(args))
    print_result(args, answer_shape(found), answer_lines)


def _generate(
    args: argparse.Namespace,
    searcher: "Searcher",
    filters: "Filters",
    generator: "Generator",
    question: str,
) -> None:
    from retrieval.generate import Limits, Settings, generate_answer
    from retrieval.generate.lines import generated_answer_lines
    from retrieval.generate.shapes import generated_answer_shape

    limits = Limits(seconds=args.generator_timeout)
    settings = Settings(args.unsupported, limits, threshold=_threshold(args))
    found = generate_answer(searcher, question, generator, filters, args.mode, settings)
    if found.generated and found.generated.failure:
        say(f"youju: {found.generated.failure}: the answer is quoted from the documents")
    print_result(args, generated_answer_shape(found), generated_answer_lines)


def _threshold(args: argparse.Namespace) -> float:
    """The threshold that was given, or the one that was fitted, which `--help` need not load."""
    from retrieval.confidence import THRESHOLD

    return THRESHOLD if args.threshold is None else float(args.threshold)


def _arguments(command: argparse.ArgumentParser) -> None:
    text_argument(command, "question")
    search_options(command)
    command.add_argument(
        "--threshold",
        type=share,
        metavar="P",
        help="say nothing below this confidence, 0 to 1; default 0.25",
    )
    generator_options(command)


COMMANDS = (Command("ask", ask, _arguments),)
