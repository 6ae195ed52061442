"""Which documents of a library are near-duplicates, kept beside them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from index.report import Near, Progress, Stop, never
from index.similar import (
    PERMUTATIONS,
    WORTH_A_LOOK,
    Compared,
    Signatures,
    Similar,
    Sketch,
    are_near,
    overlaps,
    sketch,
)
from index.store import Store


class Relations:
    """Finds and remembers the near-duplicates of a library's documents."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def update(self, progress: Progress, stop: Stop = never) -> None:
        """Compare each document that has not been compared yet with all that have."""
        waiting = self._waiting()
        gallery = self._gallery(len(waiting)) if waiting else _Gallery(0)
        for done, document_id in enumerate(waiting):
            if stop():
                return
            progress("similar", done, len(waiting))
            document = self._store.document(document_id)
            if document:
                own = sketch(document)
                self._remember(document_id, own, list(self._near(document, gallery.like(own))))
                gallery.hang(document_id, own)
        progress("similar", len(waiting), len(waiting))

    def all(self) -> dict[str, list[Similar]]:
        """Return the near-duplicates of each document that has any, the nearest first."""
        found: dict[str, list[Similar]] = defaultdict(list)
        with self._store.connect() as connection:
            rows = connection.execute(
                "SELECT document_id, other_id, common, clauses FROM similar"
                " ORDER BY 1.0 * common / clauses DESC, other_id"
            )
            for document_id, *similar in rows:
                found[document_id].append(Similar(*similar))
        return dict(found)

    def near_duplicates(self) -> dict[str, list[Near]]:
        """Return what `all` does, with the documents."""
        related = self.all()
        # A large library has few of them: the other documents are not read for these.
        others = {similar.document_id for found in related.values() for similar in found}
        documents = {document.id: document for document in self._store.entries(others)}
        return {
            name: [Near(documents[s.document_id], s) for s in found if s.document_id in documents]
            for name, found in related.items()
        }

    def _waiting(self) -> list[str]:
        with self._store.connect() as connection:
            rows = connection.execute(
                "SELECT d.id FROM documents d LEFT JOIN sketches s ON s.document_id = d.id"
                " WHERE s.document_id IS NULL ORDER BY d.position"
            )
            return [row[0] for row in rows]

    def _gallery(self, coming: int) -> "_Gallery":
        """The sketches that are kept, with room for more; read at once, not one by one."""
        with self._store.connect() as connection:
            query = "SELECT document_id, pieces, signature FROM sketches"
            rows = connection.execute(query).fetchall()
        gallery = _Gallery(len(rows) + coming)
        gallery.hang_all(
            [row[0] for row in rows],
            np.array([row[1] for row in rows], np.int64),
            np.frombuffer(b"".join(row[2] for row in rows), np.uint32),
        )
        return gallery

    def _near(
        self, document: Document, candidates: Sequence[str]
    ) -> Iterator[tuple[str, str, int, int]]:
        """Yield the rows of the near-duplicates, each seen from both sides."""
        compared = Compared(document)
        for other in filter(None, map(self._store.document, candidates)):
            opposite = Compared(other)
            here, there = compared.within(opposite), opposite.within(compared)
            if are_near(here, there):
                yield document.id, here.document_id, here.common, here.clauses
                yield other.id, there.document_id, there.common, there.clauses

    def _remember(
        self, document_id: str, own: Sketch, rows: list[tuple[str, str, int, int]]
    ) -> None:
        # Another process may have removed a document meanwhile.
        with self._store.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sketches SELECT id, ?, ? FROM documents WHERE id = ?",
                (own.pieces, own.signature.tobytes(), document_id),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO similar SELECT d.id, o.id, ?, ? FROM documents d"
                " JOIN documents o ON o.id = ? WHERE d.id = ?",
                ((common, clauses, other, one) for one, other, common, clauses in rows),
            )


class _Gallery:
    """The sketches seen so far, as arrays that have room for `size` of them."""

    def __init__(self, size: int) -> None:
        self._ids: list[str] = []
        self._pieces = np.zeros(size, np.int64)
        self._signatures = np.zeros((size, PERMUTATIONS), np.uint32)

    def hang(self, document_id: str, known: Sketch) -> None:
        """Add a sketch."""
        self.hang_all([document_id], np.array([known.pieces], np.int64), known.signature)

    def hang_all(self, ids: list[str], pieces: NDArray[np.int64], signatures: Signatures) -> None:
        """Add the sketches of n documents: their pieces (n,), and n * PERMUTATIONS numbers."""
        places = slice(len(self._ids), len(self._ids) + len(ids))
        self._pieces[places] = pieces
        self._signatures[places] = signatures.reshape(len(ids), PERMUTATIONS)
        self._ids += ids

    def like(self, own: Sketch) -> list[str]:
        """Return the documents that are worth a look."""
        count = len(self._ids)
        estimated = overlaps(own, self._pieces[:count], self._signatures[:count])
        return [self._ids[n] for n in np.nonzero(estimated >= WORTH_A_LOOK)[0]]
