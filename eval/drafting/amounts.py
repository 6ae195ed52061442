"""Questions for the figures of a clause: 至少要达到多少, 要新增多少个学位."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus import Span
from corpus.facts import Figure, MissingFigure
from corpus.script import simplify
from eval.drafting.parts import Part, Reading
from eval.drafting.values import Answer, Draft
from retrieval.evidence import lies_in

_LEAST = re.compile(
    r"(?:不(?:得|应|应当|能)?(?:低于|少于|小于|短于)|至少|最少|最低)(?:为|达到|有)?$"
)
_MOST = re.compile(
    r"(?:不(?:得|应|应当|能)?(?:超过|高于|多于|大于|长于)|最多|最高|至多)(?:为|达到)?$"
)
_TAKES = re.compile(r"[将把].{2,}到$")
_REACHES = re.compile(
    r"(?:要|应|应当)?(?:稳定在|保持在|控制在|提高到|提升到|增加到|提高至|提升至|达到?)$"
)
_OF_WHAT = re.compile(r"不(?:得|应|应当)?(?P<least>[低少]于)|不(?:得|应|应当)?(?:超过|[高多]于)")
_IS = re.compile(r"[为是]$")
_BOUND = re.compile(r"(?:及|或)?以[上下内]|左右")
_MAKES = re.compile(
    r"(?:新改扩建|改扩建|新建|扩建|改建|新增|增设|建设|建成|组建|招聘|补充|培养|培训|改造|更换|开通|录制|设立|投入"
    r"|配备|遴选|选派|举办|建立|创建|打造|引进|开设|安排|认定)$"
)
_STRIVES = re.compile(r"^(?:确保|力争|实现|努力|努力使|使)(?=.)")
_PARTED = re.compile(r"[、和及与]|或者?")
_MULTIPLE = re.compile(r"^(?:百万|千万|万亿|[万亿])(?=.)")
_COUNTED = re.compile(r"[个所名人次节间套项台条天年月周家场门种类处座支期部]|个.{1,4}|人次")
# 不足100人的小学 is whom a rule is for; 居住证、身份证、户口簿三项 counts what it lists.
_OF_A_CONDITION = re.compile(r"(?:以[上下]|左右)?的(?![比标])")
_BOUND_OF = re.compile(r"以[上下][\u4e00-\u9fff]")
_PEOPLE = ("人", "名", "岁", "周岁")
_LISTED = re.compile(r"、[^、，]{1,12}、[^、，]{1,12}$")
_SPAN_OF_TIME = re.compile(r"年|个?月|周|天|日|个?学期|个?小时|分钟")
_SAID = {"日": "天", "%": ""}
_ASKS = re.compile(r"多少|几")
_FEW = 10
"""Up to how many a Chinese question says 几; above it 多少."""


class _Figured(NamedTuple):
    """A part of a sentence taken apart: `answer` is the figure, or the row of them."""

    left: str
    figure: Figure
    right: str
    answer: Span


def ask_amounts(reading: Reading) -> Iterator[Draft]:
    """Yield a question for each part of a clause with a figure that can be asked for."""
    for part in reading.parts:
        found = _figured(reading, part)
        text = reading.framed(part, _asked(reading, found)) if found else None
        if found and text and _ASKS.search(text):
            answer = Answer(reading.source, reading.clause, found.answer, part.quotable)
            yield Draft("figure", text, reading.clause, (answer,))


def _figured(reading: Reading, part: Part) -> _Figured | None:
    """The first figure of a part, if it is one number and what it counts is told beside it."""
    figures = [f for f in reading.clause.facts.figures if lies_in(f.span, part.span)]
    if not figures or not _is_plain(figures[0]):
        return None
    plain = reading.source.page.plain
    if len(figures) > 1 and _is_interval(plain, figures[0]) and figures[1].unit != "次":
        figures = figures[1:]
    first = figures[0]
    left = plain[part.span.start : first.span.start]
    if left.endswith("每"):
        left = left[:-1] if _is_interval(plain, first) else left
        return _Figured(left, first, plain[first.span.end : part.span.end], first.span)
    last, following = _row(plain, figures)
    stop = part.span.end if following is None else _cut(plain, last, following)
    if stop is None:
        return None
    right = plain[last.span.end : stop]
    of_some = simplify(last.unit) in _PEOPLE and _BOUND_OF.match(right)
    if of_some or _OF_A_CONDITION.match(right) or _LISTED.search(left):
        return None
    return _Figured(left, first, right, Span(first.span.start, last.span.end))


def _is_plain(figure: Figure) -> bool:
    """Whether it is one number with a unit; of 半数以上 nothing is asked."""
    return (
        figure.upper is None
        and figure.unit not in ("", "‰")
        and "/" not in figure.unit + figure.value
    )


def _is_interval(plain: str, figure: Figure) -> bool:
    """Whether it says how often: 每五年."""
    unit = _SPAN_OF_TIME.fullmatch(simplify(figure.unit))
    return unit is not None and plain.startswith("每", figure.span.start - 1)


def _row(plain: str, figures: list[Figure]) -> tuple[Figure, Figure | None]:
    """The last figure of 45人、50人, and the one behind that row."""
    last = 0
    while last + 1 < len(figures):
        between = plain[figures[last].span.end : figures[last + 1].span.start]
        if between not in ("、", "和"):
            break
        last += 1
    return figures[last], (figures[last + 1] if last + 1 < len(figures) else None)


def _cut(plain: str, last: Figure, following: Figure) -> int | None:
    """Where what belongs to the next figure begins: 每月4次、每次3课时."""
    cuts = list(_PARTED.finditer(plain, last.span.end, following.span.start))
    return cuts[0].start() if cuts else None


def _asked(reading: Reading, found: _Figured) -> str:
    """The part with words that ask in place of its figure."""
    left, figure, right, _ = found
    left = _STRIVES.sub("", left)
    word = asking(figure)
    right = _BOUND.sub("", right, count=1) if _BOUND.match(right) else right
    if figure.unit in ("%", "％"):
        return _share(left, right)
    least, most = _LEAST.search(left), _MOST.search(left)
    if least:
        return f"{left[: least.start()]}至少{word}{right}"
    if most:
        return f"{left[: most.start()]}最多{word}{right}"
    return f"{_made(reading, left, figure, word)}{right}"


def _made(reading: Reading, left: str, figure: Figure | MissingFigure, word: str) -> str:
    """What stands before a figure, with its question: 新增公办学位 becomes 新增多少个公办学位."""
    counted = figure.indicator
    if counted and counted.span.end == figure.span.start:
        noun = reading.plain(counted.span)
        made = left.removesuffix(noun)
        if made != left and _MAKES.search(made):
            return f"{made}{word}{noun}"
    return f"{_IS.sub('是', left)}{word}"


def _share(left: str, right: str) -> str:
    if left.endswith("的"):
        return f"{_OF_WHAT.sub(_bounded, left)}百分之几{right}"
    if _TAKES.search(left):
        return f"{left}多少{right}"
    for pattern, asked in (
        (_LEAST, "至少要达到多少"),
        (_MOST, "最高是多少"),
        (_REACHES, "要达到多少"),
    ):
        match = pattern.search(left)
        if match:
            return f"{left[: match.start()]}{asked}{right}"
    is_told = _IS.search(left) or not left.endswith("率")
    return f"{_IS.sub('是', left)}{'' if is_told else '是'}多少{right}"


def _bounded(match: re.Match[str]) -> str:
    return "至少要占" if match["least"] else "最多占"


def asking(figure: Figure) -> str:
    """Return the words that ask for a figure: 几所, 多少元, 多少钱, 多少 of a share."""
    unit = simplify(figure.unit)
    base = _MULTIPLE.sub("", unit)
    if base == "元":
        return "多少钱" if base != unit else "多少元"
    few = base == unit and float(figure.value) <= _FEW and _COUNTED.fullmatch(base)
    return f"{'几' if few else '多少'}{_SAID.get(base, base)}"


def ask_missing(reading: Reading) -> Iterator[Draft]:
    """Yield a question for each figure that the source leaves out: nothing answers it."""
    for gap in reading.clause.facts.missing:
        part = next((p for p in reading.parts if lies_in(gap.span, p.span)), None)
        if part is None:
            continue
        plain, (start, end) = reading.source.page.plain, gap.span
        unit = simplify(gap.unit)
        left = _made(reading, plain[part.span.start : start], gap, f"多少{_SAID.get(unit, unit)}")
        text = reading.framed(part, f"{left}{plain[end : part.span.end]}")
        if text:
            yield Draft("near-miss", text, reading.clause)
