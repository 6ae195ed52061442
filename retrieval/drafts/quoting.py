"""The words that a draft quotes or retells, in a document or anywhere in the library."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Clause, Document, Span
from retrieval.answer import precise_address
from retrieval.drafts.differences import (
    LIKE,
    Core,
    Likeness,
    Piece,
    difference,
    find_quoted,
    likest,
)
from retrieval.drafts.findings import Finding, Note
from retrieval.drafts.holdings import Holdings, clause_holding, lead_in
from retrieval.drafts.statements import Statement
from retrieval.sentences import trimmed
from retrieval.verify import verify

RETOLD_LIKE = 60.0
"""Percent of equal characters from which words without quotation marks retell a clause."""
# What a draft sets out to do itself: 拟新建, 制定本方案.
_OWN_ACT = re.compile(
    r"[\s，,：:]{0,4}(?:拟|现|特|经|为|我|本|制定|结合|决定|开展|组织|印发|提出|成立|研究|起草|进行|按时)"
)
_SHORT, _SHORT_LIKE = 15, 85.0
"""Letters below which a quotation must be more like its source: few letters are soon alike."""
_NAMED_LIKE = 70.0
"""The same in the clause that a draft names, where nothing else in the document is more like."""

Places = Sequence[tuple[Clause, Span]]


@dataclass(frozen=True, slots=True)
class _Cited:
    """A stretch of a clause, as a citation that `verify` can be asked about."""

    document: Document
    clause: Clause
    span: Span
    n: int = 1

    @property
    def address(self) -> str:
        """The address of the part that is cited."""
        return precise_address(self.clause, self.span)

    @property
    def quote(self) -> str:
        """The quoted characters."""
        return self.document.quote(self.span)


class Quotations:
    """Looks up what a draft quotes."""

    def __init__(self, holdings: Holdings, text: str) -> None:
        self._holdings = holdings
        self._text = text

    def within(self, statement: Statement, document: Document, places: Places) -> Finding:
        """What becomes of a quotation that is said to be from a document, or from `places` in it.

        Where it is from another document the first note says so.
        """
        quoted, source = self._quoted(statement), self._holdings.core(document.id)
        exact = find_quoted(quoted, source)
        if exact:
            return _placed(statement, document, source.span(*exact), places)
        joined = _joined(quoted, document, places)
        if joined:
            return _placed(statement, document, joined, places)
        named = self._altered(statement, document, places)
        if named:
            return named
        other = self.anywhere(statement)
        if other.document is None:
            note = Note("not_in_document", (document.label,))
            return Finding(statement.span, "missing", document, notes=(note,))
        label = other.document.label
        notes = (
            (Note("other_document", (document.label, label)),) if label != document.label else ()
        )
        return replace(other, result="altered", notes=notes)

    def _altered(self, statement: Statement, document: Document, places: Places) -> Finding | None:
        """The stretch of a document that was meant, first where the draft says that it stands."""
        quoted = self._quoted(statement)
        whole = Span(0, len(document.text))
        named = [span for _, span in places]
        tries = (
            *((span, _least(quoted)) for span in (*named, whole)),
            *((span, _NAMED_LIKE) for span in named),
        )
        for span, least in tries:
            part = self._part(document, span)
            found = likest(quoted, part, least)
            if found:
                place = part.span(*found.span)
                moved = Span(place.start + span.start, place.end + span.start)
                pieces = difference(quoted, part, found.span)
                return _altered(statement, document, moved, pieces, places)
        return None

    def _part(self, document: Document, span: Span) -> Core:
        """The letters of a stretch; those of a whole document are kept."""
        if span == Span(0, len(document.text)):
            return self._holdings.core(document.id)
        return Core(document.text[span.start : span.end])

    def anywhere(self, statement: Statement) -> Finding:
        """What becomes of a quotation that is said to be from no document of the library."""
        quoted = self._quoted(statement)
        document = self._holdings.holding(quoted)
        exact = find_quoted(quoted, self._holdings.core(document.id)) if document else None
        if document and exact:
            return _placed(statement, document, self._holdings.core(document.id).span(*exact), ())
        found: tuple[Document, Likeness] | None = self._holdings.closest(quoted, _least(quoted))
        if found is None:
            return Finding(statement.span, "missing", notes=(Note("no_quote"),))
        document, alike = found
        source = self._holdings.core(document.id)
        pieces = difference(quoted, source, alike.span)
        return _altered(statement, document, source.span(*alike.span), pieces, ())

    def _quoted(self, statement: Statement) -> Core:
        span = statement.quote or Span(0, 0)
        return Core(self._text[span.start : span.end])


def _least(quoted: Core) -> float:
    return _SHORT_LIKE if len(quoted.letters) < _SHORT else LIKE


def _placed(statement: Statement, document: Document, place: Span, places: Places) -> Finding:
    """A quotation that stands in a document word by word, there or elsewhere than said."""
    clause = clause_holding(document, place)
    address = precise_address(clause, place) if clause else None
    inside = not places or any(_is_inside(place, _spans(clause, span)) for clause, span in places)
    if inside:
        return Finding(statement.span, "verified", document, clause, address, place, compared=True)
    note = Note("elsewhere", (statement.address or "", address or ""))
    found = Finding(statement.span, "altered", document, clause, address, place, notes=(note,))
    return replace(found, compared=True)


def _spans(clause: Clause, span: Span) -> tuple[Span, ...]:
    """A stretch, behind what leads to it where it is an item: 有下列情形之一的，……：."""
    lead = lead_in(clause, span)
    return (lead, span) if lead else (span,)


def _is_inside(place: Span, spans: tuple[Span, ...]) -> bool:
    """Whether a place begins in one of some stretches, and ends in one."""
    begins = any(s.start <= place.start < s.end for s in spans)
    return begins and any(s.start < place.end <= s.end for s in spans)


def _joined(quoted: Core, document: Document, places: Places) -> Span | None:
    """Where a quotation of an item stands that begins with what leads to all items."""
    for clause, span in places:
        lead = lead_in(clause, span)
        if lead is None:
            continue
        core = Core(document.quote(lead) + document.quote(span))
        found = find_quoted(quoted, core)
        if found:
            start, end = core.span(*found)
            length = lead.end - lead.start
            if start < length < end:
                return Span(lead.start + start, span.start + end - length)
    return None


def _altered(
    statement: Statement,
    document: Document,
    place: Span,
    pieces: tuple[Piece, ...],
    places: Places,
) -> Finding:
    found = _placed(statement, document, place, places)
    return replace(found, result="altered", difference=pieces)


def retold(text: str, statement: Statement, document: Document, places: Places) -> Finding:
    """What becomes of words without quotation marks that are said to be what a clause says.

    They are altered where `verify` finds anything against them, and say why.
    """
    said = Core(text[slice(*(statement.retold or statement.span))])
    clause, span = places[0] if places else (_retold_clause(said, document) or (None, None))
    address = statement.address or (clause.address if clause else None)
    if clause is None or span is None:
        notes = () if statement.grounds else (Note("not_retold"),)
        return Finding(statement.grounds or statement.span, "verified", document, notes=notes)
    cited = [
        _Cited(document, clause, trimmed(document.text, one), number)
        for number, one in enumerate(reversed(_spans(clause, span)), start=1)
    ]
    span = cited[0].span
    source = Core("\n".join(one.quote for one in reversed(cited)))
    alike = likest(said, source, RETOLD_LIKE)
    found = Finding(statement.span, "verified", document, clause, address, span)
    if alike is None and statement.grounds and _OWN_ACT.match(said.text):
        return replace(found, span=statement.grounds)
    markers = "".join(f"[{one.n}]" for one in cited)
    checked = verify(f"{said.text.rstrip('，,；; ')}{markers}。", cited)
    reasons = [reason for one in checked for reason in one.reasons]
    if reasons:
        pieces = difference(said, source, alike.span) if alike else ()
        told = tuple(Note("altered_sense", (reason,)) for reason in reasons)
        return replace(found, result="altered", difference=pieces, notes=told, compared=True)
    return replace(found, compared=any(one.verdict == "verified" for one in checked))


def _retold_clause(said: Core, document: Document) -> tuple[Clause, Span] | None:
    """The clause of a document that is retold where the draft names none, if one is so like."""
    numbered = (c for c in document.clauses if c.kind in ("article", "item"))
    found = [(likest(said, Core(document.quote(clause.span))), clause) for clause in numbered]
    likes = [(alike.score, clause) for alike, clause in found if alike]
    best = max(likes, key=lambda one: one[0], default=None)
    return (best[1], best[1].span) if best else None
