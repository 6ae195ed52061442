"""A text as sentences with their markers: [1], [1][2], [1,2], 【1】, [^1], [来源1]."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus import Span

_SOURCE = r"(?:来源|來源|引用|出处|出處|资料|資料|文献|条款|参考)?\s?"
_MARKER = re.compile(
    rf"[\[【［]\s?\^?{_SOURCE}[0-9０-９]{{1,3}}(?:\s?[,，、;；\-－–—~～]\s?\^?{_SOURCE}[0-9０-９]{{1,3}}){{0,19}}"
    r"(?:[†:][^\[\]【】\n]{0,40})?\s?[\]】］]"
)
_NUMBER = re.compile(r"(?P<low>[0-9０-９]{1,3})(?:\s?[-－–—~～]\s?\^?(?P<high>[0-9０-９]{1,3}))?")
_NAME = re.compile(_SOURCE.replace("?\\s?", ""))
_END = re.compile(r"[。！!？?]+[”’」』）)]*|\n+")
_RUNS_ON = ("，", ",", "、")
_WORD = re.compile(r"[\w％%]")
_LEAST = 3
"""Characters of a stretch that can say something; a shorter one belongs to what follows."""
_MOST_IN_RANGE = 20


class Segment(NamedTuple):
    """A stretch of a sentence without markers, and the numbers of those behind it."""

    text: str
    citations: tuple[int, ...]


class Sentence(NamedTuple):
    """A sentence, `text[span]`, as the stretches that its markers part it into."""

    span: Span
    segments: tuple[Segment, ...]

    @property
    def citations(self) -> tuple[int, ...]:
        """The numbers of its markers, each once, in order."""
        return tuple(dict.fromkeys(n for segment in self.segments for n in segment.citations))


def split_marked(text: str) -> Iterator[Sentence]:
    """Yield the sentences of `text`; markers behind the stop of one belong to it."""
    pieces = list(_pieces(text))
    for at, span in enumerate(pieces):
        if _is_marker_only(text, span):
            continue
        end = next((p.end for p in _tail(text, pieces, at + 1)), span.end)
        yield Sentence(Span(span.start, end), tuple(_segments(text[span.start : end])))


def _tail(text: str, pieces: list[Span], at: int) -> list[Span]:
    """The last of the pieces from `at` on that hold markers alone, if any do."""
    last: list[Span] = []
    while at < len(pieces) and _is_marker_only(text, pieces[at]):
        last = [pieces[at]]
        at += 1
    return last


def _is_marker_only(text: str, span: Span) -> bool:
    piece = text[span.start : span.end]
    rest = _MARKER.sub("", piece)
    return rest != piece and _WORD.search(rest) is None


def _pieces(text: str) -> Iterator[Span]:
    """Sentences by their stops and line ends, trimmed; what holds no word is left out."""
    start = 0
    marked = {m.start(): m.end() for m in _MARKER.finditer(text)}
    for match in _END.finditer(text):
        end = match.end()
        if match[0][0] == "\n" and text[start : match.start()].rstrip().endswith(_RUNS_ON):
            continue
        if end < start:
            continue
        while end in marked:
            end = marked[end]
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if _WORD.search(piece):
        left = len(piece) - len(piece.lstrip())
        yield Span(start + left, start + len(piece.rstrip()))


def _segments(sentence: str) -> Iterator[Segment]:
    """The stretches of a sentence; the last, without a marker behind it, has those before it."""
    text, numbers = "", tuple[int, ...]()
    at = 0
    for match in _MARKER.finditer(sentence):
        before = sentence[at : match.start()]
        at = match.end()
        # 根据[1]，……: a stretch that says nothing goes with the next.
        if _WORD.search(before) and len(_WORD.findall(text)) >= _LEAST:
            yield Segment(text, numbers)
            text, numbers = "", ()
        text, numbers = text + before, (*numbers, *_numbers(match[0]))
    rest = sentence[at:]
    if len(_WORD.findall(text)) >= _LEAST and len(_WORD.findall(rest)) >= _LEAST:
        yield Segment(text, numbers)
        text = ""
    if _WORD.search(text + rest):
        yield Segment(text + rest, numbers)


def _numbers(marker: str) -> Iterator[int]:
    for match in _NUMBER.finditer(_NAME.sub("", marker.split("†")[0].split(":")[0])):
        low, high = int(match["low"]), int(match["high"] or match["low"])
        yield from range(low, min(high, low + _MOST_IN_RANGE) + 1)
