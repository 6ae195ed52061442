"""The documents of a library as they are kept, each row held against its checksum."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from corpus.document import Document
from index.database import Database
from index.rows import (
    CLAUSE_COLUMNS,
    DOCUMENT_COLUMNS,
    DocumentRow,
    row_clause,
    row_document,
    seal,
)

# Put together from names of our own columns; every value is a parameter.
_ENTRY = f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE id = ?"  # nosec B608
_ENTRIES = f"SELECT {DOCUMENT_COLUMNS} FROM documents ORDER BY position"  # nosec B608
_WHOLE = f"SELECT {DOCUMENT_COLUMNS}, text_seal, text FROM documents WHERE id = ?"  # nosec B608
_SEALS = "SELECT facts_seal, text_seal FROM documents WHERE id = ?"
_CLAUSES = f"SELECT {CLAUSE_COLUMNS} FROM clauses WHERE document_id = ? ORDER BY start"  # nosec B608


class Documents(Database):
    """What is known of the documents that are there; `index.store` is what changes them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        # By id: the hash of the row that was read last, and what was made of it.
        self._listed: dict[str, tuple[int, Document]] = {}
        # Those that somebody has, by id and checksums.
        self._read: WeakValueDictionary[tuple[Any, ...], Document] = WeakValueDictionary()

    def document(self, document_id: str) -> Document | None:
        """Return a document with its clauses, or None.

        While somebody has it and it is as it was, it is the same object, however often it is asked
        for. Raises LibraryError where it is not as it was written.
        """
        with self.connect() as connection:
            seals = connection.execute(_SEALS, (document_id,)).fetchone()
            known = self._read.get((document_id, *seals)) if seals else None
            if known is not None:
                return known
            found = connection.execute(_WHOLE, (document_id,)).fetchone()
            if found is None:
                return None
            clauses = connection.execute(_CLAUSES, (document_id,)).fetchall()
        *facts, facts_seal, text_seal, text = found
        if text_seal != seal(text, clauses):
            raise self.damaged(f"the text of {document_id}")
        document = row_document(self._facts([*facts, facts_seal]), text, map(row_clause, clauses))
        return self._read.setdefault((document_id, facts_seal, text_seal), document)

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

    def clause_places(self, *kinds: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the address of each clause of some kinds, by its id."""
        places = ", ".join("?" * len(kinds))
        query = f"SELECT id, kind, address FROM clauses WHERE kind IN ({places})"  # nosec B608 # places are ?
        with self.connect() as connection:
            rows = connection.execute(query, kinds)
            return {name: (kind, address) for name, kind, address in rows}
