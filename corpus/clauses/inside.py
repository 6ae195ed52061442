"""Numbers within a line: behind a heading, after a colon, or where a line break was lost."""

from dataclasses import replace

from corpus.clauses.markers import Marker, read_marker
from corpus.lines import Line

_SENTENCE_ENDS = set("。；;！!：:")
_LONGEST_HEADING = 45
_MOST_SPACE = 4


def is_behind_heading(line: Line, above: Marker | None, marker: Marker) -> bool:
    """Whether nothing but a heading parts `marker` from `above`, the number before it."""
    if above is None or above.line != marker.line or above.rank >= marker.rank:
        return False
    start = above.offset + above.length - len(above.heading)
    between = line.body[start : marker.offset].strip()
    whole = not _SENTENCE_ENDS.intersection(between[:-1])
    return len(between) <= _LONGEST_HEADING + 1 and whole


def is_set_off(line: Line, marker: Marker) -> bool:
    """Whether a sentence or white space ends before the number."""
    before = line.body[marker.offset - 1 : marker.offset]
    return before.isspace() or before in _SENTENCE_ENDS


def is_after_colon(line: Line, marker: Marker) -> bool:
    """Whether a colon announces the number: 注：1.……"""
    before = line.body[max(0, marker.offset - _MOST_SPACE) : marker.offset]
    return before.rstrip().endswith(("：", ":"))


def without(above: Marker, marker: Marker) -> Marker:
    """Return `above` with its heading ended before `marker`: 总体要求 of 一、总体要求（一）……"""
    excess = above.offset + above.length - marker.offset
    if above.line != marker.line or not above.heading or excess <= 0:
        return above
    heading = above.heading[: max(len(above.heading) - excess, 0)].rstrip()
    return replace(above, heading=heading, length=above.length - len(above.heading) + len(heading))


def runs_on(line: Line, marker: Marker) -> bool:
    """Whether white space alone parts the heading from its text: 一、总体要求　全面贯彻……"""
    if not marker.heading or marker.style == "条":
        return False
    rest = line.body[marker.offset + marker.length :]
    return rest[:1].isspace() and read_marker(0, rest.strip()) is None
