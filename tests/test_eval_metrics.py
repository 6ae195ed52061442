"""The measures against naive ones and against exported files; every judged query counts."""

import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.metrics import (
    MEASURES,
    OWN,
    RANKED,
    SHOWN,
    MeasureError,
    Run,
    measure,
    per_question,
    strictly_ordered,
)
from eval.outcome import AnswerOutcome, Outcome
from tests.outcomes import answered, outcome
from tests.reference import KNOWN, by_exported_files

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


def hit(judged: Judged, ranked: list[str], k: int) -> float:
    return float(any(judged.get(record, 0) > 0 for record in ranked[:k]))


def precision(judged: Judged, ranked: list[str], k: int) -> float:
    return sum(judged.get(record, 0) > 0 for record in ranked[:k]) / k


def average_precision(judged: Judged, ranked: list[str]) -> float:
    ranks = [rank for rank, r in enumerate(ranked, start=1) if judged.get(r, 0) > 0]
    relevant = sum(grade > 0 for grade in judged.values())
    return sum(found / rank for found, rank in enumerate(ranks, start=1)) / max(relevant, 1)


NAIVE: dict[str, Callable[[Judged, list[str]], float]] = {
    "nDCG@10": ndcg,
    "R@10": lambda judged, ranked: recall(judged, ranked, 10),
    "R@100": lambda judged, ranked: recall(judged, ranked, 100),
    "MRR@10": reciprocal_rank,
    "hit@1": lambda judged, ranked: hit(judged, ranked, 1),
    "hit@3": lambda judged, ranked: hit(judged, ranked, 3),
    "hit@10": lambda judged, ranked: hit(judged, ranked, 10),
    "P@5": lambda judged, ranked: precision(judged, ranked, 5),
    "P@10": lambda judged, ranked: precision(judged, ranked, 10),
    "AP": average_precision,
}


def naive(qrels: dict[str, Judged], run: Run) -> dict[str, float]:
    return {
        name: sum(one(judged, list(run.get(query, {}))) for query, judged in qrels.items())
        / len(qrels)
        for name, one in NAIVE.items()
        if name in MEASURES
    }


JUDGED = st.dictionaries(st.sampled_from(["q1", "q2", "q3"]), GRADES, min_size=1)
RUNS = st.dictionaries(st.sampled_from(["q1", "q2", "q3", "unjudged"]), RANKINGS)


@settings(deadline=None, max_examples=40)
@given(JUDGED, RUNS)
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


# --- question by question ----------------------------------------------------------------------


def outcomes_of(qrels: dict[str, Judged], run: Run) -> list[Outcome]:
    asked = [outcome(query, gold=judged) for query, judged in qrels.items()]
    for one in asked:
        one.ranking.update(run.get(one.id, {}))
    return [*asked, outcome("nothing answers it", ["r1"], gold={})]


@settings(deadline=None, max_examples=40)
@given(JUDGED, RUNS)
def test_each_question_has_the_naive_value(qrels: dict[str, Judged], run: Run) -> None:
    found = per_question(outcomes_of(qrels, run), RANKED)
    assert list(found) == list(RANKED) == list(NAIVE)
    for name, values in found.items():
        assert list(values) == list(qrels)
        for query, value in values.items():
            expected = NAIVE[name](qrels[query], list(run.get(query, {})))
            assert value == pytest.approx(expected, abs=1e-9)


@settings(deadline=None, max_examples=25)
@given(JUDGED, RUNS)
def test_exported_files_give_the_same_values(qrels: dict[str, Judged], run: Run) -> None:
    outcomes = outcomes_of(qrels, run)
    with TemporaryDirectory() as folder:
        expected = by_exported_files(outcomes, Path(folder))
    found = per_question(outcomes, KNOWN)
    assert found == {name: pytest.approx(values, abs=1e-9) for name, values in expected.items()}


def test_a_set_without_gold_has_no_ranking_to_measure() -> None:
    assert per_question([outcome("q", ["d"], gold={})], RANKED) == {name: {} for name in RANKED}
    assert per_question([]) == {name: {} for name in SHOWN}


@pytest.mark.parametrize("name", ["ndcg@10", "P", "P@0", "hit@-1", "P@1; x", "RR@10", "AP@x"])
def test_an_unknown_measure_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(MeasureError, match=r"expected nDCG@K, .*, AP, span@1, .*refused"):
        per_question([outcome("q", ["g"])], [name])


# --- spans and answers -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rank", "expected"),
    [(None, []), (0, [0, 0, 0]), (1, [1, 1, 1]), (3, [0, 1, 1]), (10, [0, 0, 1]), (11, [0, 0, 0])],
)
def test_a_span_is_hit_within_its_rank(rank: int | None, expected: list[float]) -> None:
    found = per_question([outcome("q", span_rank=rank)], ["span@1", "span@3", "span@10"])
    assert [value for values in found.values() for value in values.values()] == expected


SILENT = answered(said=False, exact=True)
"""What would be said is right, but confidence was too low to say it."""


@pytest.mark.parametrize(
    ("said", "answerable", "expected"),
    [
        (
            answered(precision=0.5, recall=0.25),
            True,
            {"answered": 1, "holds": 1, "exact": 0, "citation-P": 0.5, "citation-R": 0.25},
        ),
        (
            answered(holds=False, exact=True, precision=0.0, recall=0.0),
            True,
            {"answered": 1, "holds": 0, "exact": 1, "citation-P": 0, "citation-R": 0},
        ),
        (SILENT, True, {"answered": 0, "holds": 0, "exact": 0, "citation-R": 0}),
        (answered(precision=0.0, recall=None), False, {"citation-P": 0, "refused": 0}),
        (answered(said=False, precision=0.0, recall=None), False, {"refused": 1}),
        (None, True, {}),
        (None, False, {}),
    ],
)
def test_what_an_answer_counts(
    said: AnswerOutcome | None, answerable: bool, expected: dict[str, float]
) -> None:
    asked = outcome("q", gold={"g": 2} if answerable else {}, answer=said)
    found = per_question([asked], [name for name in OWN if "span" not in name])
    assert {name: values["q"] for name, values in found.items() if values} == expected


def test_names_may_hold_any_character() -> None:
    qrels = {"a": {"x\0y": 1}, "a\0": {"x": 1}, "\0": {"x\0z": 1}}
    run = {"a": {"x\0z": 2.0, "x\0y": 1.0}, "a\0": {"x": 1.0}}
    assert measure(qrels, run)["MRR@10"] == 0.5
