"""A text becomes its clauses: segments in order that, joined, are the text again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.document import Clause, Kind
from corpus.lines import Line, Page
from corpus.markers import Marker
from corpus.parts import article_parts
from corpus.sections import Section, split_sections
from corpus.sequence import outline
from corpus.titles import find_titles
from corpus.units import find_units

_ADDRESSES: dict[Kind, str] = {
    "header": "标题",
    "contents": "目录",
    "preamble": "引言",
    "signature": "落款",
    "annex": "附件",
    "trailer": "页尾",
}
_CHAPTERS = ("编", "章", "节")
_LONGEST_ANNEX_TITLE = 40


class _Start(NamedTuple):
    """A segment begins at line `line`; `marker` is the number that opens it, if one does."""

    line: int
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
    lines, result = page.lines, Structure(())
    starts: list[_Start] = []
    inner: list[Marker] = []
    for section in split_sections(lines):
        found = outline(lines, section.body())
        result.notes += found.notes
        inner += found.markers
        starts += _section_starts(page, section, found.markers)
    starts = _merge_empty(lines, sorted(starts))
    stops = [*(lines[s.line].start for s in starts[1:]), len(page.text)]
    result.clauses = tuple(
        _clause(document_id, i, start, stop, page, inner)
        for i, (start, stop) in enumerate(zip(starts, stops, strict=True))
    )
    return result


def _clause(
    document_id: str,
    index: int,
    start: _Start,
    stop: int,
    page: Page,
    inner: list[Marker],
) -> Clause:
    lines = page.lines
    begin = 0 if index == 0 else lines[start.line].start
    within = [m for m in inner if begin <= lines[m.line].start < stop]
    is_article = start.kind == "article"
    return Clause(
        id=f"{document_id}-{index:04d}",
        document_id=document_id,
        kind=start.kind,
        address=start.address,
        path=start.path,
        start=begin,
        end=stop,
        parts=article_parts(start.address, begin, stop, lines, within) if is_article else (),
        units=find_units(page, begin, stop),
    )


def _section_starts(page: Page, section: Section, markers: list[Marker]) -> Iterator[_Start]:
    lines, name = page.lines, section.annex
    first_marker = markers[0].line if markers else section.last
    aside = {*section.signature, *section.annex_list, *section.contents, *section.trailer}
    front = [n for n in range(section.first, first_marker) if n not in aside]
    yield from _front(lines, front, name)
    for kind, span in (
        ("contents", section.contents),
        ("annex", section.annex_list),
        ("signature", section.signature),
        ("trailer", section.trailer),
    ):
        if span:
            yield _aside(kind, span.start, name)  # type: ignore[arg-type]
    yield from _numbered(page, markers, _Annex.of(page, section), aside)


def _aside(kind: Kind, line: int, annex: str) -> _Start:
    address = _ADDRESSES[kind]
    return _Start(line, kind, f"{annex} {address}" if annex else address, ())


def _front(lines: Sequence[Line], numbers: list[int], annex: str) -> Iterator[_Start]:
    """What stands before the first number: header lines, then running text."""
    titles = {n for title in find_titles(lines, numbers) for n in title.lines}
    kind: Kind | None = None
    for number in numbers:
        line = lines[number]
        if line.is_blank and kind is not None:
            continue
        heads = number in titles or not line.is_sentence
        # Once running text has begun, only another title ends it (a notice, then its plan).
        wanted: Kind = (
            "header" if heads and (kind != "preamble" or number in titles) else "preamble"
        )
        if wanted != kind:
            kind = wanted
            shown: Kind = "annex" if annex and kind == "header" else kind
            address = annex if shown == "annex" else _aside(shown, number, annex).address
            yield _Start(number, shown, address, ())


class _Annex(NamedTuple):
    """What an 附件 adds to the addresses and paths inside it; nothing in the main text."""

    prefix: str
    path: tuple[str, ...]

    @classmethod
    def of(cls, page: Page, section: Section) -> "_Annex":
        if not section.annex:
            return cls("", ())
        bodies = [page.lines[n].body for n in range(section.first, section.last)][:4]
        filled = [body for body in bodies if body]
        titled = len(filled) > 1 and len(filled[0]) <= len(section.annex) + 2
        if titled and len(filled[1]) <= _LONGEST_ANNEX_TITLE:
            return cls(f"{section.annex} ", (f"{section.annex} {filled[1]}",))
        return cls(f"{section.annex} ", (filled[0] if filled else section.annex,))


def _numbered(
    page: Page, markers: list[Marker], annex: _Annex, aside: set[int]
) -> Iterator[_Start]:
    opened: list[Marker] = []
    for position, marker in enumerate(markers):
        opened = [m for m in opened if m.rank < marker.rank] + [marker]
        if any(m.style == "条" for m in opened[:-1]):
            continue
        path = annex.path + tuple(_heading(page, m) for m in opened[:-1])
        address = annex.prefix + _address(opened)
        following = markers[position + 1] if position + 1 < len(markers) else None
        parent = following is not None and following.rank > marker.rank and marker.style != "条"
        if not (parent or marker.style in _CHAPTERS):
            yield _Start(marker.line, "article" if marker.style == "条" else "item", address, path)
            continue
        yield _Start(marker.line, "heading", address, path)
        last = following.line if following else len(page.lines)
        lead = _lead_line(page.lines, marker, last, aside)
        if lead is not None:
            yield _Start(lead, "lead", address, (*path, _heading(page, marker)))


def _heading(page: Page, marker: Marker) -> str:
    """The label and the heading as written: 三、主要任務, 第二章 学生."""
    start = page.plain.find(marker.heading, page.lines[marker.line].start)
    written = page.text[start : start + len(marker.heading)]
    return f"{marker.label} {written}" if marker.label[0] == "第" else marker.label + written


def _address(opened: list[Marker]) -> str:
    """三、（二）5. or 第十二条, as officials write it; chapters stand in the path alone."""
    if opened[-1].style in _CHAPTERS or opened[-1].style == "条":
        return opened[-1].label
    return "".join(m.label for m in opened if m.style not in _CHAPTERS)


def _lead_line(lines: Sequence[Line], marker: Marker, last: int, aside: set[int]) -> int | None:
    """Return the first line of text between a heading and what it contains."""
    lone = len(lines[marker.line].body) <= 3
    below = [n for n in range(marker.line + 1, last) if not lines[n].is_blank]
    below = below[1:] if lone else below
    return below[0] if below and below[0] not in aside else None


def _merge_empty(lines: Sequence[Line], starts: list[_Start]) -> list[_Start]:
    """Drop a segment that would hold nothing but white space into the one before it."""
    kept: list[_Start] = []
    stops = [*(s.line for s in starts[1:]), len(lines)]
    for start, stop in zip(starts, stops, strict=True):
        if any(not lines[n].is_blank for n in range(start.line, stop)):
            kept.append(start)
    return kept or [_Start(0, "preamble", _ADDRESSES["preamble"], ())]
