"""The `youju` command: what the library can do, for people and for other programs."""

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from commands import (
    ask,
    backup,
    check,
    compare,
    evaluate,
    feedback,
    library,
    move,
    reencode,
    search,
    serve,
    show_settings,
    synonyms,
    trace,
    user,
)
from commands.opening import OpenEncoder, open_encoder
from commands.output import fail
from commands.settings import Settings, read_settings
from corpus import YoujuError

COMMANDS = (
    *library.COMMANDS,
    *search.COMMANDS,
    *ask.COMMANDS,
    *trace.COMMANDS,
    *compare.COMMANDS,
    *check.COMMANDS,
    *synonyms.COMMANDS,
    *feedback.COMMANDS,
    *evaluate.COMMANDS,
    *reencode.COMMANDS,
    *move.COMMANDS,
    *serve.COMMANDS,
    *user.COMMANDS,
    *backup.COMMANDS,
    *show_settings.COMMANDS,
)
CONFIG_OPTION = "--config"
NO_SETTINGS = Settings()


def parser(settings: Settings = NO_SETTINGS) -> argparse.ArgumentParser:
    """Return the parser of the whole command line; what is not typed is as the settings say."""
    root = argparse.ArgumentParser(
        prog="youju",
        description="Search Chinese policy documents and answer with evidence.",
        allow_abbrev=False,
    )
    root.add_argument("--version", action=_Version, help="show the version and exit")
    root.add_argument("--verbose", action="store_true", help="log what is being built")
    root.add_argument(CONFIG_OPTION, metavar="FILE", help="settings as TOML; default: YOUJU_CONFIG")
    commands = root.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    root.set_defaults(settings=settings, held=settings.apply_to(commands.choices))
    return root


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __init__(self, **options: Any) -> None:
        super().__init__(nargs=0, **options)

    def __call__(self, parser: argparse.ArgumentParser, *arguments: Any) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"youju {version('youju')}")
        except PackageNotFoundError:
            print("youju, run from its source")
        parser.exit()


def main(arguments: Sequence[str] | None = None, open_encoder: OpenEncoder = open_encoder) -> int:
    """Run one command. Returns 0 when done and 1 for an error that the user can mend.

    `open_encoder` turns the name of a model, None for the default, into an Encoder.
    """
    words = joined(sys.argv[1:] if arguments is None else arguments)
    try:
        # What `youju --help` says does not depend on them.
        is_asked = _command_at(words) < len(words)
        settings = read_settings(_config_of(words), os.environ) if is_asked else NO_SETTINGS
    except YoujuError as error:
        return fail(*error.mistakes_told)
    args = parser(settings).parse_args(words)
    args.open_encoder = open_encoder
    level = logging.INFO if args.verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(message)s")
    _speak_utf8()
    try:
        return int(args.run_command(args))
    except YoujuError as error:
        return fail(*error.mistakes_told)
    except BrokenPipeError:
        # The reader (`head`, a pager) has enough; what it did not read is not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return fail(f"{error.filename or 'the system'}: {error.strerror or error}")
    except UnicodeError as error:
        return fail(f"the input is not UTF-8 text ({error}): send it as UTF-8")
    except KeyboardInterrupt:
        fail("stopped; what was added before is kept")
        return 130


def joined(arguments: Sequence[str]) -> list[str]:
    """Make one word of the name of a command that has two: `eval draft`."""
    at = _command_at(arguments)
    name = " ".join(arguments[at : at + 2])
    if any(command.name == name for command in COMMANDS):
        return [*arguments[:at], name, *arguments[at + 2 :]]
    return list(arguments)


def _command_at(arguments: Sequence[str]) -> int:
    """Where the name of the command stands: behind the options of the whole command line."""
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        at += 2 if arguments[at] == CONFIG_OPTION else 1
    return at


def _config_of(arguments: Sequence[str]) -> Path | None:
    """The file of settings that is named before the command."""
    before = arguments[: _command_at(arguments)]
    named = [after for word, after in pairwise(before) if word == CONFIG_OPTION]
    named += [word.partition("=")[2] for word in before if word.startswith(f"{CONFIG_OPTION}=")]
    return Path(named[-1]) if named else None


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the terminal's language is: other programs rely on it."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="strict")


if __name__ == "__main__":
    sys.exit(main())
