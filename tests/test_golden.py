"""Question sets: mistakes with their lines, quotations in their places, shared words."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.questions import Result, ask, figures, groups, placed
from corpus import Document, find_files, parse, read_file
from eval.golden import (
    GoldError,
    check,
    clause_at,
    content_words,
    main,
    overlap,
    place,
    problems,
)
from eval.questions import KINDS, QUESTIONS, Gold, Question, SetError, read_questions
from eval.questions.rows import REFUSED
from index import Library
from retrieval.search import Searcher
from tests.fakes import CANTEEN, NOTICE, PLAN, write_files

SEEDS = Path(__file__).parents[2] / "shared" / "corpus" / "seeds"
EDUCATION = QUESTIONS / "education.jsonl"
ROW: dict[str, Any] = {
    "id": "q-1",
    "question": "校长一周要陪学生吃几顿饭？",
    "kind": "lay",
    "answerable": True,
    "gold": [{"document": "青禾县学校食堂管理办法", "quote": "校长每周陪餐不少于3次", "grade": 2}],
    "overlap": None,
    "split": "dev",
}


def row(**changed: Any) -> dict[str, Any]:
    return ROW | changed


def gold(**changed: Any) -> dict[str, Any]:
    return row(gold=[ROW["gold"][0] | changed])


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in ROW.items() if key != name}


def write_set(path: Path, *rows: dict[str, Any] | str) -> Path:
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def documents() -> list[Document]:
    texts = {"canteen.txt": CANTEEN, "plan.md": PLAN, "notice.txt": NOTICE}
    return [parse(name, name, text) for name, text in texts.items()]


# --- reading --------------------------------------------------------------------------------


def test_a_row_becomes_a_question(tmp_path: Path) -> None:
    path = write_set(tmp_path / "set.jsonl", "", row(overlap=0.25))
    (question,) = read_questions(path)
    assert (question.line, question.id, question.text) == (2, "q-1", ROW["question"])
    assert (question.kind, question.answerable, question.split) == ("lay", True, "dev")
    assert question.gold == (Gold("青禾县学校食堂管理办法", "校长每周陪餐不少于3次", 2),)
    assert question.overlap == 0.25


WRONG: list[tuple[dict[str, Any] | str, str]] = [
    ("{", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ("[1]", "expected an object, found [1]"),
    (without("split"), "no split: expected dev/heldout"),
    (row(id=7), "id is 7: expected text"),
    (row(question="  "), "question is"),
    (row(kind="how"), 'kind is "how": expected lay/figure/'),
    (row(kind=["lay"]), 'kind is ["lay"]: expected lay/'),
    (row(answerable=1), "answerable is 1: expected true or false"),
    (row(overlap=1.5), "overlap is 1.5: expected null or a number from 0 to 1"),
    (row(overlap=True), "overlap is true"),
    (row(split="test"), 'split is "test": expected dev/heldout'),
    (row(note="x"), "unknown field 'note'"),
    (row(gold="x"), 'gold is "x": expected a list'),
    (row(gold=["x"]), 'gold 1: expected an object, found "x"'),
    (gold(quote="太短"), 'gold 1: quote is "太短": expected 6 to 28 characters'),
    (gold(quote="长" * 29), "expected 6 to 28 characters"),
    (gold(grade=3), "gold 1: grade is 3: expected 1 or 2"),
    (gold(grade=True), "gold 1: grade is true"),
    (gold(occurrence=0), "gold 1: occurrence is 0: expected 1 or more"),
    (gold(page=1), "gold 1: unknown field 'page'"),
    (gold(grade=1), "answerable, but no gold of grade 2"),
    (row(gold=[]), "answerable, but no gold of grade 2"),
    (row(kind="near-miss"), "a question of the kind near-miss with answerable true"),
    (row(answerable=False), "a question of the kind lay with answerable false"),
    (row(kind="near-miss", answerable=False), "not answerable: expected no gold"),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, wrong: dict[str, Any] | str, message: str
) -> None:
    other = row(id="q-0", question="另一个问题？")
    with pytest.raises(SetError) as caught:
        read_questions(write_set(tmp_path / "set.jsonl", other, wrong))
    assert {line for line, _ in caught.value.mistakes} == {2}
    assert message in str(caught.value)
    assert f"{tmp_path / 'set.jsonl'}:2: " in str(caught.value)


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    rows = [row(), "{", gold(grade=0, quote="短"), row(split="x", kind="y")]
    with pytest.raises(SetError) as caught:
        read_questions(write_set(tmp_path / "set.jsonl", *rows))
    assert [line for line, _ in caught.value.mistakes] == [2, 3, 3, 4, 4]


def test_an_id_or_a_question_that_stands_twice_is_a_mistake(tmp_path: Path) -> None:
    rows = [row(), row(question="别的？"), row(id="q-2")]
    with pytest.raises(SetError) as caught:
        read_questions(write_set(tmp_path / "set.jsonl", *rows))
    assert [line for line, _ in caught.value.mistakes] == [2, 3]
    assert all("stands in line 1 already" in said for _, said in caught.value.mistakes)


def test_a_file_that_is_not_text_or_holds_nothing_is_refused(tmp_path: Path) -> None:
    broken, empty = tmp_path / "broken.jsonl", write_set(tmp_path / "empty.jsonl")
    broken.write_bytes(b"\xff\xfe\xfd")
    for path, message in [
        (broken, "not UTF-8"),
        (empty, "no question"),
        (tmp_path / "none.jsonl", "cannot be read"),
    ]:
        with pytest.raises(SetError, match=message):
            read_questions(path)


# --- placing --------------------------------------------------------------------------------


def test_a_quotation_leads_to_its_clause(documents: list[Document]) -> None:
    found = place(Gold("白沙市人民政府关于发展学前教育的意见", "不少于2班", 2), documents)
    assert found.document.id == "plan.md"
    assert found.clause.address == "一、（二）"
    assert found.document.quote(found.span) == "不少于2班"


@pytest.mark.parametrize("name", ["青禾县学校食堂管理办法", "食堂管理办法", "canteen.txt"])
def test_a_document_has_a_title_a_part_of_it_and_a_file_name(
    documents: list[Document], name: str
) -> None:
    assert place(Gold(name, "校长陪餐制度", 2), documents).document.id == "canteen.txt"


def test_a_whole_title_comes_before_a_part_of_a_longer_one() -> None:
    texts = {"a": "关于推迟柳湖办法的通知\n第一条　推迟一年。", "b": "柳湖办法\n第一条　推迟一年。"}
    both = [parse(name, name, text) for name, text in texts.items()]
    assert {document.label for document in both} == {"关于推迟柳湖办法的通知", "柳湖办法"}
    assert place(Gold("柳湖办法", "推迟一年。", 2), both).document.id == "b"


UNPLACED = [
    (Gold("岚川省规定", "校长陪餐制度", 2), "0 documents are called “岚川省规定”"),
    (Gold("的", "校长陪餐制度", 2), "documents are called “的”"),
    (Gold("canteen.txt", "校长不必陪餐", 2), "stands 0 times"),
    (Gold("canteen.txt", "学校食堂", 2), "stands 3 times"),
    (Gold("canteen.txt", "学校食堂", 2, 4), "stands 3 times in “canteen.txt”, expected 4"),
    (Gold("canteen.txt", "本办法。\n第二条　学校", 2), "runs past the end of 第一条"),
]


@pytest.mark.parametrize(("wrong", "message"), UNPLACED)
def test_a_quotation_without_a_certain_place_is_refused(
    documents: list[Document], wrong: Gold, message: str
) -> None:
    with pytest.raises(GoldError) as caught:
        place(wrong, documents)
    assert message in str(caught.value)


def test_an_occurrence_is_chosen_by_its_number(documents: list[Document]) -> None:
    found = [place(Gold("canteen.txt", "学校食堂", 2, number), documents) for number in (1, 2)]
    assert [one.clause.kind for one in found] == ["header", "article"]
    assert found[0].span.start < found[1].span.start


@given(st.data())
def test_every_offset_has_the_clause_that_holds_it(data: st.DataObject) -> None:
    document = parse("plan", "plan.md", PLAN)
    offset = data.draw(st.integers(0, len(document.text) - 1))
    clause = clause_at(document, offset)
    assert clause.start <= offset < clause.end


# --- shared words ---------------------------------------------------------------------------


def test_content_words_leave_out_single_characters_but_not_figures() -> None:
    assert content_words("学校的食堂，5元吗？") == {"学校", "食堂", "5"}


def test_the_overlap_is_the_best_share_of_the_questions_words() -> None:
    clauses = ["学校食堂陪餐", "学校有图书"]
    assert content_words("食堂和图书的学校") == {"食堂", "图书", "学校"}
    assert overlap("食堂和图书的学校", clauses) == round(2 / 3, 2)
    assert overlap("食堂", clauses) == 1
    assert overlap("校车", clauses) == 0
    assert overlap("吗？", clauses) == 0
    assert overlap("食堂", []) == 0


def test_traditional_and_simplified_are_the_same_words() -> None:
    assert overlap("學校圖書", ["学校图书"]) == 1


@given(st.text(alphabet="学校食堂图书的吗123", max_size=20), st.text(alphabet="学校食堂图书"))
def test_an_overlap_is_a_share_and_grows_with_the_clause(question: str, clause: str) -> None:
    share = overlap(question, [clause])
    assert 0 <= share <= overlap(question, [clause, question]) <= 1
    assert overlap(question, [question]) == (1 if content_words(question) else 0)


# --- the command ----------------------------------------------------------------------------


def test_the_command_writes_the_overlap_and_is_then_content(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_files(tmp_path / "documents")
    nothing = row(id="q-2", question="校车几点开？", kind="near-miss", answerable=False, gold=[])
    path = write_set(tmp_path / "set.jsonl", row(), "", nothing)
    assert main(["check", str(path), str(folder)]) == 1
    assert f"{path}:1: overlap is None, computed" in capsys.readouterr().err
    assert main(["check", str(path), str(folder), "--write"]) == 0
    assert capsys.readouterr().out == "2 questions, 1 quotations, each in its place\n"
    first, second = read_questions(path)
    clause = "第二条　学校食堂实行校长陪餐制度，校长每周陪餐不少于3次。\n食堂应当公示一周菜谱。\n"
    assert first.overlap == overlap(first.text, [clause])
    assert (second.line, second.overlap) == (3, None)
    assert main(["check", str(path), str(folder)]) == 0


def test_the_command_names_every_line_whose_quotation_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_files(tmp_path / "documents")
    absent = gold(quote="校长每周陪餐不少于9次")
    rows = [absent, row(id="q-2", question="好？"), absent | {"id": "q-3", "question": "谁？"}]
    path = write_set(tmp_path / "set.jsonl", *rows)
    before = path.read_bytes()
    assert main(["check", str(path), str(folder), "--write"]) == 1
    told = capsys.readouterr().err
    assert f"{path}:1: “校长每周陪餐不少于9次” stands 0 times" in told
    assert f"{path}:3: “校长每周陪餐不少于9次” stands 0 times" in told
    assert path.read_bytes() == before


def test_the_command_says_in_a_line_that_a_folder_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_set(tmp_path / "set.jsonl", row())
    assert main(["check", str(path), str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


# --- the benchmark --------------------------------------------------------------------------


def results(*ranks: int) -> list[Result]:
    texts = [f"问题{number}？" for number in range(len(ranks))]
    return [
        Result(Question(1, text, text, "lay", True, (), number / 10, "dev"), rank, 0.5, 2)
        for number, (text, rank) in enumerate(zip(texts, ranks, strict=True))
    ]


def test_a_question_without_a_right_clause_counts_too() -> None:
    assert figures(results(1, 3, 0, 4)) == (4, 1 / 4, 2 / 4, 3 / 4, (1 + 1 / 3 + 1 / 4) / 4)


def test_thirds_hold_every_question_once_from_few_shared_words_to_many() -> None:
    every, kind, *thirds = groups(results(1, 2, 0, 4, 5))
    assert (every[0], kind[0]) == ("all", "lay")
    assert [name for name, _ in thirds] == [
        "overlap 0.00 to 0.10",
        "overlap 0.20 to 0.20",
        "overlap 0.30 to 0.40",
    ]
    assert [result for _, third in thirds for result in third] == every[1]


def test_a_library_is_asked_and_a_gold_document_that_is_missed_lowers_the_share(
    library: Library, sources: Path, tmp_path: Path
) -> None:
    library.add([sources])
    places = [
        {"document": "canteen.txt", "quote": "校长每周陪餐不少于3次", "grade": 2},
        {"document": "notice.txt", "quote": "課後服務每週５天", "grade": 1},
    ]
    path = write_set(tmp_path / "set.jsonl", row(question="校长陪餐", gold=places, overlap=1.0))
    (one,) = placed(library, path)
    result = ask(Searcher(library), one, "bm25")
    assert (result.rank, result.found, result.documents) == (1, 0.5, 2)


# --- the set of the five plans --------------------------------------------------------------


def test_the_set_has_every_kind_and_halves() -> None:
    questions = read_questions(EDUCATION)
    kinds = Counter(question.kind for question in questions)
    assert set(kinds) == set(KINDS)
    assert kinds["lay"] >= 40 and kinds["near-miss"] >= 12
    assert sum(kinds[kind] for kind in REFUSED) >= 30
    for kind in kinds:
        splits = [question.split for question in questions if question.kind == kind]
        assert splits == (["dev", "heldout"] * len(splits))[: len(splits)]


def test_the_set_has_questions_with_gold_in_several_documents() -> None:
    for question in read_questions(EDUCATION):
        if question.kind in ("several", "trace"):
            assert len({gold.document for gold in question.gold}) > 1, question.text


@pytest.mark.real
@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real documents are not at {SEEDS}")
def test_every_quotation_of_the_set_stands_in_its_document() -> None:
    documents = [read_file(path) for path in find_files([SEEDS])]
    checked = [check(question, documents) for question in read_questions(EDUCATION)]
    assert list(problems(checked)) == []
