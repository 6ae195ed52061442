"""Every vector as trained codes of four bits for two numbers, all looked through.

Product quantisation (Jégou, Douze, Schmid, "Product Quantization for Nearest Neighbor Search", IEEE
TPAMI 2011) with sums of table entries held in registers (André, Kermarrec, Le Scouarnec, "Cache
locality is not enough", VLDB 2015): FAISS calls it fast scan. Lists around centroids (IVF), of
which only some are looked through, lost far more neighbours of real clauses (docs/benchmarks.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.nearest import Rows, Saved, Shortlist, one_thread, only

TRAINING_ROWS = 4096
"""As many as FAISS takes for the 16 centroids of each code: 256 for each."""

SEED = 1
BLOCK = 1 << 16  # rows added at once


@dataclass(frozen=True, slots=True)
class CodeScan:
    """Vectors as codes in a FAISS index of one list: only indexes of lists keep to allowed rows."""

    kind: ClassVar[str] = "codes"
    ahead: ClassVar[int] = 3

    index: Any

    @classmethod
    def build(cls, vectors: Vectors) -> "CodeScan":
        """Index unit vectors, shape (n, dimension); trains on a sample, the same in every run."""
        import faiss

        one_thread()
        rows, dimension = vectors.shape
        codes = dimension // 2 if dimension % 2 == 0 else dimension
        index = faiss.index_factory(dimension, f"IVF1,PQ{codes}x4fs", faiss.METRIC_L2)
        chosen = np.random.default_rng(SEED).choice(rows, min(rows, TRAINING_ROWS), replace=False)
        index.train(vectors[np.sort(chosen)])
        for begin in range(0, rows, BLOCK):
            index.add(np.ascontiguousarray(vectors[begin : begin + BLOCK]))
        return cls(index)

    @classmethod
    def opened(cls, arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> "CodeScan":
        """Take up what `saved` returned; RuntimeError where FAISS finds no index in it."""
        import faiss

        return cls(faiss.deserialize_index(arrays["faiss"]))

    def saved(self) -> Saved:
        """Return arrays and numbers that hold this index."""
        import faiss

        return {"faiss": faiss.serialize_index(self.index)}, {"kind": self.kind}

    def shortlist(self, query: Vectors, length: int, allowed: Rows | None) -> Shortlist:
        """Return the rows whose codes are nearest; how near others are is not known."""
        import faiss

        one_thread()
        options = faiss.SearchParametersIVF(**only(allowed, self.index.ntotal))
        rows = self.index.search(query, length, params=options)[1][0]
        return Shortlist(rows[rows >= 0], -np.inf)
