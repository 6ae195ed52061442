"""Until when, or in which year: 到2025年, 2024年6月底前, 2021—2023年."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from corpus.numerals import parse_numeral
from corpus.spans import Span, Stated

_YEAR = (
    r"(?:(?:19|20)[0-9]{2}|[12１２][0９][0-9０-９]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
)
_SHORT = r"[0-9０-９一二三四五六七八九十]{1,3}"
_DEADLINE = re.compile(
    rf"(?P<since>(?:自|从|比|较|与)\s?)?(?<![0-9０-９])(?:{_YEAR}\s?年?\s?[-－—–~～至到]{{1,2}}\s?)?"
    rf"(?P<year>{_YEAR})\s?年(?!度计划|第)度?(?:\s?(?P<month>{_SHORT})\s?月(?!份)?"
    rf"(?:\s?(?P<day>{_SHORT})\s?日)?)?(?P<after>起|以来|以后|之后|后(?!勤)|开始|[年月]?(?:底|末|初|中旬|上旬|下旬)?起)?"
)
_SENTENCE = re.compile(r"[。！？!?\n]")


def find_deadlines(plain: str, start: int, end: int) -> list[Stated]:
    """Return the years and dates of `plain[start:end]` up to or in which something holds.

    Values are ISO 8601 of the parts that are stated: 2025, 2024-06, 2024-03-01; of a range the
    end. 自2021年起, 比2020年 and 2024年第3次会议 are none.
    """
    found = (
        (match, _iso(match["year"], match["month"], match["day"]))
        for match in _DEADLINE.finditer(plain, start, end)
        if not match["since"] and not match["after"]
    )
    return [Stated(value, Span(*match.span())) for match, value in found if value]


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    numbers = [parse_numeral(part) for part in (year, month, day) if part]
    limits = (9999, 12, 31)
    if any(n is None or not 0 < n <= most for n, most in zip(numbers, limits, strict=False)):
        return None
    return "-".join(f"{number:02}" for number in numbers)


class Deadlines:
    """The deadlines of a clause, found by what stands after them in the same sentence."""

    def __init__(self, plain: str, start: int, end: int, titles: Sequence[Span] = ()) -> None:
        found = find_deadlines(plain, start, end)
        within = {d for d in found for t in titles if t.start <= d.span.start < t.end}
        self._found = [deadline for deadline in found if deadline not in within]
        self._starts = [deadline.span.start for deadline in self._found]
        self._stops = [match.end() for match in _SENTENCE.finditer(plain, start, end)]

    def before(self, offset: int) -> Stated | None:
        """Return the last deadline said before `offset` in its sentence, or None."""
        position = bisect_left(self._starts, offset)
        stop = bisect_left(self._stops, offset + 1)
        begin = self._stops[stop - 1] if stop else 0
        if not position or self._starts[position - 1] < begin:
            return None
        return self._found[position - 1]
