"""`youju serve`: the app in the browser; `youju mcp`: what a language model's client starts."""

import argparse

from commands.command import Command
from commands.opening import advise, open_library, open_searcher
from commands.options import model_option, port, rerank_option
from commands.output import Bars


def serve(args: argparse.Namespace) -> int:
    """Start the app in the browser."""
    import app
    from corpus.samples import SAMPLES
    from ui.monitor import Watch, log_as

    watch = Watch(args.metrics, args.log_questions, args.log_format == "json")
    log_as(watch)
    library = open_library(args, create=True)
    advise(library)
    if args.sample and not library.documents():
        with Bars() as progress:
            library.add([SAMPLES], progress)
    app.launch(library, args.host, args.port, mcp=args.mcp, watch=watch)
    return 0


def mcp(args: argparse.Namespace) -> int:
    """Answer an MCP client on standard input and output, until it closes them."""
    from ui.mcp import run_on_stdio

    run_on_stdio(open_searcher(args))
    return 0


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=port, default=7860)
    command.add_argument("--sample", action="store_true", help="load samples when empty")
    _switch(command, "--mcp", "also an MCP server, at /mcp")
    _switch(command, "--metrics", "also figures for Prometheus, at /metrics")
    command.add_argument(
        "--log-format", choices=("text", "json"), default="text", help="json: a line a request"
    )
    _switch(command, "--log-questions", "let the text of questions stand in the log")
    model_option(command)


def _switch(command: argparse.ArgumentParser, name: str, told: str) -> None:
    """Take what the settings may have switched on, and its opposite."""
    command.add_argument(name, action=argparse.BooleanOptionalAction, default=False, help=told)


def _mcp_arguments(command: argparse.ArgumentParser) -> None:
    model_option(command)
    rerank_option(command)


COMMANDS = (
    Command("serve", serve, _arguments, json_output=False),
    Command("mcp", mcp, _mcp_arguments, json_output=False),
)
