"""Question sets run over a library: what each question came to, against searches made by hand."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import Span
from eval.answering import covers, judge
from eval.breakdown import MEANING, WORDS
from eval.configurations import Configuration, ConfigurationError
from eval.outcome import Outcome
from eval.running import Changed, RunResult, Stopped, run
from eval.sets import QuestionSet, SetError, read_set, resolve
from index import Library
from index.encoders.errors import EncoderError
from retrieval.answer import answer
from retrieval.filters import Filters
from retrieval.fusion import Floats
from retrieval.ranking import MODES, Mode
from retrieval.search import Searcher
from tests.fakes import FILES, Opener, write_files
from tests.own_questions import CANTEEN, PLAN, QUESTIONS, gold, write_set

BUS = "青禾县校车管理办法"
DAY = date(2026, 9, 1)


@pytest.fixture
def questions(tmp_path: Path) -> QuestionSet:
    return read_set(write_set(tmp_path / "own.jsonl"))


@pytest.fixture
def filled(library: Library, sources: Path) -> Library:
    library.add([sources])
    return library


def settings(mode: Mode = "hybrid", **more: Any) -> Configuration:
    return Configuration(mode, mode=mode, day=DAY, **more)


def by_id(result: RunResult) -> dict[str, Outcome]:
    return {one.id: one for one in result.outcomes}


@pytest.mark.parametrize("mode", MODES)
def test_every_question_is_searched_as_the_search_does(
    questions: QuestionSet, filled: Library, mode: Mode
) -> None:
    result = run(questions, filled, settings(mode))
    assert [one.id for one in result.outcomes] == ["q1", "q2", "q3", "q4"]
    searcher = Searcher(filled, lambda: DAY)
    for one in result.outcomes:
        hits = searcher.search(one.question, 100, mode).hits
        assert one.ranking == {hit.clause.id: hit.score for hit in hits}
        assert list(one.ranking) == [hit.clause.id for hit in hits]
        right = [hit.rank for hit in hits if hit.clause.id in one.gold]
        assert one.rank == (right[0] if right else 0)


def test_gold_is_the_clause_that_holds_it_with_its_best_grade(
    questions: QuestionSet, filled: Library
) -> None:
    found = by_id(run(questions, filled, settings("bm25")))
    documents = [filled.document(document.id) for document in filled.documents()]
    for one in resolve(questions, documents):
        outcome = found[one.question.id]
        assert outcome.gold == {place.clause.id: place.grade for place in one.places}
        assert (outcome.overlap, outcome.answerable) == (one.overlap, one.question.answerable)
    assert sorted(found["q2"].gold.values()) == [1, 2]
    assert (found["q3"].gold, found["q3"].overlap, found["q3"].span_rank) == ({}, None, None)


def test_a_span_is_found_with_the_passage_that_holds_it(tmp_path: Path, library: Library) -> None:
    # One clause of two passages: only the second holds the gold.
    filler = "学校应当做好校园安全工作。" * 60
    text = (
        f"青禾县校车管理办法\n第一条　{filler}校车司机每年体检1次。\n第二条　本办法自发布起施行。\n"
    )
    library.add([write_files(tmp_path / "long", {"bus.txt": text})])
    rows = [
        {
            "id": "a",
            "question": "校车司机体检",
            "gold": [gold(BUS, "每年体检1次")],
        },
        {
            "id": "b",
            "question": "校园安全工作",
            "gold": [gold(BUS, "每年体检1次")],
        },
        {"id": "c", "question": "校园安全", "gold": [f"《{BUS}》第一条"]},
    ]
    found = by_id(run(read_set(write_set(tmp_path / "s.jsonl", rows)), library, settings("bm25")))
    assert (found["a"].rank, found["a"].span_rank) == (1, 1)
    # The clause is found, by the passage that does not hold the gold.
    assert (found["b"].rank, found["b"].span_rank) == (1, 0)
    # Where the whole clause is gold, any passage of it holds it.
    assert (found["c"].rank, found["c"].span_rank) == (1, 1)


def test_either_leg_is_searched_alone_too(questions: QuestionSet, filled: Library) -> None:
    found = by_id(run(questions, filled, settings()))
    searcher = Searcher(filled, lambda: DAY)
    for one in found.values():
        if not one.gold:
            assert one.leg_ranks == {}
            continue
        for leg, mode in ((WORDS, "bm25"), (MEANING, "dense")):
            hits = searcher.search(one.question, 100, mode).hits  # type: ignore[arg-type]
            right = [hit.rank for hit in hits if hit.clause.id in one.gold]
            assert one.leg_ranks[leg] == (right[0] if right else 0)
    for configuration in (settings("bm25"), settings("dense"), settings(attribution=False)):
        assert all(not one.leg_ranks for one in run(questions, filled, configuration).outcomes)


def test_answers_are_held_against_the_gold(questions: QuestionSet, filled: Library) -> None:
    result = run(questions, filled, settings(answers=True, threshold=0.4))
    searcher = Searcher(filled, lambda: DAY)
    for one in result.outcomes:
        assert one.answer is not None
        said = answer(searcher, one.question, threshold=0.4)
        assert one.answer.answered == (said.status == "answered")
        assert one.answer.confidence == said.confidence
    first = by_id(result)["q1"].answer
    assert first is not None
    assert (first.answered, first.holds, first.exact, first.recall) == (True, True, True, 1.0)
    assert "3次" in first.text
    other = by_id(result)["q3"].answer
    assert other is not None
    assert (other.answered, other.holds, other.recall) == (False, False, None)
    assert other.text
    assert all(one.answer is None for one in run(questions, filled, settings()).outcomes)


def test_what_a_threshold_keeps_back_is_judged_all_the_same(
    questions: QuestionSet, filled: Library
) -> None:
    free = by_id(run(questions, filled, settings(answers=True, threshold=0.0)))
    bound = by_id(run(questions, filled, settings(answers=True, threshold=1.0)))
    one, other = free["q1"].answer, bound["q1"].answer
    assert one and other
    assert (one.answered, other.answered) == (True, False)
    assert (other.holds, other.exact, other.precision) == (one.holds, one.exact, one.precision)
    assert other.text != one.text


def test_a_citation_holds_gold_by_half_of_it(questions: QuestionSet, filled: Library) -> None:
    documents = [filled.document(document.id) for document in filled.documents()]
    first = resolve(questions, documents)[0]
    said = answer(Searcher(filled, lambda: DAY), first.question.text, threshold=0.0)
    (place,) = first.places
    assert covers(said.citations[0], place)
    ends = said.citations[0].span.end
    part = (place.span.end - place.span.start) // 2
    # Shifted to where the citation holds just half of it, and then one character less.
    half = place._replace(span=Span(ends - part, ends + part))
    less = place._replace(span=Span(ends - part + 1, ends + part + 1))
    assert (covers(said.citations[0], half), covers(said.citations[0], less)) == (True, False)
    elsewhere = place._replace(document=replace(place.document, id="other"))
    assert not covers(said.citations[0], elsewhere)
    # A whole clause as gold: any sentence of it holds it, and none is exact by it.
    whole = place._replace(span=place.clause.span)
    judged = judge(said, said, [whole])
    assert (judged.holds, judged.exact, judged.precision) == (True, False, 1.0)
    assert not judge(said, said, [whole._replace(grade=1)]).holds


def test_filters_and_depth_are_those_of_the_configuration(
    questions: QuestionSet, filled: Library
) -> None:
    result = run(questions, filled, settings("bm25", filters=Filters(region="白沙"), top=2))
    plan = next(d.id for d in filled.documents() if d.label == PLAN)
    for one in result.outcomes:
        assert len(one.ranking) <= 2
        assert all(target.startswith(plan) for target in one.ranking)
    assert by_id(result)["q1"].rank == 0


class Backwards:
    """Turns the first passages round, and counts its calls."""

    name = "backwards"

    def __init__(self) -> None:
        self.calls = 0

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        self.calls += 1
        return np.arange(len(texts), dtype=np.float64)


def test_a_reranker_reads_the_ranking_and_not_the_legs(
    questions: QuestionSet, filled: Library
) -> None:
    reader = Backwards()
    named: list[str] = []

    def opened(name: str) -> Backwards:
        named.append(name)
        return reader

    plain = by_id(run(questions, filled, settings()))
    found = by_id(run(questions, filled, settings(reranker="some/model"), open_reranker=opened))
    assert (named, reader.calls) == (["some/model"], len(QUESTIONS))
    assert found["q2"].rank > plain["q2"].rank == 1
    assert found["q2"].leg_ranks == plain["q2"].leg_ranks


def test_a_reranker_that_is_not_there_is_named(questions: QuestionSet, filled: Library) -> None:
    def missing(name: str) -> Backwards:
        raise EncoderError(f"cannot open the model {name}")

    with pytest.raises(ConfigurationError, match="configuration hybrid: cannot open the model m"):
        run(questions, filled, settings(reranker="m"), open_reranker=missing)


def test_what_a_library_cannot_do_is_said(
    questions: QuestionSet, library: Library, sources: Path
) -> None:
    with pytest.raises(ConfigurationError, match="is empty: add documents"):
        run(questions, library, settings("bm25"))
    library.add([sources], vectors=False)
    assert run(questions, library, settings("bm25")).outcomes
    with pytest.raises(ConfigurationError, match=r"hybrid compares meanings, .* has no vectors"):
        run(questions, library, settings())
    library.embed()
    with pytest.raises(ConfigurationError, match=r"asks for the encoder other, .* with keywords"):
        run(questions, library, settings(model="other"))
    assert run(questions, library, settings(model="keywords")).outcomes


def test_gold_that_the_library_lacks_is_told_all_at_once(tmp_path: Path, filled: Library) -> None:
    rows = [
        {"id": "a", "question": "问一", "gold": [gold("没有的文件", "不少于3次")]},
        {"id": "b", "question": "问二", "gold": [gold(CANTEEN, "这里没有的话")]},
    ]
    with pytest.raises(SetError) as caught:
        run(read_set(write_set(tmp_path / "s.jsonl", rows)), filled, settings("bm25"))
    assert [line for line, _ in caught.value.mistakes] == [1, 2]


def test_a_run_can_be_left_between_two_questions(questions: QuestionSet, filled: Library) -> None:
    told: list[tuple[str, int, int]] = []
    with pytest.raises(Stopped, match="after 2 of 4 questions"):
        run(
            questions,
            filled,
            settings("bm25"),
            lambda *stage: told.append(stage),
            lambda: len(told) >= 2,
        )
    assert told == [("bm25", 0, 4), ("bm25", 1, 4)]


def test_figures_are_of_one_library(
    questions: QuestionSet, filled: Library, tmp_path: Path
) -> None:
    def add(stage: str, done: int, total: int) -> None:
        if done == 2:
            filled.add([write_files(tmp_path / "more", {"more.txt": f"{BUS}\n第一条　甲。\n"})])

    with pytest.raises(Changed, match="was changed while the questions were asked"):
        run(questions, filled, settings("bm25"), add)


def test_a_set_that_brings_its_documents_is_ranked_by_document(
    tmp_path: Path, opener: Opener
) -> None:
    from eval.brought import indexed

    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    corpus = [{"_id": n, "title": n, "text": text} for n, text in FILES.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), "utf-8")
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "校长陪餐"}\n', "utf-8")
    (folder / "qrels" / "test.tsv").write_text("q\tcanteen.txt\t1\n", "utf-8")
    questions = read_set(folder, "test")
    with indexed(questions, opener) as held:
        (one,) = run(questions, held.library, settings()).outcomes
        ranked = Searcher(held.library, lambda: DAY).rank_documents("校长陪餐", "hybrid", 100)
        with pytest.raises(ConfigurationError, match="answers or filters: beir is a BEIR folder"):
            run(questions, held.library, settings(answers=True))
    assert (one.ranking, one.gold, one.rank) == (ranked, {"canteen.txt": 1}, 1)
    assert (one.span_rank, one.overlap, one.answer) == (None, None, None)
    assert one.leg_ranks[WORDS] == 1
