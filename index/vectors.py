"""Exact nearest-neighbour search over unit vectors with FAISS, kept on disk as a checked cache."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import DamagedCache, open_arrays, save_arrays
from index.encoders import Vectors

Positions = NDArray[np.int64]
KIND = "vectors 1"


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Vectors of some passages; row i belongs to the passage at `positions[i]`.

    `positions` ascends, so that a tie in FAISS, which keeps the lower row, goes to the earlier
    passage.
    """

    positions: Positions
    index: Any

    @classmethod
    def build(cls, positions: Positions, vectors: Vectors) -> "VectorIndex":
        """Index unit vectors, shape (n, dimension), by inner product: the cosine of unit vectors."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(positions, index)

    def top(
        self, query: Vectors, k: int, allowed: Positions | None = None
    ) -> tuple[Positions, NDArray[np.float32]]:
        """Return positions and cosines of the k nearest passages, best first, ties by position.

        `query` has shape (1, dimension). Only passages in `allowed` are considered, when given.
        """
        import faiss

        k = min(k, len(self.positions))
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        parameters = None
        if allowed is not None:
            rows = np.flatnonzero(np.isin(self.positions, allowed, assume_unique=True))
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(rows.astype(np.int64)))
        scores, rows = self.index.search(query, k, params=parameters)
        # FAISS fills up with row -1 when fewer than k rows are allowed.
        found = rows[0] >= 0
        positions, scores = self.positions[rows[0][found]], scores[0][found]
        order = np.lexsort((positions, -scores))
        return positions[order], scores[order]

    def scores(self, query: Vectors, positions: Positions) -> NDArray[np.float32]:
        """Return the cosine of each given passage; NaN where it has no vector yet."""
        rows = np.searchsorted(self.positions, positions)
        rows = np.minimum(rows, len(self.positions) - 1)
        known = self.positions[rows] == positions if len(self.positions) else np.zeros(len(rows), bool)
        found = np.full(len(positions), np.nan, np.float32)
        if known.any():
            vectors = self.index.reconstruct_batch(rows[known].astype(np.int64))
            found[known] = vectors @ query[0]
        return found


def save_vectors(vectors: VectorIndex, folder: Path) -> None:
    """Write the index beside `folder` and rename it into place."""
    import faiss

    serialized = faiss.serialize_index(vectors.index)
    save_arrays(folder, KIND, {"positions": vectors.positions, "faiss": serialized}, {})


def open_vectors(folder: Path) -> VectorIndex:
    """Open a saved index. Raises DamagedCache unless every byte is as it was written."""
    import faiss

    arrays, _ = open_arrays(folder, KIND)
    try:
        index = faiss.deserialize_index(np.array(arrays["faiss"]))
    except RuntimeError as error:
        raise DamagedCache(f"{folder}: {error}") from error
    return VectorIndex(np.array(arrays["positions"]), index)
