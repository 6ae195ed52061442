"""`youju compare`: what documents say on a topic, or two documents against each other."""

import argparse

from commands.command import Command
from commands.opening import filters_of, open_library, open_searcher
from commands.options import out_option, search_options
from commands.output import STANDARD_INPUT, CommandError, each, print_result, say


def compare(args: argparse.Namespace) -> int:
    """Compare what documents say on a topic, or two documents clause by clause."""
    named = [args.text is not None, bool(args.documents), args.versions is not None]
    if sum(named) != 1:
        raise CommandError(
            "compare takes one of three: a TOPIC, --documents OLD NEW, or --versions DOC"
        )
    _check_out(args)
    return _compare_topics(args) if args.text is not None else _compare_two(args)


def _check_out(args: argparse.Namespace) -> None:
    if args.out is None:
        return
    if args.text == STANDARD_INPUT:
        raise CommandError("--out takes one topic: several would write over each other")
    from retrieval.tables import check_path

    check_path(args.out)


def _compare_topics(args: argparse.Namespace) -> int:
    from retrieval.compare import compare_topic
    from retrieval.compare.lines import topic_lines
    from retrieval.compare.shapes import topic_shape
    from retrieval.compare.tables import topic_table
    from retrieval.tables import write_table

    searcher = open_searcher(args)
    filters = filters_of(args, searcher.library)

    def run(topic: str) -> None:
        shape = topic_shape(compare_topic(searcher, topic, filters, args.mode))
        if args.out:
            write_table(topic_table(shape), args.out)
            say(f"wrote {args.out}")
        print_result(args, shape, topic_lines)

    return each(args, run)


def _compare_two(args: argparse.Namespace) -> int:
    from retrieval import standings
    from retrieval.compare import compare_documents, find_document, version_before
    from retrieval.compare.shapes import comparison_shape
    from retrieval.compare.tables import comparison_table
    from retrieval.compare.versions.lines import comparison_lines
    from retrieval.tables import write_table

    library = open_library(args)
    if args.versions is not None:
        old, new = version_before(library, args.versions)
    else:
        old, new = (find_document(library, name) for name in args.documents)
    shape = comparison_shape(compare_documents(old, new), standings(library))
    if args.out:
        write_table(comparison_table(shape), args.out)
        say(f"wrote {args.out}")
    print_result(args, shape, comparison_lines)
    return 0


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("text", nargs="?", metavar="TOPIC", help="- reads one topic a line")
    command.add_argument(
        "--documents", nargs=2, metavar=("OLD", "NEW"), help="two documents: id, title or file"
    )
    command.add_argument(
        "--versions", metavar="DOC", help="a document against the version before it"
    )
    out_option(command)
    search_options(command)


COMMANDS = (Command("compare", compare, _arguments),)
