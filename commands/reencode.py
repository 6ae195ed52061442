"""`youju reencode`: the library with another encoder."""

import argparse

from commands.command import Command
from commands.opening import open_library
from commands.options import model_option
from commands.output import Bars, say


def reencode(args: argparse.Namespace) -> int:
    """Encode the library with another model."""
    library = open_library(args, as_built=True)
    with Bars() as progress:
        library.reencode(args.model, progress)
    say(f"{library.folder} is now encoded with {library.encoder.name}")
    return 0


COMMANDS = (Command("reencode", reencode, model_option, json_output=False),)
