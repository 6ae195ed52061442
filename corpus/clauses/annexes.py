"""Lines that begin with 附件: the list that announces them, and the annex itself.

GB/T 9704-2012, 7.3.4 and 7.3.7: 附件说明 stands below the text and above the 落款; an annex
begins on a page of its own with 附件 and its number.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.clauses.markers import read_marker
from corpus.lines import Line, next_filled
from corpus.numerals import CHINESE_NUMERAL

_ANNEX = re.compile(
    rf"(?P<word>附\s{{0,3}}[件表录]|附(?=[：:]))(?P<space>\s*)"
    rf"(?P<number>{CHINESE_NUMERAL}{{1,3}}(?!览)|[0-9０-９]{{1,2}}(?:-[0-9]{{1,2}})?|[A-Z](?![A-Za-z]))?"
    r"\s*(?P<colon>[：:]?)\s*(?P<title>.*)$"
)
_ENTRY = re.compile(r"[0-9０-９]{1,2}\s*[.．、]")
_LONGEST_TITLE = 60
_LONGEST_LIST = 200
_MOST_ENTRIES = 60
_MOST_BLANK = 6
_NUMBERS = "-0123456789０１２３４５６７８９〇一二三四五六七八九十百ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class AnnexLine(NamedTuple):
    """A line that begins with 附件: it opens the annex `label`, or `lines` only announce some."""

    label: str
    opens: bool
    lines: range


def is_annex(line: Line) -> bool:
    """Whether the line begins with 附件, whatever it goes on to say."""
    return _ANNEX.match(line.body) is not None


def read_annex(lines: Sequence[Line], number: int, stop: int, settled: bool) -> AnnexLine | None:
    """Return what the 附件 at the beginning of the line means, or None for running text.

    `settled` says that a 落款 or a list of annexes stands above, so that an annex is due.
    """
    line = lines[number]
    match = _ANNEX.match(line.body)
    if match is None or len(line.body) > _LONGEST_LIST:
        return None
    word = re.sub(r"\s", "", match["word"]).ljust(2, "件")
    label = word + (match["number"] or "")
    announced = _list(lines, number, stop, titled=bool(match["title"]))
    below = next_filled(lines, announced.stop, stop)
    if not (match["colon"] or match["title"]):
        listed = len(announced) > 1 and below is not None and _signs(lines[below])
        return AnnexLine(label, settled or not listed, announced)
    if not match["colon"] and (line.is_sentence or not (match["number"] or match["space"])):
        return None
    if _opens(lines, number, match, settled, below):
        return AnnexLine(label, True, announced)
    if match["colon"] or _ends_text(lines, below):
        return AnnexLine(label.rstrip(_NUMBERS), False, announced)
    return None


def _opens(
    lines: Sequence[Line], number: int, match: re.Match[str], settled: bool, below: int | None
) -> bool:
    """Whether the line opens an annex: one is due, and text stands below; else it is a list."""
    if len(match.string) > _LONGEST_TITLE:
        return False
    first = next_filled(lines, number + 1, number + _MOST_BLANK)
    untitled = not match["title"] and first is not None and not _is_entry(lines[first])
    if settled and untitled:
        return True
    due = settled or (bool(match["colon"]) and _opens_text(lines, below))
    return due and not _ends_text(lines, below)


def _list(lines: Sequence[Line], first: int, stop: int, titled: bool) -> range:
    """The lines of an 附件说明 that begins at `first`: 附件：1.… 2.…, or 附件1：… 附件2：…."""
    last = first + 1
    for number in range(first + 1, min(first + _MOST_ENTRIES, stop)):
        line = lines[number]
        if line.is_blank:
            continue
        named = not titled and not (line.is_organ or line.is_date or is_annex(line))
        if not (named or _is_entry(line)):
            break
        last, titled = number + 1, True
    return range(first, last)


def _is_entry(line: Line) -> bool:
    annex = _ANNEX.match(line.body)
    listed = annex and annex["number"] and annex["colon"] and annex["title"]
    return bool(listed or _ENTRY.match(line.body)) and not line.body.endswith("。")


def _ends_text(lines: Sequence[Line], below: int | None) -> bool:
    """Whether the text ends there, so that a list of annexes and no annex stands above it."""
    if below is None:
        return True
    return _signs(lines[below]) or lines[below].is_imprint or is_annex(lines[below])


def _signs(line: Line) -> bool:
    return line.is_date or line.is_organ or line.is_signed


def _opens_text(lines: Sequence[Line], below: int | None) -> bool:
    marker = None if below is None else read_marker(below, lines[below].body)
    return marker is not None and marker.order == (1, 0)
