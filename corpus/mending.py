"""A heading that lost its number gets it back where its siblings leave one place for it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.lines import Line
from corpus.markers import LONGEST_LONE, Marker, label_of

_HEADING = re.compile(r"[^\s。；;：:，,、！!？?（）()【】\[\]《》]{3,30}$")
_MENDABLE = ("一、", "（一）", "1.", "（1）")
_MOST_COMPARED = 60


@dataclass(frozen=True, slots=True)
class Missing:
    """A number that was skipped: `wanted` is what stood between line `after` and `before`."""

    after: int
    before: Marker
    wanted: int


def mend(
    lines: Sequence[Line],
    numbers: Sequence[int],
    found: Sequence[Marker],
    missing: Sequence[Missing],
) -> list[Marker]:
    """Return a marker for each unnumbered line that stands where a number is missing."""
    taken = {marker.line for marker in found}
    headings = _headings(found)
    mended: list[Marker] = []
    for gap in missing:
        candidates = list(_candidates(lines, numbers, gap, taken))
        if candidates and gap.before.style in _MENDABLE:
            line = _likest(lines, candidates, headings[gap.before.style])
            taken.add(line)
            mended.append(_numbered(gap, line, lines[line].body))
    return mended


def _headings(found: Sequence[Marker]) -> dict[str, list[str]]:
    """The headings of each style, as many as are worth comparing."""
    headings: dict[str, list[str]] = {style: [] for style in _MENDABLE}
    for marker in found:
        if marker.style in headings and marker.heading:
            headings[marker.style].append(marker.heading)
    return {style: known[:_MOST_COMPARED] for style, known in headings.items()}


def _candidates(
    lines: Sequence[Line], numbers: Sequence[int], gap: Missing, taken: set[int]
) -> Iterator[int]:
    first, stop = bisect_right(numbers, gap.after), bisect_left(numbers, gap.before.line)
    for number in numbers[first:stop]:
        if number not in taken and _could_be_heading(lines, number, taken):
            yield number


def _could_be_heading(lines: Sequence[Line], number: int, taken: set[int]) -> bool:
    line = lines[number]
    # The line below a lone 一 is that number's own heading.
    after_lone = number - 1 in taken and len(lines[number - 1].body) <= LONGEST_LONE
    fits = _HEADING.match(line.body) is not None
    return fits and not (after_lone or line.is_date or line.is_organ)


def _likest(lines: Sequence[Line], candidates: list[int], headings: list[str]) -> int:
    """Return the line that shares most characters with a heading of the same style."""
    return max(candidates, key=lambda number: _resemblance(lines[number].body, headings))


def _resemblance(line: str, siblings: list[str]) -> int:
    return max((len(set(line) & set(sibling)) for sibling in siblings), default=0)


def _numbered(gap: Missing, line: int, heading: str) -> Marker:
    return replace(
        gap.before,
        line=line,
        number=gap.wanted,
        label=label_of(gap.before.style, gap.wanted),
        heading=heading,
        spaced=True,
        mended=True,
        offset=0,
    )
