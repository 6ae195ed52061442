"""The addressable spans inside a 条: 第十二条第二款第（三）项第1目 (立法技术规范, 款项目)."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from corpus.document import Part
from corpus.lines import Line
from corpus.markers import Marker
from corpus.numerals import chinese_numeral
from corpus.spans import Span

# As many as there are numerals to cite them by.
_MOST_PARAGRAPHS = 9999
_PARAGRAPH_END = ("。", "；", "：", ";", ":", "！", "”", "）")


def article_parts(
    address: str, lines: Sequence[Line], start: int, stop: int, markers: Sequence[Marker]
) -> tuple[Part, ...]:
    """Return the 款, 项 and 目 of the 条 at `text[start:stop]`, in reading order.

    An unnumbered paragraph is a 款; 项 belong to the 款 above them and their address names it
    only when the 条 has more than one, as officials write it.
    """
    first = bisect_left(lines, start, key=lambda line: line.start)
    last = bisect_left(lines, stop, key=lambda line: line.start)
    own = [n for n in range(first, last) if not lines[n].is_blank]
    by_line = {m.line: m for m in markers if m.style != "条"}
    paragraphs = list(islice(_paragraphs(own, lines, by_line), _MOST_PARAGRAPHS))
    return tuple(_parts(address, paragraphs, lines, by_line))


def _paragraphs(
    own: list[int], lines: Sequence[Line], by_line: dict[int, Marker]
) -> Iterator[list[int]]:
    """Group the lines of a 条 into its 款; a line that a sentence runs on into stays with it."""
    current: list[int] = []
    for number in own:
        ended = bool(current) and lines[current[-1]].body.endswith(_PARAGRAPH_END)
        if ended and number not in by_line:
            yield current
            current = []
        current.append(number)
    if current:
        yield current


def _parts(
    address: str,
    paragraphs: list[list[int]],
    lines: Sequence[Line],
    by_line: dict[int, Marker],
) -> Iterator[Part]:
    many = len(paragraphs) > 1
    for position, paragraph in enumerate(paragraphs, start=1):
        prefix = f"{address}第{chinese_numeral(position)}款" if many else address
        if many:
            yield Part(prefix, Span(lines[paragraph[0]].start, lines[paragraph[-1]].end))
        yield from _items(prefix, paragraph, lines, by_line)


def _items(
    prefix: str, paragraph: list[int], lines: Sequence[Line], by_line: dict[int, Marker]
) -> Iterator[Part]:
    numbered = [by_line[n] for n in paragraph if n in by_line]
    opened: list[Marker] = []
    for marker, stop in zip(numbered, _stops(numbered, paragraph[-1] + 1), strict=True):
        opened = [m for m in opened if m.rank < marker.rank] + [marker]
        written = "".join(_written(m, level) for level, m in enumerate(opened))
        last = paragraph[bisect_left(paragraph, stop) - 1]
        yield Part(prefix + written, Span(lines[marker.line].start, lines[last].end))


def _stops(markers: Sequence[Marker], end: int) -> list[int]:
    """For each marker the line where the next of its level or above begins."""
    stops = [end] * len(markers)
    waiting: list[int] = []
    for position, marker in enumerate(markers):
        while waiting and markers[waiting[-1]].rank >= marker.rank:
            stops[waiting.pop()] = marker.line
        waiting.append(position)
    return stops


def _written(marker: Marker, level: int) -> str:
    name = "项" if level == 0 else "目"
    inner = f"（{chinese_numeral(marker.number)}）" if level == 0 else str(marker.number)
    return f"第{inner}{name}"
