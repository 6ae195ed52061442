"""What a found clause says of a requirement: the stretch that says it, and what differs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.spans import Span
from retrieval.results import Hit
from retrieval.trace.amounts import Amount, amount
from retrieval.trace.cores import LEADING, core_of, folded
from retrieval.trace.coverage import covered, shares
from retrieval.trace.demand import Demand
from retrieval.trace.differences import differences
from retrieval.trace.figures import uncounted
from retrieval.trace.statement import Governing, read_statement
from retrieval.trace.values import Difference
from retrieval.trace.windows import Segment, best_window, segments_near

_FROM_ABOVE = 0.6
"""What a word counts that stands in the headings or the title, not in the stretch itself."""
_OPENING = 60
_OF_ITS_UNIT = 0.4
"""What another figure of the same unit counts, where the wanted one would count 1."""
_LEAST_CORE = 4
_MOST_EARLIER = 6
_ITEM = re.compile(r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|[①-⑳])")
_TITLE = re.compile(r"《[^《》]{1,150}》")
_LEADS = re.compile(r"下列|以下|如下|行为|行為|情形|[：:]$")
_CONDITION = re.compile(r"的(?=[，,。；;、]|$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """The stretch of a clause that is nearest to a requirement; spans point into the document."""

    hit: Hit
    span: Span
    is_verbatim: bool
    coverage: float
    """The share of the requirement's words that the stretch and its headings say, 0 to 1."""
    stated: float
    """The same without the titles that it names: 制定《……方案》 only says that there is a plan."""
    differences: tuple[Difference, ...]
    counted: bool
    """Whether it has a figure for one of the requirement's, or there is none to have."""

    @property
    def is_decisive(self) -> bool:
        """Whether something differs that makes another requirement of it."""
        return any(not difference.slight for difference in self.differences)

    @property
    def quote(self) -> str:
        """The stretch, as written."""
        return self.hit.document.quote(self.span)


def read_hit(hit: Hit, demand: Demand) -> Reading | None:
    """Read a found clause; None where it says nothing of the requirement."""
    text = hit.document.quote(hit.clause.span)
    span = core_of(text).find(demand.core.words) if _is_long_enough(demand) else None
    segments = segments_near(text, span or _moved(hit.matched, -hit.clause.start))
    if span is not None:
        chosen = tuple(s for s in segments if s.span.start < span.end and span.start < s.span.end)
        return _read(hit, demand, segments, chosen, span, verbatim=True)
    counted = _figures_in(hit, demand, segments)
    window = best_window(segments, demand.words, demand.sentences, counted)
    if window is None:
        return None
    run = _with_deadline(hit, demand, segments, window.segments)
    return _read(hit, demand, segments, run, _bare_span(text, run))


def _figures_in(hit: Hit, demand: Demand, segments: Sequence[Segment]) -> list[list[float]]:
    """For each segment how much it has of each figure that is wanted: it, or one of its unit."""
    wanted = [amount(one.figure) for one in demand.statement.figures]
    if not wanted:
        return []
    offset = hit.clause.start
    known = [(figure.span.start - offset, amount(figure)) for figure in hit.clause.facts.figures]
    rows = []
    for start, end in (segment.span for segment in segments):
        here = [found for at, found in known if start <= at < end]
        rows.append([max((_likeness(one, found) for found in here), default=0.0) for one in wanted])
    return rows


def _likeness(wanted: Amount, found: Amount) -> float:
    if found.equals(wanted):
        return 1.0
    return _OF_ITS_UNIT if found.is_like(wanted) else 0.0


def _with_deadline(
    hit: Hit, demand: Demand, segments: Sequence[Segment], chosen: Sequence[Segment]
) -> Sequence[Segment]:
    """The stretch, begun where the date of its figures stands, if a date is wanted."""
    offset = hit.clause.start
    start, end = chosen[0].span.start + offset, chosen[-1].span.end + offset
    dates = [
        figure.deadline.span.start - offset
        for figure in hit.clause.facts.figures
        if figure.deadline and start <= figure.span.start < end
    ]
    if not demand.statement.deadlines or not dates:
        return chosen
    first = min(dates)
    earlier = [s for s in segments if s.span.end > first and s.span.end <= chosen[0].span.start]
    return (*earlier[-_MOST_EARLIER:], *chosen)


def _bare_span(text: str, chosen: Sequence[Segment]) -> Span:
    """From the first character to the last, without its number and the comma that follows."""
    start, end = chosen[0].span.start, chosen[-1].span.end
    number = LEADING.match(text, start, end)
    start = number.end() if number and number.end() < end else start
    return Span(start, start + len(text[start:end].rstrip("，,；;：:、")))


def _is_long_enough(demand: Demand) -> bool:
    return len(demand.core.words) >= _LEAST_CORE


def _read(
    hit: Hit,
    demand: Demand,
    segments: Sequence[Segment],
    chosen: Sequence[Segment],
    span: Span,
    verbatim: bool = False,
) -> Reading:
    document, offset = hit.document, hit.clause.start
    whole = Span(
        min((s.span.start for s in chosen), default=span.start),
        max((s.span.end for s in chosen), default=span.end),
    )
    facts = hit.clause.facts
    before = [Governing(_moved(s, offset), facts, True) for s in _before(segments, chosen)]
    leads = [Governing(_moved(s, offset), facts) for s in _lead(segments, chosen)]
    core = () if verbatim else _counting(hit, demand, chosen)
    # What names whom it is for, and how much, is no part of what was forbidden before it.
    governing = [*([] if core else before), *leads, *_headed(hit)]
    stretch = Span(core[0].span.start, core[-1].span.end) if core else whole
    there = read_statement(document.text, _moved(stretch, offset), facts, governing)
    said = document.quote(_moved(whole, offset))
    bare = said if "《" in demand.text else _TITLE.sub(" ", said)
    found = _found(hit, demand, said)
    told = differences(demand.statement, there, demand.words, found)
    if verbatim:
        told = (*_condition(hit, span), *(d for d in told if d.kind != "words"))
    coverage = covered(demand.words, found)
    stated = covered(demand.words, _found(hit, demand, bare)) if bare != said else coverage
    missing = uncounted(demand.statement, there)
    counted = missing == 0 or missing < len(demand.statement.figures)
    return Reading(hit, _moved(span, offset), verbatim, coverage, stated, told, counted)


def _counting(hit: Hit, demand: Demand, chosen: Sequence[Segment]) -> Sequence[Segment]:
    """The part of a stretch, comma to comma, that says by itself for whom and how much.

    Of 小学不布置作业，初中每天不超过90分钟 the second part, if 初中 and 90分钟 are what is wanted;
    nothing where no part has all of the figures.
    """
    wanted = [amount(one.figure) for one in demand.statement.figures]
    if not wanted or demand.statement.deadlines or len(chosen) < 2:
        return ()
    stages = frozenset[str]().union(*demand.statement.scopes[0].values())
    for segment in chosen:
        span = _moved(segment.span, hit.clause.start)
        there = read_statement(hit.document.text, span, hit.clause.facts)
        found = [amount(one.figure) for one in there.figures]
        given = frozenset[str]().union(*there.scopes[0].values())
        has_all = all(any(one.equals(other) for other in found) for one in wanted)
        if stages and stages <= given and has_all:
            return (segment,)
    return ()


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _found(hit: Hit, demand: Demand, said: str) -> list[float]:
    """How much of each word the stretch says, or what stands above it."""
    own = shares(demand.words, folded(said))
    opening = hit.document.text[hit.clause.start : hit.clause.start + _OPENING]
    above = folded("\n".join((hit.document.label, *hit.clause.path, opening)))
    return [
        max(share, _FROM_ABOVE * other)
        for share, other in zip(own, shares(demand.words, above), strict=True)
    ]


def _before(segments: Sequence[Segment], chosen: Sequence[Segment]) -> list[Span]:
    """What stands before the stretch in its sentence."""
    first = chosen[0] if chosen else None
    return [
        s.span
        for s in segments
        if first and s.sentence == first.sentence and s.span.end <= first.span.start
    ]


def _lead(segments: Sequence[Segment], chosen: Sequence[Segment]) -> list[Span]:
    """The line that leads the list which the stretch is an item of: 严禁下列行为：."""
    if not chosen:
        return []
    opening = next(s for s in segments if s.sentence == chosen[0].sentence)
    if not _ITEM.match(opening.folded):
        return []
    leads = (s for s in segments if s.span.end <= opening.span.start and s.folded.endswith(":"))
    return [segment.span for segment in list(leads)[-1:]]


def _headed(hit: Hit) -> list[Governing]:
    """The heading above an item, where it leads a list: （四）严禁下列行为."""
    if not hit.clause.path or not _LEADS.search(hit.clause.path[-1]):
        return []
    before = hit.document.clauses[: int(hit.clause.id.rsplit("-", 1)[-1])]
    heading = next((clause for clause in reversed(before) if clause.kind == "heading"), None)
    return [Governing(heading.span, heading.facts)] if heading else []


def _condition(hit: Hit, span: Span) -> list[Difference]:
    """收取管理费的，责令退还: the words are there as the condition of another duty."""
    text, end = hit.document.text, hit.clause.start + span.end
    match = _CONDITION.match(text, end, hit.clause.end)
    if match is None:
        return []
    return [Difference("duty", "", "……的", span=Span(*match.span()))]
