"""What stands at the top and the bottom of every page and is no part of the text.

GB/T 9704-2012, 7.5: the page number stands below the text between two dashes, — 1 —.
"""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.readers.paper.layout import Line, Sheet

_ZONE = 0.13
"""The share of a page's height, above and below, where running heads and feet stand."""
_DEEPEST = 3
"""The lines of such a zone that are looked at, from the edge of the page."""
_SAME_HEIGHT = 4.0
_MOST = 0.4
"""On this share of the pages a line repeats that is no text; left and right pages may differ."""
_NUMBER = r"(?:[0-9０-９]{1,4}|[ivxIVX]{1,6})"
# A recogniser takes the dashes of — 1 — for 一.
_DASHES = r"[-－—–―─一·•.\s]{0,6}"
_PAGE_NUMBER = re.compile(
    rf"{_DASHES}{_NUMBER}{_DASHES}$"
    rf"|{_NUMBER}\s?[/／]\s?{_NUMBER}$"
    rf"|{_DASHES}第\s?{_NUMBER}\s?页{_DASHES}[,，/／（(]?\s?(?:共\s?{_NUMBER}\s?页\s?[)）]?)?$"
    rf"|[Pp]age\s{_NUMBER}(?:\sof\s{_NUMBER})?$"
)
_DIGITS = re.compile(r"[0-9０-９]+")
# A line that ends a sentence is text wherever it stands.
_ENDED = ("。", "；")
_SAME_SIZE = 0.1


def drop_running_heads(sheets: Sequence[Sheet]) -> tuple[list[Sheet], int]:
    """Return the pages without running heads, feet and page numbers, and how many were dropped."""
    repeated, said = _repeated(sheets), _said(sheets)
    kept, dropped = [], 0
    for sheet in sheets:
        edge = {
            line
            for line in _edges(sheet)
            if _PAGE_NUMBER.match(line.text.strip())
            or (_look(line, sheet) in repeated and not _is_text(line, said))
        }
        kept.append(sheet._replace(lines=tuple(x for x in sheet.lines if x not in edge)))
        dropped += len(edge)
    return kept, dropped


def _edges(sheet: Sheet) -> list[Line]:
    """The lines next to the upper and the lower edge, no row of a table among them."""
    plain = sorted((line for line in sheet.lines if not line.row), key=lambda line: line.middle)
    above = [line for line in plain if line.bottom < _ZONE * sheet.height]
    below = [line for line in plain if line.top > (1 - _ZONE) * sheet.height]
    return _outermost(above) + _outermost(below[::-1])


def _outermost(lines: Sequence[Line]) -> list[Line]:
    heights: list[float] = []
    found = []
    for line in lines:
        if not heights or abs(line.middle - heights[-1]) > _SAME_HEIGHT:
            heights.append(line.middle)
        if len(heights) > _DEEPEST:
            break
        found.append(line)
    return found


def _look(line: Line, sheet: Sheet) -> tuple[str, int]:
    """What makes lines of two pages the same: their words, numbers apart, and their height."""
    return _words(line), round(line.middle / sheet.height * 200)


def _words(line: Line) -> str:
    return _DIGITS.sub("#", "".join(line.text.split()))


def _repeated(sheets: Sequence[Sheet]) -> set[tuple[str, int]]:
    seen = Counter(
        look for sheet in sheets for look in {_look(line, sheet) for line in _edges(sheet)}
    )
    least = max(2, _MOST * len(sheets))
    return {look for look, count in seen.items() if count >= least}


def _said(sheets: Sequence[Sheet]) -> dict[str, list[float]]:
    """The words of the lines away from the edges, with the sizes that they are set in."""
    said: dict[str, list[float]] = {}
    for sheet in sheets:
        edges = set(_edges(sheet))
        for line in sheet.lines:
            if line not in edges:
                said.setdefault(_words(line), []).append(line.size)
    return said


def _is_text(line: Line, said: dict[str, list[float]]) -> bool:
    """Whether a line at an edge is text that repeats: 责任单位：县教育局 below each measure.

    A running head may repeat the title, which is set larger.
    """
    sizes = said.get(_words(line), ())
    return line.text.rstrip().endswith(_ENDED) or any(
        abs(size - line.size) <= _SAME_SIZE * line.size for size in sizes
    )
