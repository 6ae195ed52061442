"""The JSON of `youju trace`; see docs/architecture.md."""

from collections.abc import Sequence

from corpus import Part
from corpus.citation import cite
from retrieval.shapes import Json, clause_shape, document_shape
from retrieval.trace.values import Difference, Match, Row


def trace_shape(rows: Sequence[Row]) -> Json:
    """The answer of `trace`."""
    return {
        "rows": [row_shape(row) for row in rows],
        "pending": max((row.pending for row in rows), default=0),
        "left_out": max((row.left_out for row in rows), default=0),
    }


def row_shape(row: Row) -> Json:
    """A requirement with its matches, from the highest level down."""
    return {
        "requirement": row.requirement,
        "status": row.untraced or ("stated" if row.is_stated else _STATUS[bool(row.matches)]),
        "matches": [match_shape(match) for match in row.matches],
        "more": row.more,
        "remarks": [remark.text for remark in row.remarks],
    }


_STATUS = {True: "related", False: "not_found"}


def match_shape(match: Match) -> Json:
    """A match; `quote` is `text[start:end]` of `show`."""
    document, newer = match.document, match.standing.replaced_by
    level = document.metadata.level
    return {
        "strength": match.strength,
        "document": document_shape(document, match.standing),
        "clause": clause_shape(match.clause),
        "address": match.address,
        "citation": cite(document, Part(match.address, match.span)),
        "level": level.value if level else None,
        "status": match.standing.status,
        "replaced_by_citation": cite(newer) if newer else None,
        "page": document.page_of(match.span.start),
        "quote": match.quote,
        "start": match.span.start,
        "end": match.span.end,
        "score": round(match.score, 4),
        "differences": [_difference_shape(difference) for difference in match.differences],
    }


def _difference_shape(difference: Difference) -> Json:
    start, end = difference.span or (None, None)
    return {
        "kind": difference.kind,
        "about": difference.about or None,
        "here": difference.here,
        "there": difference.there,
        "slight": difference.slight,
        "start": start,
        "end": end,
    }
