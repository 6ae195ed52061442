"""The committed questions over the sample library: complete, of every kind, gold in its place."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

import corpus.samples
from corpus import Document, find_files, read_file
from corpus.script import simplify
from eval.questions import QUESTIONS
from eval.sets import Question, QuestionSet, read_set
from eval.sets.strict import check_strictly
from eval.sets.values import KINDS, REFUSED, SPLITS

SAMPLES = Path(corpus.samples.__file__).parent


@pytest.fixture(scope="module")
def questions() -> QuestionSet:
    return read_set(QUESTIONS / "sample.jsonl")


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [read_file(path) for path in find_files([SAMPLES])]


def test_every_quotation_stands_in_its_document_and_every_overlap_is_computed(
    questions: QuestionSet, documents: list[Document]
) -> None:
    resolved = check_strictly(questions, documents)
    asked_about = {place.document.id for one in resolved for place in one.places}
    assert asked_about == {document.id for document in documents}


def test_there_are_enough_of_every_kind(questions: QuestionSet) -> None:
    kinds = Counter(question.kind for question in questions.questions)
    assert len(questions.questions) >= 120
    assert kinds.keys() == KINDS.keys()
    assert min(kinds.values()) >= 10
    unanswered = [kinds[kind] for kind in REFUSED]
    assert sum(unanswered) >= 25
    assert min(unanswered) >= 0.4 * sum(unanswered)


def test_the_splits_take_turns_within_each_kind(questions: QuestionSet) -> None:
    for kind in KINDS:
        splits = [q.split for q in questions.questions if q.kind == kind]
        assert splits[0] == SPLITS[0]
        assert all(first != second for first, second in pairwise(splits)), kind


def of_kind(questions: QuestionSet, kind: str) -> list[Question]:
    return [question for question in questions.questions if question.kind == kind]


def test_kinds_are_what_they_are_called(questions: QuestionSet) -> None:
    for question in of_kind(questions, "traditional"):
        assert simplify(question.text) != question.text
    for question in of_kind(questions, "several"):
        assert len({gold.document for gold in question.gold}) > 1, question.text
    repealed = "08-岚川省中小学校管理规定（2013年）.txt"
    of_old = {q.kind for q in questions.questions if repealed in {g.document for g in q.gold}}
    assert of_old == {"superseded"}


def test_everyday_questions_hold_few_words_of_their_clauses(questions: QuestionSet) -> None:
    shares = [question.overlap or 0.0 for question in of_kind(questions, "lay")]
    assert sum(shares) / len(shares) < 0.25
