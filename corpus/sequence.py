"""Which numbers open a clause: those that the sequence expects, and a mended few besides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from corpus.lines import Line
from corpus.markers import LONGEST_LONE, Marker, read_inline, read_lone_number, read_marker
from corpus.mending import Missing, mend
from corpus.notes import Note

# What a reference goes on from; 条 are cited in running text, items only after their 条 or 款.
_CITES = "依照|根据|按照|违反|依据|适用"
_LEADS_ON = {
    "条": re.compile(rf"(?:[，,、]|{_CITES}|本法|本条例|本办法|和|或|及|的)$"),
    "（一）": re.compile(rf"(?:{_CITES}|本条|[条款])$"),
    "（1）": re.compile(rf"(?:{_CITES}|本条|[条款项])$"),
}
_LONGEST_LEAD = 8
_WIDEST_GAP = 5
# How many numbers ahead are looked at, and how often a mended list is read again: far more than
# any document needs, and few enough that reading stays linear.
_FARTHEST = 100
_MOST_READINGS = 5


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
    found = list(_with_inline(lines, list(_markers(lines, numbers))))
    for _ in range(_MOST_READINGS):
        reading = _Reading(found)
        mended = mend(lines, numbers, found, reading.run())
        if not mended:
            break
        found = sorted([*found, *mended], key=lambda marker: marker.position)
    else:
        reading = _Reading(found)
        reading.run()
    return Outline(reading.accepted, reading.notes)


def _markers(lines: Sequence[Line], numbers: Sequence[int]) -> Iterator[Marker]:
    previous = ""
    for position, number in enumerate(numbers):
        body = lines[number].body
        if lines[number].is_blank:
            continue
        marker = read_marker(number, body)
        if marker is None and len(body) <= LONGEST_LONE:
            marker = read_lone_number(number, body, _next_body(lines, numbers, position + 1))
        if marker and not _continues(previous, marker):
            yield marker
        previous = body


def _continues(previous: str, marker: Marker) -> bool:
    """Whether the line runs on from the one above it: 依照本办法 / 第十二条…… is a reference."""
    leads_on = _LEADS_ON.get(marker.style)
    if leads_on is None or (marker.style == "条" and marker.spaced):
        return False
    return leads_on.search(previous[-_LONGEST_LEAD:]) is not None


def _next_body(lines: Sequence[Line], numbers: Sequence[int], position: int) -> str:
    """The heading below a lone number, or nothing where running text or a number follows."""
    below = (numbers[n] for n in range(position, len(numbers)))
    number = next((n for n in below if not lines[n].is_blank), None)
    if number is None or lines[number].is_sentence or read_marker(number, lines[number].body):
        return ""
    return lines[number].body


def _with_inline(lines: Sequence[Line], found: Sequence[Marker]) -> Iterator[Marker]:
    """Add the first number of a list where it stands on its heading's line and 2. follows."""
    for marker, following in zip_longest(found, found[1:]):
        yield marker
        if following and following.number == 2:
            inner = read_inline(marker, lines[marker.line].body)
            if inner and inner.style == following.style:
                yield inner


class _Reading:
    """One pass over the markers of a section: accepts each, or leaves it to the text."""

    def __init__(self, found: Sequence[Marker]) -> None:
        self.found = found
        self.accepted: list[Marker] = []
        self.notes: list[Note] = []
        self._next = _successors(found)
        self._open: list[Marker] = []
        self._last: dict[str, Marker] = {}

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

    def _later(self, position: int) -> list[Marker]:
        """The markers of the same style that follow, up to the next heading above them."""
        return [self.found[n] for n in islice(self._chain(position), _FARTHEST)]

    def _chain(self, position: int) -> Iterator[int]:
        following = self._next[position]
        while following is not None:
            yield following
            following = self._next[following]

    def _accept(self, marker: Marker) -> None:
        if marker.mended:
            self._note("mended", marker.heading, marker.label)
        self._open = [m for m in self._open if m.rank < marker.rank] + [marker]
        self._last[marker.style] = marker
        self.accepted.append(marker)

    def _note(self, kind: str, *values: str) -> None:
        self.notes.append(Note(kind, values))

    def _sibling(self, marker: Marker) -> Marker | None:
        return next((m for m in self._open if m.style == marker.style), None)

    def _missing_before(self, marker: Marker) -> Missing | None:
        """What a mended line could supply: one number short of the expected one."""
        sibling = self._sibling(marker)
        if sibling:
            if marker.number != sibling.number + 2:
                return None
            return Missing(sibling.line, marker, sibling.number + 1)
        before = self._last.get(marker.style)
        if marker.number != 2 or (before and before.number == 1):
            return None
        above = [m.line for m in self._open if m.rank < marker.rank]
        return Missing(above[-1] if above else -1, marker, 1)

    def _judge(self, position: int) -> bool:
        marker = self.found[position]
        sibling, last = self._sibling(marker), self._last.get(marker.style)
        before = sibling or last
        if before and _follows(before, marker):
            return True
        later = self._later(position)
        if marker.order == (1, 0):
            return self._first(marker, sibling, later)
        if before is None or (sibling is None and marker.number <= before.number):
            return self._late_start(marker, later)
        if marker.number > before.number:
            return self._gap(before, marker, later)
        return self._repeat(before, marker, later)

    def _first(self, marker: Marker, sibling: Marker | None, later: list[Marker]) -> bool:
        if sibling is None:
            return True
        goes_on = bool(later) and later[0].number == 2
        if sibling.number == 1 and not goes_on:
            return self._repeat(sibling, marker, later)
        # The list that is open goes on below, so this number stands in its text.
        stray = bool(later) and not goes_on and _follows(sibling, later[0])
        if stray or (marker.style == "条" and not marker.spaced):
            return False
        # Each 款 of a 条 may hold a list of its own; elsewhere a new list is worth a look.
        if not any(m.style == "条" for m in self._open):
            self._note("restarted", marker.label + marker.heading)
        return True

    def _late_start(self, marker: Marker, later: list[Marker]) -> bool:
        if not later or not _follows(marker, later[0]):
            return False
        self._note("late", marker.label + marker.heading)
        return True

    def _gap(self, before: Marker, marker: Marker, later: list[Marker]) -> bool:
        too_wide = marker.number - before.number > _WIDEST_GAP
        # The expected number still comes, or 条 runs straight on: then this is a reference.
        expected = any(_follows(before, m) for m in later)
        if too_wide or expected or (marker.style == "条" and not marker.spaced):
            return False
        self._note("gap", before.label, marker.label)
        return True

    def _repeat(self, before: Marker, marker: Marker, later: list[Marker]) -> bool:
        is_heading = bool(marker.heading) and marker.style != "条"
        goes_on = not later or later[0].number in (1, marker.number + 1)
        if marker.order != before.order or not is_heading or not goes_on:
            return False
        self._note("repeated", marker.label)
        return True


def _follows(before: Marker, marker: Marker) -> bool:
    """Whether `marker` is the number after `before`: 第十三条 or 第十二条之一 after 第十二条."""
    if marker.sub:
        return marker.order == (before.number, before.sub + 1)
    return marker.number == before.number + 1


def _successors(found: Sequence[Marker]) -> list[int | None]:
    """For each marker the place of the next of its style, if no heading above it comes between."""
    following: list[int | None] = [None] * len(found)
    nearest: dict[str, int] = {}
    for position in range(len(found) - 1, -1, -1):
        marker = found[position]
        following[position] = nearest.get(marker.style)
        nearest = {s: n for s, n in nearest.items() if found[n].rank <= marker.rank}
        nearest[marker.style] = position
    return following
