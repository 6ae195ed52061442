"""The values of retrieval as the tools return them."""

from corpus import Clause, Document, Part
from corpus.citation import cite
from corpus.document import Value
from corpus.spans import Span
from index.versions import DRAFT
from retrieval import Answer, Hit, Results, Standing
from retrieval.answer import Citation, precise_address
from retrieval.drafts import OUTCOMES
from retrieval.drafts import Finding as Checked
from retrieval.filters import UNKNOWN
from retrieval.sentences import trimmed
from retrieval.standing import IN_FORCE, REPEALED, REPLACED
from ui.mcp import results

_HOLDS = {IN_FORCE: True, DRAFT: False, REPEALED: False, REPLACED: False}
"""Whether a status says that a document is in force; 试行 does not say since when."""


def source(document: Document, standing: Standing | None = None) -> results.Source:
    """Return a document as its citation needs it."""
    status = standing.status if standing else _value(document.metadata.status)
    number = _value(document.metadata.number)
    return results.Source(document.id, document.label, number, status or UNKNOWN)


def _value(value: Value | None) -> str | None:
    return value.value if value else None


def clause(clause: Clause, document: Document, standing: Standing, span: Span) -> results.Clause:
    """Return a clause, or the part of it that `span` is."""
    bare = trimmed(document.text, span)
    address = clause.address if span == clause.span else precise_address(clause, bare)
    return results.Clause(
        source(document, standing),
        address,
        cite(document, Part(address, bare)),
        list(clause.path),
        document.quote(bare),
        _notice(standing),
    )


def _notice(standing: Standing) -> str | None:
    return standing.notice.text if standing.notice else None


def _hit(hit: Hit) -> results.Clause:
    return clause(hit.clause, hit.document, hit.standing, hit.clause.span)


def found(searched: Results) -> results.Found:
    """Return what a search found."""
    remarks = [remark.text for remark in searched.remarks]
    clauses = [_hit(hit) for hit in searched.hits]
    return results.Found(searched.query, clauses, remarks, searched.left_out)


def answered(said: Answer) -> results.Answered:
    """Return an answer, or the honest no."""
    return results.Answered(
        question=said.question,
        status=said.status,
        sentences=[results.Sentence(s.text, list(s.citations)) for s in said.sentences],
        citations=[_citation(citation) for citation in said.citations],
        reason=said.reason.text if said.reason else None,
        nearest=[_hit(hit) for hit in said.nearest],
        remarks=[remark.text for remark in said.remarks],
        left_out=said.left_out,
    )


def _citation(citation: Citation) -> results.Citation:
    document = citation.document
    cited = cite(document, Part(citation.address, citation.span))
    shown = source(document, citation.standing)
    return results.Citation(citation.n, shown, cited, citation.quote, _notice(citation.standing))


def validated(text: str, findings: list[Checked]) -> results.Validated:
    """Return what became of each citation and quotation of a text."""
    counts = {str(outcome): sum(f.outcome == outcome for f in findings) for outcome in OUTCOMES}
    return results.Validated([_finding(text, finding) for finding in findings], counts)


def _finding(text: str, finding: Checked) -> results.Finding:
    document = finding.document
    return results.Finding(
        text=text[finding.span.start : finding.span.end],
        start=finding.span.start,
        end=finding.span.end,
        result=finding.result,
        compared=finding.compared,
        document=source(document, finding.standing) if document else None,
        citation=_cited(finding),
        quote=finding.quote,
        newer=source(finding.newer) if finding.newer else None,
        notes=[note.text for note in finding.notes],
    )


def _cited(finding: Checked) -> str | None:
    if finding.document is None:
        return None
    if finding.clause is None or finding.found is None:
        return cite(finding.document)
    address = finding.address or finding.clause.address
    return cite(finding.document, Part(address, finding.found))


def currency(standing: Standing) -> results.Currency:
    """Return whether a document is in force, and what replaced it."""
    document, newer = standing.document, standing.replaced_by
    metadata = document.metadata
    return results.Currency(
        document=source(document, standing),
        citation=cite(document),
        in_force=_HOLDS.get(standing.status or ""),
        date=_value(metadata.date),
        effective=_value(metadata.effective),
        repealed=_value(metadata.repealed),
        replaced_by=source(newer) if newer else None,
        replaced_by_citation=cite(newer) if newer else None,
        notice=_notice(standing),
    )
