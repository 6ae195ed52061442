"""Figures brought to one measure, so that 百分之八十五 is 85%, and 两小时 120 minutes."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from corpus.facts import Figure
from corpus.facts.counters import names_of, split_unit
from corpus.fold import fold_text
from retrieval.measures import MEASURES

# In a requirement 6岁 is 6周岁, as people say it.
_MEASURES = MEASURES | {"岁": ("周岁", 1)}
# Counters (量词) of the same things: 1名教师, 1位教师; 5所学校, 5个学校.
_PEOPLE = frozenset("名人位")
_THINGS = frozenset("所家项件处座间")


class Amount(NamedTuple):
    """A quantity in a basic unit; a ratio or a fraction of no unit is kept as written."""

    value: Fraction | str
    upper: Fraction | None
    unit: str

    def is_like(self, other: "Amount") -> bool:
        """Whether both count or measure in the same unit."""
        if self.unit == other.unit:
            return True
        counters = {self.unit, other.unit}
        return any(counters <= kinds | {"个"} for kinds in (_PEOPLE, _THINGS))

    def equals(self, other: "Amount") -> bool:
        """Whether they are the same quantity."""
        return self.is_like(other) and (self.value, self.upper) == (other.value, other.upper)


@lru_cache(maxsize=4096)
def amount(figure: Figure) -> Amount:
    """Return the quantity of a figure."""
    zeros, base = split_unit(fold_text(figure.unit))
    times = Fraction(10) ** zeros
    if base == "‰":
        base, times = "%", times / 10
    name = names_of(base)[0]
    measure, many = _MEASURES.get(name, (name, 1))
    if not re.fullmatch(r"\d+(?:\.\d+)?", figure.value):
        return Amount(figure.value, None, measure)
    upper = Fraction(Decimal(figure.upper)) * times * many if figure.upper else None
    return Amount(Fraction(Decimal(figure.value)) * times * many, upper, measure)
