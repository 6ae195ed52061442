"""What `compare` prints as JSON; see docs/architecture.md."""

from collections.abc import Mapping
from typing import Any

from corpus import Clause, Document, Part, Span
from corpus.citation import cite
from retrieval.compare.columns import Column
from retrieval.compare.topic import Place, Row, Silent, TopicTable
from retrieval.compare.values import EMPTY, Value
from retrieval.compare.versions.documents import Change, Comparison
from retrieval.compare.versions.marks import Piece
from retrieval.shapes import clause_shape, document_shape
from retrieval.standing import Standing

Json = dict[str, Any]


def topic_shape(table: TopicTable) -> Json:
    """The answer of `compare TOPIC`."""
    return {
        "topic": table.topic,
        "rows": [_row(row) for row in table.rows],
        "columns": [_column(column, table) for column in table.columns],
        "deadline": table.deadline,
        "lead": table.lead,
        "silent": [_silent(silent) for silent in table.silent],
        "doubtful": table.is_doubtful,
        "cut": table.is_cut,
        "places": list(table.places),
        "unknown": list(table.unknown),
        "pending": table.pending,
        "left_out": table.left_out,
        "remarks": table.remarks,
    }


def _row(row: Row) -> Json:
    document = row.document
    return {
        "document": document_shape(document, row.standing),
        **_place(row.place),
        "values": [_value(document, value) for value in row.values],
        "deadlines": [
            {"date": found.value, **_span(document, found.span)} for found in row.deadlines
        ],
        "units": {
            role: [unit.value for unit in getattr(row.units, role)]
            for role in ("lead", "responsible", "support")
        },
        "also": [_place(place) for place in row.also],
        "differs": [difference._asdict() for difference in row.differs],
    }


def _place(place: Place) -> Json:
    document, span = place.document, place.span
    return {
        "clause": clause_shape(place.clause),
        "address": place.address,
        "citation": cite(document, Part(place.address, span)),
        "page": document.page_of(span.start),
        "recognised": document.confidence(span),
        "quote": place.quote,
        "start": span.start,
        "end": span.end,
    }


def _value(document: Document, value: Value) -> Json:
    """A figure; `value` is null and `note` says so where the source leaves it out."""
    return {
        **_span(document, value.span),
        "value": value.value,
        "upper": value.upper,
        "unit": value.unit,
        "comparison": value.comparison,
        "indicator": value.indicator,
        "deadline": value.deadline,
        "of_topic": value.of_topic,
        "note": EMPTY if value.value is None else None,
    }


def _span(document: Document, span: Span) -> Json:
    return {"text": document.quote(span), "start": span.start, "end": span.end}


def _column(column: Column, table: TopicTable) -> Json:
    documents = [row.document for row in table.rows]
    return {
        "indicator": column.name or None,
        "indicators": column.indicators,
        "unit": column.unit,
        "agreement": column.agreement,
        "cells": [
            {
                "document": documents[cell.row].id,
                "row": cell.row,
                "values": [_value(documents[cell.row], value) for value in cell.values],
                "differs": cell.differs,
            }
            for cell in column.cells
        ],
    }


def _silent(silent: Silent) -> Json:
    return {
        **document_shape(silent.standing.document, silent.standing),
        "reason": silent.reason,
        "nearest": _place(silent.nearest) if silent.nearest else None,
    }


# --- two documents -------------------------------------------------------------------------------


def comparison_shape(comparison: Comparison, known: Mapping[str, Standing] | None = None) -> Json:
    """The answer of `compare --documents`; `known` holds the standings of the library."""
    known = known or {}
    sides = {"old": comparison.old, "new": comparison.new}
    return {
        **{name: document_shape(d, known.get(d.id)) for name, d in sides.items()},
        "relation": comparison.relation,
        "backwards": comparison.is_backwards,
        "counts": comparison.counts,
        "unchanged": comparison.unchanged,
        "metadata": [renewed._asdict() for renewed in comparison.metadata],
        "changes": [_change(comparison, change) for change in comparison.changes],
    }


def _change(comparison: Comparison, change: Change) -> Json:
    old, new = comparison.old, comparison.new
    return {
        "kind": change.kind,
        "old": _side(old, change.old),
        "new": _side(new, change.new),
        "pieces": [_piece(comparison, piece) for piece in change.pieces],
        "figures": [_figure(comparison, column) for column in change.figures],
    }


def _side(document: Document, clause: Clause | None) -> Json | None:
    if clause is None:
        return None
    return {
        "clause": clause_shape(clause),
        "citation": cite(document, clause),
        "quote": document.quote(clause.span),
        "start": clause.start,
        "end": clause.end,
    }


def _piece(comparison: Comparison, piece: Piece) -> Json:
    old, new = comparison.old, comparison.new
    return {
        "op": piece.op,
        "old": _span(old, piece.old) if piece.old else None,
        "new": _span(new, piece.new) if piece.new else None,
    }


def _figure(comparison: Comparison, column: Column) -> Json:
    documents = comparison.old, comparison.new
    said = {
        cell.row: [_value(documents[cell.row], v) for v in cell.values] for cell in column.cells
    }
    return {
        "indicator": column.name or None,
        "unit": column.unit,
        "old": said.get(0, []),
        "new": said.get(1, []),
    }
