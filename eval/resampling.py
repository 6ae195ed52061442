"""Resamples of the questions: with replacement, and with the signs of differences turned."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

SEED = 3
RESAMPLES = 10_000
LEVEL = 0.95
"""Of the intervals."""
_AT_ONCE = 250_000
"""Numbers drawn at once: 2 MB, which a processor keeps at hand."""


def portions(width: int) -> Iterator[int]:
    """Yield numbers of resamples of `width` questions to draw at once; they sum to RESAMPLES."""
    most, left = max(1, _AT_ONCE // max(1, width)), RESAMPLES
    while left:
        yield (now := min(most, left))
        left -= now


def draw(chance: np.random.Generator, groups: Counts, number: int, rows: int) -> Counts:
    """Draw resamples with replacement; return how many of each fall in a group, (rows, number).

    `groups`, shape (n,), holds the group of each question, from 0 to `number` - 1.
    """
    drawn = groups[chance.integers(0, len(groups), (rows, len(groups)))]
    drawn += number * np.arange(rows)[:, None]
    return np.bincount(drawn.ravel(), minlength=rows * number).reshape(rows, number)


def resampled_means(values: Floats, seed: int) -> Floats:
    """Return the means of the columns of `values`, shape (n, columns), in each resample.

    A row is drawn as a whole; the same seed and n draw the same rows.
    """
    n, chance = len(values), np.random.default_rng(seed)
    each, weights = np.arange(n), values.astype(np.float64)
    sums = [draw(chance, each, n, rows).astype(np.float64) @ weights for rows in portions(n)]
    return np.concatenate(sums) / n


def percentiles(resampled: Floats) -> Floats:
    """Return the lower and the upper bound of each column, shape (2, columns).

    The percentile interval of Efron, "Bootstrap Methods: Another Look at the Jackknife", Annals
    of Statistics 1979; Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, ch. 13.
    """
    tail = 100 * (1 - LEVEL) / 2
    return np.percentile(resampled, [tail, 100 - tail], axis=0)


def turned_sums(differences: Floats, seed: int) -> Floats:
    """Return the sums of the columns of `differences`, the signs of whole rows turned at random.

    Shapes (n, columns) and (RESAMPLES, columns).
    """
    n, chance = len(differences), np.random.default_rng(seed)
    kept = [_coins(chance, rows, n) @ differences for rows in portions(n)]
    sums: Floats = 2 * np.concatenate(kept) - differences.sum(axis=0)
    return sums


def _coins(chance: np.random.Generator, rows: int, n: int) -> Floats:
    bits = np.frombuffer(chance.bytes(-(-rows * n // 8)), np.uint8)
    return np.unpackbits(bits, count=rows * n).reshape(rows, n).astype(np.float64)


def every_sum(differences: Floats) -> Floats:
    """Return the sums of all 2 ** n arrangements of the signs of `differences`, shape (n,)."""
    sums = np.zeros(1)
    for difference in differences:
        sums = np.concatenate((sums + difference, sums - difference))
    return sums
