"""`youju add`, `list`, `show`, `remove`: what is in the library."""

import argparse
from pathlib import Path

from commands.command import Command
from commands.opening import open_library
from commands.options import model_option
from commands.output import Bars, print_result


def add(args: argparse.Namespace) -> int:
    """Add files and folders to the library."""
    from retrieval.holding_shapes import report_shape
    from retrieval.lines import report_lines

    library = open_library(args, create=True)
    with Bars() as progress:
        report = library.add(args.paths, progress, collection=args.collection)
    print_result(args, report_shape(report), report_lines)
    return 1 if report.failed else 0


def list_documents(args: argparse.Namespace) -> int:
    """List the documents with what was noticed about each."""
    from retrieval.holding_shapes import list_shape
    from retrieval.lines import list_lines

    print_result(args, list_shape(open_library(args)), list_lines)
    return 0


def show(args: argparse.Namespace) -> int:
    """Show a document: its text, its clauses and what they lay down."""
    from index.references import Resolver
    from retrieval import standings
    from retrieval.lines import show_lines
    from retrieval.shapes import show_shape

    library = open_library(args)
    document = library.document(args.document)
    resolver = Resolver(library.documents(), library.document)
    shape = show_shape(document, standings(library)[document.id], resolver)
    print_result(args, shape, show_lines)
    return 0


def remove(args: argparse.Namespace) -> int:
    """Remove documents."""
    from retrieval.lines import removed_lines
    from retrieval.shapes import document_shape

    removed = open_library(args).remove(args.documents)
    shape = {"removed": [document_shape(document) for document in removed]}
    print_result(args, shape, removed_lines)
    return 0


def _add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    command.add_argument(
        "--collection", metavar="NAME", help="file under it; default: where it was, or default"
    )
    model_option(command)


def _show_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", metavar="DOC")


def _remove_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("documents", nargs="+", metavar="DOC")


COMMANDS = (
    Command("add", add, _add_arguments),
    Command("list", list_documents),
    Command("show", show, _show_arguments),
    Command("remove", remove, _remove_arguments),
)
