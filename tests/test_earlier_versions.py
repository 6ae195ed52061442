"""Asked for an earlier version, a question opens what was replaced; no other question does."""

from datetime import date
from pathlib import Path

import pytest

from corpus import Document
from corpus.fold import fold_text
from index import Library
from retrieval import Searcher
from retrieval.answer import Answer, answer
from retrieval.compare.topic import compare_topic
from retrieval.earlier import NONE, earlier_asked
from retrieval.filters import Filters
from retrieval.lookup import look_up
from retrieval.mentions import Question
from retrieval.trace.tracing import Tracer
from tests.fakes import Opener

TODAY = date(2025, 6, 15)
OLD, NEW = "学校食堂每两周公示一次菜谱。", "学校食堂每周公示一次菜谱。"
RULES = """青禾县学校食堂管理办法
（{year}年5月1日青禾县教育局公布，自{year}年6月1日起施行）

第一条　为了规范学校食堂，制定本办法。
第二条　{rule}
"""
PLAN = """白沙市学校食堂工作方案
白沙市教育局
2023年3月2日

一、公示菜谱。到2025年，学校食堂每天公示一次菜谱。
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("versions")
    files = {
        "old.txt": RULES.format(year=2013, rule=OLD),
        "new.txt": RULES.format(year=2024, rule=NEW),
        "plan.txt": PLAN,
    }
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    library = Library(folder / "library", Opener())
    library.add([folder / file for file in files])
    return Searcher(library, lambda: TODAY)


def ask(searcher: Searcher, question: str, filters: Filters | None = None) -> Answer:
    return answer(searcher, question, filters, mode="bm25", threshold=0.0)


def name(document: Document) -> str:
    return Path(document.source).name


ASKING = [
    "2013年的规定里，学校食堂多久公示一次菜谱？",
    "2013年那版里，学校食堂多久公示一次菜谱？",
    "《青禾县学校食堂管理办法》2013年要求多久公示一次菜谱？",
    "按旧规定，学校食堂多久公示一次菜谱？",
    "原来的办法里，学校食堂多久公示一次菜谱？",
    "修订前，学校食堂多久公示一次菜谱？",
    "以前的标准是学校食堂多久公示一次菜谱？",
    "废止前的办法，学校食堂多久公示一次菜谱？",
    "已经废止的那版办法，学校食堂多久公示一次菜谱？",
]


@pytest.mark.parametrize("question", ASKING)
def test_asked_for_by_words_or_year_the_earlier_version_answers(
    searcher: Searcher, question: str
) -> None:
    found = ask(searcher, question)
    assert found.citations[0].quote.endswith(OLD)
    notice = found.citations[0].standing.notice
    assert notice is not None and notice.kind == "replaced"
    assert NEW not in found.text
    assert [remark.kind for remark in found.remarks] == ["earlier"]
    assert found.left_out == 0


NOT_ASKING = [
    "学校食堂多久公示一次菜谱？",
    "到2013年，学校食堂的规定是多久公示一次菜谱？",
    "2013年底前的方案要求学校食堂多久公示一次菜谱？",
    "2013—2025年的方案要求学校食堂多久公示一次菜谱？",
    "2013年学校食堂多久公示一次菜谱？",
    "2024年的规定里，学校食堂多久公示一次菜谱？",
    "2019年的规定里，学校食堂多久公示一次菜谱？",
    "养老办法里，学校食堂多久公示一次菜谱？",
    "开学之前的要求里，学校食堂多久公示一次菜谱？",
    "学校章程修订前应当征求谁的意见？",
    "原则上的规定是学校食堂多久公示一次菜谱？",
]


@pytest.mark.parametrize("question", NOT_ASKING)
def test_no_other_question_opens_it(searcher: Searcher, question: str) -> None:
    results = searcher.search(question, mode="bm25")
    assert "old.txt" not in {name(hit.document) for hit in results.hits}
    assert (results.earlier, results.left_out, results.remarks) == (NONE, 1, [])


def test_a_question_about_both_versions_lets_both_speak(searcher: Searcher) -> None:
    query = "学校食堂公示菜谱，2013年和2024年的规定有什么不同？"
    results = searcher.search(query, mode="bm25")
    assert {"old.txt", "new.txt"} <= {name(hit.document) for hit in results.hits}
    assert all(results.earlier.lets_speak(hit.document) for hit in results.hits)


def test_an_address_of_a_year_is_that_of_the_version(searcher: Searcher) -> None:
    found = ask(searcher, "2013年的青禾县学校食堂管理办法第二条")
    assert [name(citation.document) for citation in found.citations] == ["old.txt"]
    found = ask(searcher, "青禾县学校食堂管理办法第二条")
    assert [name(citation.document) for citation in found.citations] == ["new.txt"]


def test_what_the_year_does_not_say_is_not_said_by_others(searcher: Searcher) -> None:
    found = ask(searcher, "2013年的规定里，学校食堂每天公示菜谱吗？")
    assert {name(citation.document) for citation in found.citations} <= {"old.txt"}


def test_trace_and_compare_open_it_alike(searcher: Searcher) -> None:
    asked, other = "旧办法：学校食堂每两周公示一次菜谱。", "学校食堂每两周公示一次菜谱。"
    opened, shut = (Tracer(searcher, mode="bm25").trace(text) for text in (asked, other))
    assert "old.txt" in {name(match.document) for match in opened.matches}
    assert "old.txt" not in {name(match.document) for match in shut.matches}
    tables = [
        compare_topic(searcher, text, mode="bm25") for text in ("旧办法的食堂菜谱", "食堂菜谱")
    ]
    told = [{name(row.document) for row in table.rows} for table in tables]
    assert "old.txt" in told[0] and "old.txt" not in told[1]


def test_filters_go_before_and_are_not_told_twice(searcher: Searcher) -> None:
    elsewhere = searcher.search(ASKING[3], mode="bm25", filters=Filters(region="白沙市"))
    assert {name(hit.document) for hit in elsewhere.hits} == {"plan.txt"}
    assert elsewhere.remarks == []
    everything = searcher.search(ASKING[3], mode="bm25", filters=Filters(superseded=True))
    assert everything.remarks == []


def test_a_library_without_earlier_versions_opens_none(tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(RULES.format(year=2024, rule=NEW), encoding="utf-8")
    library = Library(tmp_path / "library", Opener())
    library.add([tmp_path / "new.txt"])
    searcher = Searcher(library, lambda: TODAY)
    view = searcher._viewed(library.snapshot())
    question = Question(fold_text(ASKING[3]))
    assert earlier_asked(question.text, look_up(question, view.catalogue), view) is NONE
    assert ask(searcher, ASKING[3]).citations[0].quote.endswith(NEW)
