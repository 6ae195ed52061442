"""Until when and how often: what a clause says of it in place of what a requirement says."""

from collections.abc import Iterator

from corpus.spans import Stated
from retrieval.trace.statement import Statement
from retrieval.trace.values import Difference


def deadline_differs(
    mine: Stated | None, theirs: Stated | None, about: str
) -> Iterator[Difference]:
    """Yield where the date of a requirement, or of its figure, is another; none may be set."""
    if mine is None:
        return
    there = theirs.value if theirs else ""
    if not there or not (mine.value.startswith(there) or there.startswith(mine.value)):
        span = theirs.span if theirs else None
        yield Difference("deadline", _day(mine.value), _day(there), about, span=span)


def _day(iso: str) -> str:
    """2025-06 as 2025年6月."""
    parts = [part.lstrip("0") for part in iso.split("-") if part]
    return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def dates_differ(here: Statement, there: Statement) -> Iterator[Difference]:
    """Compare the dates of a requirement without figures; those of figures are with them."""
    if here.figures:
        return
    for mine in here.deadlines:
        same = (d for d in there.deadlines if _agree(mine.value, d.value))
        if next(same, None) is None:
            yield from deadline_differs(mine, next(iter(there.deadlines), None), "")


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def periods_differ(here: Statement, there: Statement) -> Iterator[Difference]:
    """Yield 每天 against 每周 where nothing is counted."""
    if here.figures or not here.periods:
        return
    if here.periods != there.periods:
        yield Difference("rate", _all_periods(here), _all_periods(there))


def _all_periods(statement: Statement) -> str:
    return "、".join(map(each, sorted(statement.periods)))


def each(period: str | None) -> str:
    """Return a period as it is said: 每周, "" for none."""
    return f"每{period}" if period else ""
