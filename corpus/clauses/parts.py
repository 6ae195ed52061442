"""The addressable spans inside a 条: 第十二条第二款第（三）项第1目 (立法技术规范, 款项目)."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from corpus.clauses.candidates import CELLS
from corpus.clauses.markers import Marker
from corpus.clauses.order import follows
from corpus.document import Part
from corpus.lines import Page
from corpus.numerals import chinese_numeral
from corpus.spans import Span

# As many as there are numerals to cite them by.
_MOST_PARAGRAPHS = 9999
_PARAGRAPH_END = ("。", "；", "：", ";", ":", "！", "”", "）")


class _Paragraph(NamedTuple):
    """One 款, and the numbers that it holds."""

    span: Span
    markers: Sequence[Marker]


def article_parts(
    address: str, page: Page, start: int, stop: int, markers: Sequence[Marker]
) -> tuple[Part, ...]:
    """Return the 款, 项 and 目 of the 条 at `text[start:stop]`, in reading order.

    An unnumbered paragraph is a 款; 项 belong to the 款 above them and their address names it
    only when the 条 has more than one, as officials write it.
    """
    inner = [m for m in markers if m.style != "条"]
    spans = list(islice(_paragraphs(page, start, stop, inner), _MOST_PARAGRAPHS))
    places = [place_of(page, marker) for marker in inner]
    paragraphs = [
        _Paragraph(span, inner[_first(places, span.start) : _first(places, span.end)])
        for span in spans
    ]
    return tuple(_parts(address, page, paragraphs))


def place_of(page: Page, marker: Marker) -> int:
    """Where a marker begins: with its line, or inside it where it stands there."""
    line = page.lines[marker.line]
    return line.body_start + marker.offset if marker.offset else line.start


def _first(places: list[int], at: int) -> int:
    return bisect_right(places, at - 1)


def _paragraphs(page: Page, start: int, stop: int, inner: Sequence[Marker]) -> Iterator[Span]:
    """The 款 of a 条; a line that a sentence runs on into, and a table's row, stay with it.

    So do the lines between two numbers of one list.
    """
    held = {m.line for m in inner if not m.offset} | _within_lists(inner)
    first = bisect_right(page.lines, start, key=lambda line: line.start) - 1
    begin, end, ended = start, start, False
    for number in range(max(first, 0), len(page.lines)):
        line = page.lines[number]
        if line.start >= stop:
            break
        if line.is_blank:
            continue
        if ended and number not in held and CELLS not in line.body:
            yield Span(begin, end)
            begin = line.start
        end = min(line.end, stop)
        ended = line.body.endswith(_PARAGRAPH_END)
    if end > begin:
        yield Span(begin, end)


def _within_lists(inner: Sequence[Marker]) -> set[int]:
    """The lines from a number to the one that follows it in its list: unnumbered text of a 项."""
    lines: set[int] = set()
    above: dict[str, Marker] = {}
    for marker in inner:
        before = above.get(marker.style)
        if before and follows(before, marker):
            lines.update(range(before.line + 1, marker.line))
        above = {s: m for s, m in above.items() if m.rank < marker.rank} | {marker.style: marker}
    return lines


def _parts(address: str, page: Page, paragraphs: Sequence[_Paragraph]) -> Iterator[Part]:
    many = len(paragraphs) > 1
    for position, paragraph in enumerate(paragraphs, start=1):
        prefix = f"{address}第{chinese_numeral(position)}款" if many else address
        if many:
            yield Part(prefix, paragraph.span)
        yield from _items(prefix, page, paragraph)


def _items(prefix: str, page: Page, paragraph: _Paragraph) -> Iterator[Part]:
    opened: list[Marker] = []
    stops = _stops(page, paragraph)
    for marker, stop in zip(paragraph.markers, stops, strict=True):
        opened = [m for m in opened if m.rank < marker.rank] + [marker]
        written = "".join(_written(m, level) for level, m in enumerate(opened))
        yield Part(prefix + written, Span(place_of(page, marker), stop))


def _stops(page: Page, paragraph: _Paragraph) -> list[int]:
    """For each marker where the next of its level or above begins."""
    markers = paragraph.markers
    stops = [paragraph.span.end] * len(markers)
    waiting: list[int] = []
    for position, marker in enumerate(markers):
        while waiting and markers[waiting[-1]].rank >= marker.rank:
            stops[waiting.pop()] = place_of(page, marker)
        waiting.append(position)
    return stops


def _written(marker: Marker, level: int) -> str:
    name = "项" if level == 0 else "目"
    inner = f"（{chinese_numeral(marker.number)}）" if level == 0 else str(marker.number)
    return f"第{inner}{name}"
