"""The number at the start of a line: what it looks like, before anyone decides what it opens.

Levels follow 立法技术规范 (编章节条款项目) and GB/T 9704-2012, 7.3.3 (一、（一）1.（1）).
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from corpus.numerals import CHINESE_NUMERAL, NUMERAL, chinese_numeral, parse_numeral


class Style(NamedTuple):
    """One way of numbering; a style of lower rank contains those of higher rank."""

    name: str
    rank: int
    pattern: re.Pattern[str]


def _style(name: str, rank: int, number: str, before: str = "", after: str = "") -> Style:
    return Style(name, rank, re.compile(rf"{before}(?P<number>{number}){after}"))


_SUB = rf"(?:之(?P<sub>{CHINESE_NUMERAL}{{1,2}}))?"
# 第十二条规定, 第十二条第二款, 第三章、第四章 refer to a clause; they do not open one. White space
# after the number says that it does, unless another number follows.
_NOT_A_REFERENCE = (
    rf"(?!\s?第{NUMERAL}+[款项条章节]|规定|之规定|所[称列述规]|的|、\s?[第本《]|[，,；;。)）]|"
    r"[和或至及](?:者|其)?第|及其|以[上下内外及]|中(?:的|所|规)|等(?:规|条)|[款项])"
)
# （三）项规定 and （一）、（三）项 refer; （三）项目建设 does not.
_NOT_AN_ITEM = (
    r"(?!\s?(?:[、和或至]?\s?[（(][^（）()]{1,5}[）)]\s?){0,9}"
    r"(?:[项款](?:规定|所|的|[、，和或至之中])|目规定))"
)
# 三、四年级 and 一、二、三等奖 count things in passing.
_NOT_A_COUNT = rf"(?!{NUMERAL}{{1,3}}(?:年级|季度|月份|月底|月初|号楼|[、，和至或]))"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SINGLE_GLYPHS = {
    c: i % 20 + 1
    for block in (_CIRCLED, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇")
    for i, c in enumerate(block)
} | {c: i + 1 for i, c in enumerate("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")}

STYLES = (
    _style("编", 0, f"{NUMERAL}{{1,6}}", "第", r"编(?=\s|$|[\u4e00-\u9fff])" + _NOT_A_REFERENCE),
    _style("章", 1, f"{NUMERAL}{{1,6}}", "第", r"章(?=\s|$|[\u4e00-\u9fff])" + _NOT_A_REFERENCE),
    _style("节", 2, f"{NUMERAL}{{1,6}}", "第", r"节(?=\s|$|[\u4e00-\u9fff])" + _NOT_A_REFERENCE),
    _style("条", 3, rf"{NUMERAL}{{1,9}}", r"第\s?", rf"\s?条{_SUB}" + _NOT_A_REFERENCE),
    _style("一、", 4, f"{CHINESE_NUMERAL}{{1,5}}", "", r"\s?[、.．]" + _NOT_A_COUNT),
    _style(
        "（一）", 5, f"{CHINESE_NUMERAL}{{1,5}}", r"[（(]\s?", r"\s?[）)][、.．]?" + _NOT_AN_ITEM
    ),
    _style("（一）", 5, "[㈠-㈩]"),
    _style("1.", 6, "[0-9０-９]{1,3}", "", r"\s?(?:[.．](?![0-9０-９])|、)" + _NOT_A_COUNT),
    _style("1.", 6, "[⒈-⒛]"),
    _style("（1）", 7, "[0-9０-９]{1,3}", r"[（(]\s?", r"\s?[）)][、.．]?"),
    _style("（1）", 7, "[⑴-⒇]"),
    _style("（1）", 7, "[0-9０-９]{1,2}", "", r"\s?[）)]"),
    _style("①", 8, f"[{_CIRCLED}]"),
)
LONGEST_LONE = 3
"""Characters of the longest number that stands alone on a line, its heading below it."""
_ALONE = re.compile(rf"(?P<number>{CHINESE_NUMERAL}{{1,{LONGEST_LONE}}})$")
_LONGEST_HEADING = 45
_SENTENCE_END = re.compile(r"[。：:；;！!]")


_LABELS = {
    "编": "第{}编",
    "章": "第{}章",
    "节": "第{}节",
    "条": "第{}条",
    "一、": "{}、",
    "（一）": "（{}）",
    "1.": "{}.",
    "（1）": "（{}）",
}


def label_of(style: str, number: int, sub: int = 0) -> str:
    """Write a number as officials cite it: （三） for (三), ㈢ or （ 三 ）."""
    if style == "①":
        return _CIRCLED[number - 1]
    written = str(number) if "1" in style else chinese_numeral(number)
    return _LABELS[style].format(written) + (f"之{chinese_numeral(sub)}" if sub else "")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number that may open a clause, at `offset` characters from the start of a line's body.

    `sub` is the 一 of 第十二条之一, else 0; `spaced` says that white space or nothing follows.
    """

    line: int
    style: str
    rank: int
    number: int
    sub: int
    label: str
    heading: str
    spaced: bool
    mended: bool = False
    offset: int = 0

    @property
    def order(self) -> tuple[int, int]:
        """What decides which number comes next."""
        return self.number, self.sub

    @property
    def position(self) -> tuple[int, int]:
        """Where it stands among the markers of its text."""
        return self.line, self.offset


def read_marker(line_number: int, line: str) -> Marker | None:
    """Return the marker that a stripped line of simplified characters begins with, or None."""
    for style in STYLES:
        match = style.pattern.match(line)
        number = _number(match["number"]) if match else None
        if match and number and number < 10_000:
            rest = line[match.end() :]
            sub = parse_numeral(match.groupdict().get("sub") or "") or 0
            label = label_of(style.name, number, sub)
            spaced = not rest or rest[0].isspace()
            heading = heading_of(rest)
            return Marker(line_number, style.name, style.rank, number, sub, label, heading, spaced)
    return None


def read_lone_number(line_number: int, line: str, heading: str) -> Marker | None:
    """Return a marker for a line that holds 一 or 十二 alone, its heading on the next line."""
    match = _ALONE.match(line)
    number = _number(match["number"]) if match else None
    if match is None or not number or not heading:
        return None
    return Marker(line_number, "一、", 4, number, 0, label_of("一、", number), heading, spaced=True)


def read_inline(marker: Marker, line: str) -> Marker | None:
    """Return the first number of a list that begins on its heading's line: （二）原则。1.公平。"""
    after = line.find(marker.heading) + len(marker.heading) + 1
    rest = line[after:].lstrip() if marker.heading else ""
    inner = read_marker(marker.line, rest)
    if inner is None or inner.order != (1, 0) or inner.rank <= marker.rank:
        return None
    return replace(inner, offset=len(line) - len(rest))


def _number(text: str) -> int | None:
    return _SINGLE_GLYPHS.get(text) or parse_numeral(text)


def heading_of(rest: str) -> str:
    """Return the heading that opens a numbered line: 指导思想 of （一）指导思想。全面……

    It is the first sentence, or the line, when short enough to be one; else nothing.
    """
    rest = rest.strip().lstrip("：:、 \u3000")
    end = _SENTENCE_END.search(rest, 0, _LONGEST_HEADING + 1)
    heading = rest[: end.start()] if end else rest
    return heading if len(heading) <= _LONGEST_HEADING else ""
