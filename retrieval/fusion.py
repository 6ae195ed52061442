"""Two rankings become one: scores brought to one scale, then a weighted sum.

Normalised scores kept more than ranks do (Bruch, Gai, Ingber, "An Analysis of Fusion Functions
for Hybrid Retrieval", ACM TOIS 2023): how far ahead a passage is counts, not only that it is.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST, FALL, LEAST = 3.0, 5.0, 0.5
"""The weight of meaning where no word is found, how it falls, and where it stops falling."""


def dense_weight(share: float) -> float:
    """Return how much the embedding leg counts against the words leg's 1, for one query.

    `share` is how much of the score that the query's words could reach the best passage did
    reach, 0 to 1. Who asks in the words of the text has found it by these; who asks in everyday
    words shares few of them with it, and its meaning has to say more. The line was chosen on both
    development sets (docs/benchmarks.md).
    """
    return min(MOST, max(LEAST, MOST - FALL * share))


def min_max(scores: Floats, low: float, high: float) -> Floats:
    """Bring `low` to 0 and `high` to 1; what lies below `low`, or is NaN, gets 0."""
    if high <= low:
        return np.where(scores >= high, 1.0, 0.0)
    scaled = (np.nan_to_num(scores, nan=low) - low) / (high - low)
    return np.maximum(scaled, 0.0)


def weighted_sum(words: Floats, dense: Floats, weight: float) -> Floats:
    """Return the convex sum of two normalised legs, 0 to 1, the dense one counting `weight`."""
    return (words + weight * dense) / (1 + weight)
