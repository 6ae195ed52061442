"""The figures of a sentence, each made comparable with those of other documents."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus import Clause, Document, Span, Stated
from corpus.facts import Comparison, Figure, MissingFigure
from corpus.facts.deadlines import Deadlines, find_deadlines
from corpus.script import simplify
from retrieval.measures import in_measure, measure, plain_unit

EMPTY = "原文此处为空"
"""What stands for a figure that the source leaves out."""

_STOP = re.compile(r"[，,。；;！!？?：:\n]")
_ENUMERATED = re.compile(r"[，,。；;！!？?：:\n、]")
_FAMILY = {
    **dict.fromkeys(("个", "所", "家", "座", "处"), "个"),
    **dict.fromkeys(("人", "名", "位", "人次"), "人"),
    **dict.fromkeys(("次", "场", "场次", "回"), "次"),
}
"""Counters that stand for each other: 5所幼儿园 and 5个幼儿园."""


def family_of(unit: str) -> str:
    """Return what is counted in a unit: 分钟 of 小时, 个 of 所."""
    base = measure(unit)
    return _FAMILY.get(base, base)


class Value(NamedTuple):
    """A figure of a sentence, or the place where the source leaves one out.

    `value` is None for such a place; `deadline` is ISO 8601. `near` is the share of the topic's
    words in the clause of the sentence around it.
    """

    span: Span
    value: str | None
    unit: str
    comparison: Comparison = "="
    upper: str | None = None
    indicator: str | None = None
    deadline: str | None = None
    of_topic: bool = True

    @property
    def family(self) -> str:
        """What it is counted in; values of two families are never compared."""
        return family_of(self.unit)

    @property
    def counter(self) -> str:
        """Its unit without 万 or 亿, as written: 小时."""
        base = plain_unit(self.unit)
        return _FAMILY.get(base, base)

    @property
    def amount(self) -> tuple[str, str, str]:
        """The comparison and the numbers in their measure: 1.5万元 is 15000, 1小时 60."""
        return (self.comparison, self._whole(self.value), self._whole(self.upper))

    def _whole(self, number: str | None) -> str:
        if number is None:
            return EMPTY if self.value is None else ""
        return in_measure(number, self.unit)


class Around(NamedTuple):
    """The stretch of a sentence that holds a figure, the one before it, and all that is before."""

    own: str
    before: str
    earlier: str


def values_of(document: Document, clause: Clause, span: Span) -> list[Value]:
    """Return the figures of `document.text[span]`, and those left out there, in reading order."""
    figures = (_value(figure) for figure in clause.facts.figures if _within(figure, span))
    plain = simplify(document.quote(clause.span))
    deadlines = Deadlines(plain, 0, len(plain))
    missing = (
        _missing(gap, deadlines.before(gap.span.start - clause.start))
        for gap in clause.facts.missing
        if _within(gap, span)
    )
    return sorted([*figures, *missing], key=lambda value: value.span)


def deadlines_of(document: Document, span: Span) -> list[Stated]:
    """Return the years and dates up to or in which something holds, in `document.text[span]`."""
    plain = simplify(document.quote(span))
    return [
        Stated(found.value, Span(found.span.start + span.start, found.span.end + span.start))
        for found in find_deadlines(plain, 0, len(plain))
    ]


def stretches(
    document: Document, span: Span, values: Sequence[Value], enumerated: bool
) -> Iterator[Around]:
    """Yield for each value what its sentence says around it and before.

    A stretch runs from one comma to the next. Values joined by 、 stand in one and share what it
    says, unless they are `enumerated` and each names what it is of: 入园率95%、巩固率98%.
    """
    text = document.quote(span)
    commas, pieces = (_Stretches(text, stop) for stop in (_STOP, _ENUMERATED))
    for value in values:
        start, end = value.span.start - span.start, value.span.end - span.start
        own = commas.holding(start, end)
        if enumerated and value.indicator and value.indicator in pieces.holding(start, end):
            own = pieces.holding(start, end)
        yield Around(f"{value.indicator or ''} {own}", commas.before(start), text[:start])


class _Stretches:
    """A text between the marks at which it stops."""

    def __init__(self, text: str, stop: re.Pattern[str]) -> None:
        self._text = text
        self._stops = [-1, *(match.start() for match in stop.finditer(text)), len(text)]

    def holding(self, start: int, end: int) -> str:
        """The stretch around `text[start:end]`."""
        first = bisect_left(self._stops, max(start, 1)) - 1
        last = bisect_left(self._stops, end)
        return self._text[self._stops[first] + 1 : self._stops[last]]

    def before(self, start: int) -> str:
        """The stretch before the one that holds `text[start]`, "" where there is none."""
        first = bisect_left(self._stops, max(start, 1)) - 1
        return self._text[self._stops[first - 1] + 1 : self._stops[first]] if first else ""


def _within(fact: Figure | MissingFigure, span: Span) -> bool:
    return span.start <= fact.span.start and fact.span.end <= span.end


def _value(figure: Figure) -> Value:
    return Value(
        figure.span,
        figure.value,
        figure.unit,
        figure.comparison,
        figure.upper,
        figure.indicator.value if figure.indicator else None,
        figure.deadline.value if figure.deadline else None,
    )


def _missing(gap: MissingFigure, deadline: Stated | None) -> Value:
    return Value(
        gap.span,
        None,
        gap.unit,
        indicator=gap.indicator.value if gap.indicator else None,
        deadline=deadline.value if deadline else None,
    )
