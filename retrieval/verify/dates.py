"""The dates that a text states, with what is said of them: 2025年底前, 自2024年9月1日起."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from corpus.numerals import parse_numeral
from corpus.spans import Span

Side = Literal["", "until", "since"]

_YEAR = r"(?:19|20)[0-9]{2}|[一二][〇零九][〇零一二三四五六七八九]{2}"
_N = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_EDGE = r"年?[底末]|年?初|年中|[上中下]旬|[上下]半[年月]|[第]?[一二三四1-4]季度"
_DATE = re.compile(
    rf"(?<![0-9一二〇零])(?P<year>{_YEAR})\s?(?:年|(?=\s?[-－—–~～至到]{{1,2}}\s?(?:{_YEAR})\s?学?年))(?:度)?"
    rf"(?:\s?(?P<month>{_N})\s?月份?(?:\s?(?P<day>{_N})\s?[日号])?)?"
    rf"|(?<![0-9])(?P<y>(?:19|20)[0-9]{{2}})[-./](?P<m>[01]?[0-9])[-./](?P<d>[0-3]?[0-9])(?![0-9])"
    rf"|(?<![0-9一二三四五六七八九十个])(?P<only>{_N})\s?月份?(?:\s?(?P<dayonly>{_N})\s?[日号])?"
)
_BEHIND = re.compile(rf"(?P<edge>{_EDGE})?\s?(?P<side>之?前|以前|起|之?后(?!勤)|以后|以来|开始)?")
_SIDES: dict[str, Side] = {
    **dict.fromkeys(("前", "之前", "以前"), "until"),
    **dict.fromkeys(("起", "后", "之后", "以后", "以来", "开始"), "since"),
}
_EDGES = {"底": "末", "末": "末", "初": "初"}
_DAYS = {
    "末": range(28, 32),
    "初": range(1, 11),
    "上旬": range(1, 11),
    "中旬": range(11, 21),
    "下旬": range(21, 32),
    "上半月": range(1, 16),
    "下半月": range(16, 32),
}
"""The days of a month that its parts may be."""
_ISSUED = re.compile(
    r"\s?(?:由[^，。；\n]{0,20})?(?:印发|发布|公布|颁布|出台|制定|通过|修订|修正|施行|实施|起施行|"
    r"起实施|生效|成文|《)"
)
# 有效期3个月, 每月: no dates.
_NO_MONTH = re.compile(r"[数每几半整个]$")


class Date(NamedTuple):
    """A date by its parts, None for what is not said; `shown` is how it is written.

    `edge` is the part of a year or month that is meant (末, 初, 上旬), `side` whether it is said
    to hold until or since then; `of_issue`, whether it says when a document was issued.
    """

    span: Span
    shown: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    edge: str = ""
    side: Side = ""
    of_issue: bool = False

    def stands_in(self, others: Sequence["Date"]) -> bool:
        """Whether one of `others` says it, at least as exactly; the year may stand before."""
        return any(self.is_said_by(other, others) for other in others)

    def is_said_by(self, other: "Date", others: Sequence["Date"]) -> bool:
        """Whether `other` is this date, its year perhaps said by another of `others`."""
        years = {o.year for o in others} if other.year is None else {other.year}
        parts = ((self.year, years), (self.month, {other.month}), (self.day, {other.day}))
        if any(own is not None and own not in its for own, its in parts):
            return False
        edges = not (self.edge and other.edge) or self.edge == other.edge
        if self.edge and other.day and self.day is None:
            edges = other.day in _DAYS.get(self.edge, range(32))
        return edges and not (self.side and other.side and self.side != other.side)


def dates_of(plain: str) -> list[Date]:
    """Return the dates of a plain text in order."""
    return [date for match in _DATE.finditer(plain) if (date := _date(plain, match))]


def iso_date(value: str) -> Date:
    """Return a date of a document's metadata: 2025, 2025-05, 2025-05-23 or --05-23."""
    year, month, day = [*re.split(r"-(?!-)", value.replace("--", "-", 1)), "", ""][:3]
    numbers = [int(part) if part.isdigit() else None for part in (year, month, day)]
    return Date(Span(0, 0), value, numbers[0], numbers[1], numbers[2])


def _date(plain: str, match: re.Match[str]) -> Date | None:
    if match["only"] and _NO_MONTH.search(plain[: match.start()][-1:]):
        return None
    year = match["year"] or match["y"]
    month = match["month"] or match["m"] or match["only"]
    day = match["day"] or match["d"] or match["dayonly"]
    numbers = [parse_numeral(part) if part else None for part in (year, month, day)]
    if not _is_day(*numbers[1:]):
        return None
    behind = _BEHIND.match(plain, match.end())
    edge, side = (behind["edge"] or "", behind["side"] or "") if behind else ("", "")
    span = Span(match.start(), behind.end() if behind and (edge or side) else match.end())
    edge = edge.removeprefix("年")
    issued = _ISSUED.match(plain, span.end) is not None
    shown = plain[slice(*span)]
    edge, said = _EDGES.get(edge, edge), _SIDES.get(side, "")
    return Date(span, shown, numbers[0], numbers[1], numbers[2], edge, said, issued)


def _is_day(month: int | None, day: int | None) -> bool:
    return (month is None or 0 < month < 13) and (day is None or 0 < day < 32)
