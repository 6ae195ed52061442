"""The outer frame of a document: its parts, and the lines that belong to no clause.

GB/T 9704-2012 puts 标题, 主送机关, 正文, 附件说明, 发文机关署名 and 成文日期 in this order; a
notice that carries a plan repeats them for the plan, and 附件 follow.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.lines import Line
from corpus.numerals import CHINESE_NUMERAL

_ANNEX = re.compile(
    rf"附\s*[件表录]\s*(?P<number>{CHINESE_NUMERAL}{{1,3}}|[0-9０-９]{{1,2}}(?:-[0-9]{{1,2}})?)?"
    r"\s*(?P<colon>[：:]?)\s*(?P<title>.*)$"
)
_CONTENTS = re.compile(r"目\s*[录次]$")
_FURNITURE = re.compile(r"(?:【|版权所有|责任编辑|打印本页|关闭窗口|上一篇|下一篇|扫一扫|分享到)")
_MOST_ORGANS = 12
_LONGEST_TITLE = 60


@dataclass(slots=True)
class Section:
    """A run of lines with a numbering of its own: the document, a plan it carries, an 附件."""

    first: int
    last: int
    annex: str = ""
    signature: range = field(default_factory=lambda: range(0))
    annex_list: range = field(default_factory=lambda: range(0))
    contents: range = field(default_factory=lambda: range(0))
    trailer: range = field(default_factory=lambda: range(0))

    def body(self) -> list[int]:
        """The lines that are read for numbers."""
        aside = {*self.signature, *self.annex_list, *self.contents, *self.trailer}
        return [n for n in range(self.first, self.last) if n not in aside]


def split_sections(lines: Sequence[Line]) -> list[Section]:
    """Cut the document after each 落款 and before each 附件; every line is in one section."""
    sections: list[Section] = []
    current = Section(0, len(lines))
    trailer = _trailer(lines)
    number, seen_text = 0, False
    while number < trailer.start:
        line = lines[number]
        if (sections or number) and starts_annex(lines, number, current, seen_text or bool(sections)):
            current = _cut(sections, current, number)
            current.annex, seen_text = _annex_label(line), False
        elif is_annex_list(line) and seen_text:
            current.annex_list = _annex_list(lines, number)
            number = current.annex_list.stop
            continue
        elif seen_text and (signature := _signature(lines, number)):
            current.signature = signature
            if signature.stop < trailer.start and _goes_on(lines[signature.stop : trailer.start]):
                current = _cut(sections, current, signature.stop)
                seen_text = False
            number = signature.stop
            continue
        elif _CONTENTS.match(line.body):
            current.contents = _contents(lines, number)
            number = current.contents.stop
            continue
        seen_text = seen_text or line.is_sentence
        number += 1
    current.trailer = trailer
    return [*sections, current]


def _cut(sections: list[Section], current: Section, at: int) -> Section:
    last, current.last = current.last, at
    if current.last > current.first:
        sections.append(current)
    return Section(at, last)


def _goes_on(rest: Sequence[Line]) -> bool:
    return any(line.is_sentence or _ANNEX.match(line.body) for line in rest)


def starts_annex(lines: Sequence[Line], number: int, current: Section, seen_text: bool) -> bool:
    """Whether an 附件 begins here: 附件1 alone on its line, or titled after the 落款."""
    match = _ANNEX.match(lines[number].body)
    if match is None or len(lines[number].body) > _LONGEST_TITLE:
        return False
    if lines[number].is_sentence and not match["title"]:
        return False
    alone = not match["title"] and not match["colon"]
    settled = bool(current.signature or current.annex_list or current.annex)
    return seen_text and (alone or (settled and not lines[number].is_sentence))


def is_annex_list(line: Line) -> bool:
    """Whether the line begins the list of 附件 below the text (附件说明)."""
    match = _ANNEX.match(line.body)
    return match is not None and bool(match["colon"]) and len(line.body) <= 200


def _annex_list(lines: Sequence[Line], first: int) -> range:
    last = first + 1
    while last < len(lines):
        line = lines[last]
        entry = line.is_blank or re.match(r"[0-9０-９]{1,2}\s*[.．、]", line.body)
        if not entry or line.body.endswith("。"):
            break
        last += 1
    return range(first, last)


def _annex_label(line: Line) -> str:
    match = _ANNEX.match(line.body)
    number = match["number"] if match else None
    return (
        f"附件{number or ''}"
        if line.body.startswith("附件") or not match
        else (re.sub(r"\s", "", line.body[:2]) + (number or ""))
    )


def _signature(lines: Sequence[Line], number: int) -> range | None:
    """Return the 落款 whose date is line `number`, or a closing organ alone at the very end."""
    organs = _organs_above(lines, number)
    following = _next_filled(lines, number + 1)
    if lines[number].is_date:
        ends = following is None or _ANNEX.match(lines[following].body) is not None
        if organs is None and not ends:
            return None
        last = number + 1
        if following is not None and re.match(r"[（(].{2,20}[）)]$", lines[following].body):
            last = following + 1
        return range(number if organs is None else organs, last)
    if lines[number].is_organ and following is None:
        return range(_organs_above(lines, number + 1) or number, number + 1)
    return None


def _organs_above(lines: Sequence[Line], below: int) -> int | None:
    """Return the first of the organ lines that stand right above line `below`."""
    first, filled = None, 0
    for number in range(below - 1, -1, -1):
        if lines[number].is_blank:
            continue
        if not lines[number].is_organ or filled == _MOST_ORGANS:
            break
        first, filled = number, filled + 1
    return first


def _next_filled(lines: Sequence[Line], start: int) -> int | None:
    return next((n for n in range(start, len(lines)) if not lines[n].is_blank), None)


def _contents(lines: Sequence[Line], first: int) -> range:
    """Return the 目录: up to where its first entry comes again."""
    start = _next_filled(lines, first + 1)
    if start is None:
        return range(first, first + 1)
    entry = re.sub(r"[\s.…·0-9]", "", lines[start].body)
    for number in range(start + 1, len(lines)):
        if re.sub(r"[\s.…·0-9]", "", lines[number].body) == entry:
            return range(first, number)
        if lines[number].is_sentence:
            break
    return range(first, first + 1)


def _trailer(lines: Sequence[Line]) -> range:
    """Return what a web page left below the document: short lines after an empty stretch."""
    first = stop = len(lines)
    for number in range(stop - 1, -1, -1):
        line = lines[number]
        if line.is_blank:
            continue
        furniture = _FURNITURE.match(line.body) is not None
        short = len(line.body) <= 30 and not line.is_sentence
        apart = number >= 2 and lines[number - 1].is_blank and lines[number - 2].is_blank
        known = line.is_date or line.is_organ or _ANNEX.match(line.body) is not None
        if known or not (furniture or (short and apart)):
            break
        first = number
    return range(first, stop)
