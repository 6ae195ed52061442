"""The truth of a library: one SQLite file, where a document is added in one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Literal, NamedTuple

import numpy as np

from corpus.document import Document
from corpus.spans import Span
from index import corrections
from index.collections import collection_for
from index.documents import Documents
from index.encoders import Vectors
from index.passages import Passage, indexed_text, split_passages
from index.rows import PassageRow, row_metadata
from index.writing import DocumentRows, delete, drop_unused_vectors, insert, renew

Outcome = Literal["added", "replaced", "unchanged"]


class State(NamedTuple):
    """What an index was built from: numbers that every change draws anew, the encoder's name.

    They are random: a library restored from a backup never has the numbers of what it lost.
    """

    generation: int
    embedded: int
    encoder: str | None


class Store(Documents):
    """The documents of a library, their passages and the embeddings of these."""

    def put(self, document: Document, passages: Sequence[Passage]) -> Outcome:
        """Write a document with its clauses and passages, and drop what its source held before.

        One transaction: nothing is done by halves, nor twice where two processes do it at once.
        Bytes that are known are written again where they are now read otherwise: by a newer
        Youju, or with other values beside them. What the user says of them in the library stays,
        or of what they replace (`index.corrections`), and so does the collection of either, where
        they come with none.
        """
        with self.transaction() as connection:
            known = connection.execute(
                "SELECT source, given, facts_seal, text_seal FROM documents WHERE id = ?",
                (document.id,),
            ).fetchone()
            old = [name for name in self.ids_of_source(document.source) if name != document.id]
            filed = collection_for(connection, document, [document.id, *old])
            given = known[1] if known else self._kept_of(old, document)
            rows = DocumentRows.of(document, given, filed)
            read_anew = known and known[0] == document.source and known[2:] != rows.seals
            if known and not old and not read_anew:
                return "unchanged"
            old += [document.id] if read_anew else []
            delete(connection, old)
            if read_anew or not known:
                if given:
                    metadata = row_metadata(rows.document)
                    passages = split_passages(replace(document, metadata=metadata))
                insert(connection, rows, passages)
            if old:
                drop_unused_vectors(connection)
            renew(connection, "generation")
            return "replaced" if old else "added"

    def _kept_of(self, old: Sequence[str], document: Document) -> str | None:
        """What the user said of the documents that another one replaces, as its column holds it."""
        rows = filter(None, map(self.row, old))
        return next(filter(None, (corrections.kept(row, document.metadata) for row in rows)), None)

    def delete(self, ids: Sequence[str]) -> None:
        """Remove documents, and the embeddings that no other document uses."""
        with self.transaction() as connection:
            delete(connection, ids)
            drop_unused_vectors(connection)
            renew(connection, "generation")

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
