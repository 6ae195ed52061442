"""Every date of a claim, and every number that is no figure, must stand in its source."""

from collections.abc import Iterator, Sequence

from corpus.spans import Span
from retrieval.verify.dates import Date, iso_date
from retrieval.verify.said import SHOWN, Said, near_stroke
from retrieval.verify.verdicts import Reason
from retrieval.verify.words import Token, value_set


def check_dates(claim: Said, sources: Sequence[Said], issued: Sequence[str]) -> Iterator[Reason]:
    """Yield a reason for each date that neither the sources say nor, of its issue, a document.

    `issued` are the days of the documents as ISO 8601.
    """
    its = [date for source in sources for date in source.dates]
    days = [iso_date(value) for value in issued]
    for date in claim.dates:
        if date.stands_in(its) or (date.of_issue and date.stands_in(days)):
            continue
        other = _other_date(claim, date, sources)
        yield (
            Reason("date", (date.shown, other.shown)) if other else Reason("no_date", (date.shown,))
        )


def _other_date(claim: Said, date: Date, sources: Sequence[Said]) -> Date | None:
    """The date that the source says in its place: of the like stroke, else its only like one."""
    near = near_stroke(claim, date.span, sources)
    if near:
        source, stroke = near
        there = [d for d in source.dates if d.span.start <= stroke.span.end]
        like = [d for d in there if (d.year is None) == (date.year is None)]
        if like:
            return like[-1]
    every = [d for source in sources for d in source.dates]
    return every[0] if every else None


def check_numbers(claim: Said, sources: Sequence[Said], context: set[str]) -> Iterator[Reason]:
    """Yield a reason for each other number that the sources have nowhere: a telephone, 三级.

    A lone Chinese numeral is a word more often than a number, and counts only where it is
    counted with. `context` holds what titles and headings say.
    """
    held = [a.span for a in claim.amounts] + [d.span for d in claim.dates]
    held += claim.named
    values = value_set([source.words for source in sources])
    for token in claim.words.numbers:
        inside = any(span.start <= token.start < span.end for span in held)
        if inside or not _is_number(claim, token) or token.value is None:
            continue
        if (token.value, token.key.endswith("%")) not in values and token.key not in context:
            near = near_stroke(claim, Span(token.start, token.end), sources)
            shown = claim.text[token.start : token.end]
            yield (
                Reason("added_figure", (shown, near[1].text[:SHOWN]))
                if near
                else Reason("no_figure", (shown,))
            )


def _is_number(claim: Said, token: Token) -> bool:
    written = claim.words.plain[token.start : token.end]
    return (
        len(written) > 1
        or written.isascii()
        or claim.words.plain[token.start - 1 : token.start] == "第"
    )
