"""Rows that are written and removed, each function within a transaction of its caller."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from corpus.document import Document
from index.passages import Passage
from index.rows import (
    CLAUSE_COLUMNS,
    DOCUMENT_COLUMNS,
    DocumentRow,
    Row,
    clause_row,
    document_row,
    seal,
)

_INSERT = (
    f"INSERT INTO documents ({DOCUMENT_COLUMNS}, text_seal, text, added_at)"  # nosec B608
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class DocumentRows(NamedTuple):
    """What is written of one document, and the seals over it: of its facts and of its text."""

    document: DocumentRow
    clauses: list[Row]
    text: str
    seals: tuple[int, int]

    @classmethod
    def of(
        cls, document: Document, given: str | None = None, collection: str | None = None
    ) -> "DocumentRows":
        """Return the rows of a document, with what the user says of it and what it is filed under.

        `given` and `collection` are as their columns hold them.
        """
        row = document_row(document, given, collection)
        clauses = [clause_row(clause) for clause in document.clauses]
        seals = seal(*row), seal(document.text, clauses)
        return cls(row, clauses, document.text, seals)


def insert(connection: sqlite3.Connection, rows: DocumentRows, passages: Sequence[Passage]) -> None:
    """Write a document with its clauses and passages."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(_INSERT, (*rows.document, *rows.seals, rows.text, now))
    places = ", ".join("?" * len(CLAUSE_COLUMNS.split(",")))
    connection.executemany(
        f"INSERT INTO clauses ({CLAUSE_COLUMNS}) VALUES ({places})",  # nosec B608
        rows.clauses,
    )
    connection.executemany(
        'INSERT INTO passages (clause_id, start, "end", text_hash) VALUES (?, ?, ?, ?)',
        ((p.clause_id, p.start, p.end, p.text_hash) for p in passages),
    )


def delete(connection: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Remove documents with all that hangs on them but vectors."""
    connection.executemany("DELETE FROM documents WHERE id = ?", ((i,) for i in ids))


def drop_unused_vectors(connection: sqlite3.Connection) -> None:
    """Remove the embeddings of texts that no passage has."""
    # The inner query reads the index alone, and not the vectors.
    connection.execute(
        "DELETE FROM embeddings WHERE rowid IN (SELECT e.rowid FROM embeddings e WHERE NOT EXISTS"
        " (SELECT 1 FROM passages p WHERE p.text_hash = e.text_hash))"
    )


def renew(connection: sqlite3.Connection, key: str) -> None:
    """Draw a new number for part of the state, within a transaction."""
    connection.execute(
        "UPDATE meta SET value = random() & 0x7fffffffffffffff | 1 WHERE key = ?", (key,)
    )
