"""Cosines of the passages of a server: exact, of those that it says are near."""

import json

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Positions
from index.encoders import Vectors
from index.milvus.passages import Passages
from index.vectors import VectorIndex


class RemoteVectors:
    """Passages by their vectors; see `index.legs.Dense`. Safe to share between threads.

    `positions` are those that have a vector in the library, ascending.
    """

    def __init__(self, passages: Passages, model: str, positions: Positions) -> None:
        self.positions = positions
        self._passages = passages
        self._model = model

    def top(
        self, query: Vectors, k: int, allowed: Positions | None = None
    ) -> tuple[Positions, NDArray[np.float32]]:
        """Return positions and cosines of the k nearest passages, best first, ties by position.

        They are the nearest there are where the server's index is exact.
        """
        server = self._passages.server
        places = self._passages.in_question(
            lambda limit, where: server.by_vector(query[0], limit, where), k, allowed
        )
        return self._read(places).top(query, k)

    def scores(self, query: Vectors, positions: Positions) -> NDArray[np.float32]:
        """Return the cosine of each given passage; NaN where it has no vector yet."""
        return self._read(positions).scores(query, positions)

    def read(self, positions: Positions) -> Vectors:
        """Return the vectors of passages that have one, shape (len(positions), dimension)."""
        return self._read(np.sort(positions)).read(positions)

    def _read(self, positions: Positions) -> VectorIndex:
        """The vectors of some passages, whose positions ascend."""
        ids = self._passages.ids[positions]
        with self._passages.store.connect() as connection:
            rows = connection.execute(
                "SELECT p.id, e.vector FROM json_each(?) j CROSS JOIN passages p ON p.id = j.value"
                " CROSS JOIN embeddings e ON e.text_hash = p.text_hash AND e.model = ?",
                (json.dumps(ids.tolist()), self._model),
            ).fetchall()
        found = np.searchsorted(ids, np.array([row[0] for row in rows], np.int64))
        vectors = np.frombuffer(b"".join(row[1] for row in rows), np.float32)
        shape = len(rows), len(vectors) // max(1, len(rows))
        return VectorIndex(positions[found], vectors.reshape(shape), None)
