"""Intervals and the paired test against scipy's, the formulas, and what must always hold."""

from collections.abc import Callable
from math import sqrt

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.resampling import LEVEL, RESAMPLES, SEED, Floats, portions
from eval.statistics import (
    POWER,
    Significance,
    UnpairedError,
    bootstrap,
    compare,
    compare_all,
    detectable,
    intervals,
    permutation_tests,
)

SHARES = st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 1.0])
DIFFERENCES = st.lists(st.sampled_from([-1.0, -0.5, 0.0, 1 / 3, 0.5, 1.0]), min_size=1, max_size=9)


def draws(n: int, kind: str) -> Floats:
    chance = np.random.default_rng(n)
    kinds: dict[str, Callable[[], Floats]] = {
        "yes or no": lambda: chance.integers(0, 2, n).astype(float),
        "graded": lambda: chance.beta(0.4, 0.4, n),
    }
    return kinds[kind]()


# --- intervals ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["yes or no", "graded"])
@pytest.mark.parametrize("n", [2, 17, 128, 500])
def test_the_interval_is_that_of_scipy_from_the_same_draws(n: int, kind: str) -> None:
    values = draws(n, kind)
    (found,) = bootstrap(values[:, None], seed=7)
    expected = scipy.stats.bootstrap(
        (values,),
        np.mean,
        n_resamples=RESAMPLES,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(7),
    ).confidence_interval
    assert found == pytest.approx((values.mean(), expected.low, expected.high, n), abs=1e-9)


def test_a_measure_has_the_same_interval_alone_and_beside_others() -> None:
    columns = np.column_stack([draws(40, "yes or no"), draws(40, "graded")])
    alone = [bootstrap(columns[:, [column]])[0] for column in (0, 1)]
    assert bootstrap(columns) == [pytest.approx(one, abs=1e-12) for one in alone]


@given(st.lists(SHARES, min_size=1, max_size=12), st.integers(0, 9))
@settings(deadline=None, max_examples=25)
def test_an_interval_lies_within_the_values_and_is_repeatable(
    values: list[float], seed: int
) -> None:
    column = np.array(values)[:, None]
    (found,) = bootstrap(column, seed)
    assert min(values) <= found.low <= found.high <= max(values)
    assert found.value == pytest.approx(sum(values) / len(values))
    assert bootstrap(column, seed) == [found]


@pytest.mark.parametrize("n", [1, 3, 100])
@pytest.mark.parametrize("value", [0.0, 0.1, 1.0])
def test_where_all_questions_are_alike_there_is_nothing_to_vary(n: int, value: float) -> None:
    assert bootstrap(np.full((n, 1), value)) == [(value, value, value, n)]


def test_each_measure_counts_its_own_questions_and_none_counts_nothing() -> None:
    measured = {"all": {"q1": 1.0, "q2": 0.0}, "few": {"q2": 1.0}, "none": {}}
    found = intervals(measured)
    assert {name: (one.value, one.n) for name, one in found.items()} == {
        "all": (0.5, 2),
        "few": (1.0, 1),
    }


@given(st.integers(0, 50_000_000))
def test_the_portions_are_all_resamples(width: int) -> None:
    assert sum(portions(width)) == RESAMPLES


# --- the paired test ---------------------------------------------------------------------------


def permutation_test(differences: Floats) -> Significance:
    (found,) = permutation_tests(differences[:, None])
    return found


def by_scipy(differences: Floats) -> float:
    """Every arrangement of the pairs (difference, 0)."""
    return float(
        scipy.stats.permutation_test(
            (differences, np.zeros(len(differences))),
            lambda first, second, axis: np.mean(first - second, axis=axis),
            permutation_type="samples",
            vectorized=True,
            n_resamples=np.inf,
        ).pvalue
    )


@given(DIFFERENCES.filter(lambda values: len(values) > 1))
@settings(deadline=None, max_examples=40)
def test_few_differences_are_tested_exactly_as_scipy_does(values: list[float]) -> None:
    found = permutation_test(np.array(values))
    assert found.exact
    assert found.p == pytest.approx(by_scipy(np.array(values)), abs=1e-9)


def test_an_even_set_of_differences_by_hand() -> None:
    # Of the 2 ** 3 sums of ±1, those of 3 and -3 are as far as 3.
    assert permutation_test(np.array([1.0, 1.0, 1.0])) == (2 / 2**3, True)
    assert permutation_test(np.zeros(5)) == (1.0, True)


@pytest.mark.parametrize(("wins", "losses"), [(12, 8), (20, 10), (30, 14), (70, 40)])
def test_of_many_equal_differences_it_is_the_sign_test(wins: int, losses: int) -> None:
    differences = np.array([1.0] * wins + [-1.0] * losses + [0.0] * 100)
    found = permutation_test(differences)
    expected = scipy.stats.binomtest(wins, wins + losses).pvalue
    assert not found.exact
    error = sqrt(expected * (1 - expected) / RESAMPLES)
    assert found.p == pytest.approx(expected, abs=4 * error + 1 / RESAMPLES)


def test_a_random_p_is_never_zero() -> None:
    assert permutation_test(np.ones(100)) == (1 / (RESAMPLES + 1), False)


def test_each_measure_is_tested_by_itself() -> None:
    columns = np.column_stack([draws(40, "graded") - 0.4, np.zeros(40), draws(40, "yes or no")])
    assert permutation_tests(columns) == [permutation_test(column) for column in columns.T]


@given(DIFFERENCES, st.integers(0, 30))
@settings(deadline=None, max_examples=25)
def test_ties_and_the_direction_change_nothing(values: list[float], ties: int) -> None:
    found = permutation_test(np.array(values))
    assert permutation_test(np.array([0.0] * ties + values)) == found
    assert permutation_test(-np.array(values)) == found


# --- how large a difference has to be ----------------------------------------------------------


def test_the_detectable_difference_is_the_formula() -> None:
    differences = draws(50, "graded")
    z = scipy.stats.norm.ppf(1 - (1 - LEVEL) / 2) + scipy.stats.norm.ppf(POWER)
    assert detectable(differences) == pytest.approx(z * differences.std(ddof=1) / sqrt(50))
    assert detectable(np.array([0.5])) is None
    assert detectable(np.full(9, 0.1)) is None


def test_a_difference_so_large_is_seen_in_four_of_five_samples() -> None:
    chance, n, deviation = np.random.default_rng(SEED), 200, 0.4
    least = detectable(chance.normal(0, deviation, 100_000))
    assert least is not None
    truth = least * sqrt(100_000) / sqrt(n)
    samples = chance.normal(truth, deviation, (2000, n))
    seen = scipy.stats.ttest_1samp(samples, 0, axis=1).pvalue < 1 - LEVEL
    assert seen.mean() == pytest.approx(POWER, abs=0.03)


# --- two configurations ------------------------------------------------------------------------


def test_a_comparison_counts_the_questions_of_both() -> None:
    first = {"q1": 0.0, "q2": 0.5, "q3": 1.0, "only here": 1.0}
    second = {"only there": 0.0, "q3": 1.0, "q2": 0.25, "q1": 1.0}
    found = compare(first, second)
    assert (found.first, found.second) == (1.5 / 3, 2.25 / 3)
    assert found.difference.value == pytest.approx((1 - 0.25 + 0) / 3)
    assert (found.wins, found.losses, found.ties, found.difference.n) == (1, 1, 1, 3)
    # ±1 ± 0.25: two of the four sums are as far as 0.75, the others further.
    assert (found.p, found.exact, found.significant) == (1.0, True, False)
    assert found.detectable == detectable(np.array([1, -0.25, 0]))


def test_a_configuration_does_not_differ_from_itself() -> None:
    values = {f"q{n}": value for n, value in enumerate(draws(60, "graded"))}
    found = compare(values, values)
    assert (found.p, found.ties, found.detectable) == (1.0, 60, None)
    assert found.difference == (0.0, 0.0, 0.0, 60)
    assert found.shape()["significant"] is False


def test_a_clear_difference_is_significant_and_turns_with_its_sides() -> None:
    first = {f"q{n}": float(n % 4 == 0) for n in range(80)}
    second = {f"q{n}": float(n % 2 == 0) for n in range(80)}
    there, back = compare(first, second), compare(second, first)
    assert there.significant and there.p == back.p == 1 / (RESAMPLES + 1)
    assert (there.wins, there.losses, there.ties) == (20, 0, 60) == (back.losses, back.wins, 60)
    assert there.difference.value == pytest.approx(-back.difference.value)
    assert 0 < there.difference.low < 0.25 < there.difference.high


def test_runs_without_a_common_question_cannot_be_compared() -> None:
    with pytest.raises(UnpairedError, match="1 and 2 questions, none of them in both"):
        compare({"q1": 1.0}, {"q2": 1.0, "q3": 0.0})


def test_measures_without_a_pair_are_left_out() -> None:
    first = {"hit@1": {"q1": 1.0}, "holds": {}, "exact": {"q1": 1.0}}
    second = {"hit@1": {"q1": 0.0}, "holds": {"q1": 1.0}}
    assert list(compare_all(first, second)) == ["hit@1"]
