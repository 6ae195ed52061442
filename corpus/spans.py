"""Places in a text, and values read there."""

from collections.abc import Iterator
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int


class Stated(NamedTuple):
    """A value together with the place in the text that states it."""

    value: str
    span: Span


class Given(NamedTuple):
    """A value that the user gave beside the text; `by` is what gave it: a file or a folder."""

    value: str
    by: str


def starts_of(sought: str, text: str, *, overlapping: bool) -> Iterator[int]:
    """Yield where each occurrence of `sought` begins in a text; nothing occurs nowhere.

    In 学学学 the word 学学 stands once, or twice where one occurrence may overlap the other.
    """
    step = 1 if overlapping else len(sought)
    start = text.find(sought) if sought else -1
    while start >= 0:
        yield start
        start = text.find(sought, start + step)
