"""`youju backup` and `youju restore`: a library as one file, and back."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from commands.command import Command
from commands.opening import open_library
from commands.output import Json, print_result

if TYPE_CHECKING:
    from index.contents import Contents


def backup(args: argparse.Namespace) -> int:
    """Write the library to one file; the app may go on serving it."""
    from index.backup import back_up

    folder = open_library(args).folder
    found = back_up(folder, args.file, _beside(), args.replace)
    shape = {**_shape(args.file, folder, found), "bytes": args.file.stat().st_size}
    print_result(args, shape, _backup_lines)
    return 0


def restore(args: argparse.Namespace) -> int:
    """Make a library of a backup; one that is there is replaced only with --replace."""
    from index import default_folder
    from index.restoring import restore

    folder = args.library or default_folder()
    # A backup that knows of no accounts does not open the library to everybody.
    found = restore(args.file, folder, _beside(), args.replace, staying=_beside()[:1])
    print_result(args, _shape(args.file, folder, found), _restore_lines)
    return 0


def _beside() -> tuple[str, ...]:
    """The files that belong to a library beside its database, the accounts first."""
    from retrieval import synonyms
    from ui import feedback, kept_sets
    from ui.access import database as accounts

    return accounts.FILE, feedback.FILE, kept_sets.FILE, synonyms.FILE


def _shape(file: Path, folder: Path, found: "Contents") -> Json:
    return {"file": str(file), "library": str(folder), **found._asdict()}


def _backup_lines(shape: Json) -> Iterator[str]:
    yield f"{shape['file']}: {_held(shape)}, {shape['bytes'] / 1e6:,.1f} MB"


def _restore_lines(shape: Json) -> Iterator[str]:
    yield f"{shape['library']}: {_held(shape)}"


def _held(shape: Json) -> str:
    counts = f"{shape['documents']:,} documents, {shape['clauses']:,} clauses"
    return f"{counts}, content {shape['content'][:12]}"


def _backup_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--replace", action="store_true", help="write over a file that is there")


def _restore_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--replace", action="store_true", help="replace the library that is there")


COMMANDS = (
    Command("backup", backup, _backup_arguments),
    Command("restore", restore, _restore_arguments),
)
