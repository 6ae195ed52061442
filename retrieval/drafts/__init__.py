"""Check a draft: what it cites and quotes, against the documents of a library."""

from retrieval.drafts.checking import check_draft
from retrieval.drafts.differences import Piece
from retrieval.drafts.findings import OUTCOMES, RESULTS, DraftError, Finding, Note, Result

__all__ = [
    "OUTCOMES",
    "RESULTS",
    "DraftError",
    "Finding",
    "Note",
    "Piece",
    "Result",
    "check_draft",
]
