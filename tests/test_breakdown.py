"""Groups are a partition, and what found a question's gold is told by the ranks of the legs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.breakdown import (
    SMALL,
    SOURCES,
    UNKNOWN,
    Attribution,
    attribution,
    by_kind,
    by_overlap,
    found_by,
    thirds,
)
from eval.outcome import Outcome
from tests.outcomes import outcome

VALUES = st.lists(st.sampled_from([0.0, 0.2, 0.25, 0.5, 0.8, 1.0]), max_size=30)
RANKS = st.integers(0, 15)


def test_kinds_come_in_the_order_of_the_set_and_small_ones_are_marked() -> None:
    kinds = ["lay"] * SMALL + ["date"] * (SMALL - 1) + ["lay"]
    groups = by_kind([outcome(f"q{n}", kind=kind) for n, kind in enumerate(kinds)])
    found = [(group.name, len(group.outcomes), group.small) for group in groups]
    assert found == [("lay", SMALL + 1, False), ("date", SMALL - 1, True)]


def test_thirds_by_shared_words_hold_as_many_questions() -> None:
    known = [outcome(f"q{n}", overlap=n / 10) for n in (8, 0, 4, 1, 3, 6, 2, 7, 5)]
    others = [outcome("unknown", overlap=None), outcome("unanswerable", gold={})]
    groups = by_overlap([*known, *others])
    found = [(group.name, [one.id for one in group.outcomes]) for group in groups]
    assert found == [
        ("0.00–0.20", ["q0", "q1", "q2"]),
        ("0.30–0.50", ["q4", "q3", "q5"]),
        ("0.60–0.80", ["q8", "q6", "q7"]),
        (UNKNOWN, ["unknown"]),
    ]


@given(VALUES)
def test_thirds_are_a_partition_in_order_that_splits_no_value(values: list[float]) -> None:
    groups = thirds(values, float)
    assert sorted(value for group in groups for value in group) == sorted(values)
    assert all(groups)
    assert all(max(lower) < min(higher) for lower, higher in pairwise(groups))


def test_a_value_that_stands_often_belongs_where_its_middle_is() -> None:
    assert thirds([0.5, 0.1, 0.5, 0.5, 0.9, 0.5], float) == [[0.1], [0.5] * 4, [0.9]]
    assert thirds([0.0, 0.0, 0.0, 0.0, 1.0, 1.0], float) == [[0.0] * 4, [1.0] * 2]


@given(st.integers(0, 40))
def test_of_distinct_values_no_third_is_larger_by_two(n: int) -> None:
    sizes = [len(group) for group in thirds(range(n), float)]
    assert max(sizes, default=0) - min(sizes, default=0) <= 1


def asked(words: int, meaning: int, rank: int, id_: str = "q") -> Outcome:
    ranking = [f"d{n}" for n in range(1, rank)] + ["g"] if rank else ["d1"]
    return outcome(id_, ranking, leg_ranks={"words": words, "meaning": meaning})


@pytest.mark.parametrize(
    ("words", "meaning", "rank", "source"),
    [
        (10, 11, 1, "words"),
        (0, 10, 1, "meaning"),
        (1, 1, 1, "both"),
        (11, 11, 10, "fusion"),
        (0, 0, 11, "neither"),
        (3, 0, 0, "words"),
    ],
)
def test_what_found_the_gold(words: int, meaning: int, rank: int, source: str) -> None:
    assert found_by(asked(words, meaning, rank)) == source


def test_nothing_is_told_without_gold_or_without_both_legs() -> None:
    assert found_by(outcome("q", ["d"], gold={}, leg_ranks={"words": 0, "meaning": 0})) is None
    assert found_by(outcome("q", ["g"], leg_ranks={"words": 1})) is None
    assert attribution([outcome("q", ["g"])]) == Attribution(10, 0, 0, 0, 0, 0, 0)


@given(st.lists(st.tuples(RANKS, RANKS, RANKS), max_size=12), st.integers(1, 15))
def test_every_question_is_attributed_once(ranks: list[tuple[int, int, int]], cutoff: int) -> None:
    outcomes = [asked(*three, f"q{n}") for n, three in enumerate(ranks)]
    found = attribution(outcomes, cutoff)
    assert found.n == len(outcomes)
    sources = [found_by(one, cutoff) for one in outcomes]
    assert [getattr(found, source) for source in SOURCES] == [sources.count(s) for s in SOURCES]
    by_a_leg = found.words + found.meaning + found.both
    assert by_a_leg - found.lost + found.fusion == sum(0 < one.rank <= cutoff for one in outcomes)
