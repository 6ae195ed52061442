"""The smallest stretch of a clause that says as much of a requirement as any does."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from corpus.fold import fold_text
from corpus.spans import Span
from retrieval.sentences import split_sentences, trimmed
from retrieval.trace.coverage import Word, covered, shares

_STOP = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[；;：:。！!？?\n]+[”’」』）)]*")
# A line of units (牵头单位：……) names who acts, and states nothing.
_UNITS = re.compile(
    r"[（(〔【]?(?:牵头|主办|责任|承办|配合|协办|参与|负责|实施|牽頭|主辦|責任|承辦|協辦|參與|負責|實施)"
    r"(?:单位|部门|單位|部門)"
)
_SLACK = 0.02
"""Share of the words that a shorter stretch may lack."""
LONGEST_READ, AROUND = 4_000, 600
"""Characters of a clause that is read whole, and those read around a place in a longer one."""
MOST_SEGMENTS = 300
MOST_TOGETHER = 12
"""Segments of one stretch."""


class Segment(NamedTuple):
    """A part of a sentence up to its comma; `sentence` counts the sentences of the clause."""

    span: Span
    folded: str
    sentence: int


class Window(NamedTuple):
    """A run of segments, and how much of the requirement it says."""

    segments: tuple[Segment, ...]
    coverage: float

    @property
    def span(self) -> Span:
        """From its first character to its last."""
        return Span(self.segments[0].span.start, self.segments[-1].span.end)


def segments_near(text: str, place: Span) -> Sequence[Segment]:
    """Return the segments of a clause's text, of a long one those around a place in it."""
    if len(text) <= LONGEST_READ:
        return _segments_of(text)
    start, end = max(0, place.start - AROUND), min(len(text), place.end + AROUND)
    near = _segments_of(text[start:end])
    return [s._replace(span=Span(s.span.start + start, s.span.end + start)) for s in near]


@lru_cache(maxsize=2048)
def _segments_of(text: str) -> tuple[Segment, ...]:
    """The segments of a text, without white space at their ends."""
    return tuple(islice(_segments(text), MOST_SEGMENTS))


def _segments(text: str) -> Iterator[Segment]:
    for number, sentence in enumerate(split_sentences(text, Span(0, len(text)))):
        if _UNITS.match(text, sentence.start):
            continue
        start = sentence.start
        stops = (match.end() for match in _STOP.finditer(text, *sentence))
        for end in (*stops, sentence.end):
            span = trimmed(text, Span(start, end))
            if span.start < span.end:
                yield Segment(span, fold_text(text[slice(*span)]), number)
            start = end


def best_window(
    segments: Sequence[Segment],
    words: Sequence[Word],
    sentences: int,
    counted: Sequence[Sequence[float]] = (),
) -> Window | None:
    """Return the shortest run of segments that says about as much as the best run does.

    A run stays within `sentences` neighbouring sentences: as many as the requirement has.
    `counted` says for each segment how much it has of each of the requirement's figures, which
    count like words. None where no word was found.
    """
    found = [shares(words, segment.folded) for segment in segments]
    if not any(any(held) for held in found):
        return None
    if counted:
        typical = sum(word.weight for word in words) / len(words) if words else 1.0
        words = [*words, *(Word("", frozenset(), typical) for _ in counted[0])]
        found = [[*said, *figures] for said, figures in zip(found, counted, strict=True)]
    best: Window | None = None
    for start, first in enumerate(segments):
        if any(found[start]):
            best = _from(start, first.sentence + sentences, segments, found, words, best)
    return best


def _from(
    start: int,
    stop: int,
    segments: Sequence[Segment],
    found: Sequence[Sequence[float]],
    words: Sequence[Word],
    best: Window | None,
) -> Window | None:
    """Compare the runs that begin at `start` with the best so far."""
    held = [0.0] * len(words)
    for end in range(start, min(len(segments), start + MOST_TOGETHER)):
        if segments[end].sentence >= stop:
            break
        if not any(share > had for share, had in zip(found[end], held, strict=True)):
            continue
        held = list(map(max, held, found[end]))
        window = Window(tuple(segments[start : end + 1]), covered(words, held))
        if best is None or _is_better(window, best):
            best = window
    return best


def _is_better(window: Window, best: Window) -> bool:
    """Whether it says clearly more, or as much in fewer characters."""
    gain = window.coverage - best.coverage
    if abs(gain) > _SLACK:
        return gain > 0
    return (_length(window), -window.coverage) < (_length(best), -best.coverage)


def _length(window: Window) -> int:
    return window.span.end - window.span.start
