"""Units that measure the same, brought to one: 1小时 is 60分钟, 1.5万元 are 15000元."""

import re
from decimal import Decimal

from corpus.facts.counters import names_of, split_unit
from corpus.fold import fold_text

MEASURES: dict[str, tuple[str, int]] = {
    "小时": ("分钟", 60),
    "年": ("月", 12),
}
"""What a unit is counted in, and how many of these it has."""

_DECIMAL = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,9})?")


def plain_unit(unit: str) -> str:
    """Return a unit without 万 or 亿: 元 of 万元."""
    return split_unit(fold_text(unit))[1]


def measure(unit: str) -> str:
    """Return what a unit is counted in, without 万 or 亿: 分钟 of 小时."""
    name = names_of(plain_unit(unit))[0]
    return MEASURES.get(name, (name, 1))[0]


def in_measure(number: str, unit: str) -> str:
    """Return a number of a unit as digits in its `measure`; a ratio or a fraction as it is."""
    if not _DECIMAL.fullmatch(number):
        return number
    zeros, base = split_unit(fold_text(unit))
    many = MEASURES.get(names_of(base)[0], ("", 1))[1]
    digits = f"{Decimal(number).scaleb(zeros) * many:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
