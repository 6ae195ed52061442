"""Tracing real documents: what is stated is right, and what is altered is not stated."""

from pathlib import Path

import pytest

from benchmarks.trace import CHANGES, altered, judged, own, sentences
from eval.questions import QUESTIONS
from eval.sets import read_set, resolve
from index import Library
from retrieval import Searcher
from retrieval.trace import Tracer
from tests.fakes import Opener

REAL = Path(__file__).parents[2] / "shared" / "corpus" / "seeds"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"the real documents are not at {REAL}"),
]


@pytest.fixture(scope="module")
def tracer(tmp_path_factory: pytest.TempPathFactory) -> Tracer:
    """The words alone, which need no encoder."""
    library = Library(tmp_path_factory.mktemp("real") / "library", Opener())
    library.add([REAL], vectors=False)
    return Tracer(Searcher(library), top=1000)


def test_what_is_stated_is_right_and_what_is_related_holds_the_rest(tracer: Tracer) -> None:
    documents = [
        tracer.searcher.library.document(d.id) for d in tracer.searcher.library.documents()
    ]
    questions = resolve(read_set(QUESTIONS / "education.jsonl", "dev"), documents)
    rows = [(tracer.trace(q.question.text), q) for q in questions if q.question.kind == "trace"]
    stated = [judged(row, one, any_match=False) for row, one in rows]
    assert sum(f.right for f in stated) >= 0.95 * sum(f.found for f in stated) > 0
    touched = [judged(row, one, any_match=True) for row, one in rows]
    assert sum(f.right for f in touched) >= 0.6 * sum(f.gold for f in touched)


def test_what_has_no_answer_is_not_stated(tracer: Tracer) -> None:
    questions = read_set(QUESTIONS / "education.jsonl", "dev").questions
    unanswerable = [q for q in questions if not q.answerable]
    assert [q.id for q in unanswerable if tracer.trace(q.text).is_stated] == []


def test_a_sentence_is_found_word_for_word_and_an_altered_one_is_not(tracer: Tracer) -> None:
    documents = [
        tracer.searcher.library.document(d.id) for d in tracer.searcher.library.documents()
    ]
    found = sentences(documents)
    assert {own(tracer, clause, text) for clause, text in found[:12]} == {"verbatim"}
    told = list(altered(tracer, found, most=1))
    assert len(told) == len(CHANGES) + 1
    assert [line for line in told[1:] if "verbatim" in line or "equivalent" in line] == []
