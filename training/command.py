"""What the commands that make an encoder have in common."""

import argparse
import sys
from collections.abc import Callable

from corpus import YoujuError


def parser_of(description: str | None) -> argparse.ArgumentParser:
    """Return a parser that shows the docstring of a module as it is written."""
    return argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def run(name: str, work: Callable[[], None]) -> int:
    """Do the work of a command; return 0, or 1 after one line on what stopped it."""
    try:
        work()
    except (YoujuError, OSError) as error:
        print(f"{name}: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    return 0
