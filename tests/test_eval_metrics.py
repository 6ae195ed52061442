"""The measures against naive ones; every judged query counts."""

import math
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.metrics import MEASURES, Run, measure, strictly_ordered

Judged = dict[str, int]

RECORDS = [f"r{n}" for n in range(8)]
GRADES = st.dictionaries(st.sampled_from(RECORDS), st.integers(0, 3), min_size=1)
# Scores of few values: ties are common.
RANKINGS = st.lists(st.sampled_from(RECORDS), unique=True).flatmap(
    lambda records: st.lists(
        st.sampled_from([0.25, 0.5, 1.0]), min_size=len(records), max_size=len(records)
    ).map(lambda scores: dict(zip(records, sorted(scores, reverse=True), strict=True)))
)


def dcg(grades: list[int]) -> float:
    """Järvelin and Kekäläinen (2002) as trec_eval has it: the grade over log2(rank + 1)."""
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def ndcg(judged: Judged, ranked: list[str]) -> float:
    ideal = dcg(sorted(judged.values(), reverse=True)[:10])
    return dcg([judged.get(record, 0) for record in ranked[:10]]) / ideal if ideal else 0.0


def recall(judged: Judged, ranked: list[str], k: int) -> float:
    relevant = {record for record, grade in judged.items() if grade > 0}
    return len(relevant & set(ranked[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(judged: Judged, ranked: list[str]) -> float:
    hits = (rank for rank, r in enumerate(ranked[:10], start=1) if judged.get(r, 0) > 0)
    return 1 / next(hits, math.inf)


def hit(judged: Judged, ranked: list[str]) -> float:
    return float(any(judged.get(record, 0) > 0 for record in ranked[:1]))


NAIVE: dict[str, Callable[[Judged, list[str]], float]] = {
    "nDCG@10": ndcg,
    "R@10": lambda judged, ranked: recall(judged, ranked, 10),
    "R@100": lambda judged, ranked: recall(judged, ranked, 100),
    "MRR@10": reciprocal_rank,
    "hit@1": hit,
}


def naive(qrels: dict[str, Judged], run: Run) -> dict[str, float]:
    return {
        name: sum(one(judged, list(run.get(query, {}))) for query, judged in qrels.items())
        / len(qrels)
        for name, one in NAIVE.items()
    }


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(st.sampled_from(["q1", "q2", "q3"]), GRADES, min_size=1),
    st.dictionaries(st.sampled_from(["q1", "q2", "q3", "unjudged"]), RANKINGS),
)
def test_the_measures_are_the_naive_ones(qrels: dict[str, Judged], run: Run) -> None:
    assert measure(qrels, run) == pytest.approx(naive(qrels, run), abs=6e-5)


@pytest.mark.parametrize("empty", [{}, {"q2": {}}])
def test_a_query_without_result_counts_as_nothing(empty: Run) -> None:
    qrels = {"q1": {"r1": 1}, "q2": {"r2": 1}}
    found = measure(qrels, {"q1": {"r1": 1.0}, **empty})
    assert found == dict.fromkeys(MEASURES, (1 + 0) / 2)


def test_nothing_found_at_all_is_zero() -> None:
    assert measure({"q1": {"r1": 1}}, {}) == dict.fromkeys(MEASURES, 0.0)


def test_beyond_the_tenth_rank_only_recall_counts() -> None:
    ranking = {f"r{n}": 1.0 - n / 100 for n in range(1, 13)}
    found = measure({"q": {"r11": 1}}, {"q": ranking})
    assert found == {"nDCG@10": 0, "R@10": 0, "R@100": 1, "MRR@10": 0, "hit@1": 0}


def test_equal_scores_keep_the_order_of_the_search() -> None:
    # trec_eval alone would put r9 first.
    tied = {"r1": 0.5, "r9": 0.5, "r5": 0.5}
    assert measure({"q": {"r1": 1}}, {"q": tied})["hit@1"] == 1
    assert measure({"q": {"r9": 1}}, {"q": tied})["MRR@10"] == 1 / 2


@given(RANKINGS)
def test_scores_are_set_apart_and_hardly_changed(ranking: dict[str, float]) -> None:
    (apart,) = strictly_ordered({"q": ranking}).values()
    assert list(apart) == list(ranking)
    scores = list(apart.values())
    assert all(one > other for one, other in pairwise(scores))
    assert scores == pytest.approx(list(ranking.values()), rel=1e-6)
