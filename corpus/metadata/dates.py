"""Dates as Chinese documents write them, whole or in part, as ISO 8601."""

import re
from calendar import monthrange
from datetime import date, timedelta

from corpus.lines import DATE, Page
from corpus.numerals import parse_numeral
from corpus.spans import Span, Stated

_YEAR = r"(?:[0-9０-９]{4}|[〇○零一二三四五六七八九]{4})\s{0,3}年"
_MONTH = r"[0-9０-９一二三四五六七八九十]{1,3}\s{0,3}月"
_DAY = r"[0-9０-９一二三四五六七八九十]{1,3}\s{0,3}日"
WRITTEN = rf"(?:{DATE.pattern}|{_YEAR}\s{{0,3}}{_MONTH}|{_YEAR}|{_MONTH}\s{{0,3}}{_DAY})"
"""The pattern of a date in words; the year, or the day, or month and day may be missing."""

_NUMERIC = r"(?:19|20)\d{2}(?:([-/.])\d{1,2}(?:\1\d{1,2})?)?(?!\d)"
_COMPACT = re.compile(r"(?:19|20)\d{6}$")
_ANY = re.compile(rf"{WRITTEN}|(?<!\d){_NUMERIC}")
_TIME = re.compile(r"[T\s]{0,3}(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d{1,6})?)?\s{0,3}$")


def read_date(text: str) -> str | None:
    """Return the date that `text` is as ISO 8601, of the parts it has, or None.

    Reads 2024年5月1日, 二〇二四年五月, 5月23日 (--05-23), 2024, 2024-05-01, 2024/5/1, 20240501,
    with or without a time of day behind it.
    """
    text = text.strip()
    if _COMPACT.match(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    match = _ANY.match(text)
    return _iso(match[0]) if match and _TIME.match(text, match.end()) else None


def find_date(page: Page, start: int, end: int) -> Stated | None:
    """Return the first date in `text[start:end]`, or None where it has a 13th month."""
    match = _ANY.search(page.plain, start, end)
    return stated_date(page, match.span()) if match else None


def stated_date(page: Page, span: tuple[int, int]) -> Stated | None:
    """Return the date that `span` writes, or None for a 13th month."""
    value = _iso(page.plain[slice(*span)])
    return Stated(value, Span(*span)) if value else None


def _iso(written: str) -> str | None:
    parts = [parse_numeral(part) or 0 for part in re.findall(r"[^\s年月日/.\-]+", written)]
    if "年" not in written and "月" in written:
        # Any leap year, because the 29th of February is a day of some year.
        return f"--{parts[0]:02}-{parts[1]:02}" if _is_day([2000, *parts]) else None
    return "-".join(f"{part:02}" for part in parts) if _is_day(parts) else None


def _is_day(parts: list[int]) -> bool:
    """Whether year, month and day, the last ones perhaps missing, can be a date."""
    year, month, day = [*parts, 1, 1][:3]
    return 0 < year < 10_000 and 0 < month < 13 and 0 < day <= monthrange(year, month)[1]


def years_on(start: str, years: int) -> str | None:
    """Return the last day of a term of `years` that begins on the whole date `start`."""
    if len(start) != len("2024-03-01") or not 0 < years < 100:
        return None
    first = date.fromisoformat(start)
    year = first.year + years
    day = min(first.day, monthrange(year, first.month)[1])
    return (date(year, first.month, day) - timedelta(days=1)).isoformat()
