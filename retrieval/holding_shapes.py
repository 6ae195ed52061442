"""The JSON shapes of what a library holds and of what was added to it; see docs/architecture.md."""

from collections.abc import Sequence

from corpus import Document
from index import Failure, Library, Near, Report
from index.collections import collection_of
from index.library import readable
from retrieval.shapes import Json, document_shape
from retrieval.standing import standings


def report_shape(report: Report) -> Json:
    """The answer of `add`."""
    outcomes = ("added", "unchanged", "replaced")
    return {
        **{name: [_told(d, report) for d in getattr(report, name)] for name in outcomes},
        "failed": [failure._asdict() for failure in report.failed],
        "passed_over": report.passed_over,
        "warnings": [warning._asdict() for warning in report.warnings],
        "clauses": report.clauses,
    }


def _told(document: Document, report: Report) -> Json:
    return {
        **document_shape(document),
        **_noticed(document, report.counts[document.id], report.near.get(document.id, ())),
    }


def _noticed(document: Document, clauses: int, near: Sequence[Near]) -> Json:
    """What was noticed about a document when it was read and compared with the others."""
    return {
        "clauses": clauses,
        "notes": [note.text for note in document.notes],
        "similar": [_near_shape(other) for other in near],
    }


def _near_shape(near: Near) -> Json:
    return {
        "id": near.document.id,
        "title": near.document.label,
        "common": near.similar.common,
        "clauses": near.similar.clauses,
        "share": round(near.similar.share, 4),
    }


def list_shape(library: Library) -> Json:
    """The answer of `list`."""
    counts, near = library.store.clause_counts(), library.near_duplicates()
    advice = [library.advice] if library.advice else []
    return {
        "documents": [
            {
                **document_shape(standing.document, standing),
                "collection": collection_of(standing.document),
                **_noticed(standing.document, counts.get(name, 0), near.get(name, ())),
            }
            for name, standing in standings(library).items()
        ],
        "warnings": [Failure(readable(library.folder), line)._asdict() for line in advice],
    }
