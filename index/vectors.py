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
        """Index unit vectors, shape (n, dimension), by inner product: their cosine."""
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
        rows = None
        if allowed is not None:
            rows = np.flatnonzero(np.isin(self.positions, allowed, assume_unique=True))
        most = len(self.positions) if rows is None else len(rows)
        k = wanted = min(k, most)
        # FAISS cuts equal cosines off in no particular order: ask for more until the cut is clean.
        while True:
            wanted = min(2 * wanted + 1, most)
            cosines, found = self._search(query, wanted, rows)
            if wanted == most or cosines[-1] < cosines[k - 1]:
                break
        order = np.lexsort((found, -cosines))[:k]
        return self.positions[found[order]], cosines[order]

    def scores(self, query: Vectors, positions: Positions) -> NDArray[np.float32]:
        """Return the cosine of each given passage; NaN where it has no vector yet."""
        scores = np.full(len(positions), np.nan, np.float32)
        if not len(self.positions):
            return scores
        rows = np.minimum(np.searchsorted(self.positions, positions), len(self.positions) - 1)
        known = self.positions[rows] == positions
        # By FAISS again, and not as a matrix product, which rounds equal vectors differently.
        cosines, found = self._search(query, int(known.sum()), rows[known])
        order = np.argsort(found)
        scores[known] = cosines[order][np.searchsorted(found[order], rows[known])]
        return scores

    def _search(
        self, query: Vectors, k: int, rows: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the cosines and the rows of the k nearest among `rows` (None: among all)."""
        import faiss

        if k == 0:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        # One query is work for one thread: a team of them only waits for each other, the longer the
        # busier the machine is. The setting holds for the calling thread alone.
        faiss.omp_set_num_threads(1)
        options: dict[str, Any] = {}
        if rows is not None:
            options["sel"] = faiss.IDSelectorBatch(rows.astype(np.int64))
        cosines, found = self.index.search(query, k, params=faiss.SearchParameters(**options))
        return cosines[0], found[0]


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
