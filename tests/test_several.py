"""Questions that want several documents get the best of each before the second of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import parse
from index import Library
from retrieval import Searcher
from retrieval.answer import answer
from retrieval.several import spread, wants_several


@pytest.mark.parametrize(
    ("query", "origins"),
    [
        ("各地对课后服务收费有什么规定", 0),
        ("各县(区)的补助标准是多少", 0),
        ("各县如何配备校医", 0),
        ("哪些文件提到了校车", 0),
        ("哪几个地方规定了陪餐次数", 0),
        ("哪些县有寄宿补助", 0),
        ("这些办法有哪些不同", 0),
        ("两地的收费标准有什么区别", 0),
        ("青禾县和白沙市分别补助多少", 2),
    ],
)
def test_some_questions_want_several_documents(query: str, origins: int) -> None:
    assert wants_several(query, origins)


@pytest.mark.parametrize(
    ("query", "origins"),
    [
        ("值班和检查分别由谁负责", 0),
        ("两条底线分别是什么", 1),
        ("如何要求各地做好防溺水工作", 0),
        ("对各县(市,区)教育局有什么要求", 1),
        ("各地教育部门要做什么", 0),
        ("各地用于校车的资金是多少", 0),
        ("从哪几个方面加强管理", 0),
        ("有哪些补助", 0),
        ("学校食堂多久公示一次菜谱", 1),
        ("各类学校的班额是多少", 0),
    ],
)
def test_most_questions_are_about_one(query: str, origins: int) -> None:
    assert not wants_several(query, origins)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9))))
def test_spreading_keeps_everything_and_each_documents_order(found: list[tuple[str, int]]) -> None:
    placed = spread(found, lambda item: item[0])
    assert sorted(placed) == sorted(found)
    for document in "abc":
        of_one = [item for item in found if item[0] == document]
        assert [item for item in placed if item[0] == document] == of_one
    # No document is heard a second time before each was heard once.
    documents = {item[0] for item in found}
    assert {item[0] for item in placed[: len(documents)]} == documents


def rule(place: str, times: int) -> str:
    lines = (f"第{n}条　校车每日检查{times}次，校车检查记录保存{n}年。" for n in "一二三四五六")
    return "\n".join([f"{place}校车管理办法", f"{place}教育局", "2023年5月1日", "", *lines, ""])


@pytest.fixture
def searcher(library: Library) -> Searcher:
    places = {"青禾县": 1, "柳湖县": 2, "白沙市": 3}
    library.put_all(parse(p, f"{p}.txt", rule(p, n)) for p, n in places.items())
    return Searcher(library)


def test_the_best_of_each_document_comes_before_the_second_of_any(searcher: Searcher) -> None:
    documents = [
        hit.document.id for hit in searcher.search("各地的校车每日检查几次", 9, "bm25").hits
    ]
    assert [set(documents[start : start + 3]) for start in (0, 3, 6)] == [set(documents)] * 3
    (best, *_) = searcher.search("校车每日检查几次", 9, "bm25").hits
    assert documents[0] == best.document.id


def test_an_ordinary_question_is_not_spread(searcher: Searcher) -> None:
    hits = searcher.search("青禾县的校车每日检查几次", 6, "bm25").hits
    assert [hit.document.id for hit in hits] == ["青禾县"] * 6


def test_each_clause_is_shown_once(searcher: Searcher) -> None:
    hits = searcher.search("各地的校车每日检查几次", 50, "bm25").hits
    assert len({hit.clause.id for hit in hits}) == len(hits) == 18
    assert [hit.rank for hit in hits] == list(range(1, 19))


def test_the_answer_speaks_of_each_place(searcher: Searcher) -> None:
    found = answer(searcher, "各地的校车每日检查几次", mode="bm25")
    heard = {c.document.id for c in found.citations} | {h.document.id for h in found.nearest}
    assert heard == {"青禾县", "柳湖县", "白沙市"}
