"""What a command is: its name, what it does, and the arguments that it takes."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

Run = Callable[[argparse.Namespace], int]


def no_arguments(command: argparse.ArgumentParser) -> None:
    """Ask for nothing beyond what every command takes."""


class Command(NamedTuple):
    """A row of the table that the command line is made from.

    `run` carries the command out and returns the exit status; its docstring is the help text.
    `arguments` adds what the command takes beyond `--library` and `--json`.
    """

    name: str
    run: Run
    arguments: Callable[[argparse.ArgumentParser], None] = no_arguments
    library: bool = True
    json_output: bool = True

    def add_to(self, commands: Any) -> None:
        """Add the command to the subparsers of the whole command line."""
        told = self.run.__doc__ or ""
        parser = commands.add_parser(self.name, help=told.rstrip("."), description=told)
        parser.set_defaults(run_command=self.run, json=False, model=None, text=None, backend=None)
        # For what is only found wrong when several arguments are seen together.
        parser.set_defaults(wrong_usage=parser.error)
        if self.library:
            parser.add_argument(
                "--library", type=Path, metavar="DIR", help="default: YOUJU_LIBRARY, or your own"
            )
            parser.add_argument(
                "--backend",
                metavar="WHERE",
                help="milvus://HOST:PORT[/DATABASE] or embedded; default: YOUJU_BACKEND, or where "
                "the library has its indexes",
            )
        if self.json_output:
            parser.add_argument("--json", action="store_true", help="print JSON")
        self.arguments(parser)
