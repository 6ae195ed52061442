"""The nearest of many unit vectors, by their exact cosines, kept on disk as a checked cache."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import DamagedCache, open_arrays, save_arrays
from index.bytescan import ByteScan
from index.codescan import CodeScan
from index.encoders import Vectors
from index.nearest import COMPARED_ROWS, Nearest, Rows, kind_for

Positions = NDArray[np.int64]
KIND = "vectors 2"
FORMS: dict[str, type[ByteScan] | type[CodeScan]] = {
    form.kind: form for form in (ByteScan, CodeScan)
}

SPARE = 200
"""Rows on a shortlist beside a multiple of those wanted."""

BLOCK = 1 << 10  # rows gathered at once: what fits the processor's cache


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Vectors of some passages; row i belongs to the passage at `positions[i]`, which ascend.

    `vectors`, shape (n, dimension), may be mapped from disk: only rows that are scored are read.
    `nearest` says which those are; None for so few that all of them are.
    """

    positions: Positions
    vectors: Vectors
    nearest: Nearest | None

    @classmethod
    def build(cls, positions: Positions, vectors: Vectors) -> "VectorIndex":
        """Index unit vectors, shape (n, dimension), by inner product: their cosine."""
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        kind = kind_for(len(vectors))
        return cls(positions, vectors, None if kind is None else FORMS[kind].build(vectors))

    def top(
        self, query: Vectors, k: int, allowed: Positions | None = None
    ) -> tuple[Positions, NDArray[np.float32]]:
        """Return positions and cosines of the k nearest passages, best first, ties by position.

        `query` has shape (1, dimension). Only passages in `allowed` are considered, when given.
        Up to `index.nearest.SCANNED_ROWS` vectors these are the nearest there are.
        """
        rows = None if allowed is None else self._rows_of(allowed)
        k = min(k, len(self.positions) if rows is None else len(rows))
        rows, cosines = self._candidates(query, k, rows)
        order = np.lexsort((rows, -cosines))[:k]
        return self.positions[rows[order]], cosines[order]

    def scores(self, query: Vectors, positions: Positions) -> NDArray[np.float32]:
        """Return the cosine of each given passage; NaN where it has no vector yet."""
        scores = np.full(len(positions), np.nan, np.float32)
        if not len(self.positions):
            return scores
        rows = np.minimum(np.searchsorted(self.positions, positions), len(self.positions) - 1)
        known = self.positions[rows] == positions
        scores[known] = self._cosines(query, rows[known])
        return scores

    def read(self, positions: Positions) -> Vectors:
        """Return the vectors of passages that have one, shape (len(positions), dimension)."""
        return self.vectors[np.searchsorted(self.positions, positions)]

    def _candidates(
        self, query: Vectors, k: int, rows: Rows | None
    ) -> tuple[Rows, NDArray[np.float32]]:
        """Return the best k of `rows` (None: of all), and their like, with their cosines."""
        most = len(self.positions) if rows is None else len(rows)
        length = self.nearest.ahead * k + SPARE if self.nearest else most
        while self.nearest and max(length, COMPARED_ROWS) < most and k:
            found, ceiling = self.nearest.shortlist(query, length, rows)
            cosines = self._cosines(query, found)
            best = cosines >= np.partition(cosines, -k)[-k]
            if ceiling < cosines[best].min():
                return found[best], cosines[best]
            length *= 2
        rows = np.arange(most) if rows is None else rows
        return rows, self._cosines(query, rows)

    def _rows_of(self, allowed: Positions) -> Rows | None:
        """Return the rows of the allowed passages; None where they are all of them."""
        chosen = np.zeros(max(self.positions.max(initial=-1), allowed.max(initial=-1)) + 1, bool)
        chosen[allowed] = True
        rows = np.flatnonzero(chosen[self.positions])
        return None if len(rows) == len(self.positions) else rows

    def _cosines(self, query: Vectors, rows: Rows) -> NDArray[np.float32]:
        """Return the cosines of the given rows.

        A product of its own for each row, and not one of matrices, which rounds equal rows
        differently by where they stand.
        """
        cosines = np.empty(len(rows), np.float32)
        for begin in range(0, len(rows), BLOCK):
            part = slice(begin, begin + BLOCK)
            np.vecdot(self.vectors[rows[part]], query[0], out=cosines[part])
        return cosines


def save_vectors(vectors: VectorIndex, folder: Path) -> None:
    """Write the index beside `folder` and rename it into place."""
    arrays: dict[str, NDArray[Any]] = {"positions": vectors.positions, "vectors": vectors.vectors}
    facts: dict[str, int | float | str] = {}
    if vectors.nearest is not None:
        more, facts = vectors.nearest.saved()
        arrays |= more
    save_arrays(folder, KIND, arrays, facts)


def open_vectors(folder: Path) -> VectorIndex:
    """Open a saved index. Raises DamagedCache unless every byte is as it was written."""
    arrays, facts = open_arrays(folder, KIND)
    try:
        nearest = FORMS[facts["kind"]].opened(arrays, facts) if facts else None
    except RuntimeError as error:
        raise DamagedCache(f"{folder}: {error}") from error
    return VectorIndex(np.array(arrays["positions"]), np.asarray(arrays["vectors"]), nearest)
