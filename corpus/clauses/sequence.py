"""Which numbers open a clause: those that the sequence expects, and a mended few besides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from corpus.clauses.candidates import read_candidates
from corpus.clauses.inside import is_after_colon, is_behind_heading, is_set_off, runs_on, without
from corpus.clauses.markers import CHAPTERS, Found, Marker
from corpus.clauses.mending import Missing, mend
from corpus.clauses.order import follows, successors
from corpus.lines import Line
from corpus.notes import Note
from corpus.spans import Span

_WIDEST_GAP = 5
# How many numbers ahead are looked at, and how often a mended list is read again: far more than
# any document needs, and few enough that reading stays linear.
_FARTHEST = 100
_NEAR = 10
_MOST_READINGS = 5
_LONGEST_NAME = 24
_NOTED: tuple[Found, ...] = ("alone", "split", "inline", "mended")


@dataclass(slots=True)
class Outline:
    """The numbered lines of a section in reading order, and what was odd about them."""

    markers: list[Marker]
    notes: list[Note] = field(default_factory=list)


def outline(lines: Sequence[Line], numbers: Sequence[int]) -> Outline:
    """Return the lines among `numbers` that open a clause or a heading.

    A number opens one only where its style expects it: one more than the last of its kind, or
    the first of a new list. Where a number is missing and an unnumbered line stands in its
    place, the line is given the number and noted (“工作目标” between 一、 and 三、).
    """
    found = list(read_candidates(lines, numbers))
    for _ in range(_MOST_READINGS):
        reading = _Reading(lines, found)
        mended = mend(lines, numbers, found, reading.run())
        if not mended:
            break
        found = sorted([*found, *mended], key=lambda marker: marker.position)
    else:
        reading = _Reading(lines, found)
        reading.run()
    return Outline(reading.accepted, reading.notes)


class _Reading:
    """One pass over the markers of a section: accepts each, or leaves it to the text."""

    def __init__(self, lines: Sequence[Line], found: Sequence[Marker]) -> None:
        self.lines = lines
        self.found = found
        self.accepted: list[Marker] = []
        self.notes: list[Note] = []
        self._next = successors(found)
        self._open: list[Marker] = []
        self._last: dict[str, Marker] = {}
        self._repeated: Marker | None = None

    def run(self) -> list[Missing]:
        """Read the markers in order, and return the numbers that a mended line could supply."""
        missing: list[Missing] = []
        for position, marker in enumerate(self.found):
            gap = self._missing_before(marker)
            if not self._judge(position):
                continue
            if gap:
                missing.append(gap)
            self._accept(marker)
        return missing

    def _later(self, position: int, most: int = _FARTHEST) -> list[Marker]:
        """The markers of the same style that begin a line below, up to a heading above them."""
        return [self.found[n] for n in islice(self._chain(position), most)]

    def _chain(self, position: int) -> Iterator[int]:
        following = self._next[position]
        while following is not None:
            yield following
            following = self._next[following]

    def _accept(self, marker: Marker) -> None:
        if marker.found == "inline":
            self._end_heading(marker)
        if marker.found in _NOTED:
            self._note(marker.found, marker, *self._names(marker))
        elif runs_on(self.lines[marker.line], marker):
            self._note("run_on", marker, _name(marker))
        self._open = [m for m in self._open if m.rank < marker.rank] + [marker]
        self._last[marker.style] = marker
        self.accepted.append(marker)

    def _end_heading(self, marker: Marker) -> None:
        above = self._above
        if above is not None and (ended := without(above, marker)) is not above:
            self.accepted[-1] = self._last[above.style] = ended
            self._open = [ended if m is above else m for m in self._open]

    @property
    def _above(self) -> Marker | None:
        return self.accepted[-1] if self.accepted else None

    def _names(self, marker: Marker) -> tuple[str, ...]:
        """What a note says of a number that does not begin a line as it should."""
        if marker.found == "mended":
            start = marker.offset
            heading = marker.heading or self.lines[marker.line].body[start : start + _LONGEST_NAME]
            return heading, marker.label
        return (marker.label, marker.heading) if marker.found == "alone" else (_name(marker),)

    def _note(self, kind: str, marker: Marker, *values: str) -> None:
        start = self.lines[marker.line].body_start + marker.offset
        self.notes.append(Note(kind, values, Span(start, start + marker.length)))

    def _sibling(self, marker: Marker) -> Marker | None:
        same = (m for m in self._open if (m.style, m.above) == (marker.style, marker.above))
        return next(same, None)

    def _missing_before(self, marker: Marker) -> Missing | None:
        """What mended lines could supply: the numbers between the last one and this one."""
        if marker.found == "inline" or marker.above:
            return None
        sibling = self._sibling(marker)
        if sibling:
            short = marker.number - sibling.number - 1
            wanted = range(sibling.number + 1, marker.number)
            return Missing(sibling.line, marker, wanted) if 0 < short <= _WIDEST_GAP else None
        before = self._last.get(marker.style)
        if not 1 < marker.number <= _WIDEST_GAP or (before and follows(before, marker)):
            return None
        above = [m.line for m in self._open if m.rank < marker.rank]
        return Missing(above[-1] if above else -1, marker, range(1, marker.number))

    def _judge(self, position: int) -> bool:
        marker = self.found[position]
        if marker.found == "inline":
            return self._inside(position, marker)
        if marker.above and self._opens_decimals(marker):
            return True
        sibling, last = self._sibling(marker), self._last.get(marker.style)
        before = sibling or last
        if before and follows(before, marker):
            return True
        later = self._later(position)
        if marker.found == "bare":
            return marker.is_first and self._begins_bare(position, later)
        if marker.is_first:
            return self._first(marker, sibling, later)
        judged = self._out_of_order(before, sibling, marker, later)
        if not judged and (marker.spaced or marker.style != "条"):
            self._note("stray", marker, _name(marker))
        return judged

    def _out_of_order(
        self, before: Marker | None, sibling: Marker | None, marker: Marker, later: list[Marker]
    ) -> bool:
        if before is None or (sibling is None and marker.number <= before.number):
            return self._late_start(marker, later)
        if marker.above != before.above:
            return self._late_start(marker, later)
        if marker.number > before.number:
            return self._gap(before, marker, later)
        return self._repeat(before, marker, later)

    def _opens_decimals(self, marker: Marker) -> bool:
        """Whether 3.2.1 stands below the 3.2 that is open, or 3.1 below a third heading."""
        above = [m for m in self._open if m.rank < marker.rank]
        return marker.is_first and bool(above) and above[-1].numbers == marker.above

    def _begins_bare(self, position: int, later: list[Marker]) -> bool:
        """A first number set off by white space alone needs a second, or decimals below it."""
        following = self.found[position + 1 : position + 2]
        goes_on = bool(later) and later[0].number == 2
        return goes_on or any(m.above == (1,) and m.is_first for m in following)

    def _inside(self, position: int, marker: Marker) -> bool:
        """A number inside a line opens a clause only where exactly that one is due."""
        later = self._later(position, _NEAR)
        heads = is_behind_heading(self.lines[marker.line], self._above, marker)
        if marker.is_first and self._begins_inside(position, marker, heads):
            return True
        groups = marker.style in CHAPTERS or marker.style == "条"
        before = self._sibling(marker) or (self._last.get(marker.style) if groups else None)
        due = before is not None and follows(before, marker)
        if not due or any(m.order == marker.order for m in later):
            return False
        set_off = is_set_off(self.lines[marker.line], marker)
        skipped = set_off and bool(later) and follows(marker, later[0])
        return not groups or marker.spaced or skipped or heads

    def _begins_inside(self, position: int, marker: Marker, heads: bool) -> bool:
        """Whether a list begins behind its heading or after a colon, and goes on below."""
        if marker.style == "条" or marker.style in CHAPTERS:
            return heads
        following = next(iter(self.found[position + 1 : position + 2]), None)
        if following is None or (following.style, following.number) != (marker.style, 2):
            return False
        # Within a 条 a list may stand on one line; elsewhere its second number begins one.
        in_article = marker.style == "（一）" and any(m.style == "条" for m in self._open)
        if following.found == "inline" and not (in_article and following.line == marker.line):
            return False
        return heads or is_after_colon(self.lines[marker.line], marker)

    def _first(self, marker: Marker, sibling: Marker | None, later: list[Marker]) -> bool:
        if sibling is None:
            return not marker.above or self._late_start(marker, later, noted=False)
        goes_on = bool(later) and later[0].number == 2
        if sibling.number == 1 and not goes_on:
            return self._repeat(sibling, marker, later)
        # The list that is open goes on below, so this number stands in its text.
        stray = bool(later) and not goes_on and follows(sibling, later[0])
        if stray or (marker.style == "条" and not marker.spaced):
            return False
        # Each 款 of a 条 may hold a list of its own; elsewhere a new list is worth a look.
        if not any(m.style == "条" for m in self._open):
            self._note("restarted", marker, marker.label + marker.heading)
        return True

    def _late_start(self, marker: Marker, later: list[Marker], noted: bool = True) -> bool:
        if not later or not follows(marker, later[0]):
            return False
        if noted:
            self._note("late", marker, marker.label + marker.heading)
        return True

    def _gap(self, before: Marker, marker: Marker, later: list[Marker]) -> bool:
        too_wide = marker.number - before.number > _WIDEST_GAP
        # The expected number still comes, or 条 runs straight on: then this is a reference.
        expected = any(follows(before, m) for m in later)
        if too_wide or expected or (marker.style == "条" and not marker.spaced):
            return False
        # 2. 2. 4.: the second is a mistyped 3., and noted as repeated.
        if not (before is self._repeated and marker.number == before.number + 2):
            self._note("gap", marker, before.label, marker.label)
        return True

    def _repeat(self, before: Marker, marker: Marker, later: list[Marker]) -> bool:
        if marker.order != before.order or (marker.style == "条" and not marker.spaced):
            return False
        ahead = later[0].number - marker.number if later else None
        heads = bool(marker.heading) and marker.style != "条"
        due = ahead in (1, 2) or (heads and (ahead is None or later[0].number == 1))
        if due:
            self._repeated = marker
            self._note("repeated", marker, marker.label)
        return due


def _name(marker: Marker) -> str:
    heading = marker.heading
    return marker.label + (heading if len(heading) <= _LONGEST_NAME else "")
