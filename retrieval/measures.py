"""Units that measure the same, brought to one: 1小时 is 60分钟, 1.5万元 are 15000元."""

import re
from decimal import Decimal

from corpus.facts.counters import MULTIPLE, TIMES
from corpus.fold import fold_text

_MULTIPLIED = re.compile(rf"(?:{MULTIPLE})(?=.)|^(?:{MULTIPLE})$")
MEASURES: dict[str, tuple[str, int]] = {
    "小时": ("分钟", 60),
    "个小时": ("分钟", 60),
    "年": ("月", 12),
    "个月": ("月", 1),
    "天": ("日", 1),
    "个工作日": ("工作日", 1),
    "个自然日": ("日", 1),
    "星期": ("周", 1),
    "个星期": ("周", 1),
    "个学期": ("学期", 1),
    "个学时": ("学时", 1),
    "个课时": ("课时", 1),
    "千米": ("公里", 1),
    "㎡": ("平方米", 1),
    "%": ("%", 1),
}
"""What a unit is counted in, and how many of these it has."""

_DECIMAL = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,9})?")


def plain_unit(unit: str) -> str:
    """Return a unit without 万 or 亿: 元 of 万元."""
    return _MULTIPLIED.sub("", fold_text(unit), count=1)


def measure(unit: str) -> str:
    """Return what a unit is counted in, without 万 or 亿: 分钟 of 小时."""
    base = plain_unit(unit)
    return MEASURES.get(base, (base, 1))[0]


def in_measure(number: str, unit: str) -> str:
    """Return a number of a unit as digits in its `measure`; a ratio or a fraction as it is."""
    if not _DECIMAL.fullmatch(number):
        return number
    found = _MULTIPLIED.search(fold_text(unit))
    many = MEASURES.get(plain_unit(unit), ("", 1))[1]
    digits = f"{Decimal(number).scaleb(TIMES[found[0]] if found else 0) * many:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
