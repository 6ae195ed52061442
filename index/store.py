"""The truth of a library: one SQLite file, where a document is added in one transaction."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from corpus.document import Clause, Document, Metadata, Part, Span, Stated, Units
from index.encoders import Vectors
from index.passages import Passage
from index.schema import LibraryError, migrate

DATABASE = "library.db"
_BUSY_SECONDS = 30.0


class PassageRow(NamedTuple):
    """One row of the searched table: a passage, its clause and its document."""

    id: int
    clause_id: str
    document_id: str
    start: int
    end: int
    text_hash: bytes


class State(NamedTuple):
    """What an index was built from: numbers that every change raises, and the encoder's name."""

    generation: int
    embedded: int
    encoder: str | None


class Store:
    """Reads and writes `library.db` in a folder; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / DATABASE
        with self._connect() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection, self.path)

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        """Open a connection for one piece of work, its errors turned into one clear line."""
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
            connection.execute("PRAGMA foreign_keys = ON")
            # In WAL mode this survives a killed process; `settle` also survives a power cut.
            connection.execute("PRAGMA synchronous = NORMAL")
            yield connection
        except sqlite3.Error as error:
            raise LibraryError(_explain(self.path, error)) from error
        finally:
            if connection is not None:
                connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._connect() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def settle(self) -> None:
        """Force everything written so far to disk."""
        with self._connect() as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    # --- documents -------------------------------------------------------------------------

    def put(self, document: Document, passages: Sequence[Passage], replaced: Sequence[str]) -> None:
        """Write a document with its clauses and passages, and drop those it replaces, at once."""
        with self._transaction() as connection:
            _delete(connection, replaced)
            connection.execute(
                "INSERT INTO documents (id, source, encoding, text, metadata, notes, added_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    document.id,
                    document.source,
                    document.encoding,
                    document.text,
                    _dump_metadata(document.metadata),
                    json.dumps(document.notes, ensure_ascii=False),
                    datetime.now(UTC).isoformat(timespec="seconds"),
                ),
            )
            connection.executemany(
                "INSERT INTO clauses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (_clause_row(clause) for clause in document.clauses),
            )
            connection.executemany(
                'INSERT INTO passages (clause_id, start, "end", text_hash) VALUES (?, ?, ?, ?)',
                ((p.clause_id, p.start, p.end, p.text_hash) for p in passages),
            )
            _count_up(connection, "generation")

    def delete(self, ids: Sequence[str]) -> None:
        """Remove documents, and the embeddings that no other document uses."""
        with self._transaction() as connection:
            _delete(connection, ids)
            connection.execute(
                "DELETE FROM embeddings WHERE text_hash NOT IN (SELECT text_hash FROM passages)"
            )
            _count_up(connection, "generation")

    def document(self, document_id: str) -> Document | None:
        """Return a document with its clauses, or None."""
        with self._connect() as connection:
            row = connection.execute(
                "SELECT id, source, encoding, text, metadata, notes FROM documents WHERE id = ?",
                (document_id,),
            ).fetchone()
            if row is None:
                return None
            return _document(row, _clauses_of(connection, document_id))

    def documents(self) -> list[Document]:
        """Return all documents without texts and clauses, in the order they were added."""
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT id, source, encoding, '', metadata, notes FROM documents ORDER BY position"
            ).fetchall()
        return [_document(row, ()) for row in rows]

    def clause_counts(self) -> dict[str, int]:
        """Return how many clauses each document has."""
        with self._connect() as connection:
            return dict(
                connection.execute("SELECT document_id, count(*) FROM clauses GROUP BY 1")
            )

    def ids_of_source(self, source: str) -> list[str]:
        """Return the ids of the documents that were read from `source`."""
        with self._connect() as connection:
            rows = connection.execute("SELECT id FROM documents WHERE source = ?", (source,))
            return [row[0] for row in rows]

    def matching_ids(self, prefix: str) -> list[str]:
        """Return the document ids that begin with `prefix`, at most two."""
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT id FROM documents WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 2",
                (len(prefix), prefix),
            )
            return [row[0] for row in rows]

    # --- passages and embeddings -----------------------------------------------------------

    def state(self) -> State:
        """Return what the indexes have to agree with."""
        with self._connect() as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta"))
        return State(int(meta["generation"]), int(meta["embedded"]), meta.get("encoder"))

    def announce_vectors(self) -> None:
        """Tell every reader of the library that there are new vectors."""
        with self._transaction() as connection:
            _count_up(connection, "embedded")

    def passages(self) -> list[PassageRow]:
        """Return every passage in the order of the documents and of their text."""
        with self._connect() as connection:
            rows = connection.execute(
                'SELECT p.id, p.clause_id, c.document_id, p.start, p."end", p.text_hash'
                " FROM passages p JOIN clauses c ON c.id = p.clause_id ORDER BY p.id"
            ).fetchall()
        return [PassageRow(*row) for row in rows]

    def whole_documents(self) -> Iterator[Document]:
        """Yield every document with text and clauses, one at a time, in the order of adding."""
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT id, source, encoding, text, metadata, notes FROM documents"
                " ORDER BY position"
            )
            for row in rows:
                yield _document(row, _clauses_of(connection, row[0]))

    def embeddings(self, model: str) -> tuple[dict[bytes, int], Vectors]:
        """Return the row of each text hash, and the unit vectors as (rows, dimension)."""
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT text_hash, vector FROM embeddings WHERE model = ? ORDER BY text_hash",
                (model,),
            ).fetchall()
        joined = np.frombuffer(b"".join(row[1] for row in rows), np.float32)
        return {row[0]: i for i, row in enumerate(rows)}, joined.reshape(len(rows), -1)

    def put_embeddings(self, model: str, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Keep the vectors of some texts."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)",
                (
                    (text_hash, model, vector.astype(np.float32).tobytes())
                    for text_hash, vector in zip(hashes, vectors, strict=True)
                ),
            )

    def unembedded(self, model: str) -> list[PassageRow]:
        """Return one passage for each text that has no vector of `model` yet."""
        with self._connect() as connection:
            rows = connection.execute(
                'SELECT min(p.id), p.clause_id, c.document_id, p.start, p."end", p.text_hash'
                " FROM passages p JOIN clauses c ON c.id = p.clause_id"
                " LEFT JOIN embeddings e ON e.text_hash = p.text_hash AND e.model = ?"
                " WHERE e.text_hash IS NULL GROUP BY p.text_hash ORDER BY 1",
                (model,),
            ).fetchall()
        return [PassageRow(*row) for row in rows]

    def meta(self, key: str) -> str | None:
        """Return what the library remembers under `key`."""
        with self._connect() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Remember `value` under `key`."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def _clauses_of(connection: sqlite3.Connection, document_id: str) -> tuple[Clause, ...]:
    rows = connection.execute(
        "SELECT * FROM clauses WHERE document_id = ? ORDER BY id", (document_id,)
    )
    return tuple(_clause(row) for row in rows)


def _delete(connection: sqlite3.Connection, ids: Sequence[str]) -> None:
    connection.executemany("DELETE FROM documents WHERE id = ?", ((i,) for i in ids))


def _count_up(connection: sqlite3.Connection, key: str) -> None:
    connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = ?", (key,))


def _explain(path: Path, error: sqlite3.Error) -> str:
    said = str(error)
    if "full" in said or "disk I/O" in said:
        return f"{path}: the disk is full or cannot be written ({said}); nothing was changed"
    if "not a database" in said or "malformed" in said:
        return f"{path} is not a library database ({said}): restore it from a backup"
    if "locked" in said:
        return f"{path} is being written by another program: try again when it has finished"
    if "readonly" in said or "unable to open" in said:
        return f"{path} cannot be opened for writing ({said}): check the folder's permissions"
    return f"{path}: {said}"


# --- rows and values -----------------------------------------------------------------------


def _dump_metadata(metadata: Metadata) -> str:
    values = {name: getattr(metadata, name) for name in Metadata.__slots__}
    return json.dumps(values, ensure_ascii=False)


def _stated(value: Any) -> Stated | None:
    return Stated(value[0], Span(*value[1])) if value else None


def _all_stated(values: Any) -> tuple[Stated, ...]:
    return tuple(Stated(value, Span(*span)) for value, span in values)


def _load_metadata(dumped: str) -> Metadata:
    values = json.loads(dumped)
    several = {"issuers", "replaces"}
    return Metadata(
        **{
            name: _all_stated(values[name]) if name in several else _stated(values[name])
            for name in Metadata.__slots__
        }
    )


def _document(row: tuple[Any, ...], clauses: tuple[Clause, ...]) -> Document:
    identity, source, encoding, text, metadata, notes = row
    return Document(
        identity,
        source,
        encoding,
        text,
        _load_metadata(metadata),
        clauses,
        tuple(json.loads(notes)),
    )


def _clause_row(clause: Clause) -> tuple[Any, ...]:
    return (
        clause.id,
        clause.document_id,
        clause.kind,
        clause.address,
        json.dumps(clause.path, ensure_ascii=False),
        clause.start,
        clause.end,
        json.dumps(clause.parts, ensure_ascii=False),
        json.dumps(clause.units, ensure_ascii=False),
    )


def _clause(row: tuple[Any, ...]) -> Clause:
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
