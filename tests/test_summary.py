"""The summary of a run: complete, the same bytes from the same outcomes, times apart."""

import json
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.breakdown import SMALL
from eval.metrics import OWN, RANKED, SHOWN
from eval.outcome import Outcome
from eval.statistics import bootstrap
from eval.summary import Summary, Times, summarise
from tests.outcomes import answered, outcome

TARGETS = ["g", "d1", "d2", "d3"]


def questions(n: int = 24) -> list[Outcome]:
    """Two kinds that are answered, one in four that nothing answers."""
    made = []
    for i in range(n):
        gold = {} if i % 4 == 3 else {"g": 2}
        ranking = TARGETS[i % 4 :] + TARGETS[: i % 4]
        said = answered(confidence=(i % 7) / 7, holds=bool(gold) and i % 3 == 0, said=i % 7 > 1)
        made.append(
            outcome(
                f"q{i}",
                ranking,
                gold,
                said,
                kind="unanswerable" if not gold else ("lay" if i % 2 else "date"),
                overlap=i / n if gold else None,
                span_rank=i % 4 if gold else None,
                leg_ranks={"words": i % 3, "meaning": i % 5},
                ms=float(i),
            )
        )
    return made


def bytes_of(summary: Summary) -> str:
    return json.dumps(summary.shape(), ensure_ascii=False, allow_nan=False)


def test_every_measure_is_there_over_all_and_over_each_group() -> None:
    found = summarise(questions())
    assert list(found.measures) == list(SHOWN)
    assert (found.questions, found.answerable) == (24, 18)
    assert {name: found.measures[name].n for name in ("nDCG@10", "span@1", "refused")} == {
        "nDCG@10": 18,
        "span@1": 18,
        "refused": 6,
    }
    kinds = {group.name: group for group in found.kinds}
    assert list(kinds) == ["date", "lay", "unanswerable"]
    assert kinds["lay"].small and kinds["lay"].n < SMALL <= kinds["date"].n
    assert "refused" in kinds["unanswerable"].measures
    assert not set(RANKED) & set(kinds["unanswerable"].measures)
    assert [group.n for group in found.overlaps] == [6, 6, 6]
    assert found.attribution.n == 18
    assert found.refusal is not None and found.refusal.auroc is not None


def test_the_mean_over_all_is_that_of_its_groups() -> None:
    found = summarise(questions())
    for groups in (found.kinds, found.overlaps):
        parts = [group.measures["hit@1"] for group in groups if "hit@1" in group.measures]
        total = sum(part.value * part.n for part in parts)
        assert abs(total / 18 - found.measures["hit@1"].value) < 1e-12


def test_without_answers_only_the_ranking_is_measured() -> None:
    found = summarise([replace(one, answer=None, span_rank=None) for one in questions()])
    assert not set(OWN) & set(found.measures)
    assert found.refusal is None
    assert json.loads(bytes_of(found))["refusal"] is None


def test_a_set_that_nothing_answers_and_an_empty_one_have_a_summary() -> None:
    assert summarise([]).measures == {}
    silent = answered(said=False, holds=False, precision=None, recall=None)
    found = summarise([outcome("q", ["d"], {}, silent)])
    assert {name: one.value for name, one in found.measures.items()} == {"refused": 1.0}
    assert bytes_of(found)


def test_the_same_outcomes_and_seed_give_the_same_bytes() -> None:
    first, again = summarise(questions(), 5), summarise(questions(), 5)
    assert bytes_of(first) == bytes_of(again)
    assert bytes_of(summarise(questions(), 6)) != bytes_of(first)


@given(st.lists(st.floats(0, 1e4), min_size=24, max_size=24))
@settings(deadline=None, max_examples=5)
def test_other_times_change_nothing_but_the_times(ms: list[float]) -> None:
    timed = [replace(one, ms=time) for one, time in zip(questions(), ms, strict=True)]
    shape, other = summarise(questions()).shape(), summarise(timed).shape()
    assert other.pop("ms_per_query") == Times.of(ms)._asdict()
    shape.pop("ms_per_query")
    assert shape == other


def test_times_are_percentiles() -> None:
    assert Times.of([]) == (0, 0)
    assert Times.of([1.0, 2.0, 3.0]) == (2.0, 1 + 0.95 * 2)


def test_intervals_are_those_of_the_values() -> None:
    found = summarise(questions())
    holds = [
        float(one.answer.answered and one.answer.holds)
        for one in questions()
        if one.answerable and one.answer
    ]
    assert bootstrap(np.array(holds)[:, None]) == [found.measures["holds"]]
