"""The figures of the committed sets, against other implementations of the same formulas."""

from math import sqrt
from pathlib import Path

import numpy as np
import pytest
import scipy.stats

from corpus.samples import SAMPLES
from eval.configurations import Configuration
from eval.metrics import per_question
from eval.questions import QUESTIONS
from eval.resampling import LEVEL, RESAMPLES
from eval.running import RunResult, run
from eval.sets import QuestionSet, read_set
from eval.statistics import bootstrap, compare
from index import Library
from retrieval.fusion import dense_weight
from retrieval.query import query_tokens
from retrieval.ranking import Mode, Ranking, both_legs, fuse, rank
from tests.fakes import Opener
from tests.reference import KNOWN, by_exported_files, fused

REAL = Path(__file__).parents[2] / "shared" / "corpus" / "seeds"
SETS = {"sample": (SAMPLES, None), "education": (REAL, "dev")}
MODES: tuple[Mode, ...] = ("bm25", "hybrid")
TRIED = 2000
"""Random arrangements of scipy's, which takes its time."""


class Measured:
    """A committed set, searched by words alone, and with an encoder that knows a few keywords."""

    def __init__(self, name: str, folder: Path) -> None:
        documents, split = SETS[name]
        self.library = Library(folder / name, Opener())
        self.library.add([documents])
        self.questions: QuestionSet = read_set(QUESTIONS / f"{name}.jsonl", split)
        self.runs: dict[Mode, RunResult] = {mode: self._run(mode) for mode in MODES}

    def _run(self, mode: Mode) -> RunResult:
        configuration = Configuration(mode, mode=mode, attribution=False, top=30)
        return run(self.questions, self.library, configuration)


@pytest.fixture(
    scope="module",
    params=[
        "sample",
        pytest.param(
            "education",
            marks=[
                pytest.mark.real,
                pytest.mark.skipif(not REAL.is_dir(), reason=f"no documents at {REAL}"),
            ],
        ),
    ],
)
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return Measured(request.param, tmp_path_factory.mktemp("figures"))


@pytest.mark.parametrize("mode", MODES)
def test_exported_files_give_the_same_values(
    measured: Measured, mode: Mode, tmp_path: Path
) -> None:
    outcomes = measured.runs[mode].outcomes
    found, expected = per_question(outcomes, KNOWN), by_exported_files(outcomes, tmp_path)
    assert len(found["nDCG@10"]) == sum(q.answerable for q in measured.questions.questions)
    assert found == {name: pytest.approx(values, abs=1e-9) for name, values in expected.items()}


@pytest.mark.parametrize("measure", ["hit@1", "nDCG@10"])
def test_intervals_and_significance_are_those_of_scipy(measured: Measured, measure: str) -> None:
    both = [per_question(measured.runs[mode].outcomes, [measure])[measure] for mode in MODES]
    first, second = (np.array(list(values.values())) for values in both)
    found = compare(*both)
    assert found.wins and found.losses and found.ties
    tested = scipy.stats.permutation_test(
        (second, first), difference, permutation_type="samples", n_resamples=TRIED, rng=8
    )
    # Both are of random arrangements, so that either has an error of its own.
    error = sqrt(tested.pvalue * (1 - tested.pvalue) * (1 / RESAMPLES + 1 / TRIED))
    assert found.p == pytest.approx(tested.pvalue, abs=4 * error + 1 / TRIED)
    assert found.difference.value == pytest.approx(tested.statistic)
    expected = scipy.stats.bootstrap(
        (second - first,),
        np.mean,
        n_resamples=RESAMPLES,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(8),
    ).confidence_interval
    (interval,) = bootstrap((second - first)[:, None], seed=8)
    assert interval[1:3] == pytest.approx(tuple(expected), abs=1e-9)


def difference(second: np.ndarray, first: np.ndarray, axis: int) -> np.ndarray:
    return np.mean(second - first, axis=axis)


def test_the_fusion_of_each_question_is_that_of_the_textbook(measured: Measured) -> None:
    snapshot, encoder = measured.library.snapshot(), measured.library.encoder
    assert snapshot.vectors is not None
    for question in measured.questions.questions[::4]:
        vector = encoder.encode([question.text], "query")
        tokens = query_tokens(question.text)
        legs = both_legs(snapshot.words, tokens, snapshot.vectors, vector)
        weight = dense_weight(legs.share)
        words = rank(snapshot, question.text, None, "bm25", None)
        meaning = rank(snapshot, question.text, vector, "dense", None)
        expected = fused(scores(words), scores(meaning), weight)
        assert scores(fuse(legs, weight)) == pytest.approx(expected, abs=1e-9)


def scores(ranking: Ranking) -> dict[int, float]:
    return dict(zip(ranking.positions.tolist(), ranking.scores.tolist(), strict=True))
