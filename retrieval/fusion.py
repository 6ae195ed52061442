"""Two rankings become one: scores brought to one scale, then a weighted sum.

Normalised scores kept more than ranks do (Bruch, Gai, Ingber, "An Analysis of Fusion Functions
for Hybrid Retrieval", ACM TOIS 2023): how far ahead a passage is counts, not only that it is.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DENSE_WEIGHT = 0.7
"""How much the embedding leg counts against the words leg's 1; see docs/benchmarks.md."""


def min_max(scores: Floats, low: float, high: float) -> Floats:
    """Bring `low` to 0 and `high` to 1; what lies below `low`, or is NaN, gets 0."""
    if high <= low:
        return np.where(scores >= high, 1.0, 0.0)
    scaled = (np.nan_to_num(scores, nan=low) - low) / (high - low)
    return np.maximum(scaled, 0.0)


def weighted_sum(words: Floats, dense: Floats, weight: float = DENSE_WEIGHT) -> Floats:
    """Return the convex sum of two normalised legs, 0 to 1, the dense one counting `weight`."""
    return (words + weight * dense) / (1 + weight)
