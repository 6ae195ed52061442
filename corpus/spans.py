"""Places in a text, and values read there."""

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
