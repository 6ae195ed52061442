"""Figures that a source has, but gives for another thing: another year, 小学 for 初中."""

from collections.abc import Iterator, Sequence

from corpus.spans import Span, Stated
from retrieval.verify.amounts import CLOCK, Amount, same_unit
from retrieval.verify.contrasts import Member, rates
from retrieval.verify.said import Said, around
from retrieval.verify.strokes import Stroke, is_elided, nearest, stroke_at
from retrieval.verify.verdicts import Reason


def of_another(
    claim: Said, amount: Amount, equal: Sequence[tuple[Said, Amount]], sources: Sequence[Said]
) -> Iterator[Reason]:
    """Yield a reason where the sources give a figure, in the places `equal`, for another thing."""
    if claim.is_listed or any(source.is_listed for source in sources):
        return
    own = _deadline(claim, amount)
    dates = [o.figure.deadline for _, o in equal if o.figure and o.figure.deadline]
    if own and len(dates) == len(equal) and not any(_agree(own.value, d.value) for d in dates):
        yield Reason("date", (around(claim, amount.span), around(equal[0][0], equal[0][1].span)))
        return
    for member in _members_near(claim, amount.span):
        if member.group == rates() and not any(_has(s, o.span, member) for s, o in equal):
            source, other = equal[0]
            yield Reason("figure", (around(claim, amount.span), around(source, other.span)))
            return
        its = [_member_before(source, other.span, member.group) for source, other in equal]
        if all(its) and not any(m and m.member == member.member for m in its):
            source, other = equal[0]
            yield Reason("figure", (around(claim, amount.span), around(source, other.span)))
            return
    yield from (
        _begun_elsewhere(claim, amount, equal, sources)
        if amount.unit == CLOCK
        else _better_elsewhere(claim, amount, equal, sources)
    )


def _begun_elsewhere(
    claim: Said, amount: Amount, equal: Sequence[tuple[Said, Amount]], sources: Sequence[Said]
) -> Iterator[Reason]:
    """Where a stroke that begins like the claim's gives another time: 小学8:20，中学8:00."""
    begun = _stroke_text(claim, amount)[:2]
    if any(begun in _stroke_text(source, other) for source, other in equal):
        return
    for source in sources:
        for other in source.amounts:
            if other.unit == CLOCK and begun in _stroke_text(source, other):
                yield Reason("figure", (around(claim, amount.span), around(source, other.span)))
                return


def _stroke_text(said: Said, amount: Amount) -> str:
    stroke = stroke_at(said.strokes, amount.span.start)
    return said.plain[slice(*(stroke.span if stroke else amount.span))].strip()


def _deadline(claim: Said, amount: Amount) -> Stated | None:
    """The date until which a figure holds, where it is not the day of a document's issue."""
    deadline = amount.figure.deadline if amount.figure else None
    issued = [date.span for date in claim.dates if date.of_issue]
    if deadline and any(s.start <= deadline.span.start < s.end for s in issued):
        return None
    return deadline


def _of_time(claim: Said, amount: Amount, other: Amount) -> bool:
    """Whether a figure of the source may hold for the time that the claim speaks of."""
    own, its = _deadline(claim, amount), other.figure and other.figure.deadline
    return not own or not its or _agree(own.value, its.value)


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _has(said: Said, span: Span, member: Member) -> bool:
    """Whether the sentence of a figure has the word, before the figure or behind it."""
    stroke = stroke_at(said.strokes, span.start)
    same = [s.span for s in said.strokes if stroke and s.sentence == stroke.sentence]
    words = [m for m in said.members if m[:2] == member[:2]]
    return any(s.start <= m.start < s.end for m in words for s in same)


def _members_near(said: Said, span: Span) -> list[Member]:
    """The words of contrast of a figure's own stroke, for each group the last before it."""
    stroke = stroke_at(said.strokes, span.start)
    start = stroke.span.start if stroke else span.start
    own = [m for m in said.members if start <= m.start < span.start]
    return list({member.group: member for member in own}.values())


def _member_before(said: Said, span: Span, group: int) -> Member | None:
    """The last word of a group before a figure in its sentence."""
    stroke = stroke_at(said.strokes, span.start)
    same = [s for s in said.strokes if stroke and s.sentence == stroke.sentence]
    start = same[0].span.start if same else 0
    own = [m for m in said.members if m.group == group and start <= m.start < span.start]
    return own[-1] if own else None


def _better_elsewhere(
    claim: Said, amount: Amount, equal: Sequence[tuple[Said, Amount]], sources: Sequence[Said]
) -> Iterator[Reason]:
    """Where another stroke says the same thing much more, and gives another figure for it."""
    stroke = stroke_at(claim.strokes, amount.span.start)
    if stroke is None:
        return
    here = max(_shared(stroke, source, other) for source, other in equal)
    for source in sources:
        near = nearest(stroke, source.strokes)
        if near is None or len(stroke.pairs & near.pairs) < here + 2:
            continue
        if any(_leans_on(near, stroke, its, other) for its, other in equal if its is source):
            continue
        there = [o for o in source.amounts if near.span.start <= o.span.start < near.span.end]
        there = [o for o in there if same_unit(o.unit, amount.unit) and _of_time(claim, amount, o)]
        if there and not any(amount.equals(other) for other in there):
            yield Reason("figure", (around(claim, amount.span), around(source, there[0].span)))
            return


def _leans_on(near: Stroke, stroke: Stroke, source: Said, other: Amount) -> bool:
    """Whether the stroke of an equal figure leans on `near`, and is the one that is meant."""
    its = stroke_at(source.strokes, other.span.start)
    if its is None or not is_elided(its, near):
        return False
    own = its.pairs - near.pairs
    return not own or bool(stroke.pairs & own)


def _shared(stroke: Stroke, source: Said, other: Amount) -> int:
    its = stroke_at(source.strokes, other.span.start)
    return len(stroke.pairs & its.pairs) if its else 0
