"""`youju serve`: the app in the browser."""

import argparse

from commands.command import Command
from commands.opening import advise, open_library
from commands.options import model_option, port
from commands.output import Bars


def serve(args: argparse.Namespace) -> int:
    """Start the app in the browser."""
    import app
    from corpus.samples import SAMPLES

    library = open_library(args, create=True)
    advise(library)
    if args.sample and not library.documents():
        with Bars() as progress:
            library.add([SAMPLES], progress)
    app.launch(library, args.host, args.port)
    return 0


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=port, default=7860)
    command.add_argument("--sample", action="store_true", help="load samples when empty")
    model_option(command)


COMMANDS = (Command("serve", serve, _arguments, json_output=False),)
