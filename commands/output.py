"""What people and programs are told: JSON or lines, errors, progress bars."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from corpus import YoujuError

Json = dict[str, Any]

STANDARD_INPUT = "-"


class CommandError(YoujuError):
    """A command that was called in a way that cannot be carried out."""


def say(line: str) -> None:
    """Tell people something; standard output is for results."""
    print(line, file=sys.stderr)


def fail(*mistakes: str) -> int:
    """Tell each mistake as one line, and return the exit status for it."""
    for mistake in mistakes:
        say(f"youju: {' '.join(mistake.split())}")
    return 1


def print_result(
    args: argparse.Namespace, shape: Json, lines: Callable[[Json], Iterator[str]]
) -> None:
    """Print a result: as JSON where that is asked for, otherwise as the lines made of it."""
    if args.json:
        # A batch is read line by line, a single result by people too.
        indent = None if args.text == STANDARD_INPUT else 2
        print(json.dumps(shape, ensure_ascii=False, indent=indent), flush=True)
    else:
        print("\n".join(lines(shape)), flush=True)


def each(args: argparse.Namespace, run: Callable[[str], None]) -> int:
    """Run on the text itself, or for `-` on each line of standard input that is not blank.

    A line that cannot be asked is reported and stops no other.
    """
    from retrieval import QueryError

    if args.text != STANDARD_INPUT:
        run(args.text)
        return 0
    status = 0
    for number, line in enumerate(sys.stdin, start=1):
        try:
            if line.strip():
                run(line.strip())
        except QueryError as error:
            status = fail(f"line {number}: {error}")
    return status


class Bars:
    """Shows a bar for each stage on standard error, one after the other."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: Any = None

    def __enter__(self) -> Callable[[str, int, int], None]:
        return self._show

    def _show(self, stage: str, done: int, total: int) -> None:
        from tqdm import tqdm

        if not total:
            return
        if stage != self._stage:
            self.__exit__()
            self._stage, self._bar = stage, tqdm(total=total, desc=f"{stage:8}", mininterval=0.5)
        self._bar.update(done - self._bar.n)

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.close()
