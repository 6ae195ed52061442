"""AUROC against scipy's Mann-Whitney, the risk-coverage curve against its definition."""

from itertools import pairwise, permutations
from statistics import mean

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.outcome import Outcome
from eval.refusal import THRESHOLDS, auroc, auroc_interval, refusal, risk_area
from eval.resampling import LEVEL, RESAMPLES
from tests.outcomes import answered, outcome

LEVELS = st.sampled_from([0.0, 0.1, 0.15, 0.4, 0.5, 0.9, 1.0])
SCORED = st.lists(st.tuples(st.booleans(), LEVELS), min_size=2, max_size=25).filter(
    lambda pairs: {True, False} == {positive for positive, _ in pairs}
)
Row = tuple[bool, bool, float, bool]
ASKED = st.lists(st.tuples(st.booleans(), st.booleans(), LEVELS, st.booleans()), max_size=12)


def asked(
    id_: str, answerable: bool, holds: bool, confidence: float, sayable: bool = True
) -> Outcome:
    """A question, what would be said to it, and how sure that is; some get no sentence at all."""
    holds = holds and sayable
    said = answered(confidence, holds, confidence >= 0.15 and sayable, 1.0 if sayable else None)
    return outcome(id_, ["g"], {"g": 2} if answerable else {}, said)


def scored(pairs: list[tuple[bool, float]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([p for p, _ in pairs]), np.array([s for _, s in pairs])


@given(SCORED)
def test_auroc_is_mann_whitney_over_the_pairs(pairs: list[tuple[bool, float]]) -> None:
    positive, score = scored(pairs)
    high, low = score[positive], score[~positive]
    statistic = scipy.stats.mannwhitneyu(high, low).statistic
    assert auroc(positive, score) == pytest.approx(statistic / (len(high) * len(low)), abs=1e-12)


def test_auroc_by_hand() -> None:
    positive, score = np.array([True, True, False, False]), np.array([0.9, 0.4, 0.4, 0.1])
    assert auroc(positive, score) == (1 + 1 + 0.5 + 1) / 4
    assert auroc(positive, -score) == (0 + 0 + 0.5 + 0) / 4


@pytest.mark.parametrize("kind", [True, False])
def test_without_both_kinds_there_is_no_auroc(kind: bool) -> None:
    assert auroc(np.full(3, kind), np.arange(3.0)) is None
    found = refusal([asked("q", kind, True, 0.5)])
    assert found is not None and found.auroc is None


def test_the_interval_of_auroc_is_that_of_scipy_from_the_same_draws() -> None:
    chance = np.random.default_rng(1)
    high, low = chance.normal(1, 1, 15).round(1), chance.normal(0, 1, 9).round(1)
    positive = np.array([True] * 15 + [False] * 9)
    found = auroc_interval(positive, np.concatenate([high, low]), seed=5)

    def share(high: np.ndarray, low: np.ndarray, axis: int) -> np.ndarray:
        pairs = np.sign(high[..., :, None] - low[..., None, :])
        return (pairs + 1).mean(axis=(-2, -1)) / 2

    expected = scipy.stats.bootstrap(
        (high, low),
        share,
        n_resamples=RESAMPLES,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(5),
    ).confidence_interval
    value = share(high, low, -1)
    assert found == pytest.approx((value, expected.low, expected.high, 24), abs=1e-9)


def test_without_answers_there_is_nothing_to_say() -> None:
    assert refusal([]) is None
    assert refusal([outcome("q", ["g"])]) is None


# --- risk and coverage -------------------------------------------------------------------------


def test_the_curve_by_hand() -> None:
    found = refusal(
        [
            asked("right", True, True, 0.9),
            asked("wrong", True, False, 0.6),
            asked("right too", True, True, 0.6),
            asked("should not", False, False, 0.1),
            asked("nothing to say", False, False, 0.0, sayable=False),
        ]
    )
    assert found is not None
    assert found.curve == ((0.9, 1 / 5, 0 / 1), (0.6, 3 / 5, 1 / 3), (0.1, 4 / 5, 2 / 4))
    # In either order of the two at 0.6: (0 + 1/2 + 1/3 + 2/4) / 4 and (0 + 0 + 1/3 + 2/4) / 4.
    assert found.area is not None
    assert found.area.value == pytest.approx((0 + 1 / 4 + 1 / 3 + 2 / 4) / 4)
    assert found.area.n == 4


def mean_risk(ordered: list[bool]) -> float:
    """The mean share of wrong ones over all beginnings."""
    return mean(sum(ordered[:k]) / k for k in range(1, len(ordered) + 1))


@given(st.lists(st.tuples(LEVELS, st.booleans()), min_size=1, max_size=6))
@settings(deadline=None, max_examples=30)
def test_the_area_is_the_mean_over_all_orders_of_equals(pairs: list[tuple[float, bool]]) -> None:
    orders = [[w for _, w in order] for order in permutations(pairs) if falling(order)]
    levels = sorted({confidence for confidence, _ in pairs}, reverse=True)
    given_ = [sum(c == level for c, _ in pairs) for level in levels]
    wrong = [sum(w for c, w in pairs if c == level) for level in levels]
    (found,) = risk_area(np.array([given_]), np.array([wrong]))
    assert found == pytest.approx(mean(mean_risk(order) for order in orders))


def falling(order: tuple[tuple[float, bool], ...]) -> bool:
    return all(one >= other for (one, _), (other, _) in pairwise(order))


def from_threshold(rows: list[Row], threshold: float) -> list[bool]:
    """Of each answer that is given, whether it is right."""
    return [
        answerable and holds
        for answerable, holds, confidence, sayable in rows
        if sayable and confidence >= threshold
    ]


@given(ASKED)
@settings(deadline=None, max_examples=40)
def test_the_curve_is_what_each_threshold_gives(
    rows: list[Row],
) -> None:
    outcomes = [asked(f"q{n}", *row) for n, row in enumerate(rows)]
    found = refusal(outcomes)
    assert (found is None) == (not rows)
    for threshold, coverage, risk in found.curve if found else ():
        said = from_threshold(rows, threshold)
        assert coverage == pytest.approx(len(said) / len(rows))
        assert risk == pytest.approx(1 - mean(said))


@given(ASKED.filter(bool))
@settings(deadline=None, max_examples=40)
def test_a_threshold_does_one_thing_to_each_question(
    rows: list[Row],
) -> None:
    found = refusal([asked(f"q{n}", *row) for n, row in enumerate(rows)])
    assert found is not None
    assert tuple(one.threshold for one in found.decisions) == THRESHOLDS
    for one in found.decisions:
        said = from_threshold(rows, one.threshold)
        assert (one.right, one.wrong) == (sum(said), len(said) - sum(said))
        assert one.right + one.wrong + one.unanswered + one.refused == len(rows)
        assert one.unfounded <= one.wrong
        assert one.unfounded + one.refused == found.unanswerable
    for lower, higher in pairwise(found.decisions):
        assert higher.right <= lower.right and higher.wrong <= lower.wrong


def test_an_answer_that_was_not_said_counts_from_the_threshold_that_would_say_it() -> None:
    found = refusal([asked("q", True, True, 0.12)])
    assert found is not None
    right = {one.threshold: one.right for one in found.decisions}
    assert (right[0.1], right[0.15]) == (1, 0)
