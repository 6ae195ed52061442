"""What of a sentence was asked for: the figure, the day, the unit, set off from the rest."""

import re
from collections.abc import Callable, Iterator

from corpus import Span
from corpus.fold import fold_text
from index.tokens import tokenize
from retrieval.evidence import Evidence, lies_in
from retrieval.inquiry import Inquiry
from retrieval.kinds import Kind, Wanted, holds

_BEFORE = 24
"""Characters before a figure that say what it counts."""
_DIGIT = "[0-9０-９一二三四五六七八九十〇]"
_DATE = re.compile(
    rf"(?:{_DIGIT}{{2,4}}年)?(?:{_DIGIT}{{1,3}}月)?{_DIGIT}{{1,3}}日"
    rf"|{_DIGIT}{{2,4}}年{_DIGIT}{{1,3}}月(?:底|前)?|{_DIGIT}{{4}}年?\s?[-－—–~～至]\s?{_DIGIT}{{4}}年"
    rf"|{_DIGIT}{{2,4}}年(?:底|末|初|秋季|春季)?(?:前|起|内)?|每年{_DIGIT}{{1,3}}月|{_DIGIT}{{1,3}}月(?:底|前)?"
)
_CONTACT = re.compile(
    r"https?://[\w./?=&%#:-]{4,200}|www\.[\w./-]{4,100}|[\d０-９][\d０-９\-－]{4,20}"
)

Find = Callable[[Evidence, Inquiry], Iterator[Span]]


def key_of(evidence: Evidence, inquiry: Inquiry) -> Span | None:
    """Return the part of the sentence that the question asks for; None where it asks for no part.

    Of several figures or days it is the one whose words before it the question shares most.
    """
    find = _FINDERS.get(inquiry.wanted.kind)
    if find is None:
        return None
    asked = set(inquiry.weights)
    found = [span for span in find(evidence, inquiry) if lies_in(span, evidence.span)]
    return max(found, key=lambda span: _shared(evidence, span, inquiry, asked), default=None)


def _shared(evidence: Evidence, span: Span, inquiry: Inquiry, asked: set[str]) -> tuple[float, int]:
    """How much of the question stands before `span`; the first of equals is meant."""
    start = max(evidence.span.start, span.start - _BEFORE)
    before = set(tokenize(evidence.hit.document.quote(Span(start, span.start)))) & asked
    return sum(inquiry.weights[token] for token in before), -span.start


def _figures(evidence: Evidence, inquiry: Inquiry) -> Iterator[Span]:
    document = evidence.hit.document
    for figure in evidence.hit.clause.facts.figures:
        if holds(inquiry.wanted, document.quote(figure.span)):
            yield figure.span


def _dates(evidence: Evidence, inquiry: Inquiry) -> Iterator[Span]:
    for match in _DATE.finditer(evidence.hit.document.text, *evidence.span):
        yield Span(*match.span())


def _contacts(evidence: Evidence, inquiry: Inquiry) -> Iterator[Span]:
    for match in _CONTACT.finditer(evidence.hit.document.text, *evidence.span):
        yield Span(*match.span())


def _units(evidence: Evidence, inquiry: Inquiry) -> Iterator[Span]:
    """The units that are named together, from the first to the last of them."""
    units = evidence.hit.clause.units
    asks_support = "配合" in fold_text(inquiry.results.query)
    named = units.support if asks_support else units.lead
    if inquiry.wanted.kind == "unit" and not asks_support:
        named = (*units.lead, *units.responsible)
    inside = [unit.span for unit in named if lies_in(unit.span, evidence.span)]
    if inside:
        yield Span(min(span.start for span in inside), max(span.end for span in inside))


def _duties(evidence: Evidence, inquiry: Inquiry) -> Iterator[Span]:
    for obligation in evidence.hit.clause.facts.obligations:
        yield obligation.word.span


_FINDERS: dict[Kind, Find] = {
    "number": _figures,
    "date": _dates,
    "contact": _contacts,
    "lead": _units,
    "unit": _units,
    "yes_no": _duties,
}


def is_blank(evidence: Evidence, wanted: Wanted) -> bool:
    """Whether the source leaves out the figure that this sentence should hold: 新建公办园 所."""
    missing = evidence.hit.clause.facts.missing
    return wanted.kind == "number" and any(lies_in(m.span, evidence.span) for m in missing)
