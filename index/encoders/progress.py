"""How preparing an encoder tells how far it is."""

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called with a label and the fraction that is done, from 0 to 1."""


def silent(stage: str, fraction: float) -> None:
    """Report progress to nobody."""
