"""`youju move`: the indexes of a library to a server, or back into its folder."""

import argparse

from commands.command import Command
from commands.output import Bars, say

WAYS = ("FLAT", "HNSW", "DISKANN")
"""As in index.milvus.server.WAYS, which would load numpy to show a help text; a test compares."""


def move(args: argparse.Namespace) -> int:
    """Move the indexes of a library to a Milvus server or back; nothing is encoded again."""
    from index import default_folder
    from index.backend import backend_name
    from index.database import check_folder
    from index.moving import move as move_indexes
    from index.store import Store

    folder = args.library or default_folder()
    check_folder(folder, create=False)
    with Bars() as progress:
        left = move_indexes(Store(folder), folder, args.to, args.index, progress)
    if left:
        say(left)
    say(f"the indexes of {folder} are now in {backend_name(args.to)}")
    return 0


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--to", required=True, metavar="WHERE", help="milvus://HOST:PORT[/DATABASE], or embedded"
    )
    command.add_argument(
        "--index", choices=WAYS, default=WAYS[0], help="over vectors on the server; default: FLAT"
    )


COMMANDS = (Command("move", move, _arguments, json_output=False),)
