"""Every vector as one byte a number, looked through whole, with a bound for what that leaves out.

Distances are ranked, not products: of unit vectors both give one order, and a distance to a near
vector is short, so that what rounding adds to it is little.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.nearest import Rows, Saved, Shortlist, one_thread, only

LARGEST = 127
BLOCK = 1 << 12  # rows turned to bytes at once

ROUNDING = 1e-5
"""More than float32 arithmetic puts a cosine wrong by, in either way of computing it."""


@dataclass(frozen=True, slots=True)
class Bytes:
    """How vectors become bytes: each is `centre` + `step` * bytes, and a rest.

    The vectors of one encoder share much, so the bytes are kept for where they differ from their
    mean, shape (dimension,).
    """

    centre: Vectors
    step: float

    @classmethod
    def fitting(cls, vectors: Vectors) -> "Bytes":
        """Return the finest way that holds all of `vectors`."""
        centre = vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
        widest = max((vectors.max(axis=0) - centre).max(), (centre - vectors.min(axis=0)).max())
        return cls(centre, float(widest) / LARGEST or 1.0)

    def of(self, vectors: Vectors) -> Vectors:
        """Return rows of whole numbers from -127 to 127, as the float32 that FAISS takes."""
        steps: Vectors = np.rint((vectors - self.centre) / np.float32(self.step))
        return steps.clip(-LARGEST, LARGEST)

    def rest(self, vectors: Vectors, codes: Vectors) -> float:
        """Return the length of the longest rest that `codes` leave of `vectors`."""
        rests = vectors - self.centre - np.float32(self.step) * codes
        return float(np.sqrt(np.vecdot(rests, rests).max()))


@dataclass(frozen=True, slots=True)
class ByteScan:
    """Vectors as bytes in a FAISS index; `rest` is the longest that the bytes leave of one."""

    kind: ClassVar[str] = "bytes"
    ahead: ClassVar[int] = 3

    way: Bytes
    rest: float
    index: Any

    @classmethod
    def build(cls, vectors: Vectors) -> "ByteScan":
        """Index unit vectors, shape (n, dimension)."""
        import faiss

        one_thread()
        way, rest = Bytes.fitting(vectors), 0.0
        kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
        index = faiss.IndexScalarQuantizer(vectors.shape[1], kind, faiss.METRIC_L2)
        for begin in range(0, len(vectors), BLOCK):
            part = vectors[begin : begin + BLOCK]
            codes = way.of(part)
            rest = max(rest, way.rest(part, codes))
            index.add(codes)
        return cls(way, rest, index)

    @classmethod
    def opened(cls, arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> "ByteScan":
        """Take up what `saved` returned; RuntimeError where FAISS finds no index in it."""
        import faiss

        index = faiss.deserialize_index(arrays["faiss"])
        return cls(Bytes(np.array(arrays["centre"]), facts["step"]), facts["rest"], index)

    def saved(self) -> Saved:
        """Return arrays and numbers that hold this index."""
        import faiss

        serialized: NDArray[Any] = faiss.serialize_index(self.index)
        arrays = {"centre": self.way.centre, "faiss": serialized}
        return arrays, {"kind": self.kind, "step": self.way.step, "rest": self.rest}

    def shortlist(self, query: Vectors, length: int, allowed: Rows | None) -> Shortlist:
        """Return the rows whose bytes are nearest; no other allowed row reaches the ceiling.

        By the triangle inequality the bytes put a distance d wrong by no more than the rests of
        both vectors, and the cosine of unit vectors is 1 - d^2 / 2.
        """
        import faiss

        one_thread()
        codes = self.way.of(query)
        options = faiss.SearchParameters(**only(allowed, self.index.ntotal))
        squares, rows = self.index.search(codes, length, params=options)
        if rows[0, -1] < 0:
            return Shortlist(rows[0][rows[0] >= 0], -np.inf)
        furthest = self.way.step * float(np.sqrt(squares[0, -1]))
        distance = max(0.0, furthest - self.rest - self.way.rest(query, codes))
        return Shortlist(rows[0], 1 - distance**2 / 2 + ROUNDING)
