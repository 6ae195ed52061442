"""What is a question, what it asks for, and what is left of it without its question words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fold import fold_text
from retrieval.query import LONGEST, Asked, QueryError, answers, asked, checked, content


@pytest.mark.parametrize("query", ["", " ", "\n\t　"])
def test_an_empty_question_cannot_be_asked(query: str) -> None:
    with pytest.raises(QueryError, match="the question is empty"):
        checked(query)


def test_a_question_has_a_longest() -> None:
    assert checked("问" * LONGEST + "  ") == "问" * LONGEST
    with pytest.raises(QueryError, match=f"{LONGEST + 1} characters, at most {LONGEST}"):
        checked("问" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("课后服务每学期收费多少？", "number"),
        ("課後服務收費多少", "number"),
        ("每周陪餐几次", "number"),
        ("普惠园覆盖率要达到百分之几", "number"),
        ("什么时候开学", "date"),
        ("哪一年建成", "date"),
        ("由谁牵头", "unit"),
        ("哪个部门负责", "unit"),
        ("在哪里报名", "place"),
        ("举报电话", "place"),
        ("学校食堂", "any"),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(query: str, kind: Asked) -> None:
    assert asked(query) == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "holds"),
    [
        ("number", "每周陪餐不少于3次", True),
        ("number", "每周陪餐不少于三次", True),
        ("number", "每周陪餐不少於３次", True),
        ("number", "校长应当陪餐", False),
        ("date", "9月1日开学", True),
        ("date", "按规定开学", False),
        ("unit", "由市教育局牵头", True),
        ("place", "到政务服务大厅办理", True),
        ("any", "任何一句话", True),
    ],
)
def test_a_sentence_holds_what_was_asked_for(kind: Asked, sentence: str, holds: bool) -> None:
    assert answers(kind, sentence) is holds


def test_question_words_say_nothing_of_the_content() -> None:
    assert content("请问食堂收费是多少？").split() == ["食堂收费"]
    assert content("什么").strip() == "什么"


@given(st.text(alphabet="学校食堂的了吗多少什么？ 1a", max_size=30))
def test_content_is_what_was_written_or_part_of_it(query: str) -> None:
    assert all(piece in fold_text(query) for piece in content(query).split())
    assert bool(content(query).strip()) == bool(fold_text(query).strip())
