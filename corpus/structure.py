"""A text becomes its clauses: segments in order that, joined, are the text again."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from corpus.document import Clause, Kind
from corpus.lines import Line, Page
from corpus.markers import Marker
from corpus.parts import article_parts
from corpus.sections import Section, split_sections
from corpus.sequence import outline
from corpus.titles import find_titles
from corpus.units import find_units

_CHAPTERS = ("编", "章", "节")
_LONGEST_ANNEX_TITLE = 40
_MOST_TITLE_LINES = 4


class _Start(NamedTuple):
    """A clause begins at `text[at]`."""

    at: int
    kind: Kind
    address: str
    path: tuple[str, ...]


@dataclass(slots=True)
class Structure:
    """The clauses of one text, and what was mended or odd about its numbering."""

    clauses: tuple[Clause, ...]
    notes: list[str] = field(default_factory=list)


def structure(document_id: str, page: Page) -> Structure:
    """Cut the text into clauses with addresses and heading paths.

    A clause is a 条, or the lowest numbered item; headings, preambles, 落款 and 附件 are
    segments of their own.
    """
    starts: list[_Start] = []
    markers: list[Marker] = []
    notes: list[str] = []
    for section in split_sections(page.lines):
        found = outline(page.lines, section.body())
        starts += _section_starts(page, section, found.markers)
        markers += found.markers
        notes += found.notes
    starts = _merge_blank(page, sorted(starts))
    stops = [*(start.at for start in starts[1:]), len(page.text)]
    inside = _Markers(page, markers)
    clauses = (
        _clause(document_id, index, page, start, stop, inside)
        for index, (start, stop) in enumerate(zip(starts, stops, strict=True))
    )
    return Structure(tuple(clauses), notes)


class _Markers:
    """The markers of a page, found by where they stand."""

    def __init__(self, page: Page, markers: Sequence[Marker]) -> None:
        self._markers = sorted(markers, key=lambda marker: marker.position)
        self._starts = [page.lines[marker.line].start for marker in self._markers]

    def between(self, start: int, stop: int) -> list[Marker]:
        """The markers on lines that begin in `text[start:stop]`."""
        return self._markers[bisect_left(self._starts, start) : bisect_left(self._starts, stop)]


def _clause(
    document_id: str, index: int, page: Page, start: _Start, stop: int, markers: _Markers
) -> Clause:
    begin = start.at if index else 0
    within = markers.between(begin, stop) if start.kind == "article" else []
    return Clause(
        id=f"{document_id}-{index:04d}",
        document_id=document_id,
        kind=start.kind,
        address=start.address,
        path=start.path,
        start=begin,
        end=stop,
        parts=article_parts(start.address, page.lines, begin, stop, within) if within else (),
        units=find_units(page, begin, stop),
    )


def _section_starts(page: Page, section: Section, markers: list[Marker]) -> Iterator[_Start]:
    aside = section.aside()
    first_marker = markers[0].line if markers else section.last
    front = [n for n in range(section.first, first_marker) if n not in aside]
    yield from _front(page.lines, front, section.annex)
    for kind, lines, address in section.asides:
        yield _Start(page.lines[lines.start].start, kind, address, ())
    yield from _numbered(page, markers, _Annex.of(page, section), aside)


def _front(lines: Sequence[Line], numbers: list[int], annex: str) -> Iterator[_Start]:
    """What stands before the first number: header lines, then running text."""
    filled = [n for n in numbers if not lines[n].is_blank]
    titles = {n for title in find_titles(lines, filled) for n in title.lines}
    kind: Kind | None = None
    for number in filled:
        opens = bool(annex) and number == filled[0]
        heads = opens or number in titles or not lines[number].is_sentence
        # Once running text has begun, only another title ends it (a notice, then its plan).
        ends = kind != "preamble" or number in titles
        wanted: Kind = "header" if heads and ends else "preamble"
        if wanted != kind:
            kind = wanted
            yield _front_start(lines[number].start, kind, annex)


def _front_start(at: int, kind: Kind, annex: str) -> _Start:
    if annex:
        return (
            _Start(at, "annex", annex, ())
            if kind == "header"
            else _Start(at, kind, f"{annex} 引言", ())
        )
    return _Start(at, kind, "标题" if kind == "header" else "引言", ())


class _Annex(NamedTuple):
    """What an 附件 adds to the addresses and paths inside it; nothing in the main text."""

    prefix: str
    path: tuple[str, ...]

    @classmethod
    def of(cls, page: Page, section: Section) -> "_Annex":
        if not section.annex:
            return cls("", ())
        stop = min(section.first + _MOST_TITLE_LINES, section.last)
        bodies = [page.lines[n].body for n in range(section.first, stop)]
        filled = [body for body in bodies if body]
        titled = len(filled) > 1 and len(filled[0]) <= len(section.annex) + 2
        if titled and len(filled[1]) <= _LONGEST_ANNEX_TITLE:
            return cls(f"{section.annex} ", (f"{section.annex} {filled[1]}",))
        return cls(f"{section.annex} ", (filled[0] if filled else section.annex,))


def _numbered(
    page: Page, markers: list[Marker], annex: _Annex, aside: set[int]
) -> Iterator[_Start]:
    opened: list[Marker] = []
    for marker, following in zip_longest(markers, markers[1:]):
        opened = [m for m in opened if m.rank < marker.rank] + [marker]
        if any(m.style == "条" for m in opened[:-1]):
            continue
        path = annex.path + tuple(_heading(page, m) for m in opened[:-1])
        address = annex.prefix + _address(opened)
        contains = following is not None and following.rank > marker.rank
        if marker.style == "条":
            yield _Start(_start(page, marker), "article", address, path)
        elif contains or marker.style in _CHAPTERS:
            yield from _parent(page, marker, following, _Start(0, "heading", address, path), aside)
        else:
            yield _Start(_start(page, marker), "item", address, path)


def _parent(
    page: Page, marker: Marker, following: Marker | None, heading: _Start, aside: set[int]
) -> Iterator[_Start]:
    """A heading, and the text between it and what it contains."""
    start = _start(page, marker)
    if not marker.heading and marker.style not in _CHAPTERS:
        # 一、各学校应当…… with numbers below it: a whole paragraph, not a heading.
        yield heading._replace(at=start, kind="lead")
        return
    yield heading._replace(at=start)
    lead = _lead(page, marker, aside)
    stop = _start(page, following) if following else len(page.text)
    if lead is not None and lead < stop:
        yield heading._replace(at=lead, kind="lead", path=(*heading.path, _heading(page, marker)))


def _start(page: Page, marker: Marker) -> int:
    """A clause begins with its line, or inside it where its number follows a heading there."""
    line = page.lines[marker.line]
    return line.body_start + marker.offset if marker.offset else line.start


def _heading_at(page: Page, marker: Marker) -> int:
    return page.plain.find(marker.heading, page.lines[marker.line].body_start + marker.offset)


def _heading(page: Page, marker: Marker) -> str:
    """The label and the heading as written: 三、主要任務, 第二章 学生."""
    start = _heading_at(page, marker)
    written = page.text[start : start + len(marker.heading)]
    return f"{marker.label} {written}" if marker.label[0] == "第" else marker.label + written


def _address(opened: list[Marker]) -> str:
    """三、（二）5. or 第十二条, as officials write it; chapters stand in the path alone."""
    if opened[-1].style in _CHAPTERS or opened[-1].style == "条":
        return opened[-1].label
    return "".join(m.label for m in opened if m.style not in _CHAPTERS)


def _lead(page: Page, marker: Marker, aside: set[int]) -> int | None:
    """Return where text goes on behind a heading, on its line or below it."""
    number = marker.line
    end = _heading_at(page, marker) + len(marker.heading)
    while page.lines[number].end <= end and number + 1 < len(page.lines):
        number += 1
    rest = page.plain[end : page.lines[number].end]
    behind = rest.lstrip("。：:；;！! \t\u3000\n")
    if behind:
        return end + len(rest) - len(behind)
    below = (n for n in range(number + 1, len(page.lines)) if not page.lines[n].is_blank)
    first = next(below, None)
    return None if first is None or first in aside else page.lines[first].start


def _merge_blank(page: Page, starts: list[_Start]) -> list[_Start]:
    """Drop a segment that would hold nothing but white space into the one before it."""
    stops = [*(start.at for start in starts[1:]), len(page.text)]
    kept = [
        start
        for start, stop in zip(starts, stops, strict=True)
        if page.plain[start.at : stop].strip("?？ \t\u3000\xa0\u200b\ufeff\n")
    ]
    return kept or [_Start(0, "preamble", "引言", ())]
