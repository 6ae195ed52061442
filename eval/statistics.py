"""How far a mean could lie elsewhere, and whether two configurations differ by more than chance.

The questions are the sample: what is said holds for questions like these, not for other matters.
"""

from collections.abc import Iterator, Mapping
from math import sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import YoujuError
from eval.metrics import Values

Floats = NDArray[np.float64]

SEED = 3
RESAMPLES = 10_000
LEVEL = 0.95
"""Of the intervals; a difference is called significant below 1 - LEVEL."""
POWER = 0.8
MOST_EXACT = 16
"""Differences that are not 0 up to which every arrangement of signs is tried: 65,536."""
PLACES = 6
"""Decimals in JSON: more than counts, fewer than two orders of the same sum differ in."""
_AT_ONCE = 2_000_000
"""Numbers drawn at once: 16 MB."""
_NOISE = 1e-12
"""Differences below this come from the order of additions."""


class Interval(NamedTuple):
    """A figure over `n` questions and the interval in which it lies with probability LEVEL."""

    value: float
    low: float
    high: float
    n: int

    def shape(self) -> dict[str, Any]:
        """The JSON shape."""
        numbers = {name: round(getattr(self, name), PLACES) for name in ("value", "low", "high")}
        return {**numbers, "n": self.n}


def portions(width: int) -> Iterator[int]:
    """Yield numbers of resamples of `width` questions to draw at once; they sum to RESAMPLES."""
    most, left = max(1, _AT_ONCE // max(1, width)), RESAMPLES
    while left:
        yield (now := min(most, left))
        left -= now


def draw(
    chance: np.random.Generator, groups: NDArray[np.int64], number: int, rows: int
) -> NDArray[np.int64]:
    """Draw resamples with replacement; return how many of each fall in a group, (rows, number).

    `groups`, shape (n,), holds the group of each question, from 0 to `number` - 1.
    """
    drawn = groups[chance.integers(0, len(groups), (rows, len(groups)))]
    drawn += number * np.arange(rows)[:, None]
    return np.bincount(drawn.ravel(), minlength=rows * number).reshape(rows, number)


def percentiles(resampled: Floats) -> Floats:
    """Return the lower and the upper bound for each column, shape (2, columns).

    The percentile interval of Efron, "Bootstrap Methods: Another Look at the Jackknife", Annals
    of Statistics 1979; Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, ch. 13.
    """
    tail = 100 * (1 - LEVEL) / 2
    return np.percentile(resampled, [tail, 100 - tail], axis=0)


def bootstrap(values: Floats, seed: int = SEED) -> list[Interval]:
    """Return mean and interval of each column of `values`, shape (n, columns), n at least 1.

    A row is a question and is drawn as a whole; the same seed and n draw the same rows.
    """
    n, chance = len(values), np.random.default_rng(seed)
    each, weights = np.arange(n), values.astype(np.float64)
    sums = [draw(chance, each, n, rows).astype(np.float64) @ weights for rows in portions(n)]
    # A mean lies within its values; rounding may carry it out.
    least, most = values.min(axis=0), values.max(axis=0)
    low, high = percentiles(np.clip(np.concatenate(sums) / n, least, most))
    mean = np.clip(values.mean(axis=0), least, most)
    columns = zip(mean.tolist(), low.tolist(), high.tolist(), strict=True)
    return [Interval(*column, n) for column in columns]


def intervals(measured: Mapping[str, Values], seed: int = SEED) -> dict[str, Interval]:
    """Return mean and interval of each measure that counts any question.

    Measures over the same questions share the resamples, which is what takes the time.
    """
    together: dict[tuple[str, ...], list[str]] = {}
    for name, values in measured.items():
        together.setdefault(tuple(values), []).append(name)
    found: dict[str, Interval] = {}
    for ids, names in together.items():
        if ids:
            rows = np.array([[measured[name][id_] for name in names] for id_ in ids])
            found |= zip(names, bootstrap(rows, seed), strict=True)
    return {name: found[name] for name in measured if name in found}


class Significance(NamedTuple):
    """The probability of a difference at least as large, either way, were there none."""

    p: float
    exact: bool
    """Whether every arrangement of signs was tried, not RESAMPLES random ones."""


def permutation_test(differences: Floats, seed: int = SEED) -> Significance:
    """Test paired differences, shape (n,), by turning their signs at random, two-sided.

    Fisher's randomisation test, which Smucker, Allan and Carterette, "A Comparison of Statistical
    Significance Tests for Information Retrieval Evaluation", CIKM 2007, recommend. Of random
    arrangements the observed one counts as one, (b + 1) / (m + 1): Phipson and Smyth,
    "Permutation P-values Should Never Be Zero", 2010.
    """
    moved = differences[np.abs(differences) > _NOISE]
    exact = len(moved) <= MOST_EXACT
    sums = _every_sum(moved) if exact else _random_sums(moved, seed)
    least = abs(moved.sum()) - _NOISE * max(1.0, np.abs(moved).sum())
    as_far = int(np.count_nonzero(np.abs(sums) >= least))
    p = as_far / len(sums) if exact else (as_far + 1) / (len(sums) + 1)
    return Significance(p, exact)


def _every_sum(moved: Floats) -> Floats:
    """The sums of all 2 ** n arrangements of signs."""
    sums = np.zeros(1)
    for difference in moved:
        sums = np.concatenate((sums + difference, sums - difference))
    return sums


def _random_sums(moved: Floats, seed: int) -> Floats:
    chance = np.random.default_rng(seed)
    parts = (chance.integers(0, 2, (rows, len(moved))) for rows in portions(len(moved)))
    return np.concatenate([(2.0 * part - 1.0) @ moved for part in parts])


def detectable(differences: Floats) -> float | None:
    """The true difference that so many questions would show as significant with POWER.

    (z(1 - alpha / 2) + z(power)) * s / sqrt(n), s being the standard deviation of the paired
    differences: Bloom, "Minimum Detectable Effects", Evaluation Review 1995. None where s cannot
    be told: fewer than two questions, or all differences equal.
    """
    n = len(differences)
    deviation = float(np.std(differences, ddof=1)) if n > 1 else 0.0
    if deviation < _NOISE:
        return None
    z = NormalDist().inv_cdf
    return (z((1 + LEVEL) / 2) + z(POWER)) * deviation / sqrt(n)


class Comparison(NamedTuple):
    """Two configurations in one measure, over the questions that it counts in both."""

    first: float
    second: float
    difference: Interval
    """Of the means, second less first."""
    p: float
    exact: bool
    wins: int
    """Questions in which the second is better."""
    losses: int
    ties: int
    detectable: float | None

    @property
    def significant(self) -> bool:
        """Whether the difference is more than chance, at 1 - LEVEL."""
        return self.p < 1 - LEVEL

    def shape(self) -> dict[str, Any]:
        """The JSON shape."""
        numbers = {name: round(getattr(self, name), PLACES) for name in ("first", "second", "p")}
        least = None if self.detectable is None else round(self.detectable, PLACES)
        counts = {name: getattr(self, name) for name in ("exact", "wins", "losses", "ties")}
        more = {"detectable": least, "significant": self.significant}
        return {**numbers, "difference": self.difference.shape(), **counts, **more}


class UnpairedError(YoujuError):
    """Two runs that have no question in common."""


def compare(first: Values, second: Values, seed: int = SEED) -> Comparison:
    """Compare two configurations question by question. Raises UnpairedError without any pair."""
    shared = [id_ for id_ in first if id_ in second]
    if not shared:
        raise UnpairedError(
            f"{len(first)} and {len(second)} questions, none of them in both runs: compare runs "
            "of the same question set"
        )
    pairs = np.array([[first[id_], second[id_]] for id_ in shared])
    differences = pairs[:, 1] - pairs[:, 0]
    differences[np.abs(differences) < _NOISE] = 0.0
    (interval,) = bootstrap(differences[:, None], seed)
    p, exact = permutation_test(differences, seed)
    return Comparison(
        float(pairs[:, 0].mean()),
        float(pairs[:, 1].mean()),
        interval,
        p,
        exact,
        int(np.count_nonzero(differences > 0)),
        int(np.count_nonzero(differences < 0)),
        int(np.count_nonzero(differences == 0)),
        detectable(differences),
    )


def compare_all(
    first: Mapping[str, Values], second: Mapping[str, Values], seed: int = SEED
) -> dict[str, Comparison]:
    """Compare in every measure that counts a question in both runs.

    Each test stands alone: of twenty measures one is significant by chance.
    """
    pairs = {name: (first[name], second[name]) for name in first if name in second}
    paired = {name: pair for name, pair in pairs.items() if pair[0].keys() & pair[1].keys()}
    return {name: compare(*pair, seed) for name, pair in paired.items()}
