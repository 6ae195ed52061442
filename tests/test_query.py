"""What is a question, what it asks for, and what is left of it without its question words."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import retrieval.query
from corpus.fold import fold_text
from retrieval.query import LONGEST, Asked, QueryError, answers, asked, checked, content, expanded


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
        ("由谁牵头", "lead"),
        ("主辦單位是谁", "lead"),
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
        ("unit", "由市教育局负责", True),
        ("lead", "由市教育局牵头", True),
        ("lead", "由市教育局负责", False),
        ("place", "到政务服务大厅办理", True),
        ("any", "任何一句话", True),
    ],
)
def test_a_sentence_holds_what_was_asked_for(kind: Asked, sentence: str, holds: bool) -> None:
    assert answers(kind, sentence) is holds


def words(query: str) -> list[str]:
    return re.findall(r"\w+", content(query))


def test_question_words_say_nothing_of_the_content() -> None:
    assert words("请问食堂收费是多少？") == ["食堂收费"]
    assert words("什么") == ["什么"]


@given(st.text(alphabet="食堂校车的了吗多少什么？ 1a", max_size=30))
def test_content_is_part_of_what_was_written(query: str) -> None:
    assert all(word in fold_text(query) for word in words(query))
    assert bool(content(query).strip()) == bool(fold_text(query).strip())


# --- everyday words -----------------------------------------------------------------------------


def table() -> list[list[str]]:
    path = Path(retrieval.query.__file__).with_name("everyday.tsv")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def test_the_table_names_each_everyday_word_once_with_what_policy_calls_it() -> None:
    assert {len(row) for row in table()} == {2}
    folded = [fold_text(everyday) for everyday, _ in table()]
    assert sorted(folded) == sorted(set(folded))
    assert all(policy.split() for _, policy in table())


def test_an_everyday_word_brings_those_of_policy() -> None:
    for everyday, policy in table():
        query = expanded(f"关于{everyday}的规定")
        assert query.startswith(f"关于{everyday}的规定 ")
        assert query.endswith(" ".join(policy.split()))
        assert policy.split()[0] in content(f"关于{everyday}的规定")


def test_a_query_without_everyday_words_stays_as_it_is() -> None:
    assert expanded("第十二条") == "第十二条"
