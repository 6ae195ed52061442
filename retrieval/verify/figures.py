"""Every figure, date and number of a claim must stand in its source, for the same thing."""

from collections.abc import Iterator, Sequence

from corpus.spans import Span, Stated
from retrieval.verify.amounts import CLOCK, Amount, is_article, same_unit
from retrieval.verify.contrasts import Member, rates
from retrieval.verify.dates import Date, iso_date
from retrieval.verify.said import Said
from retrieval.verify.strokes import Stroke, is_elided, nearest, stroke_at
from retrieval.verify.verdicts import Reason
from retrieval.verify.words import Token, value_set

_SHOWN = 24
_WORDS_ONLY = frozenset("一二两三四五六七八九十百千万亿零〇")


def check_figures(claim: Said, sources: Sequence[Said]) -> Iterator[Reason]:
    """Yield a reason for each figure that the sources do not give, or give otherwise."""
    every = [(source, amount) for source in sources for amount in source.amounts]
    for amount in claim.amounts:
        if amount.figure is None and (is_article(amount) or not _is_measured(amount)):
            continue
        equal = [(source, other) for source, other in every if amount.equals(other)]
        if not equal:
            if not is_article(amount) and not _is_rate(amount, sources):
                yield _missing(claim, amount, sources)
        elif not any(amount.is_bound_as(other) for _, other in equal):
            source, other = equal[0]
            yield Reason("bound", (around(claim, amount.span), around(source, other.span)))
        else:
            yield from _of_another(claim, amount, equal, sources)


def _is_rate(amount: Amount, sources: Sequence[Said]) -> bool:
    """Whether it is 一周 where the source says 每周."""
    one = amount.low == 1 and amount.high is None and amount.comparison == "="
    return one and any(f"每{amount.unit}" in source.plain for source in sources)


def _is_measured(amount: Amount) -> bool:
    """Whether a number that is no figure is still one that a source must have."""
    if amount.unit == CLOCK:
        return True
    return any(c.isdigit() for c in amount.shown) and not set(amount.shown) <= _WORDS_ONLY


def _missing(claim: Said, amount: Amount, sources: Sequence[Said]) -> Reason:
    """What the sources say in place of a figure that they have not."""
    for source in sources:
        other = _rival(claim, amount, source)
        if other:
            return Reason("figure", (around(claim, amount.span), around(source, other.span)))
    same = [o for source in sources for o in source.amounts if same_unit(o.unit, amount.unit)]
    if len(same) == 1:
        return Reason("figure", (amount.shown, same[0].shown))
    near = _near(claim, amount.span, sources)
    if near:
        return Reason("added_figure", (amount.shown, near[1].text[:_SHOWN]))
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


def _near(claim: Said, span: Span, sources: Sequence[Said]) -> tuple[Said, Stroke] | None:
    stroke = stroke_at(claim.strokes, span.start)
    for source in sources:
        near = nearest(stroke, source.strokes) if stroke else None
        if near:
            return source, near
    return None


def _of_another(
    claim: Said, amount: Amount, equal: Sequence[tuple[Said, Amount]], sources: Sequence[Said]
) -> Iterator[Reason]:
    """A figure that the source gives for another thing: another year, 小学 for 初中."""
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
    near = _near(claim, date.span, sources)
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
            near = _near(claim, Span(token.start, token.end), sources)
            shown = claim.text[token.start : token.end]
            yield (
                Reason("added_figure", (shown, near[1].text[:_SHOWN]))
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


def around(said: Said, span: Span) -> str:
    """A figure with the words of its stroke beside it, as written."""
    stroke = stroke_at(said.strokes, span.start)
    start, end = stroke.span if stroke else span
    start, end = max(start, span.end - _SHOWN), min(max(end, span.end), span.start + _SHOWN)
    return said.text[start:end].strip()
