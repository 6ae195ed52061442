"""Everyday words: the table that comes with the program, and the one of a library."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import parse
from index import Library
from retrieval import Searcher
from retrieval.query import ADDED_WEIGHT, content, expanded, query_tokens
from retrieval.synonyms import LibrarySynonyms, Synonyms, SynonymsError, built_in, built_in_pairs
from retrieval.synonyms.table import (
    LARGEST,
    LONGEST_WORD,
    MOST_PAIRS,
    checked_pair,
    read_pair,
    read_table,
)
from retrieval.synonyms.words import BUILT_IN
from tests.conftest import Run

RULE = "青禾县教职工管理办法\n\n第一条　饭补每月一百元。\n第二条　膳食津贴每月二百元。\n"


# --- words ------------------------------------------------------------------------------------


def test_the_built_in_table_has_no_problems() -> None:
    table = read_table(BUILT_IN)
    assert table.problems == ()
    assert len(table.pairs) > 200


def test_no_pair_adds_only_the_word_that_was_asked_for() -> None:
    assert [word for word, policy in built_in_pairs().items() if policy == (word,)] == []


@pytest.mark.parametrize("text", ["晚上学习", "老师傅", "早上学生到校"])
def test_an_everyday_word_within_another_word_is_none(text: str) -> None:
    assert built_in().policy_words(text) == []


def test_the_longest_everyday_word_counts() -> None:
    synonyms = Synonyms({"学区": ("片区",), "学区房": ("划片",)})
    assert synonyms.policy_words("学区房和学区") == ["划片", "片区"]
    assert synonyms.said_in_policy("买学区房") == "买 划片 "


def test_added_words_count_less_than_those_that_were_asked_for() -> None:
    weights = query_tokens("老师", Synonyms({"老师": ("教师",)}))
    assert weights["老师"] >= 1
    assert weights["教师"] == pytest.approx(ADDED_WEIGHT * weights["老师"])
    assert query_tokens("校舍检查", Synonyms({})) == {"校舍": 2.0, "检查": 2.0, "舍检": 1.0}


def test_traditional_script_is_an_everyday_word_too() -> None:
    assert built_in().policy_words("老師") == ["教师"]


@given(st.text(max_size=40))
def test_a_text_keeps_what_is_no_everyday_word(text: str) -> None:
    assert Synonyms({}).said_in_policy(text) == text
    assert expanded(text, Synonyms({})) == text


# --- the file of a library --------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> LibrarySynonyms:
    return LibrarySynonyms(tmp_path)


def test_pairs_are_added_joined_and_removed(own: LibrarySynonyms) -> None:
    own.add("饭补", ["膳食津贴"])
    own.add("饭补", ["伙食补助", "膳食津贴"])
    assert own.table.pairs == {"饭补": ("膳食津贴", "伙食补助")}
    assert own.synonyms.policy_words("饭补多少") == ["膳食津贴", "伙食补助"]
    assert LibrarySynonyms(own.path.parent).table == own.table
    assert own.remove("饭补") == ("膳食津贴", "伙食补助")
    assert own.table.pairs == {}
    assert own.path.read_text("utf-8").startswith("#")


def test_own_words_stand_in_place_of_built_in_ones(own: LibrarySynonyms) -> None:
    own.add("老师", ["专任教师"])
    assert own.synonyms.policy_words("老师") == ["专任教师"]
    assert own.synonyms.policy_words("私立") == list(built_in_pairs()["私立"])


def test_the_file_is_read_again_when_it_changes(own: LibrarySynonyms) -> None:
    assert own.table.pairs == {}
    own.path.write_text("饭补\t膳食津贴\n", encoding="utf-8")
    assert own.table.pairs == {"饭补": ("膳食津贴",)}
    own.path.unlink()
    assert own.table.pairs == {}


def test_what_people_wrote_beside_the_pairs_stays(own: LibrarySynonyms) -> None:
    own.path.write_text("# 我们的词\n饭补\t膳食津贴\nbad\n", encoding="utf-8")
    own.add("车补", ["交通补助"])
    own.remove("饭补")
    assert own.path.read_text("utf-8").splitlines() == ["# 我们的词", "bad", "车补\t交通补助"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("饭补 膳食津贴", "expected an everyday word, a tab, and words of policy"),
        ("饭补\t膳食津贴\t伙食", "expected an everyday word, a tab"),
        ("饭补\t", "0 words of policy"),
        ("饭\t膳食津贴", "expected 2 to 30 characters"),
        ("\t膳食津贴", "expected 2 to 30 characters"),
        (f"饭补\t{'膳' * 31}", "expected 2 to 30 characters"),
        (f"饭补\t{' '.join(f'补助{n}' for n in range(13))}", "13 words of policy"),
        ("好的\t第一\n好的\t第二", "stands in a line above"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_by_its_number(
    own: LibrarySynonyms, line: str, says: str
) -> None:
    own.path.write_text(f"# 说明\n\n车补\t交通补助\n{line}\n", encoding="utf-8")
    (problem,) = own.table.problems
    assert str(problem).startswith(f"line {4 + line.count(chr(10))}: ")
    assert says in str(problem)
    assert "车补" in own.table.pairs


def test_a_table_has_a_largest_size(own: LibrarySynonyms) -> None:
    own.path.write_bytes(b"#" * (LARGEST + 1))
    assert [problem.line for problem in own.table.problems] == [0]
    with pytest.raises(SynonymsError, match=f"at most {LARGEST}"):
        own.add("饭补", ["膳食津贴"])
    rows = "".join(f"词语{n}\t说法{n}\n" for n in range(MOST_PAIRS + 1))
    own.path.write_text(rows, encoding="utf-8")
    assert len(own.table.pairs) == MOST_PAIRS
    assert [problem.line for problem in own.table.problems] == [MOST_PAIRS + 1]
    with pytest.raises(SynonymsError, match=f"over {MOST_PAIRS} pairs"):
        own.add("饭补", ["膳食津贴"])


def test_a_file_in_another_encoding_is_told_and_left_alone(own: LibrarySynonyms) -> None:
    data = "饭补\t膳食津贴\n".encode("gb18030")
    own.path.write_bytes(data)
    assert "save it as UTF-8" in str(own.table.problems[0])
    with pytest.raises(SynonymsError, match="save it as UTF-8"):
        own.add("车补", ["交通补助"])
    assert own.path.read_bytes() == data


def test_a_byte_order_mark_is_no_part_of_a_word(own: LibrarySynonyms) -> None:
    own.path.write_text("\ufeff饭补\t膳食津贴\r\n", encoding="utf-8")
    assert own.table.pairs == {"饭补": ("膳食津贴",)}


def test_what_is_not_there_cannot_be_removed(own: LibrarySynonyms) -> None:
    with pytest.raises(SynonymsError, match="there is no pair for '饭补'"):
        own.remove("饭补")
    with pytest.raises(SynonymsError, match="the program's own table holds '老师'"):
        own.remove("老师")


@given(st.text(max_size=40), st.lists(st.text(max_size=8), max_size=4))
def test_what_is_accepted_is_read_back(everyday: str, policy: list[str]) -> None:
    try:
        pair = checked_pair(everyday, [word for words in policy for word in words.split()])
    except SynonymsError:
        return
    line = f"{pair[0]}\t{' '.join(pair[1])}"
    if len(line.splitlines()) == 1:
        assert read_pair(line) == pair
    assert all(len(word) <= 4 * LONGEST_WORD for word in pair[1])


# --- in a search and at the command line ------------------------------------------------------


def test_a_search_finds_by_a_librarys_own_pair(library: Library) -> None:
    library.put_all([parse("d", "d.txt", RULE)])
    searcher = Searcher(library)
    assert searcher.search("吃饭钱", 5, "bm25").hits == []
    searcher.synonyms.add("吃饭钱", ["膳食津贴"])
    (hit, *_) = searcher.search("吃饭钱", 5, "bm25").hits
    assert hit.clause.address == "第二条"
    assert content("吃饭钱", searcher.synonyms.synonyms) == "膳食津贴"


def test_a_bad_line_is_a_remark_of_the_results(library: Library) -> None:
    library.put_all([parse("d", "d.txt", RULE)])
    searcher = Searcher(library)
    searcher.synonyms.path.write_text("bad\n", encoding="utf-8")
    (remark,) = searcher.search("饭补", 5, "bm25").remarks
    assert (remark.kind, remark.values[:2]) == ("synonyms", ("1", "1"))
    assert "第 1 行" in remark.text
    assert "line 1" in remark.said("en")


def test_a_table_that_cannot_be_read_is_a_remark_and_stops_no_search(library: Library) -> None:
    library.put_all([parse("d", "d.txt", RULE)])
    searcher = Searcher(library)
    searcher.synonyms.path.mkdir()
    results = searcher.search("饭补", 5, "bm25")
    assert [remark.kind for remark in results.remarks] == ["synonyms_table"]
    assert "cannot be read" in results.remarks[0].text
    with pytest.raises(SynonymsError, match="cannot be read"):
        searcher.synonyms.add("涨薪", ["提高待遇"])


@pytest.fixture
def filled(library: Library) -> Library:
    library.put_all([parse("d", "d.txt", RULE)])
    return library


def test_the_command_lists_adds_and_removes(youju: Run, filled: Library) -> None:
    everything = youju("synonyms", "--json").json
    assert {pair["own"] for pair in everything["pairs"]} == {False}
    added = youju("synonyms", "add", "涨薪", "提高待遇", "薪酬", "--json").json
    assert added["pairs"] == [{"everyday": "涨薪", "policy": ["提高待遇", "薪酬"], "own": True}]
    listed = youju("synonyms")
    assert "自定义  涨薪 → 提高待遇、薪酬" in listed.out.splitlines()
    removed = youju("synonyms", "remove", "涨薪", "--json").json
    assert removed == {"removed": [{"everyday": "涨薪", "policy": ["提高待遇", "薪酬"]}]}
    assert youju("synonyms", "--json").json == everything


def test_the_library_may_be_named_before_or_behind_the_action(
    youju: Run, filled: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YOUJU_LIBRARY", str(tmp_path / "elsewhere"))
    assert youju("synonyms", "--library", filled.folder, "add", "饭补", "膳食津贴").status == 0
    assert youju("synonyms", "add", "车补", "交通补助", "--library", filled.folder).status == 0
    pairs = youju("synonyms", "--library", filled.folder, "--json").json["pairs"]
    assert [pair["everyday"] for pair in pairs if pair["own"]] == ["饭补", "车补"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "饭", "膳食津贴"), "expected 2 to 30 characters"),
        (("remove", "没有的词"), "there is no pair for"),
    ],
)
def test_an_error_is_one_line(
    youju: Run, filled: Library, arguments: tuple[str, ...], says: str
) -> None:
    result = youju("synonyms", *arguments)
    assert result.status == 1
    (line,) = result.complaints
    assert says in line


def test_a_bad_line_is_an_error_of_the_list(youju: Run, filled: Library) -> None:
    (filled.folder / "synonyms.tsv").write_text("车补\t交通补助\nbad\n", encoding="utf-8")
    result = youju("synonyms", "--json")
    assert result.status == 1
    assert [problem["line"] for problem in result.json["problems"]] == [2]
    (line,) = result.complaints
    assert "line 2" in line


def test_a_library_that_is_not_there_is_not_made(youju: Run, tmp_path: Path) -> None:
    assert youju("synonyms", "add", "饭补", "膳食津贴").status == 1
    assert not (tmp_path / "library").exists()


def test_writing_leaves_nothing_else_behind(own: LibrarySynonyms) -> None:
    own.add("饭补", ["膳食津贴"])
    assert os.listdir(own.path.parent) == [own.path.name]
