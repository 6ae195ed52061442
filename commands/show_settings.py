"""`youju settings`: what holds, and what gave it."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from commands.command import Command
from commands.known_settings import SECRETS
from commands.output import Json, print_result
from commands.settings import CONFIG, Held


def show_settings(args: argparse.Namespace) -> int:
    """Show every setting, what holds, and what gave it."""
    print_result(args, _shape(args.settings.file, args.held), _lines)
    return 0


def _shape(file: Path | None, held: tuple[Held, ...]) -> Json:
    rows = [
        {
            "name": setting.name,
            "value": str(chosen.value) if isinstance(chosen.value, Path) else chosen.value,
            "origin": chosen.origin,
            "variable": setting.variable,
            "expected": setting.kind.expected,
            "meaning": setting.meaning,
            "commands": list(commands),
        }
        for setting, chosen, commands in held
    ]
    secrets = {name: name in os.environ for name in SECRETS}
    return {"file": str(file) if file else None, "settings": rows, "secrets": secrets}


def _lines(shape: Json) -> Iterator[str]:
    yield f"file: {shape['file'] or f'none, name one with --config FILE or {CONFIG}'}"
    for row in shape["settings"]:
        value = "-" if row["value"] is None else row["value"]
        origin = row["variable"] if row["origin"] == "environment" else row["origin"]
        yield f"{row['name']:22} {value!s:28} {origin:24} {row['meaning']}"
    for name, is_there in shape["secrets"].items():
        yield f"{name:22} {'is set' if is_there else 'is not set'}"


COMMANDS = (Command("settings", show_settings, library=False),)
