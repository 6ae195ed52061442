"""Documents and clauses as rows of the database, and back."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

from corpus.document import Clause, Document, Metadata, Part, Recognised, Value
from corpus.facts import NO_FACTS, Facts, Units
from corpus.fields import SEVERAL, over
from corpus.notes import Note
from corpus.spans import Given, Span, Stated
from index.codec import dump, load

Row = tuple[Any, ...]

# Made once: most of what it encodes is shorter than the making of it.
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode

ALIKE = 1024
"""Notes and readings kept as they were last decoded; those of most documents are the same."""

CLAUSE_COLUMNS = 'id, document_id, kind, address, path, start, "end", parts, units, facts'


class PassageRow(NamedTuple):
    """One row of the searched table: a passage, its clause and its document."""

    id: int
    clause_id: str
    document_id: str
    start: int
    end: int
    text_hash: bytes


class DocumentRow(NamedTuple):
    """What is known of a document beside its text; from `metadata` on, all is JSON.

    `given` is what the user says of it in the library, and lies over `metadata`; `collection` is
    what it is filed under, None for the default one.
    """

    id: str
    source: str
    encoding: str
    metadata: str
    notes: str
    reading: str | None
    given: str | None = None
    collection: str | None = None


DOCUMENT_COLUMNS = ", ".join((*DocumentRow._fields, "facts_seal"))
"""The columns of a `DocumentRow`, and the checksum over it."""


class _Read(NamedTuple):
    """What the reader of the file's format told."""

    format: str = "txt"
    pages: tuple[int, ...] = ()
    recognised: tuple[Recognised, ...] = ()


def document_row(
    document: Document, given: str | None = None, collection: str | None = None
) -> DocumentRow:
    """Return the row of a document, of which `row_document` makes one again."""
    stated = {name: getattr(document.metadata, name) for name in Metadata.__slots__}
    return DocumentRow(
        document.id,
        document.source,
        document.encoding or "",
        dump(stated),
        dump(document.notes),
        dump(_Read(document.format, document.pages, document.recognised)),
        given,
        collection,
    )


def given_column(values: Metadata) -> str | None:
    """Return what the user says of a document as its column holds it; None for nothing."""
    said = {name: value for name in Metadata.__slots__ if (value := getattr(values, name))}
    return dump(said) if said else None


def read_metadata(row: DocumentRow) -> Metadata:
    """Return what was read of a document, and given beside its file."""
    return _metadata(json.loads(row.metadata))


def given_metadata(row: DocumentRow) -> Metadata:
    """Return what the user says of a document in the library."""
    return _metadata(json.loads(row.given)) if row.given else Metadata()


def row_metadata(row: DocumentRow) -> Metadata:
    """Return what is known of a document: what the user says of it, else what was read."""
    return over(given_metadata(row), read_metadata(row))


def row_document(row: DocumentRow, text: str = "", clauses: Iterable[Clause] = ()) -> Document:
    """Return the document of a row, with its text and clauses where they were read too."""
    read = _reading(row.reading) if row.reading else _Read()
    return Document(
        row.id,
        row.source,
        row.encoding or None,
        text,
        row_metadata(row),
        tuple(clauses),
        _notes(row.notes) if row.reading else (),
        *read,
        row.collection,
    )


def clause_row(clause: Clause) -> Row:
    """Return the fields in the order of CLAUSE_COLUMNS; path, parts, units and facts as JSON."""
    return (
        clause.id,
        clause.document_id,
        clause.kind,
        clause.address,
        dump(clause.path),
        clause.start,
        clause.end,
        dump(clause.parts),
        dump(clause.units),
        dump(clause.facts),
    )


def row_clause(row: Row) -> Clause:
    """Return the clause of a row of `clause_row`."""
    identity, document_id, kind, address, path, start, end, parts, units, facts = row
    return Clause(
        identity,
        document_id,
        kind,
        address,
        tuple(json.loads(path)),
        start,
        end,
        load(tuple[Part, ...], parts),
        load(Units, units),
        load(Facts, facts) if facts else NO_FACTS,
    )


def seal(*values: Any) -> int:
    """Return the CRC-32 of values of a row: SQLite notices a broken page, but no changed letter.

    A column that a later format added is null in older rows, and was not sealed there.
    """
    kept = [
        _without_nulls(value) if isinstance(value, list) else value
        for value in values
        if value is not None
    ]
    return crc32(_ENCODE(kept).encode())


def _without_nulls(rows: list[Row]) -> list[list[Any]]:
    return [[value for value in row if value is not None] for row in rows]


@lru_cache(ALIKE)
def _reading(text: str) -> _Read:
    return load(_Read, text)


@lru_cache(ALIKE)
def _notes(text: str) -> tuple[Note, ...]:
    return load(tuple[Note, ...], text)


def _metadata(values: dict[str, Any]) -> Metadata:
    """What is absent is left to the defaults: it is most of it."""
    known: dict[str, Any] = {
        name: tuple(map(_value, value)) if name in SEVERAL else _value(value)
        for name, value in values.items()
        if value
    }
    return Metadata(**known)


def _value(found: tuple[str, Any]) -> Value:
    value, origin = found
    return Given(value, origin) if isinstance(origin, str) else Stated(value, Span(*origin))
