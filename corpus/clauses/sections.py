"""The outer frame of a document: its parts, and the lines that belong to no clause.

GB/T 9704-2012 puts 标题, 主送机关, 正文, 附件说明, 发文机关署名 and 成文日期 in this order; a
notice that carries a plan repeats them for the plan, and 附件 and 版记 follow.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from corpus.clauses.annexes import AnnexLine, is_annex, read_annex
from corpus.clauses.markers import read_marker
from corpus.clauses.signature import find_signature
from corpus.clauses.titles import SHORTEST_TITLE, Title, title_at
from corpus.document import Kind
from corpus.lines import Line, next_filled

_CONTENTS = re.compile(r"目\s{0,4}[录次]$")
_LONGEST_CONTENTS = 300
_PAGED = re.compile(r"[.…·\s]\d{1,3}$")
_FURNITURE = re.compile(r"(?:【|版权所有|责任编辑|打印本页|关闭窗口|上一篇|下一篇|扫一扫|分享到)")
_LONGEST_FURNITURE = 30
_FOOTNOTE = re.compile(r"\[(?:尾?注\d{0,4}|\d{1,3})\](?=\D)")
_MARK = re.compile(r"(?<=\S)\[\d{1,3}\]")
_LEAST_GAP = 2
_FIRST_OF_TEXT = ("编", "章", "条", "一、")
_MOST_BEFORE_FIRST = 12


class Aside(NamedTuple):
    """Lines of a section that are not read for numbers: 目录, 附件说明, 落款, 页尾."""

    kind: Kind
    lines: range
    address: str


@dataclass(slots=True)
class Section:
    """A run of lines with a numbering of its own: the document, a plan it carries, an 附件."""

    first: int
    last: int
    annex: str = ""
    asides: list[Aside] = field(default_factory=list)

    def aside_lines(self) -> set[int]:
        """The lines that are not read for numbers."""
        return {number for aside in self.asides for number in aside.lines}

    def body(self) -> list[int]:
        """The lines that are read for numbers."""
        aside = self.aside_lines()
        return [n for n in range(self.first, self.last) if n not in aside]


def split_sections(lines: Sequence[Line]) -> list[Section]:
    """Cut the document after each 落款 and before each 附件; every line is in one section."""
    return _Splitter(lines).split()


class _Splitter:
    """Goes down the lines once; what a line means depends on what stood above it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.footnotes = _footnotes(lines)
        self.trailer = _trailer(lines[: self.footnotes.start])
        self.sections: list[Section] = []
        self.current = Section(0, len(lines))
        self.seen_text = self.seen_number = False
        self.announced = self.ended = False

    def split(self) -> list[Section]:
        number = 0
        while number < self.trailer.start:
            number = number + 1 if self.lines[number].is_blank else self._take(number)
        if self.trailer:
            self.current.asides.append(Aside("trailer", self.trailer, "页尾"))
        if self.footnotes:
            self.current.asides.append(Aside("trailer", self.footnotes, "注释"))
        return [*self.sections, self.current]

    def _take(self, number: int) -> int:
        """Take in the line, and return the number of the line to go on with."""
        line = self.lines[number]
        annex = self._annex(number)
        if annex:
            return self._take_annex(number, annex)
        signature = find_signature(self.lines, number, self._stop) if self.seen_text else None
        if signature:
            return self._close(self._set_aside("signature", signature, "落款"))
        if _CONTENTS.match(line.body) and not self.seen_number:
            return self._set_aside("contents", _contents(self.lines, number), "目录")
        if (self.seen_text or self.seen_number) and _begins_again(self.lines, number):
            self._cut(number)
        self.seen_text = self.seen_text or line.is_sentence
        self.seen_number = self.seen_number or read_marker(number, line.body) is not None
        return number + 1

    def _take_annex(self, number: int, annex: AnnexLine) -> int:
        if annex.opens:
            self._cut(number, annex.label)
            return number + 1
        self.announced = True
        return self._set_aside("annex", annex.lines, annex.label)

    @property
    def _stop(self) -> int:
        return self.trailer.start

    def _annex(self, number: int) -> AnnexLine | None:
        if not (self.seen_text or self.sections):
            return None
        settled = bool(self.sections or self.current.annex or self.ended)
        return read_annex(self.lines, number, self._stop, settled)

    def _set_aside(self, kind: Kind, lines: range, name: str) -> int:
        address = f"{self.current.annex} {name}".lstrip()
        self.ended = self.ended or kind in ("annex", "signature")
        self.current.asides.append(Aside(kind, lines, address))
        return lines.stop

    def _cut(self, at: int, annex: str = "") -> None:
        last = self.current.last
        self.current.last = at
        if at > self.current.first:
            self.sections.append(self.current)
        self.current = Section(at, last, annex)
        self.seen_text = self.seen_number = self.ended = False

    def _close(self, at: int) -> int:
        """Below a 落款 stands a plan or an 附件, an announced list of names, or 版记."""
        if next_filled(self.lines, at, self._stop) is None:
            return at
        self._cut(at)
        below = range(at, self._stop)
        if any(_is_text(self.lines[n]) for n in below):
            return at
        if self.announced and not all(_is_aside(self.lines[n]) for n in below):
            self.current.annex = "附件"
            return at
        return self._set_aside("trailer", range(at, self._stop), "页尾")


def _is_text(line: Line) -> bool:
    if line.is_blank or line.is_imprint:
        return False
    return line.is_sentence or is_annex(line) or read_marker(0, line.body) is not None


def _is_aside(line: Line) -> bool:
    return line.is_blank or line.is_imprint


def _begins_again(lines: Sequence[Line], number: int) -> bool:
    """Whether the title of another text stands here, right above the first number of it."""
    stop = min(number + _MOST_BEFORE_FIRST, len(lines))
    title = _long_title(lines, number, stop)
    if title is None:
        return False
    for below in range(title.lines[-1] + 1, stop):
        marker = read_marker(below, lines[below].body)
        if marker:
            return marker.order == (1, 0) and marker.style in _FIRST_OF_TEXT
        if _long_title(lines, below, stop):
            return False
    return False


def _long_title(lines: Sequence[Line], number: int, stop: int) -> Title | None:
    if lines[number].is_blank or read_marker(number, lines[number].body):
        return None
    title = title_at(lines, range(number, stop))
    return title if title and len(title.text) >= SHORTEST_TITLE else None


def _contents(lines: Sequence[Line], first: int) -> range:
    """Return the 目录: up to where its first entry comes again, or a 序言 that it does not list."""
    stop = min(first + _LONGEST_CONTENTS, len(lines))
    start = next_filled(lines, first + 1, stop)
    if start is None:
        return range(first, first + 1)
    entry = _entry(lines[start])
    for number in range(start + 1, stop):
        if _entry(lines[number]) == entry:
            return range(first, number)
        if lines[number].is_sentence:
            again = any(_entry(below) == entry for below in lines[number:stop])
            return range(first, _last_entry(lines, first, number) if again else first + 1)
    return range(first, first + 1)


def _last_entry(lines: Sequence[Line], first: int, stop: int) -> int:
    """Return the line behind the entries below `first`: numbered lines, or ones with a page."""
    last = first + 1
    for number in range(first + 1, stop):
        if read_marker(number, lines[number].body) or _PAGED.search(lines[number].body):
            last = number + 1
        elif not lines[number].is_blank:
            break
    return last


def _entry(line: Line) -> str:
    """An entry of the 目录 without its dots and its page number."""
    return re.sub(r"[\s.…·0-9]", "", line.body)


def _footnotes(lines: Sequence[Line]) -> range:
    """Return the footnotes that a reader has put below the text, so that no 条 gains a 款."""
    first = len(lines)
    marks: set[str] | None = None
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].is_blank:
            continue
        mark = _FOOTNOTE.match(lines[number].body)
        if mark and "注" not in mark[0]:
            marks = _marks(lines) if marks is None else marks
        if not mark or not ("注" in mark[0] or mark[0] in (marks or ())):
            break
        first = number
    return range(first, len(lines))


def _marks(lines: Sequence[Line]) -> set[str]:
    """The marks of footnotes, [1], that stand behind a word of the text."""
    return {mark for line in lines for mark in _MARK.findall(line.body)}


def _trailer(lines: Sequence[Line]) -> range:
    """Return what a web page left below the document: short lines after an empty stretch."""
    filled = [n for n, line in enumerate(lines) if not line.is_blank]
    usual = _usual_gap(filled)
    first = len(lines)
    for above, number in reversed(list(pairwise([-1, *filled]))):
        apart = above >= 0 and number - above > max(usual, _LEAST_GAP)
        if not _is_furniture(lines[number], apart):
            break
        first = number
    return range(first, len(lines))


def _usual_gap(filled: Sequence[int]) -> int:
    """The distance in lines at which paragraphs of this text mostly stand."""
    gaps = Counter(below - above for above, below in pairwise(filled))
    return max(gaps, key=lambda gap: gaps[gap], default=1)


def _is_furniture(line: Line, apart: bool) -> bool:
    if line.is_date or line.is_organ or line.is_signed or is_annex(line):
        return False
    if _FURNITURE.match(line.body) or line.is_imprint:
        return True
    short = len(line.body) <= _LONGEST_FURNITURE and not line.is_sentence
    return short and apart and read_marker(0, line.body) is None
