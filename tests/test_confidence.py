"""What speaks for the best sentence as an answer: its words, what it lacks, what is counted."""

from pathlib import Path

import pytest

from index import Library
from retrieval import Searcher
from retrieval.confidence import Features, word_features
from retrieval.evidence import CLAUSES_READ, Evidence, gather
from retrieval.inquiry import Inquiry
from tests.fakes import Opener

RULES = """青禾县学校管理办法
青禾县教育局
2023年5月1日

第一条　学校每周开设三节体育课。
第二条　学校食堂应当公示一周菜谱。
第三条　学校不得组织学生参加商业活动，夏季开放游泳场馆。
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("rules")
    (folder / "rules.txt").write_text(RULES, encoding="utf-8")
    library = Library(folder / "library", Opener())
    library.add([folder / "rules.txt"])
    return Searcher(library)


def of(searcher: Searcher, question: str, sentence: str) -> Features:
    """The features of the sentence that holds some words."""
    results = searcher.search(question, CLAUSES_READ, "bm25")
    inquiry = Inquiry.of(searcher, results)
    evidence: list[Evidence] = gather(searcher, inquiry, "bm25")
    best = next(item for item in evidence if sentence in item.text)
    return word_features(best, evidence, inquiry)


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("学校每周上几节体育课？", 1.0),
        ("学校每周上几节游泳课？", 0.0),
        ("学校每周上多少体育课？", 1.0),
        ("学校有多少名教练？", 0.0),
        ("学校每周上课多久？", 1.0),
        ("学校每周上体育课吗？", 1.0),
    ],
)
def test_what_is_to_be_counted_must_be_named(
    searcher: Searcher, question: str, counted: float
) -> None:
    assert of(searcher, question, "三节体育课").counted == counted


def test_a_word_of_other_clauses_is_missed_and_one_of_none_is_not(searcher: Searcher) -> None:
    plain = of(searcher, "学校体育课", "三节体育课")
    known, unknown = (of(searcher, f"学校体育课 {word}", "三节体育课") for word in ("食堂", "火箭"))
    assert known.missing > plain.missing
    assert unknown.missing <= plain.missing
    assert known.clause < plain.clause and unknown.clause < plain.clause


def test_a_question_for_yes_or_no_says_so(searcher: Searcher) -> None:
    assert of(searcher, "学校开设体育课吗？", "三节体育课").yes_no == 1.0
    assert of(searcher, "学校开设几节体育课？", "三节体育课").yes_no == 0.0


def test_a_number_that_the_clause_lacks_counts_against_it(searcher: Searcher) -> None:
    assert of(searcher, "2028年学校体育课有几节？", "三节体育课").numbers == 0.0
    assert of(searcher, "学校体育课有几节？", "三节体育课").numbers == 1.0
