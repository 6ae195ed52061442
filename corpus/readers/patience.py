"""How long a reader may be silent: it can ask for more time where it knows that it is at work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Told = Callable[[float], None]


def _unheard(seconds: float) -> None:
    """Nobody waits: the reader runs in the process that called it."""


_told: Told = _unheard


def ask(seconds: float) -> None:
    """Say that the next sign of life may take this long."""
    _told(seconds)


@contextmanager
def listening(told: Told) -> Iterator[None]:
    """Have `told` called with what the readers of this process ask for."""
    global _told
    before, _told = _told, told
    try:
        yield
    finally:
        _told = before
