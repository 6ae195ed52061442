"""Normalised scores and their sum, against the formulas written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.fusion import FALL, LEAST, MOST, Floats, dense_weight, min_max, weighted_sum
from retrieval.ranking import Legs, fuse
from tests.reference import Scores, extremes, fused

NAN = float("nan")
UNIT = st.floats(0, 1)
SCORES = st.lists(st.floats(-100, 100), min_size=1, max_size=20)


def test_min_max_brings_the_range_to_one() -> None:
    scaled = min_max(np.array([2.0, 5.0, 8.0]), 2.0, 8.0)
    assert scaled.tolist() == [(2 - 2) / (8 - 2), (5 - 2) / (8 - 2), (8 - 2) / (8 - 2)]


def test_what_lies_below_or_has_no_score_gets_nothing() -> None:
    assert min_max(np.array([1.0, NAN, 3.0]), 2.0, 4.0).tolist() == [0, 0, 0.5]


def test_a_range_of_one_value_is_all_or_nothing() -> None:
    assert min_max(np.array([3.0, 2.0, NAN]), 3.0, 3.0).tolist() == [1, 0, 0]
    assert min_max(np.array([]), 0.0, 0.0).tolist() == []


@given(SCORES)
def test_min_max_keeps_the_order(scores: list[float]) -> None:
    scaled = min_max(np.array(scores), min(scores), max(scores))
    assert 0 <= scaled.min() <= scaled.max() <= 1
    for one, other in zip(np.argsort(scores)[:-1], np.argsort(scores)[1:], strict=True):
        assert scaled[one] <= scaled[other]


@pytest.mark.parametrize("weight", [0.5, 1.0, LEAST, MOST])
def test_the_sum_is_convex(weight: float) -> None:
    found = weighted_sum(np.array([0.4, 1.0, 0.0]), np.array([0.8, 1.0, 0.0]), weight)
    assert found.tolist() == pytest.approx([(0.4 + weight * 0.8) / (1 + weight), 1, 0])


@given(UNIT, UNIT, UNIT)
def test_more_of_a_leg_is_never_less(words: float, dense: float, more: float) -> None:
    def fused(one: float, other: float) -> float:
        return float(weighted_sum(np.array([one]), np.array([other]), 0.7)[0])

    assert fused(max(words, more), dense) >= fused(words, dense)
    assert fused(words, max(dense, more)) >= fused(words, dense)


def test_meaning_counts_most_where_no_word_is_found_and_never_nothing() -> None:
    assert dense_weight(0.0) == MOST
    assert dense_weight(1.0) == LEAST
    assert dense_weight(0.4) == pytest.approx(MOST - 0.4 * FALL)


@given(UNIT, UNIT)
def test_meaning_counts_less_the_more_the_words_found(one: float, other: float) -> None:
    assert dense_weight(min(one, other)) >= dense_weight(max(one, other))


# --- against the textbook ---------------------------------------------------------------------

RUN = st.dictionaries(st.integers(0, 12), st.sampled_from([-1.0, 0.0, 0.2, 0.5, 3.0, 7.5]))


def leg(run: Scores, positions: list[int]) -> tuple[Floats, Floats]:
    """The scores of a leg at the positions, as they are and brought to one scale."""
    scores = np.array([run.get(position, NAN) for position in positions], np.float64)
    return scores, min_max(scores, *extremes(run.values()))


@given(RUN, RUN, st.sampled_from([0.5, 1.0, 1.5, MOST]))
def test_the_fusion_is_that_of_the_textbook(words: Scores, meaning: Scores, weight: float) -> None:
    positions = sorted(words | meaning)
    (bm25, by_words), (dense, by_meaning) = leg(words, positions), leg(meaning, positions)
    legs = Legs(np.array(positions, np.int64), bm25, dense, by_words, by_meaning, 0.5)
    found = fuse(legs, weight)
    ranked = dict(zip(found.positions.tolist(), found.scores.tolist(), strict=True))
    assert ranked == pytest.approx(fused(words, meaning, weight), abs=1e-12)
    assert list(ranked.items()) == sorted(ranked.items(), key=lambda pair: (-pair[1], pair[0]))
