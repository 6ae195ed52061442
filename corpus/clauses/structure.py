"""A text becomes its clauses: segments in order that, joined, are the text again."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from corpus.clauses.candidates import CELLS
from corpus.clauses.headings import Place, Start, numbered_starts
from corpus.clauses.labels import without_labels
from corpus.clauses.markers import Marker
from corpus.clauses.parts import article_parts, place_of
from corpus.clauses.sections import Section, split_sections
from corpus.clauses.sequence import outline
from corpus.clauses.titles import find_titles, title_at
from corpus.document import Clause, Kind
from corpus.facts import NO_FACTS
from corpus.facts.finding import find_facts
from corpus.facts.units import find_units
from corpus.lines import Line, Page
from corpus.metadata.labels import label_field
from corpus.notes import Note

# What names a document, lists its parts or signs it lays nothing down.
_SILENT: frozenset[Kind] = frozenset({"header", "contents", "signature", "trailer"})
_LONGEST_ANNEX_TITLE = 40
_MOST_NOTES = 200
_MOST_TITLE_LINES = 6
_CITED: tuple[Kind, ...] = ("heading", "lead", "article", "item")
_QUOTED = re.compile(r"^《(?=[^《》]*》$)|(?<=[^》])》$")
# 任务分工 / 表: an annex that is no document of its own.
_ANNEX_END = re.compile(r"(?:表|名单|清单|目录|回执|书|图|说明|材料)$")
_BEHIND_ANNEX = re.compile(
    r"附\s{0,3}[件表录]?\s{0,3}(?:[-0-9０-９〇一二三四五六七八九十]{1,6}(?!览)|[A-Z](?![A-Za-z]))?"
    r"[ \u3000：:]{0,6}(?P<title>.*)$"
)


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
    texts: list[_Text] = []
    markers: list[Marker] = []
    notes: list[Note] = []
    title = ""
    for section in split_sections(page.lines):
        found = outline(page.lines, section.body())
        front = _front_lines(section, found.markers)
        if not section.annex:
            title = _title(page, front) if texts else ""
        further = title if markers else ""
        own = list(_section_starts(page, section, found.markers, front, further))
        texts.append(_Text(title, own))
        markers += found.markers
        notes += found.notes
    starts = _merge_blank(page, sorted(_told_apart(texts)))
    stops = [*(start.at for start in starts[1:]), len(page.text)]
    inside = _Markers(page, markers)
    clauses = (
        _clause(document_id, index, page, start, stop, inside)
        for index, (start, stop) in enumerate(zip(starts, stops, strict=True))
    )
    return Structure(tuple(clauses), _few(notes))


def _few(notes: list[Note]) -> list[Note]:
    """As many notes as a person reads, and how many more there are."""
    more = len(notes) - _MOST_NOTES
    return [*notes[:_MOST_NOTES], Note("more", (str(more),))] if more > 0 else notes


class _Markers:
    """The markers of a page, found by where they stand, and the page without them."""

    def __init__(self, page: Page, markers: Sequence[Marker]) -> None:
        self._markers = sorted(markers, key=lambda marker: marker.position)
        self._starts = [place_of(page, marker) for marker in self._markers]
        self.unlabelled = without_labels(page, markers)

    def between(self, start: int, stop: int) -> list[Marker]:
        """The markers that stand in `text[start:stop]`."""
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
        parts=article_parts(start.address, page, begin, stop, within) if within else (),
        units=find_units(page, begin, stop),
        facts=NO_FACTS if start.kind in _SILENT else find_facts(markers.unlabelled, begin, stop),
    )


def _section_starts(
    page: Page, section: Section, markers: list[Marker], front: list[int], title: str
) -> Iterator[Start]:
    """The clauses of a section; `title` is given where another numbered text stands above it."""
    yield from _front(page.lines, front, section.annex)
    for kind, lines, address in section.asides:
        yield Start(page.lines[lines.start].start, kind, address, ())
    if markers:
        place = _place(page, section, front, title)
        yield from numbered_starts(page, markers, place, section.aside_lines())


def _front_lines(section: Section, markers: Sequence[Marker]) -> list[int]:
    """The lines above the first number."""
    aside = section.aside_lines()
    first_marker = markers[0].line if markers else section.last
    return [n for n in range(section.first, first_marker) if n not in aside]


class _Text(NamedTuple):
    """A section's clauses, and the title it stands under if that is not the document's own."""

    title: str
    starts: list[Start]

    def cited(self) -> set[str]:
        """The addresses that a person would cite."""
        return {start.address for start in self.starts if start.kind in _CITED}


def _told_apart(texts: Sequence[_Text]) -> Iterator[Start]:
    """Put 《title》 before the addresses of a further text where another text has them too.

    Two plans in one notice both have a 二、（一）; officials cite 《…实施方案》二、（一）.
    """
    counts = Counter(address for text in texts for address in text.cited())
    for title, starts in texts:
        repeats = any(counts[start.address] > 1 for start in starts if start.kind in _CITED)
        name = _QUOTED.sub("", title).replace("《", "〈").replace("》", "〉")
        before = f"《{name}》" if title and repeats else ""
        yield from (start._replace(address=before + start.address) for start in starts)


def _front(lines: Sequence[Line], numbers: list[int], annex: str) -> Iterator[Start]:
    """What stands before the first number: header lines, then running text."""
    filled = [n for n in numbers if not lines[n].is_blank]
    titles = {n for title in find_titles(lines, filled) for n in title.lines}
    kind: Kind | None = None
    behind = {below for above, below in pairwise(numbers) if below > above + 1}
    for number in numbers:
        # Below 目录 another segment begins, though it be of the same kind.
        kind = None if number in behind and kind == "header" else kind
        if lines[number].is_blank:
            continue
        opens = bool(annex) and number == filled[0]
        says = lines[number].is_sentence or (not annex and _is_row(lines[number]))
        heads = opens or number in titles or not says
        # Once running text has begun, only another title ends it (a notice, then its plan).
        ends = kind != "preamble" or number in titles
        wanted: Kind = "header" if heads and ends else "preamble"
        if wanted != kind:
            kind = wanted
            yield _front_start(lines[number].start, kind, annex)


def _is_row(line: Line) -> bool:
    """Whether it is a row of a table of tasks, and not one of 索引号 | 文号 | 发文机关."""
    return line.body.count(CELLS) > 1 and label_field(line) is None


def _front_start(at: int, kind: Kind, annex: str) -> Start:
    if annex:
        titled = kind == "header"
        return Start(at, "annex" if titled else kind, annex if titled else f"{annex} 引言", ())
    return Start(at, kind, "标题" if kind == "header" else "引言", ())


def _place(page: Page, section: Section, front: list[int], title: str) -> Place:
    """An 附件 stands in its addresses and paths, a further text in its paths alone."""
    if not section.annex:
        return Place(path=(title,) if title else ())
    named = _annex_title(page, front)
    return Place(f"{section.annex} ", (f"{section.annex} {named}".rstrip(),))


def _annex_title(page: Page, front: list[int]) -> str:
    """The title of an annex: behind 附件 and its number, or below on a line or two."""
    if not front:
        return ""
    first, *below = front[:_MOST_TITLE_LINES]
    behind = _BEHIND_ANNEX.match(page.lines[first].body)
    if behind and behind["title"]:
        start = page.lines[first].body_start + behind.start("title")
        return page.text[start : page.lines[first].body_span.end]
    filled = [n for n in below if not page.lines[n].is_blank]
    title = title_at(page.lines, filled)
    if title:
        return _joined(page, title.lines)
    short = [n for n in filled if len(page.lines[n].body) <= _LONGEST_ANNEX_TITLE]
    ends = (n for n in short[:2] if _ANNEX_END.search(page.lines[n].body))
    last = next(ends, short[0] if short else None)
    return _joined(page, [n for n in short if last is not None and n <= last])


def _joined(page: Page, numbers: Sequence[int]) -> str:
    spans = [page.lines[n].body_span for n in numbers]
    return "".join(page.text[start:end] for start, end in spans)


def _title(page: Page, front: list[int]) -> str:
    """The title that stands last above the first number, as written."""
    titles = list(find_titles(page.lines, front))
    if not titles:
        return ""
    return _joined(page, titles[-1].lines)


def _merge_blank(page: Page, starts: list[Start]) -> list[Start]:
    """Drop a segment that would hold nothing but white space into the one before it."""
    stops = [*(start.at for start in starts), len(page.text)][1:]
    kept = [
        start
        for start, stop in zip(starts, stops, strict=True)
        if page.plain[start.at : stop].strip("?？ \t\u3000\xa0\u200b\ufeff\n")
    ]
    return kept or [Start(0, "preamble", "引言", ())]
