"""Ranks passages by the words of a query, by its meaning, or by both."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.legs import Dense, Lexical
from index.snapshot import Snapshot
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


class Legs(NamedTuple):
    """The candidates of a hybrid search, by position, with what either leg says of them."""

    positions: Positions
    bm25: Floats
    dense: Floats
    words: Floats
    """BM25 brought to 0 to 1 over the leg's best, as `meaning` is from the cosines."""
    meaning: Floats
    share: float
    """How much of what the query's words could score the best passage did score."""


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
    if vectors is None or vector is None:
        words = snapshot.words.top(tokens, DEPTH, allowed)
        return Ranking.of(words.ids, words.scores, words.scores, _unknown(len(words.ids)))
    legs = both_legs(snapshot.words, tokens, vectors, vector, allowed)
    return fuse(legs, dense_weight(legs.share))


def both_legs(
    words: Lexical,
    tokens: Mapping[str, float],
    vectors: Dense,
    vector: Vectors,
    allowed: Positions | None = None,
) -> Legs:
    """Return what either leg finds, each candidate with both scores."""
    found, score_of = words.matches(tokens, DEPTH, allowed)
    meaning = _by_meaning(vectors, vector, allowed)
    candidates = np.union1d(found.ids, meaning.positions)
    bm25 = score_of(candidates)
    dense = vectors.scores(vector, candidates).astype(np.float64)
    lowest, highest = _range(found.scores)
    attainable = words.attainable(tokens)
    return Legs(
        candidates,
        bm25,
        dense,
        min_max(bm25, lowest, highest),
        min_max(dense, *_range(meaning.scores)),
        highest / attainable if attainable else 0.0,
    )


def fuse(legs: Legs, weight: float) -> Ranking:
    """Rank the candidates of both legs, meaning counting `weight` against the words' 1."""
    fused = weighted_sum(legs.words, legs.meaning, weight)
    order = np.lexsort((legs.positions, -fused))
    return Ranking.of(legs.positions, fused, legs.bm25, legs.dense).ordered(order)


def _by_meaning(vectors: Dense, vector: Vectors, allowed: Positions | None) -> Ranking:
    nearest, found = vectors.top(vector, DEPTH, allowed)
    cosines = found.astype(np.float64)
    return Ranking.of(nearest, cosines, _unknown(len(nearest)), cosines)


def _unknown(number: int) -> Floats:
    return np.full(number, np.nan)


def _range(scores: Floats) -> tuple[float, float]:
    return (float(scores[-1]), float(scores[0])) if len(scores) else (0.0, 0.0)
