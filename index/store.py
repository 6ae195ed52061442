"""The truth of a library: one SQLite file, where a document is added in one transaction."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

from corpus.document import Document
from corpus.spans import Span
from index.collections import collection_for
from index.database import Database
from index.encoders import Vectors
from index.passages import Passage, indexed_text, split_passages
from index.rows import (
    CLAUSE_COLUMNS,
    DocumentRow,
    PassageRow,
    Row,
    clause_row,
    document_row,
    row_clause,
    row_document,
    row_metadata,
    seal,
)

_FACTS = ", ".join((*DocumentRow._fields, "facts_seal"))
# Put together from names of our own columns; every value is a parameter.
_ENTRY = f"SELECT {_FACTS} FROM documents WHERE id = ?"  # nosec B608
_ENTRIES = f"SELECT {_FACTS} FROM documents ORDER BY position"  # nosec B608
_WHOLE = f"SELECT {_FACTS}, text_seal, text FROM documents WHERE id = ?"  # nosec B608
_CLAUSES = f"SELECT {CLAUSE_COLUMNS} FROM clauses WHERE document_id = ? ORDER BY start"  # nosec B608
_INSERT = (
    f"INSERT INTO documents ({_FACTS}, text_seal, text, added_at)"  # nosec B608
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

Outcome = Literal["added", "replaced", "unchanged"]


class State(NamedTuple):
    """What an index was built from: numbers that every change draws anew, the encoder's name.

    They are random: a library restored from a backup never has the numbers of what it lost.
    """

    generation: int
    embedded: int
    encoder: str | None


class Store(Database):
    """The documents of a library, their passages and the embeddings of these."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        # By id: the hash of the row that was read last, and what was made of it.
        self._listed: dict[str, tuple[int, Document]] = {}

    # --- documents -------------------------------------------------------------------------

    def put(self, document: Document, passages: Sequence[Passage]) -> Outcome:
        """Write a document with its clauses and passages, and drop what its source held before.

        One transaction: nothing is done by halves, nor twice where two processes do it at once.
        Bytes that are known are written again where they are now read otherwise: by a newer
        Youju, or with other values beside them. What the user says of them in the library stays,
        and so does their collection, or that of what they replace, where they come with none.
        """
        with self.transaction() as connection:
            known = connection.execute(
                "SELECT source, given, facts_seal, text_seal FROM documents WHERE id = ?",
                (document.id,),
            ).fetchone()
            old = [name for name in self.ids_of_source(document.source) if name != document.id]
            filed = collection_for(connection, document, [document.id, *old])
            rows = _DocumentRows.of(document, known[1] if known else None, filed)
            read_anew = known and known[0] == document.source and known[2:] != rows.seals
            if known and not old and not read_anew:
                return "unchanged"
            old += [document.id] if read_anew else []
            _delete(connection, old)
            if read_anew and rows.document.given:
                metadata = row_metadata(rows.document)
                passages = split_passages(replace(document, metadata=metadata))
            if read_anew or not known:
                _insert(connection, rows, passages)
            if old:
                drop_unused_vectors(connection)
            renew(connection, "generation")
            return "replaced" if old else "added"

    def delete(self, ids: Sequence[str]) -> None:
        """Remove documents, and the embeddings that no other document uses."""
        with self.transaction() as connection:
            _delete(connection, ids)
            drop_unused_vectors(connection)
            renew(connection, "generation")

    def document(self, document_id: str) -> Document | None:
        """Return a document with its clauses, or None.

        Raises LibraryError where it is not as it was written.
        """
        with self.connect() as connection:
            found = connection.execute(_WHOLE, (document_id,)).fetchone()
            if found is None:
                return None
            clauses = connection.execute(_CLAUSES, (document_id,)).fetchall()
        *facts, text_seal, text = found
        if text_seal != seal(text, clauses):
            raise self.damaged(f"the text of {document_id}")
        return row_document(self._facts(facts), text, map(row_clause, clauses))

    def has_documents(self) -> bool:
        """Whether there is any document."""
        with self.connect() as connection:
            return connection.execute("SELECT 1 FROM documents LIMIT 1").fetchone() is not None

    def row(self, document_id: str) -> DocumentRow | None:
        """Return what is known of a document beside its text, as it is kept."""
        with self.connect() as connection:
            found = connection.execute(_ENTRY, (document_id,)).fetchone()
        return self._facts(found) if found else None

    def documents(self) -> list[Document]:
        """Return all documents without texts and clauses, in the order they were added.

        Those that were listed before, and are as they were, are the same objects.
        """
        with self.connect() as connection:
            rows = connection.execute(_ENTRIES)
            listed = {row[0]: self._listed_as(row) for row in rows}
        self._listed = listed
        return [document for _, document in listed.values()]

    def entries(self, ids: Iterable[str]) -> Iterator[Document]:
        """Yield those of the given documents that are there, without texts and clauses."""
        with self.connect() as connection:
            for name in ids:
                for row in connection.execute(_ENTRY, (name,)):
                    self._listed[name] = found = self._listed_as(row)
                    yield found[1]

    def entry_seals(self) -> dict[str, int]:
        """Return a checksum over what is known of each document, in the order of adding.

        It is another one where the document was written anew with other facts.
        """
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT position, id, facts_seal FROM documents INDEXED BY documents_by_seal"
            ).fetchall()
        return {name: facts_seal for _, name, facts_seal in sorted(rows)}

    def _listed_as(self, row: Sequence[Any]) -> tuple[int, Document]:
        """The document of a row without its text; made once, as long as the row stays as it is."""
        known = self._listed.get(row[0])
        if known is None or known[0] != hash(row):
            return hash(row), row_document(self._facts(row))
        return known

    def _facts(self, found: Sequence[Any]) -> DocumentRow:
        *values, facts_seal = found
        if facts_seal != seal(*values):
            raise self.damaged(f"the entry of {values[0]}")
        return DocumentRow(*values)

    def clause_counts(self) -> dict[str, int]:
        """Return how many clauses each document has."""
        with self.connect() as connection:
            return dict(connection.execute("SELECT document_id, count(*) FROM clauses GROUP BY 1"))

    def ids_of_source(self, source: str) -> list[str]:
        """Return the ids of the documents that were read from `source`."""
        with self.connect() as connection:
            rows = connection.execute("SELECT id FROM documents WHERE source = ?", (source,))
            return [row[0] for row in rows]

    def matching_ids(self, prefix: str) -> list[str]:
        """Return the document ids that begin with `prefix`, in order, at most two."""
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT id FROM documents WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 2",
                (prefix, prefix + chr(0x10FFFF)),
            )
            return [row[0] for row in rows]

    # --- passages and embeddings -----------------------------------------------------------

    def state(self) -> State:
        """Return what the indexes have to agree with."""
        with self.connect() as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta"))
        try:
            return State(int(meta["generation"]), int(meta["embedded"]), meta.get("encoder"))
        except (KeyError, ValueError) as error:
            raise self.damaged(f"no number of {error}") from error

    def announce_vectors(self) -> None:
        """Tell every reader of the library that there are new vectors."""
        with self.transaction() as connection:
            renew(connection, "embedded")

    def passages(self) -> list[PassageRow]:
        """Return every passage in the order of the documents and of their text."""
        with self.connect() as connection:
            rows = connection.execute(
                'SELECT p.id, p.clause_id, c.document_id, p.start, p."end", p.text_hash'
                " FROM passages p JOIN clauses c ON c.id = p.clause_id ORDER BY p.id"
            )
            return [PassageRow(*row) for row in rows]

    def clause_places(self, *kinds: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the address of each clause of some kinds, by its id."""
        places = ", ".join("?" * len(kinds))
        query = f"SELECT id, kind, address FROM clauses WHERE kind IN ({places})"  # nosec B608 # places are ?
        with self.connect() as connection:
            rows = connection.execute(query, kinds)
            return {name: (kind, address) for name, kind, address in rows}

    def indexed_texts(self, rows: Sequence[PassageRow]) -> Iterator[str]:
        """Yield the indexed text of each passage; a run of one document's is read at once.

        Call it where `reading` holds the state that the rows come from.
        """
        for document_id, passages in groupby(rows, attrgetter("document_id")):
            document = self.document(document_id)
            if document is None:
                raise self.damaged(f"no document {document_id}")
            for row in passages:
                clause = document.clause(row.clause_id)
                yield indexed_text(document, clause, Span(row.start, row.end))

    def embeddings(self, model: str) -> tuple[dict[bytes, int], Vectors]:
        """Return the row of each text hash, and the unit vectors as (rows, dimension)."""
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT text_hash, vector FROM embeddings WHERE model = ? ORDER BY text_hash",
                (model,),
            ).fetchall()
        vectors = np.frombuffer(b"".join(row[1] for row in rows), np.float32)
        dimension = len(vectors) // max(1, len(rows))
        return {row[0]: i for i, row in enumerate(rows)}, vectors.reshape(len(rows), dimension)

    def put_embeddings(self, model: str, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Keep the vectors of some texts."""
        with self.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)",
                (
                    (text_hash, model, vector.astype(np.float32).tobytes())
                    for text_hash, vector in zip(hashes, vectors, strict=True)
                ),
            )

    def unembedded(self, model: str) -> list[PassageRow]:
        """Return one passage for each text that has no vector of `model` yet, in order."""
        with self.connect() as connection:
            rows = connection.execute(
                'SELECT min(p.id), p.clause_id, c.document_id, p.start, p."end", p.text_hash'
                " FROM passages p JOIN clauses c ON c.id = p.clause_id"
                " LEFT JOIN embeddings e ON e.text_hash = p.text_hash AND e.model = ?"
                " WHERE e.text_hash IS NULL GROUP BY p.text_hash ORDER BY 1",
                (model,),
            )
            return [PassageRow(*row) for row in rows]


class _DocumentRows(NamedTuple):
    """What is written of one document, and the seals over it: of its facts and of its text."""

    document: DocumentRow
    clauses: list[Row]
    text: str
    seals: tuple[int, int]

    @classmethod
    def of(
        cls, document: Document, given: str | None = None, collection: str | None = None
    ) -> "_DocumentRows":
        row = document_row(document, given, collection)
        clauses = [clause_row(clause) for clause in document.clauses]
        seals = seal(*row), seal(document.text, clauses)
        return cls(row, clauses, document.text, seals)


def _insert(
    connection: sqlite3.Connection, rows: _DocumentRows, passages: Sequence[Passage]
) -> None:
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


def _delete(connection: sqlite3.Connection, ids: Sequence[str]) -> None:
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
