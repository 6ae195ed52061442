"""Word's automatic numbering: the 第一条 and 一、 that stand beside the text, not in it.

ECMA-376-1, 17.9. A list (w:num) is an instance of a definition (w:abstractNum) of up to nine
levels; all instances of a definition count on together, unless one says where it starts.
"""

import re
from typing import NamedTuple

from docx.oxml.ns import qn

from corpus.readers.word.number_formats import write_number
from corpus.readers.word.ooxml import Element, is_on, number, value
from corpus.readers.word.styles import RPR, VANISH, Numbered, Styles

_W_ID, _W_NUM_ID = qn("w:abstractNumId"), qn("w:numId")
_ABSTRACT, _NUM, _LEVEL, _ILVL = qn("w:abstractNum"), qn("w:num"), qn("w:lvl"), qn("w:ilvl")
_OVERRIDE, _START_OVERRIDE = qn("w:lvlOverride"), qn("w:startOverride")
_START, _FORM, _TEXT, _SUFFIX = qn("w:start"), qn("w:numFmt"), qn("w:lvlText"), qn("w:suff")
_LEGAL, _RESTART, _P_STYLE = qn("w:isLgl"), qn("w:lvlRestart"), qn("w:pStyle")
_STYLE_LINK = qn("w:numStyleLink")
_FALLBACK_FORM = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback/" + _FORM
_PLACE = re.compile(r"%([1-9])")
# Full-width punctuation brings the gap after it along, as in 一、 and （一）.
_WIDE_PUNCTUATION = "、，。．：；）〕】］》"


class Level(NamedTuple):
    """One level of a list; `text` is its number with %1 to %9 for the counts of the levels."""

    start: int
    form: str
    text: str
    suffix: str
    legal: bool
    restart: int
    style: str
    hidden: bool


class List(NamedTuple):
    """A w:num: its levels, what it counts together with, and where it starts anew."""

    counted_with: str
    levels: dict[int, Level]
    starts: dict[int, int]

    def start(self, level: int) -> int:
        """Where the level starts, here and wherever it starts anew."""
        return self.starts.get(level, self.levels[level].start)


class Numbering:
    """The lists of a document."""

    def __init__(self, part: Element | None, styles: Styles) -> None:
        self._styles = styles
        found = {} if part is None else {a.get(_W_ID, ""): a for a in part.findall(_ABSTRACT)}
        nums = {} if part is None else {n.get(_W_NUM_ID, ""): n for n in part.findall(_NUM)}
        self._abstract: dict[str, Element] = found
        self._nums: dict[str, Element] = nums
        self._lists: dict[str, List | None] = {}

    def place(self, properties: Element | None) -> tuple[str, List, int] | None:
        """Return the list of a paragraph and its level there, from its w:pPr, or None."""
        numbered = self._styles.numbered_paragraph(properties)
        found = self._list(numbered.list_id) if numbered else None
        if numbered is None or found is None:
            return None
        return numbered.list_id, found, self._level(numbered, found, properties)

    def _level(self, numbered: Numbered, found: List, properties: Element | None) -> int:
        """The level that is said, else the one that is linked to the style of the paragraph."""
        if numbered.level is not None:
            return numbered.level
        linked = {level.style: n for n, level in found.levels.items() if level.style}
        lineage = self._styles.lineage(self._styles.of_paragraph(properties))
        return next((linked[style] for style, _ in lineage if style in linked), 0)

    def _list(self, list_id: str) -> List | None:
        if list_id not in self._lists:
            num = self._nums.get(list_id)
            self._lists[list_id] = None if num is None else self._read(num)
        return self._lists[list_id]

    def _read(self, num: Element) -> List:
        counted_with = value(num.find(_W_ID))
        levels = self._levels(counted_with)
        starts: dict[int, int] = {}
        for override in num.findall(_OVERRIDE):
            level = number(override, 0, _ILVL)
            own, start = override.find(_LEVEL), override.find(_START_OVERRIDE)
            if own is not None:
                levels[level] = _read_level(own, level)
            if start is not None:
                starts[level] = number(start, 1)
        return List(counted_with, levels, starts)

    def _levels(self, abstract_id: str) -> dict[int, Level]:
        """The levels of a definition, or of the numbering style that it leaves them to."""
        seen: set[str] = set()
        while abstract_id in self._abstract and abstract_id not in seen:
            seen.add(abstract_id)
            abstract = self._abstract[abstract_id]
            found = [(number(lvl, 0, _ILVL), lvl) for lvl in abstract.findall(_LEVEL)]
            if found:
                return {n: _read_level(level, n) for n, level in found}
            styled = self._styles.numbered(value(abstract.find(_STYLE_LINK)))
            linked = self._nums.get(styled.list_id) if styled else None
            abstract_id = "" if linked is None else value(linked.find(_W_ID))
        return {}


def _read_level(level: Element, position: int) -> Level:
    form = level.find(_FORM)
    if form is None:
        form = level.find(f".//{_FALLBACK_FORM}")
    properties = level.find(RPR)
    return Level(
        start=number(level.find(_START), 0),
        form=value(form, "decimal"),
        text=value(level.find(_TEXT)),
        suffix=value(level.find(_SUFFIX), "tab"),
        legal=is_on(level.find(_LEGAL)),
        restart=number(level.find(_RESTART), position),
        style=value(level.find(_P_STYLE)),
        hidden=properties is not None and is_on(properties.find(VANISH)),
    )


class Counter:
    """Counts through one story: the body, a text box, the footnotes each count on their own."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        # The count of each level of each definition; a level that starts anew has none.
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def number(self, properties: Element | None) -> str:
        """Return the number of the next paragraph and the gap after it, or "", from its w:pPr."""
        place = self._numbering.place(properties)
        if place is None or place[2] not in place[1].levels:
            return ""
        list_id, found, level = place
        counts = self._counts.setdefault(found.counted_with, {})
        self._count(counts, list_id, found, level)
        return _written(found, level, counts)

    def _count(self, counts: dict[int, int], list_id: str, found: List, level: int) -> None:
        if level in found.starts and (list_id, level) not in self._started:
            self._started.add((list_id, level))
            counts[level] = found.start(level)
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = found.start(level)
        for deeper, definition in found.levels.items():
            # 17.9.10: the number, from 1, of the level whose use starts this one anew; 0 for none.
            if deeper > level and level < definition.restart:
                counts.pop(deeper, None)


def _written(found: List, level: int, counts: dict[int, int]) -> str:
    own = found.levels[level]
    if own.hidden or own.form == "bullet":
        return ""

    def count(match: re.Match[str]) -> str:
        shown = int(match[1]) - 1
        if shown not in found.levels:
            return ""
        # A level above that has not been used yet shows where it starts.
        number = counts.get(shown, found.start(shown))
        form = found.levels[shown].form
        legal = own.legal and form not in ("decimalZero", "none")
        return write_number(number, "decimal" if legal else form)

    written = _PLACE.sub(count, own.text)
    return written + _gap(own.suffix, written) if written.strip() else ""


def _gap(suffix: str, written: str) -> str:
    """What stands between a number and its text; a tab is as wide as the page has it."""
    if suffix != "tab":
        return " " if suffix == "space" else ""
    if written.endswith(tuple(_WIDE_PUNCTUATION)):
        return ""
    return " " if written.isascii() else "\u3000"
