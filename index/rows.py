"""Documents and clauses as rows of the database, and back."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple
from zlib import crc32

from corpus.document import Clause, Document, Metadata, Part, Span, Stated, Units

Row = tuple[Any, ...]

_SEVERAL = frozenset({"issuers", "replaces"})


class PassageRow(NamedTuple):
    """One row of the searched table: a passage, its clause and its document."""

    id: int
    clause_id: str
    document_id: str
    start: int
    end: int
    text_hash: bytes


class DocumentRow(NamedTuple):
    """What is known of a document beside its text; `metadata` and `notes` are JSON."""

    id: str
    source: str
    encoding: str
    metadata: str
    notes: str


def document_row(document: Document) -> DocumentRow:
    """Return the row of a document, of which `row_document` makes one again."""
    stated = {name: getattr(document.metadata, name) for name in Metadata.__slots__}
    notes = _json(document.notes)
    return DocumentRow(document.id, document.source, document.encoding, _json(stated), notes)


def row_document(row: DocumentRow, text: str = "", clauses: Iterable[Clause] = ()) -> Document:
    """Return the document of a row, with its text and clauses where they were read too."""
    return Document(
        row.id,
        row.source,
        row.encoding,
        text,
        _metadata(json.loads(row.metadata)),
        tuple(clauses),
        tuple(json.loads(row.notes)),
    )


def clause_row(clause: Clause) -> Row:
    """Return the fields in the order of `Clause`; path, parts and units as JSON."""
    return (
        clause.id,
        clause.document_id,
        clause.kind,
        clause.address,
        _json(clause.path),
        clause.start,
        clause.end,
        _json(clause.parts),
        _json(clause.units),
    )


def row_clause(row: Row) -> Clause:
    """Return the clause of a row of `clause_row`."""
    identity, document_id, kind, address, path, start, end, parts, units = row
    return Clause(
        identity,
        document_id,
        kind,
        address,
        tuple(json.loads(path)),
        start,
        end,
        tuple(Part(name, Span(*span)) for name, span in json.loads(parts)),
        Units(*(_all_stated(role) for role in json.loads(units))),
    )


def seal(*values: Any) -> int:
    """Return the CRC-32 of values of a row: SQLite notices a broken page, but no changed letter."""
    return crc32(_json(values).encode())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _metadata(values: dict[str, Any]) -> Metadata:
    stated: dict[str, Any] = {
        name: _all_stated(values[name]) if name in _SEVERAL else _stated(values[name])
        for name in Metadata.__slots__
    }
    return Metadata(**stated)


def _stated(value: Any) -> Stated | None:
    return Stated(value[0], Span(*value[1])) if value else None


def _all_stated(values: Any) -> tuple[Stated, ...]:
    return tuple(Stated(value, Span(*span)) for value, span in values)
