"""Lines that lost their number get it back where their siblings leave just one place for it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.clauses.markers import Marker
from corpus.clauses.titles import SHORTEST_TITLE, title_at
from corpus.lines import Line, next_filled

_HEADING = re.compile(r"[^\s。；;：:，,、！!？?（）()【】\[\]《》]{2,30}$")
_MENDABLE = ("一、", "（一）", "1.", "（1）")
_MOST_COMPARED = 60


@dataclass(frozen=True, slots=True)
class Missing:
    """Numbers that were skipped: `wanted` is what stood between line `after` and `before`."""

    after: int
    before: Marker
    wanted: range


def mend(
    lines: Sequence[Line],
    numbers: Sequence[int],
    found: Sequence[Marker],
    missing: Sequence[Missing],
) -> list[Marker]:
    """Return a marker for each unnumbered line that stands where a number is missing.

    For one number the line most like a heading of its siblings takes it; several go to as many
    headings, or to as many unnumbered items of a list that run on to the next number.
    """
    taken = {line for marker in found for line in _held(lines, marker)}
    headings = _headings(found)
    mended: list[Marker] = []
    for gap in missing:
        if gap.before.style not in _MENDABLE:
            continue
        chosen = _chosen(lines, numbers, gap, taken, headings[gap.before.style])
        taken.update(chosen)
        mended += [_numbered(gap, lines, *pair) for pair in zip(chosen, gap.wanted, strict=False)]
    return mended


def _chosen(
    lines: Sequence[Line],
    numbers: Sequence[int],
    gap: Missing,
    taken: set[int],
    headings: list[str],
) -> list[int]:
    """The lines that take the numbers of a gap, one each; or no line at all."""
    between = _between(lines, numbers, gap)
    candidates = [n for n in between if n not in taken and _could_be_heading(lines[n])]
    if gap.after < 0:
        # What stands above the first number may be the title.
        candidates = [n for n in candidates if not _is_title(lines, n)]
    if candidates and len(gap.wanted) == 1:
        return [_likest(lines, candidates, headings)]
    if len(candidates) == len(gap.wanted):
        return candidates
    return _items(lines, between, len(gap.wanted), taken)


def _between(lines: Sequence[Line], numbers: Sequence[int], gap: Missing) -> list[int]:
    first, stop = bisect_right(numbers, gap.after), bisect_left(numbers, gap.before.line)
    return [number for number in numbers[first:stop] if not lines[number].is_blank]


def _items(lines: Sequence[Line], between: list[int], count: int, taken: set[int]) -> list[int]:
    """As many items as are missing, each ending with a semicolon, below the colon or the item."""
    items = between[-count:]
    above = between[-count - 1] if len(between) > count else None
    whole = len(items) == count and all(
        n not in taken and lines[n].body.endswith(("；", ";")) for n in items
    )
    listed = above is None or lines[above].body.endswith(("：", ":", "；", ";"))
    return items if whole and listed else []


def _held(lines: Sequence[Line], marker: Marker) -> Iterator[int]:
    """The line of a marker, and the next where its heading stands there; no line for an inner."""
    if marker.found == "inline":
        return
    yield marker.line
    if marker.offset + marker.length > len(lines[marker.line].body):
        below = next_filled(lines, marker.line + 1, len(lines))
        yield from () if below is None else (below,)


def _headings(found: Sequence[Marker]) -> dict[str, list[str]]:
    """The headings of each style, as many as are worth comparing."""
    headings: dict[str, list[str]] = {style: [] for style in _MENDABLE}
    for marker in found:
        if marker.style in headings and marker.heading:
            headings[marker.style].append(marker.heading)
    return {style: known[:_MOST_COMPARED] for style, known in headings.items()}


def _could_be_heading(line: Line) -> bool:
    return _HEADING.match(line.body) is not None and not (line.is_date or line.is_organ)


def _is_title(lines: Sequence[Line], number: int) -> bool:
    long = len(lines[number].body) >= SHORTEST_TITLE
    return long and title_at(lines, [number]) is not None


def _likest(lines: Sequence[Line], candidates: list[int], headings: list[str]) -> int:
    """Return the line that shares most characters with a heading of the same style."""
    return max(candidates, key=lambda number: _resemblance(lines[number].body, headings))


def _resemblance(line: str, siblings: list[str]) -> int:
    return max((len(set(line) & set(sibling)) for sibling in siblings), default=0)


def _numbered(gap: Missing, lines: Sequence[Line], line: int, number: int) -> Marker:
    body = lines[line].body
    return replace(
        gap.before,
        line=line,
        number=number,
        heading=body if _HEADING.match(body) else "",
        length=len(body),
        spaced=True,
        found="mended",
        offset=0,
    )
