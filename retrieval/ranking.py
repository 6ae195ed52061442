"""Ranks passages by the words of a query, by its meaning, or by both."""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.snapshot import Snapshot
from index.vectors import VectorIndex
from index.words import best
from retrieval.fusion import Floats, dense_weight, min_max, weighted_sum
from retrieval.query import query_tokens
from retrieval.synonyms import Synonyms

Mode = Literal["hybrid", "bm25", "dense"]
MODES: tuple[Mode, ...] = ("hybrid", "bm25", "dense")

DEPTH = 1000
"""Passages of each leg that take part in the fusion."""

Positions = NDArray[np.int64]


class Ranking(NamedTuple):
    """Passages best first; NaN where a leg has no score."""

    positions: Positions
    scores: Floats
    bm25: Floats
    dense: Floats
    reread: Floats
    """What a reranker said of the first ones."""

    @classmethod
    def of(cls, positions: Positions, scores: Floats, bm25: Floats, dense: Floats) -> "Ranking":
        """Return a ranking that no reranker has read."""
        return cls(positions, scores, bm25, dense, _unknown(len(positions)))

    def ordered(self, order: NDArray[np.int64]) -> "Ranking":
        """Return the passages in another order, `order` holding their places in this one."""
        scores = (part[order] for part in (self.scores, self.bm25, self.dense, self.reread))
        return Ranking(self.positions[order], *scores)


_EMPTY = np.empty(0, np.float64)
_NOTHING = Ranking(np.empty(0, np.int64), _EMPTY, _EMPTY, _EMPTY, _EMPTY)


def rank(
    snapshot: Snapshot,
    query: str,
    vector: Vectors | None,
    mode: Mode,
    allowed: Positions | None,
    synonyms: Synonyms | None = None,
) -> Ranking:
    """Rank passages by the words of the query, its vector, or both.

    `synonyms` add words of policy for everyday ones, by default those that Youju brings.
    """
    vectors = snapshot.vectors if vector is not None else None
    if mode == "dense":
        return (
            _NOTHING if vectors is None or vector is None else _by_meaning(vectors, vector, allowed)
        )
    tokens = query_tokens(query, synonyms)
    scores = snapshot.words.scores(tokens)
    words = best(scores, DEPTH, allowed)
    if vectors is None or vector is None:
        return Ranking.of(words.ids, words.scores, words.scores, _unknown(len(words.ids)))
    meaning = _by_meaning(vectors, vector, allowed)
    candidates = np.union1d(words.ids, meaning.positions)
    bm25 = scores[candidates]
    dense = vectors.scores(vector, candidates).astype(np.float64)
    lowest, highest = _range(words.scores)
    attainable = snapshot.words.attainable(tokens)
    fused = weighted_sum(
        min_max(bm25, lowest, highest),
        min_max(dense, *_range(meaning.scores)),
        dense_weight(highest / attainable if attainable else 0.0),
    )
    order = np.lexsort((candidates, -fused))
    return Ranking.of(candidates[order], fused[order], bm25[order], dense[order])


def _by_meaning(vectors: VectorIndex, vector: Vectors, allowed: Positions | None) -> Ranking:
    nearest, found = vectors.top(vector, DEPTH, allowed)
    cosines = found.astype(np.float64)
    return Ranking.of(nearest, cosines, _unknown(len(nearest)), cosines)


def _unknown(number: int) -> Floats:
    return np.full(number, np.nan)


def _range(scores: Floats) -> tuple[float, float]:
    return (float(scores[-1]), float(scores[0])) if len(scores) else (0.0, 0.0)
