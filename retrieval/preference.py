"""A place or an organ that a question names prefers its documents, and hides no others."""

import numpy as np
from numpy.typing import NDArray

from retrieval.ranking import Ranking

WEIGHT = 0.1
"""What being preferred adds, as a share of the best score; see docs/benchmarks.md."""


def prefer(ranking: Ranking, positions: NDArray[np.int64], weight: float = WEIGHT) -> Ranking:
    """Return the ranking with the passages at `positions` raised; ties stay broken by position.

    Scores of words, and fused ones, begin at 0. Cosines lie in a narrow band: where they alone
    rank, the share is one of the band.
    """
    if not len(positions) or not len(ranking.positions):
        return ranking
    scores = ranking.scores
    low = scores.min() if np.isnan(ranking.bm25).all() else 0.0
    bonus = weight * (scores.max() - low or 1.0)
    raised = scores + bonus * np.isin(ranking.positions, positions)
    order = np.lexsort((ranking.positions, -raised))
    return ranking._replace(scores=raised).ordered(order)
