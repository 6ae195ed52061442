"""Questions for who leads, carries out and supports what a clause says."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus import Span, Stated
from eval.drafting.parts import Reading
from eval.drafting.values import LONGEST, Answer, Draft

_SHORTEST = 4
_LONGEST_LABEL = 16
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,10}[：:]\s*$")


class _Role(NamedTuple):
    """A role as `corpus.facts.Units` names it, and how one and how several of it are asked for."""

    name: str
    one: str
    several: str


_ROLES = (
    _Role("lead", "由哪个单位牵头", "由哪几个单位牵头"),
    _Role("responsible", "由哪个单位负责", "的责任单位有哪些"),
    _Role("support", "由哪个单位配合", "由哪些单位配合"),
)


def ask_units(reading: Reading) -> Iterator[Draft]:
    """Yield a question for each role that a clause under a heading names units for."""
    if len(reading.heading) < _SHORTEST:
        return
    for role in _ROLES:
        units: tuple[Stated, ...] = getattr(reading.clause.units, role.name)
        if units:
            asked = role.one if len(units) == 1 else role.several
            text = f"{reading.source.name.whose(reading.heading)}这项工作{asked}？"
            yield Draft("department", text, reading.clause, (_answer(reading, units),))


def _answer(reading: Reading, units: tuple[Stated, ...]) -> Answer:
    """The first of the names, as many as a quotation holds, with the label before them."""
    plain, first = reading.source.page.plain, units[0].span.start
    label = _LABEL.search(plain, max(reading.clause.start, first - _LONGEST_LABEL), first)
    start = label.start() if label else first
    span = Span(first, min(units[-1].span.end, start + LONGEST))
    return Answer(reading.source, reading.clause, span, Span(start, span.end))
