"""The number at the start of a line: what it looks like, before anyone decides what it opens.

Levels follow 立法技术规范 (编章节条款项目), GB/T 9704-2012, 7.3.3 (一、（一）1.（1）) and, for
decimals, GB/T 1.1-2020, 6.3 (1, 1.1, 1.1.1).
"""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from corpus.numerals import CHINESE_NUMERAL, NUMERAL, chinese_numeral, parse_numeral

Found = Literal["start", "bare", "alone", "split", "inline", "mended"]
"""How a number stands: it starts its line; only white space sets it off; it is alone on its line;
a line break cuts it in two; it is inside a line; it is not written at all."""


class Style(NamedTuple):
    """One way to write the numbers of a level."""

    name: str
    pattern: re.Pattern[str]


RANKS = {
    **{"编": 0, "篇": 0, "部分": 0, "分编": 1, "章": 2, "节": 3, "条": 4},
    **{"一、": 5, "（一）": 6, "1": 7, "1.": 7, "1.1": 8, "1.1.1": 9, "1.1.1.1": 10},
    **{"（1）": 11, "①": 12},
}
"""The level of each style, the outermost first."""

CHAPTERS = ("编", "篇", "部分", "分编", "章", "节")
"""Styles that group clauses and are none themselves."""


def _style(name: str, number: str, before: str = "", after: str = "") -> Style:
    return Style(name, re.compile(rf"{before}(?P<number>{number}){after}"))


_SUB = rf"(?:之(?P<sub>{CHINESE_NUMERAL}{{1,2}}))?"
# 第十二条规定, 第十二条第二款, 第三章、第四章 refer to a clause; they do not open one. White space
# after the number says that it does, unless another number follows; 第四条　第三条所列…… does.
_NOT_A_REFERENCE = (
    rf"(?!第{NUMERAL}+条|\s?第{NUMERAL}+[款项章节]|规定|之规定|所[称列述规]|的|、\s?[第本《]|[，,；;。)）]|"
    r"[和或至及](?:者|其)?第|及其|以[上下内外及]|中(?:的|所|规)|等(?:规|条)|[款项])"
)
# （三）项规定 and （一）、（三）项 refer; （三）项目建设 does not.
_NOT_AN_ITEM = (
    r"(?!\s?(?:[、和或至]?\s?[（(][^（）()]{1,5}[）)]\s?){0,9}"
    r"(?:[项款](?:规定|所|的|[、，和或至之中])|目规定))"
)
# 三、四年级 and 一、二、三等奖 count things in passing.
_NOT_A_COUNT = rf"(?!{NUMERAL}{{1,3}}(?:年级|季度|月份|月底|月初|号楼|[、，和至或]))"
# 2.5公里, 3.6万名 and 8.2% are quantities; 1.1公共服务 is not.
_NOT_A_QUANTITY = (
    r"(?!\s{0,3}(?:[0-9０-９.．、,%％‰℃°+~～—–-]|[万亿千百倍元米吨岁折天㎡]|平方|立方|公[里斤顷分]|"
    r"个(?!人|性|体)|年(?!度|级|龄)|分(?:钟|米|之|贝)|小时|厘米|毫[米升克]|美元|[以之][上下内外]))"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SINGLE_GLYPHS = {
    c: i % 20 + 1
    for block in (_CIRCLED, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇")
    for i, c in enumerate(block)
} | {c: i + 1 for i, c in enumerate("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")}
_GROUP_END = rf"(?=\s|$|[\u4e00-\u9fff])(?!\s第{NUMERAL}+条)" + _NOT_A_REFERENCE
_DIGITS = "[0-9０-９]"
# 1.2025年底前建成: a year behind its number, and no decimal.
_YEAR = rf"(?=(?:19|20|１９|２０){_DIGITS}{{2}}\s?年)"

STYLES = (
    *(
        _style(name, f"{NUMERAL}{{1,6}}", r"第\s?", rf"\s?{name}{_GROUP_END}")
        for name in ("编", "篇", "部分", "分编", "章", "节")
    ),
    _style("条", rf"{NUMERAL}{{1,9}}", r"第\s?", rf"\s?条{_SUB}" + _NOT_A_REFERENCE),
    _style("一、", f"{CHINESE_NUMERAL}{{1,5}}", "", r"\s?[、.．]" + _NOT_A_COUNT),
    _style("（一）", f"{CHINESE_NUMERAL}{{1,5}}", r"[（(]\s?", r"\s?[）)][、.．]?" + _NOT_AN_ITEM),
    _style("（一）", f"{CHINESE_NUMERAL}{{1,3}}", "", r"\s?[）)]" + _NOT_AN_ITEM),
    _style("（一）", "[㈠-㈩]"),
    _style(
        "1.", f"{_DIGITS}{{1,3}}", "", rf"\s?(?:[.．](?:(?!{_DIGITS})|{_YEAR})|、){_NOT_A_COUNT}"
    ),
    _style("1.", "[⒈-⒛]"),
    *(
        _style(
            name,
            rf"{_DIGITS}{{1,2}}(?:[.．]{_DIGITS}{{1,2}}){{{dots}}}",
            "",
            r"[.．、]?" + _NOT_A_QUANTITY,
        )
        for name, dots in (("1.1", 1), ("1.1.1", 2), ("1.1.1.1", 3))
    ),
    _style("（1）", f"{_DIGITS}{{1,3}}", r"[（(]\s?", r"\s?[）)][、.．]?"),
    _style("（1）", "[⑴-⒇]"),
    _style("（1）", f"{_DIGITS}{{1,2}}", "", r"\s?[）)]"),
    _style("①", f"[{_CIRCLED}]"),
)
_LONGEST_HEADING = 45
# 问：标准是多少？答：…… is headed by its question.
_SENTENCE_END = re.compile(r"[。；;！!]|(?<!问)[：:]|(?<=？)")
# 总体要求　全面贯彻……。: wide white space parts a heading from the text behind it.
_GAP = re.compile(r"(?<=\S\S)(?:[\t\u3000]|  )\s{0,9}(?=\S{8})")
_LEADING = "：:、 \t\u3000"

_LABELS = {
    **{name: f"第{{}}{name}" for name in (*CHAPTERS, "条")},
    "一、": "{}、",
    "（一）": "（{}）",
    "1.": "{}.",
    "（1）": "（{}）",
}


def label_of(style: str, number: int, sub: int = 0, above: tuple[int, ...] = ()) -> str:
    """Write a number as officials cite it: （三） for (三), ㈢ or （ 三 ）; 3.2 for 3 ． 2."""
    if style == "①":
        return _CIRCLED[number - 1]
    if style == "1" or above:
        return ".".join(str(n) for n in (*above, number))
    written = str(number) if "1" in style else chinese_numeral(number)
    return _LABELS[style].format(written) + (f"之{chinese_numeral(sub)}" if sub else "")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number that may open a clause, at `offset` characters from the start of a line's body.

    `sub` is the 一 of 第十二条之一, else 0; `above` the 1, 2 of 1.2.3; `spaced` says that white
    space or nothing follows; `length` counts characters to the end of the heading.
    """

    line: int
    style: str
    number: int
    heading: str
    length: int
    sub: int = 0
    above: tuple[int, ...] = ()
    spaced: bool = False
    found: Found = "start"
    offset: int = 0

    @property
    def rank(self) -> int:
        """Its level; a marker of lower rank contains those of higher rank."""
        return RANKS[self.style]

    @property
    def label(self) -> str:
        """The number as officials cite it."""
        return label_of(self.style, self.number, self.sub, self.above)

    @property
    def order(self) -> tuple[int, int]:
        """What decides which number comes next."""
        return self.number, self.sub

    @property
    def numbers(self) -> tuple[int, ...]:
        """The number with those it carries: 3, 2 of 3.2."""
        return (*self.above, self.number)

    @property
    def is_first(self) -> bool:
        """Whether it opens a list: 一、, 第一条, 3.1."""
        return self.order == (1, 0)

    @property
    def position(self) -> tuple[int, int]:
        """Where it stands among the markers of its text."""
        return self.line, self.offset


def read_marker(line_number: int, line: str) -> Marker | None:
    """Return the marker that a stripped line of simplified characters begins with, or None."""
    for style in STYLES:
        match = style.pattern.match(line)
        numbers = _numbers(match["number"]) if match else ()
        if match and numbers and all(0 < number < 10_000 for number in numbers):
            sub = parse_numeral(match.groupdict().get("sub") or "") or 0
            *above, number = numbers
            return made(line_number, style.name, number, line, match.end(), sub, tuple(above))
    return None


def made(
    line_number: int,
    style: str,
    number: int,
    line: str,
    end: int,
    sub: int = 0,
    above: tuple[int, ...] = (),
) -> Marker:
    """Return the marker whose number ends at `line[end]`."""
    rest = line[end:]
    heading = heading_of(rest)
    length = line.find(heading, end) + len(heading) if heading else end
    spaced = not rest or rest[0].isspace()
    return Marker(line_number, style, number, heading, length, sub, above, spaced)


def _numbers(text: str) -> tuple[int, ...]:
    """1, 2, 3 of 1.2.3; one number of every other form; nothing where a part is no numeral."""
    if text in _SINGLE_GLYPHS:
        return (_SINGLE_GLYPHS[text],)
    read = tuple(parse_numeral(part) for part in re.split("[.．]", text))
    return tuple(number for number in read if number) if all(read) else ()


def heading_of(rest: str) -> str:
    """Return the heading that opens a numbered line: 指导思想 of （一）指导思想。全面……

    It is the first sentence, what stands before wide white space, or the line, when short enough
    to be one; else nothing.
    """
    rest = rest.strip().lstrip(_LEADING)
    end = _SENTENCE_END.search(rest, 0, _LONGEST_HEADING + 1)
    heading = rest[: end.start()] if end else rest
    gap = _GAP.search(rest, 0, _LONGEST_HEADING + 20)
    if gap and gap.start() < min(len(heading), _LONGEST_HEADING):
        heading = heading[: gap.start()]
    return heading if len(heading) <= _LONGEST_HEADING else ""
