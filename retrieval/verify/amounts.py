"""The quantities of a text in one measure: 1.5万个 is 15000 个, 一半 is 50 %."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from corpus.facts import Comparison, Figure
from corpus.facts.counters import names_of, split_unit
from corpus.facts.figures import comparison, find_figures
from corpus.facts.quantities import Quantity, find_quantities
from corpus.lines import Page
from corpus.spans import Span
from retrieval.verify.clocks import HALF_DAY, Clock, clocks_of
from retrieval.verify.strokes import pairs_of

CLOCK = "时刻"
"""The unit of a time of the day, whose number is its minutes: 八时二十分 is 500."""
_SAME_UNIT = {
    **dict.fromkeys(("名", "位", "人"), "人"),
    **dict.fromkeys(("周岁", "岁"), "岁"),
    **dict.fromkeys(("节", "节次"), "节"),
    **dict.fromkeys(("场", "场次"), "场"),
    "％": "%",
}
_CLASSIFIERS = frozenset("个所家项座处间种件条例门套辆台份篇部本册场栋组班层片支张")
"""Units that 个 may stand for: 新建5所, 新建5个."""
_OF_ONE = _CLASSIFIERS | {"次"}
_MORE_BEFORE: tuple[tuple[Comparison, re.Pattern[str]], ...] = (
    (">=", re.compile(r"(?:起码|下限(?:为|是)?|底线(?:为|是)?|大于或等于|≥|>=)\s?$")),
    ("<=", re.compile(r"(?:上限(?:为|是)?|封顶|顶格|小于或等于|≤|<=|以内?不?超)\s?$")),
    (">", re.compile(r"[>＞]\s?$")),
    ("<", re.compile(r"[<＜]\s?$")),
    ("~", re.compile(r"(?:将近|约为|大致|差不多)\s?$")),
    ("+", re.compile(r"(?:提高|提升|增长|上升|增加|新增)了?\s?$")),
    ("-", re.compile(r"(?:下降|降低|减少|压减|缩减)了?\s?$")),
)
_UP_TO = re.compile(r"[到至达]\s?(?:了|约)?\s?$")
_AROUND = 12
_TIMES = frozenset(("年", "月", "周", "日", "工作日", "小时", "分钟", "学期", "学年"))
_WITHIN = re.compile(r"[以之]?内")


class Amount(NamedTuple):
    """A quantity: `low`, or from `low` to `high`, of `unit`; `shown` is how it is written.

    `figure` is None where the number sets nothing: an ordinal, an article, part of a name.
    """

    span: Span
    low: Fraction
    high: Fraction | None
    unit: str
    comparison: Comparison
    reached: bool
    """Whether it is what is reached (提高到85%), not by how much (提高85%)."""
    shown: str
    figure: Figure | None
    within: bool = False
    """Whether it is a time in which something is done: 三年内."""
    loose: bool = False
    """Whether it is a time of the day that may be of either half of it: 2:30."""

    def equals(self, other: "Amount") -> bool:
        """Whether the numbers and units are equal, or this one is an end of the other's range."""
        if not same_unit(self.unit, other.unit) or not self._may_count_what(other):
            return False
        if self.unit == CLOCK and (self.loose or other.loose):
            return (self.low - other.low) % HALF_DAY == 0
        if self.high is None and other.high is not None:
            return self.low in (other.low, other.high)
        return (self.low, self.high) == (other.low, other.high)

    def _may_count_what(self, other: "Amount") -> bool:
        """Whether both may count the same thing: 5个幼儿园 and 5所幼儿园, not 5个学位."""
        own, its = self.figure and self.figure.indicator, other.figure and other.figure.indicator
        if self.unit == other.unit or not own or not its or "/" in self.unit + other.unit:
            return True
        return bool(pairs_of(own.value) & pairs_of(its.value))

    def is_bound_as(self, other: "Amount") -> bool:
        """Whether it is meant as `other` is: 85%以上 is not 85%, 提高到 is not 提高."""
        own, its = self.comparison, other.comparison
        if self.high is None and other.high is not None:
            return own == (">=" if self.low == other.low else "<=")
        if own == its:
            return True
        if {own, its} == {"=", "<="} and (self.within or other.within):
            return True
        if {own, its} <= {"+", "="}:
            return not (self.reached if own == "=" else other.reached)
        return False


def same_unit(one: str, other: str) -> bool:
    """Whether two units may count the same thing."""
    if one == other:
        return True
    if "个" in (one, other) and {one, other} <= _CLASSIFIERS:
        return True
    base, _, per = one.partition("/")
    its_base, _, its_per = other.partition("/")
    return base == its_base and not (per and its_per)


def amounts_of(page: Page) -> list[Amount]:
    """Return the quantities of a text in order, those that set something with their figure."""
    length = len(page.plain)
    figures = {figure.span: figure for figure in find_figures(page, 0, length)}
    clocks = [_time(page.plain, clock) for clock in clocks_of(page.plain)]
    found = (q for q in find_quantities(page.plain, 0, length) if not _is_date(page.plain, q))
    # 分 of 八时二十分 counts nothing by itself, 8:20 is no ratio.
    amounts = [
        _amount(page.plain, q, figures.get(q.span))
        for q in _outside(found, [c.span for c in clocks])
    ]
    return sorted([*amounts, *clocks], key=lambda amount: amount.span)


def _outside(found: Iterable[Quantity], spans: Sequence[Span]) -> Iterator[Quantity]:
    """Yield the quantities, both in order, that touch none of some spans."""
    waiting = deque(spans)
    for quantity in found:
        while waiting and waiting[0].end <= quantity.span.start:
            waiting.popleft()
        if not waiting or quantity.span.end <= waiting[0].start:
            yield quantity


def _time(plain: str, clock: Clock) -> Amount:
    minutes, shown = Fraction(clock.minutes), plain[slice(*clock.span)]
    return Amount(
        clock.span,
        minutes,
        None,
        CLOCK,
        clock.comparison,
        reached=False,
        shown=shown,
        figure=None,
        loose=clock.loose,
    )


def _is_date(plain: str, quantity: Quantity) -> bool:
    unit = quantity.unit_in(plain)
    if unit == "年" and len((quantity.upper or quantity.value).split(".")[0]) == 4:
        return True
    return unit == "日" and re.search(r"月\s?$", plain[: quantity.span.start][-2:]) is not None


def _amount(plain: str, quantity: Quantity, figure: Figure | None) -> Amount:
    unit, scale = _measure(quantity.unit_in(plain))
    low = _read(quantity.value)
    high = _read(quantity.upper) if quantity.upper else None
    if ":" in quantity.value:
        unit = ":"
    elif "/" in quantity.value or unit == "%":
        scale = scale if "/" in quantity.value else Fraction(1, 100)
        unit = "%"
    elif unit == "‰":
        unit, scale = "%", Fraction(1, 1000)
    before = plain[max(0, quantity.span.start - _AROUND) : quantity.span.start]
    return Amount(
        quantity.span,
        low * scale,
        high * scale if high is not None else None,
        unit,
        _meant(plain, quantity, before),
        _UP_TO.search(before) is not None,
        plain[slice(*quantity.span)].strip(),
        figure,
        unit in _TIMES and _WITHIN.match(plain, quantity.span.end) is not None,
    )


def _meant(plain: str, quantity: Quantity, before: str) -> Comparison:
    meant = comparison(plain, quantity)
    if meant != "=" or quantity.bounded:
        return meant
    return next((c for c, words in _MORE_BEFORE if words.search(before)), meant)


def _measure(unit: str) -> tuple[str, Fraction]:
    """The unit under one name, and how many of it the written one is: 万元 is 10,000 元."""
    zeros, base = split_unit(unit)
    return _SAME_UNIT.get(base, names_of(base)[0]), Fraction(10**zeros)


def _read(value: str) -> Fraction:
    """The value of 85, 1.5, 2/3 or the ratio 1:1.5; -1 of a ratio to nothing."""
    left, colon, right = value.partition(":")
    if not colon:
        return Fraction(value)
    return Fraction(left) / Fraction(right) if Fraction(right) else Fraction(-1)


def is_article(amount: Amount) -> bool:
    """Whether it is 一个 or 一所, which counts nothing in passing."""
    one = amount.low == 1 and amount.high is None and amount.shown.startswith("一")
    return one and amount.unit in _OF_ONE and amount.comparison == "="


def of_unit(amounts: Sequence[Amount], unit: str) -> Iterator[Amount]:
    """Yield those that are counted in a unit."""
    yield from (amount for amount in amounts if same_unit(amount.unit, unit))
