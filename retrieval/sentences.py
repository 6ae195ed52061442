"""Sentences with their spans; Chinese needs no space after 。 to end one."""

import re
from collections.abc import Iterator

from corpus import Span

_END = re.compile(r"[。；;！!？?]+[”’」』）)]*|\n+")
_LEAST = 4
_LONGEST_BRACKET = 300
"""Characters after which a bracket is taken to have been left open."""


def split_sentences(text: str, span: Span) -> Iterator[Span]:
    """Yield the sentences of `text[span]`, trimmed of white space, in order.

    A line that breaks off in the middle of a sentence is joined with the next one.
    """
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if match[0][0] == "\n" and _runs_on(text, start, match.start()):
            continue
        if match[0][0] in "；;" and _in_brackets(text, start, match.start()):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, span.end)


def trimmed(text: str, span: Span) -> Span:
    """Return `span` without the white space at its ends."""
    piece = text[span.start : span.end]
    left = len(piece) - len(piece.lstrip())
    return Span(span.start + left, span.start + max(left, len(piece.rstrip())))


def _in_brackets(text: str, start: int, stop: int) -> bool:
    """Whether a bracket that was opened is still open: （牵头单位：……；责任单位：……）is one."""
    start = max(start, stop - _LONGEST_BRACKET)
    opened = max(text.rfind("（", start, stop), text.rfind("(", start, stop))
    return opened > max(text.rfind("）", start, stop), text.rfind(")", start, stop))


def _runs_on(text: str, start: int, stop: int) -> bool:
    before = text[start:stop].rstrip()
    return before.endswith(("，", ",", "、"))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    span = trimmed(text, Span(start, end))
    if span.end - span.start >= _LEAST:
        yield span
