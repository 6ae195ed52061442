"""Numbered lines become 条 and items, the headings above them, and the text between."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from corpus.clauses.markers import CHAPTERS, Marker
from corpus.clauses.parts import place_of
from corpus.document import Kind
from corpus.lines import Page


class Start(NamedTuple):
    """A clause begins at `text[at]`."""

    at: int
    kind: Kind
    address: str
    path: tuple[str, ...]


class Place(NamedTuple):
    """Where a numbered text stands: what its addresses begin with, and its paths."""

    prefix: str = ""
    path: tuple[str, ...] = ()


def numbered_starts(
    page: Page, markers: Sequence[Marker], place: Place, aside: set[int]
) -> Iterator[Start]:
    """Yield where the clauses of a numbered text begin; a 条 is one, whatever it numbers inside.

    No text is looked for on the lines `aside`.
    """
    opened: list[Marker] = []
    # 条 are numbered through; where each chapter begins them again, it is part of their address.
    apart = sum(m.style == "条" and m.is_first for m in markers) > 1
    for marker, following in zip_longest(markers, markers[1:]):
        opened = [m for m in opened if m.rank < marker.rank] + [marker]
        if any(m.style == "条" for m in opened[:-1]):
            continue
        path = place.path + tuple(_heading(page, m) for m in opened[:-1])
        start = Start(place_of(page, marker), "item", place.prefix + _address(opened, apart), path)
        contains = following is not None and following.rank > marker.rank
        if marker.style == "条":
            yield start._replace(kind="article")
        elif contains:
            yield from _parent(page, marker, following, start, aside)
        else:
            yield start


def _parent(
    page: Page, marker: Marker, following: Marker | None, start: Start, aside: set[int]
) -> Iterator[Start]:
    """A heading, and the text between it and what it contains."""
    if not marker.heading and marker.style not in CHAPTERS:
        # 一、各学校应当…… with numbers below it: a whole paragraph, not a heading.
        yield start._replace(kind="lead")
        return
    yield start._replace(kind="heading")
    lead = _lead(page, marker, aside)
    stop = place_of(page, following) if following else len(page.text)
    if lead is not None and lead < stop:
        yield Start(lead, "lead", start.address, (*start.path, _heading(page, marker)))


def _heading_at(page: Page, marker: Marker) -> int:
    return page.plain.find(marker.heading, page.lines[marker.line].body_start + marker.offset)


def _heading(page: Page, marker: Marker) -> str:
    """The label and the heading as written: 三、主要任務, 第二章 学生, 3.2 要求."""
    start = _heading_at(page, marker)
    written = page.text[start : start + len(marker.heading)]
    apart = marker.label[0] == "第" or marker.label[-1].isdigit()
    return f"{marker.label} {written}".rstrip() if apart else marker.label + written


def _address(opened: Sequence[Marker], apart: bool) -> str:
    """三、（二）5. or 第十二条, as officials write it; 第二章第一节 where no 条 stand in it."""
    if opened[-1].style == "条" and not apart:
        return opened[-1].label
    written = ""
    carried: tuple[int, ...] = ()
    for marker in reversed(opened):
        # 3.2 says itself that it stands below 3.
        if not (carried and marker.numbers == carried):
            written = marker.label + written
        carried = marker.above
    return written


def _lead(page: Page, marker: Marker, aside: set[int]) -> int | None:
    """Return where text goes on behind a heading, on its line or below it."""
    end = _heading_at(page, marker) + len(marker.heading)
    number = marker.line
    while page.lines[number].end < end:
        number += 1
    rest = page.plain[end : page.lines[number].end]
    behind = rest.lstrip("。：:；;！! \t\u3000\n")
    if behind:
        return end + len(rest) - len(behind)
    below = (n for n in range(number + 1, len(page.lines)) if not page.lines[n].is_blank)
    first = next(below, None)
    return None if first is None or first in aside else page.lines[first].start
