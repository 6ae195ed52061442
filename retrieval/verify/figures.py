"""Every figure of a claim must stand in its source, for the same thing."""

from collections.abc import Iterator, Sequence

from corpus.facts.counters import names_of
from retrieval.verify.amounts import CLOCK, Amount, is_article, same_unit
from retrieval.verify.elsewhere import of_another
from retrieval.verify.said import SHOWN, Said, around, near_stroke
from retrieval.verify.strokes import nearest, stroke_at
from retrieval.verify.verdicts import Reason

_WORDS_ONLY = frozenset("一二两三四五六七八九十百千万亿零〇")


def check_figures(claim: Said, sources: Sequence[Said]) -> Iterator[Reason]:
    """Yield a reason for each figure that the sources do not give, or give otherwise."""
    for amount, equal in counted(claim, sources):
        if not equal:
            yield missing_figure(claim, amount, sources)
        elif not any(amount.is_bound_as(other) for _, other in equal):
            source, other = equal[0]
            yield Reason("bound", (around(claim, amount.span), around(source, other.span)))
        else:
            yield from of_another(claim, amount, equal, sources)


def counted(
    claim: Said, sources: Sequence[Said]
) -> Iterator[tuple[Amount, list[tuple[Said, Amount]]]]:
    """Yield each figure that its sources must give, with the places that do; none may."""
    every = [(source, amount) for source in sources for amount in source.amounts]
    for amount in claim.amounts:
        if amount.figure is None and (is_article(amount) or not _is_measured(amount)):
            continue
        equal = [(source, other) for source, other in every if amount.equals(other)]
        if equal or not (is_article(amount) or _is_rate(amount, sources)):
            yield amount, equal


def _is_rate(amount: Amount, sources: Sequence[Said]) -> bool:
    """Whether it is 一周 where the source says 每周."""
    one = amount.low == 1 and amount.high is None and amount.comparison == "="
    each = [f"每{name}" for name in names_of(amount.unit)]
    return one and any(rate in source.plain for source in sources for rate in each)


def _is_measured(amount: Amount) -> bool:
    """Whether a number that is no figure is still one that a source must have."""
    if amount.unit == CLOCK:
        return True
    return any(c.isdigit() for c in amount.shown) and not set(amount.shown) <= _WORDS_ONLY


def missing_figure(claim: Said, amount: Amount, sources: Sequence[Said]) -> Reason:
    """Return what the sources say in place of a figure that they have not."""
    for source in sources:
        other = _rival(claim, amount, source)
        if other:
            return Reason("figure", (around(claim, amount.span), around(source, other.span)))
    same = [o for source in sources for o in source.amounts if same_unit(o.unit, amount.unit)]
    if len(same) == 1:
        return Reason("figure", (amount.shown, same[0].shown))
    near = near_stroke(claim, amount.span, sources)
    if near:
        return Reason("added_figure", (amount.shown, near[1].text[:SHOWN]))
    return Reason("no_figure", (amount.shown,))


def _rival(claim: Said, amount: Amount, source: Said) -> Amount | None:
    """The figure of the stroke that says the same thing; of its unit, else of its number."""
    stroke = stroke_at(claim.strokes, amount.span.start)
    near = nearest(stroke, source.strokes) if stroke else None
    if near is None:
        return None
    there = [o for o in source.amounts if near.span.start <= o.span.start < near.span.end]
    return next(
        (o for o in there if same_unit(o.unit, amount.unit)),
        next((o for o in there if (o.low, o.high) == (amount.low, amount.high)), None),
    )
