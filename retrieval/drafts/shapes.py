"""The JSON of `youju check`; see docs/architecture.md."""

from collections import Counter
from collections.abc import Sequence

from corpus import Part
from corpus.citation import cite
from retrieval.drafts.findings import OUTCOMES, Finding
from retrieval.shapes import Json, clause_shape, document_shape


def check_shape(text: str, findings: Sequence[Finding], pending: int = 0) -> Json:
    """The answer of `check` for the draft `text`; `pending` passages have no vector yet.

    `counts` tells what is there but was not compared (`uncompared`) apart from `verified`.
    """
    counts = Counter(finding.outcome for finding in findings)
    return {
        "findings": [_finding_shape(text, finding) for finding in findings],
        "counts": {outcome: counts[outcome] for outcome in OUTCOMES},
        "pending": pending,
    }


def _finding_shape(text: str, finding: Finding) -> Json:
    """A finding; `text` is the draft's, `quote` that of the document."""
    document, found = finding.document, finding.found
    start, end = found or (None, None)
    return {
        "text": text[slice(*finding.span)],
        "start": finding.span.start,
        "end": finding.span.end,
        "result": finding.result,
        "compared": finding.compared,
        "document": document_shape(document, finding.standing) if document else None,
        "clause": clause_shape(finding.clause) if finding.clause else None,
        "address": finding.address,
        "citation": _citation(finding),
        "quote": finding.quote,
        "quote_start": start,
        "quote_end": end,
        "difference": [{"text": p.text, "side": p.side} for p in finding.difference],
        "newer": document_shape(finding.newer) if finding.newer else None,
        "notes": [note.text for note in finding.notes],
    }


def _citation(finding: Finding) -> str | None:
    document = finding.document
    if document is None:
        return None
    if finding.clause is None or finding.found is None:
        return cite(document)
    return cite(document, Part(finding.address or finding.clause.address, finding.found))
