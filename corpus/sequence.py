"""Which numbers open a clause: those that the sequence expects, and a mended few besides."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from corpus.lines import Line
from corpus.markers import Marker, label_of, read_lone_number, read_marker

_LEADS_ON = re.compile(r"(?:[，,、]|依照|根据|按照|违反|依据|适用|本法|本条例|本办法|和|或|及|的)$")
_HEADING_CANDIDATE = re.compile(r"[^\s。；;：:，,、！!？?（）()【】\[\]《》]{3,30}$")
_MENDABLE = ("一、", "（一）", "1.", "（1）")
_WIDEST_GAP = 5


@dataclass(slots=True)
class Outline:
    """The numbered lines of a section in reading order, and what was odd about them."""

    markers: list[Marker]
    notes: list[str] = field(default_factory=list)


def outline(lines: Sequence[Line], numbers: Iterable[int]) -> Outline:
    """Return the lines among `numbers` that open a clause or a heading.

    A number opens one only where its style expects it: one more than the last of its kind, or
    the first of a new list. Where a number is missing and an unnumbered line stands in its
    place, the line is given the number and noted (“工作目标” between 一、 and 三、).
    """
    numbers = list(numbers)
    found = _markers(lines, numbers)
    while True:
        reading = _Reading(found)
        missing = reading.run()
        mended = _mend(lines, numbers, found, missing)
        if mended is None:
            return Outline(reading.accepted, reading.notes)
        found = sorted([*found, mended], key=lambda marker: marker.line)


def _markers(lines: Sequence[Line], numbers: list[int]) -> list[Marker]:
    found: list[Marker] = []
    previous = ""
    for position, number in enumerate(numbers):
        body = lines[number].body
        if lines[number].is_blank:
            continue
        marker = read_marker(number, body)
        if marker is None and len(body) <= 3:
            following = _next_body(lines, numbers[position + 1 :])
            marker = read_lone_number(number, body, following)
        if marker and not _continues(previous, marker):
            found.append(marker)
        previous = body
    return found


def _continues(previous: str, marker: Marker) -> bool:
    """Whether the line runs on from the one above it: 依照本办法 / 第十二条…… is a reference."""
    citable = marker.style in ("条", "（一）", "（1）") and not (
        marker.style == "条" and marker.spaced
    )
    return citable and _LEADS_ON.search(previous) is not None


def _next_body(lines: Sequence[Line], numbers: list[int]) -> str:
    for number in numbers:
        if not lines[number].is_blank:
            line = lines[number]
            return "" if line.is_sentence or read_marker(number, line.body) else line.body
    return ""


@dataclass(frozen=True, slots=True)
class _Missing:
    """A number that was skipped: `wanted` is what stood between `after` and `before`."""

    after: int
    before: Marker
    wanted: int


class _Reading:
    """One pass over the markers of a section: accepts each, or leaves it to the text."""

    def __init__(self, found: list[Marker]) -> None:
        self.found = found
        self.accepted: list[Marker] = []
        self.notes: list[str] = []
        self._open: list[Marker] = []
        self._last: dict[str, Marker] = {}

    def run(self) -> list[_Missing]:
        missing: list[_Missing] = []
        for position, marker in enumerate(self.found):
            gap = self._missing_before(marker)
            if not self._judge(marker, self._later(position)):
                continue
            if gap:
                missing.append(gap)
            self._accept(marker)
        return missing

    def _later(self, position: int) -> list[Marker]:
        """The markers of the same style that follow, up to the next heading above them."""
        marker = self.found[position]
        following = takewhile(lambda m: m.rank >= marker.rank, self.found[position + 1 :])
        return [m for m in following if m.style == marker.style]

    def _accept(self, marker: Marker) -> None:
        if marker.mended:
            self.notes.append(f"“{marker.heading}”前缺序号，按“{marker.label}”编入")
        self._open = [m for m in self._open if m.rank < marker.rank] + [marker]
        self._last[marker.style] = marker
        self.accepted.append(marker)

    def _sibling(self, marker: Marker) -> Marker | None:
        return next((m for m in self._open if m.style == marker.style), None)

    def _missing_before(self, marker: Marker) -> _Missing | None:
        """What a mended line could supply: one number short of the expected one."""
        sibling = self._sibling(marker)
        if sibling:
            if marker.number != sibling.number + 2:
                return None
            return _Missing(sibling.line, marker, sibling.number + 1)
        before = self._last.get(marker.style)
        if marker.number != 2 or (before and before.number == 1):
            return None
        above = [m.line for m in self._open if m.rank < marker.rank]
        return _Missing(above[-1] if above else -1, marker, 1)

    def _judge(self, marker: Marker, later: list[Marker]) -> bool:
        sibling, last = self._sibling(marker), self._last.get(marker.style)
        before = sibling or last
        if before and _follows(before, marker):
            return True
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
        if marker.style == "条" and not marker.spaced:
            return False
        # Each 款 of a 条 may hold a list of its own; elsewhere a new list is worth a look.
        if not any(m.style == "条" for m in self._open):
            self.notes.append(f"“{marker.label}{marker.heading}”处编号重新从头开始")
        return True

    def _late_start(self, marker: Marker, later: list[Marker]) -> bool:
        if not later or not _follows(marker, later[0]):
            return False
        self.notes.append(f"“{marker.label}{marker.heading}”之前缺少编号")
        return True

    def _gap(self, before: Marker, marker: Marker, later: list[Marker]) -> bool:
        too_wide = marker.number - before.number > _WIDEST_GAP
        # The expected number still comes, or 条 runs straight on: then this is a reference.
        expected = any(_follows(before, m) for m in later)
        if too_wide or expected or (marker.style == "条" and not marker.spaced):
            return False
        self.notes.append(f"编号从“{before.label}”跳到“{marker.label}”")
        return True

    def _repeat(self, before: Marker, marker: Marker, later: list[Marker]) -> bool:
        is_heading = bool(marker.heading) and marker.style != "条"
        goes_on = not later or later[0].number in (1, marker.number + 1)
        if marker.order != before.order or not is_heading or not goes_on:
            return False
        self.notes.append(f"编号“{marker.label}”重复")
        return True


def _follows(before: Marker, marker: Marker) -> bool:
    """Whether `marker` is the number after `before`: 第十三条 or 第十二条之一 after 第十二条."""
    if marker.sub:
        return marker.order == (before.number, before.sub + 1)
    return marker.number == before.number + 1


def _mend(
    lines: Sequence[Line], numbers: list[int], found: list[Marker], missing: list[_Missing]
) -> Marker | None:
    """Return a marker for the unnumbered line that stands where a number is missing."""
    taken = {marker.line for marker in found}
    for gap in missing:
        between = [n for n in numbers if gap.after < n < gap.before.line and n not in taken]
        candidates = [n for n in between if _could_be_heading(lines, n, taken)]
        siblings = [m.heading for m in found if m.style == gap.before.style and m.heading]
        if candidates and gap.before.style in _MENDABLE:
            line = max(candidates, key=lambda n: _resemblance(lines[n].body, siblings))
            heading = lines[line].body
            return replace(
                gap.before,
                line=line,
                number=gap.wanted,
                label=label_of(gap.before.style, gap.wanted),
                heading=heading,
                spaced=True,
                mended=True,
            )
    return None


def _could_be_heading(lines: Sequence[Line], number: int, taken: set[int]) -> bool:
    line = lines[number]
    # The line below a lone 一 is that number's own heading.
    after_lone = number - 1 in taken and len(lines[number - 1].body) <= 3
    fits = _HEADING_CANDIDATE.match(line.body) is not None
    return fits and not (after_lone or line.is_date or line.is_organ)


def _resemblance(line: str, siblings: list[str]) -> int:
    return max((len(set(line) & set(sibling)) for sibling in siblings), default=0)
