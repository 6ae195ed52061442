"""A text becomes its clauses: segments in order that, joined, are the text again."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.document import Clause, Kind
from corpus.facts import NO_FACTS
from corpus.finding import find_facts
from corpus.headings import Place, Start, numbered_starts
from corpus.lines import Line, Page
from corpus.markers import Marker
from corpus.notes import Note
from corpus.parts import article_parts
from corpus.sections import Section, split_sections
from corpus.sequence import outline
from corpus.titles import find_titles
from corpus.units import find_units

# What names a document, lists its parts or signs it lays nothing down.
_SILENT: frozenset[Kind] = frozenset({"header", "contents", "signature", "trailer"})
_LONGEST_ANNEX_TITLE = 40
_MOST_TITLE_LINES = 4


@dataclass(slots=True)
class Structure:
    """The clauses of one text, and what was mended or odd about its numbering."""

    clauses: tuple[Clause, ...]
    notes: list[Note] = field(default_factory=list)


def structure(document_id: str, page: Page) -> Structure:
    """Cut the text into clauses with addresses and heading paths.

    A clause is a 条, or the lowest numbered item; headings, preambles, 落款 and 附件 are
    segments of their own.
    """
    starts: list[Start] = []
    markers: list[Marker] = []
    notes: list[Note] = []
    for section in split_sections(page.lines):
        found = outline(page.lines, section.body())
        starts += _section_starts(page, section, found.markers, further=bool(markers))
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
    document_id: str, index: int, page: Page, start: Start, stop: int, markers: _Markers
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
        facts=NO_FACTS if start.kind in _SILENT else find_facts(page, begin, stop),
    )


def _section_starts(
    page: Page, section: Section, markers: list[Marker], further: bool
) -> Iterator[Start]:
    """The clauses of a section; `further` says that another numbered text stands above it."""
    aside = section.aside_lines()
    first_marker = markers[0].line if markers else section.last
    front = [n for n in range(section.first, first_marker) if n not in aside]
    yield from _front(page.lines, front, section.annex)
    for kind, lines, address in section.asides:
        yield Start(page.lines[lines.start].start, kind, address, ())
    if markers:
        place = _place(page, section, _title(page, front) if further else "")
        yield from numbered_starts(page, markers, place, aside)


def _front(lines: Sequence[Line], numbers: list[int], annex: str) -> Iterator[Start]:
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


def _front_start(at: int, kind: Kind, annex: str) -> Start:
    if annex:
        titled = kind == "header"
        return Start(at, "annex" if titled else kind, annex if titled else f"{annex} 引言", ())
    return Start(at, kind, "标题" if kind == "header" else "引言", ())


def _place(page: Page, section: Section, title: str) -> Place:
    """An 附件 stands in its addresses and paths, a further text in its paths alone."""
    if not section.annex:
        return Place(path=(title,) if title else ())
    stop = min(section.first + _MOST_TITLE_LINES, section.last)
    spans = [page.lines[n].body_span for n in range(section.first, stop)]
    written = [page.text[start:end] for start, end in spans if end > start]
    titled = len(written) > 1 and len(written[0]) <= len(section.annex) + 2
    if titled and len(written[1]) <= _LONGEST_ANNEX_TITLE:
        return Place(f"{section.annex} ", (f"{section.annex} {written[1]}",))
    return Place(f"{section.annex} ", (written[0] if written else section.annex,))


def _title(page: Page, front: list[int]) -> str:
    """The title that stands last above the first number, as written."""
    titles = list(find_titles(page.lines, front))
    if not titles:
        return ""
    spans = [page.lines[n].body_span for n in titles[-1].lines]
    return "".join(page.text[start:end] for start, end in spans)


def _merge_blank(page: Page, starts: list[Start]) -> list[Start]:
    """Drop a segment that would hold nothing but white space into the one before it."""
    stops = [*(start.at for start in starts), len(page.text)][1:]
    kept = [
        start
        for start, stop in zip(starts, stops, strict=True)
        if page.plain[start.at : stop].strip("?？ \t\u3000\xa0\u200b\ufeff\n")
    ]
    return kept or [Start(0, "preamble", "引言", ())]
