"""How far a mean could lie elsewhere, and whether two configurations differ by more than chance.

The questions are the sample: what is said holds for questions like these, not for other matters.
"""

from collections.abc import Iterable, Mapping
from math import sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from corpus import YoujuError
from eval.metrics import Values
from eval.resampling import (
    LEVEL,
    SEED,
    Floats,
    every_sum,
    percentiles,
    resampled_means,
    turned_sums,
)

POWER = 0.8
MOST_EXACT = 16
"""Differences that are not 0 up to which every arrangement of signs is tried: 65,536."""
PLACES = 6
"""Decimals in JSON: more than counts, fewer than two orders of the same sum differ in."""
_NOISE = 1e-12
"""Differences below this come from the order of additions."""


class Interval(NamedTuple):
    """A figure over `n` questions and the interval in which it lies with probability LEVEL.

    Where all questions came out alike the interval has no width, and says nothing of the next one:
    of n right answers in n, up to 3 / n may be wrong (Hanley and Lippman-Hand, JAMA 1983).
    """

    value: float
    low: float
    high: float
    n: int

    def shape(self) -> dict[str, Any]:
        """The JSON shape."""
        return {**_rounded(self, "value", "low", "high"), "n": self.n}


def _rounded(value: object, *names: str) -> dict[str, float | None]:
    numbers = {name: getattr(value, name) for name in names}
    return {name: None if n is None else round(n, PLACES) for name, n in numbers.items()}


def bootstrap(values: Floats, seed: int = SEED) -> list[Interval]:
    """Return mean and interval of each column of `values`, shape (n, columns), n at least 1."""
    # A mean lies within its values; rounding may carry it out.
    least, most = values.min(axis=0), values.max(axis=0)
    low, high = percentiles(np.clip(resampled_means(values, seed), least, most))
    mean = np.clip(values.mean(axis=0), least, most)
    columns = zip(mean.tolist(), low.tolist(), high.tolist(), strict=True)
    return [Interval(*column, len(values)) for column in columns]


def intervals(measured: Mapping[str, Values], seed: int = SEED) -> dict[str, Interval]:
    """Return mean and interval of each measure that counts any question."""
    found: dict[str, Interval] = {}
    for ids, names in _together({name: tuple(values) for name, values in measured.items()}):
        found |= zip(names, bootstrap(_columns(measured, names, ids), seed), strict=True)
    return {name: found[name] for name in measured if name in found}


def _together(ids: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[tuple[str, ...], list[str]]]:
    """The measures over the same questions, which share resamples: these take the time."""
    together: dict[tuple[str, ...], list[str]] = {}
    for name, counted in ids.items():
        if counted:
            together.setdefault(counted, []).append(name)
    return together.items()


def _columns(measured: Mapping[str, Values], names: Iterable[str], ids: Iterable[str]) -> Floats:
    """Values, a row for each question and a column for each measure."""
    return np.array([[measured[name][id_] for name in names] for id_ in ids], np.float64)


class Significance(NamedTuple):
    """The probability of a difference at least as large, either way, were there none."""

    p: float
    exact: bool
    """Whether every arrangement of signs was tried, not RESAMPLES random ones."""


def permutation_tests(differences: Floats, seed: int = SEED) -> list[Significance]:
    """Test each column of paired differences, shape (n, columns), two-sided.

    Fisher's randomisation test, by turning signs, which Smucker, Allan and Carterette, "A
    Comparison of Statistical Significance Tests for Information Retrieval Evaluation", CIKM 2007,
    recommend. Of random arrangements the observed one counts as one, (b + 1) / (m + 1): Phipson
    and Smyth, "Permutation P-values Should Never Be Zero", 2010.
    """
    moved = [column[np.abs(column) > _NOISE] for column in differences.T]
    many = [place for place, column in enumerate(moved) if len(column) > MOST_EXACT]
    turned = turned_sums(differences[:, many], seed).T if many else ()
    random = dict(zip(many, turned, strict=True))
    return [_test(column, random.get(place)) for place, column in enumerate(moved)]


def _test(moved: Floats, random: Floats | None) -> Significance:
    """Compare a sum of differences with those of every arrangement, or of the random ones."""
    sums = every_sum(moved) if random is None else random
    least = abs(moved.sum()) - _NOISE * max(1.0, np.abs(moved).sum())
    as_far = int(np.count_nonzero(np.abs(sums) >= least))
    if random is None:
        return Significance(as_far / len(sums), True)
    return Significance((as_far + 1) / (len(sums) + 1), False)


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
        return {
            **self._asdict(),
            **_rounded(self, "first", "second", "p", "detectable"),
            "difference": self.difference.shape(),
            "significant": self.significant,
        }


class UnpairedError(YoujuError):
    """Two runs that have no question in common."""


def compare(first: Values, second: Values, seed: int = SEED) -> Comparison:
    """Compare two configurations question by question. Raises UnpairedError without any pair."""
    found = compare_all({"": first}, {"": second}, seed)
    if not found:
        raise UnpairedError(
            f"{len(first)} and {len(second)} questions, none of them in both runs: compare runs "
            "of the same question set"
        )
    return found[""]


def compare_all(
    first: Mapping[str, Values], second: Mapping[str, Values], seed: int = SEED
) -> dict[str, Comparison]:
    """Compare in every measure that counts a question in both runs.

    Each test stands alone: of twenty measures one is significant by chance.
    """
    both = [name for name in first if name in second]
    shared = {name: tuple(id_ for id_ in first[name] if id_ in second[name]) for name in both}
    found: dict[str, Comparison] = {}
    for ids, names in _together(shared):
        one, other = _columns(first, names, ids), _columns(second, names, ids)
        found |= zip(names, _compared(one, other, seed), strict=True)
    return {name: found[name] for name in both if name in found}


def _compared(first: Floats, second: Floats, seed: int) -> Iterable[Comparison]:
    """Compare column by column."""
    differences = second - first
    differences[np.abs(differences) < _NOISE] = 0.0
    tests = permutation_tests(differences, seed)
    for place, interval in enumerate(bootstrap(differences, seed)):
        column = differences[:, place]
        yield Comparison(
            float(first[:, place].mean()),
            float(second[:, place].mean()),
            interval,
            *tests[place],
            wins=int(np.count_nonzero(column > 0)),
            losses=int(np.count_nonzero(column < 0)),
            ties=int(np.count_nonzero(column == 0)),
            detectable=detectable(column),
        )
