"""What is a question, what it asks for, and what is left of it without its question words."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import retrieval.query
from corpus.fold import fold_text
from retrieval.query import LONGEST, QueryError, checked, content, expanded


@pytest.mark.parametrize("query", ["", " ", "\n\t　"])
def test_an_empty_question_cannot_be_asked(query: str) -> None:
    with pytest.raises(QueryError, match="the question is empty"):
        checked(query)


def test_a_question_has_a_longest() -> None:
    assert checked("问" * LONGEST + "  ") == "问" * LONGEST
    with pytest.raises(QueryError, match=f"{LONGEST + 1} characters, at most {LONGEST}"):
        checked("问" * (LONGEST + 1))


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
