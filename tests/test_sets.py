"""The committed question sets, the rules they keep, shared words, and the command that checks."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.questions import Result, ask, figures, groups, placed
from corpus import Document, find_files, parse, read_file
from corpus.samples import SAMPLES
from eval.questions import QUESTIONS
from eval.sets import Gold, Question, QuestionSet, SetError, read_set, resolve
from eval.sets.__main__ import main
from eval.sets.columns import HEADS
from eval.sets.overlap import content_words, overlap
from eval.sets.reading import MOST_QUESTIONS
from eval.sets.rows import FIELDS, GOLD_FIELDS, LONGEST_TEXT, MOST_GOLD
from eval.sets.sheets import LARGEST_UNPACKED, MOST_COLUMNS, MOST_ROWS
from eval.sets.strict import check_strictly, wrong_fields
from eval.sets.values import KINDS, REFUSED
from index import Library
from retrieval.search import Searcher
from tests.conftest import Run
from tests.fakes import CANTEEN, FILES, write_files

SEEDS = Path(__file__).parents[2] / "shared" / "corpus" / "seeds"
GUIDE = (Path(__file__).parents[1] / "docs" / "question-sets.md").read_text(encoding="utf-8")
EDUCATION = QUESTIONS / "education.jsonl"
GOLD = {"document": "青禾县学校食堂管理办法", "quote": "校长每周陪餐不少于3次", "grade": 2}
ROW: dict[str, Any] = {
    "id": "q-1",
    "question": "校长一周要陪学生吃几顿饭？",
    "kind": "lay",
    "answerable": True,
    "gold": [GOLD],
    "overlap": None,
    "split": "dev",
}


def row(**changed: Any) -> dict[str, Any]:
    return ROW | changed


def gold(**changed: Any) -> dict[str, Any]:
    return row(gold=[GOLD | changed])


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in ROW.items() if key != name}


def write_rows(path: Path, *rows: dict[str, Any] | str) -> Path:
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def documents() -> list[Document]:
    return [parse(name, name, text) for name, text in FILES.items()]


# --- strict rules ---------------------------------------------------------------------------

LOOSE: list[tuple[dict[str, Any], str]] = [
    (without("id"), "no id of its own"),
    (without("kind"), 'kind is "unsorted": expected lay/figure/'),
    (without("split"), 'split is "": expected dev/heldout'),
    (row(split="test"), 'split is "test": expected dev/heldout'),
    (row(kind="near-miss"), "a question of the kind near-miss with answerable true"),
    (row(answerable=False, gold=[]), "a question of the kind lay with answerable false"),
    (row(draft=True), "a draft: accept it"),
    (gold(quote="太短"), 'gold 1: quote is "太短": expected 6 to 28 characters'),
    (gold(quote="长" * 29), "gold 1: quote is"),
    (row(gold=["《青禾县学校食堂管理办法》第二条"]), "gold 1: quote is null"),
    (row(gold=["校长每周陪餐不少于3次"]), "gold 1: no document: expected a title"),
    (gold(grade=3), "gold 1: grade is 3: expected 1 or 2"),
    (gold(grade=1), "answerable, but no gold of grade 2"),
]


@pytest.mark.parametrize(("loose", "message"), LOOSE)
def test_what_a_set_of_ones_own_may_be_a_committed_one_may_not(
    tmp_path: Path, loose: dict[str, Any], message: str
) -> None:
    (question,) = read_set(write_rows(tmp_path / "s.jsonl", loose), drafts=True).questions
    assert message in " ".join(wrong_fields(question))


def test_a_row_that_keeps_all_rules_has_nothing_wrong(tmp_path: Path) -> None:
    rows = [row(), row(id="q-2", question="？", kind="near-miss", answerable=False, gold=[])]
    read = read_set(write_rows(tmp_path / "s.jsonl", *rows)).questions
    assert [list(wrong_fields(one)) for one in read] == [[], []]


def test_loose_fields_and_gold_without_a_place_are_told_at_once(
    tmp_path: Path, documents: list[Document]
) -> None:
    rows = [gold(quote="校长每周陪餐不少于9次"), row(id="q-2", question="？", split="x")]
    with pytest.raises(SetError) as caught:
        check_strictly(read_set(write_rows(tmp_path / "s.jsonl", *rows)), documents)
    assert [line for line, _ in caught.value.mistakes] == [1, 2]


def test_a_quotation_is_written_as_it_stands(documents: list[Document]) -> None:
    written = Gold("關於做好課後服務的通知", "課後服務每週5天")
    one = Question(1, "q", "每周几天？", "lay", True, (written,), 0.0, "dev")
    with pytest.raises(SetError, match="is written otherwise there: “課後服務每週５天”"):
        check_strictly(QuestionSet(Path("s"), None, (one,)), documents)


# --- what is documented ---------------------------------------------------------------------


def test_the_example_of_the_guide_has_its_places_in_the_samples(tmp_path: Path) -> None:
    path = tmp_path / "example.csv"
    path.write_text(GUIDE.split("```csv\n")[1].split("```")[0], encoding="utf-8")
    samples = [read_file(file) for file in sorted(SAMPLES.glob("08-*.txt"))]
    class_size, age, nothing = resolve(read_set(path), samples)
    (first,), (second,) = class_size.places, age.places
    assert first.document is second.document
    assert first.document.quote(first.span).startswith("第十一条　小学每班不超过四十五人")
    assert second.clause.address == "第十五条"
    assert (nothing.places, nothing.question.kind) == ((), "unanswerable")


def test_the_guide_names_every_field_and_column() -> None:
    rows = [line for line in GUIDE.splitlines() if line.startswith("|")]
    for name in FIELDS:
        assert any(line.startswith(f"| `{name}`") for line in rows), name
    for name in GOLD_FIELDS:
        assert f"`gold[].{name}`" in GUIDE or f'"{name}"' in GUIDE, name
    for name in filter(None, HEADS.values()):
        assert any(f"| {name}" in line for line in rows), name
    assert f"{MOST_QUESTIONS:,} questions, {MOST_GOLD:,} places" in GUIDE
    assert f"{LONGEST_TEXT:,} characters a place" in GUIDE
    assert f"{MOST_ROWS:,} rows and {MOST_COLUMNS} columns" in GUIDE
    assert f"unpack to {LARGEST_UNPACKED // 1_000_000} MB" in GUIDE


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
    path = write_rows(tmp_path / "set.jsonl", row(), "", nothing)
    check = ["check", str(path), str(folder)]
    assert main([*check, "--strict"]) == 1
    assert f"{path}:1: overlap is None, computed" in capsys.readouterr().err
    assert main([*check, "--strict", "--write"]) == 0
    assert capsys.readouterr().out == "2 questions, 1 places of gold, each found\n"
    first, second = read_set(path).questions
    clause = "第二条　学校食堂实行校长陪餐制度，校长每周陪餐不少于3次。\n食堂应当公示一周菜谱。\n"
    assert clause in CANTEEN
    assert first.overlap == overlap(first.text, [clause])
    assert (second.line, second.overlap) == (3, None)
    assert main([*check, "--strict"]) == 0
    # A blank line is kept, and so is every other line as it was.
    assert path.read_text(encoding="utf-8").split("\n")[1:] == [
        "",
        json.dumps(nothing, ensure_ascii=False),
        "",
    ]


def test_the_command_names_every_line_whose_quotation_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_files(tmp_path / "documents")
    absent = gold(quote="校长每周陪餐不少于9次")
    rows = [absent, row(id="q-2", question="好？"), absent | {"id": "q-3", "question": "谁？"}]
    path = write_rows(tmp_path / "set.jsonl", *rows)
    before = path.read_bytes()
    assert main(["check", str(path), str(folder), "--write"]) == 1
    told = capsys.readouterr().err
    assert f"{path}:1: “校长每周陪餐不少于9次” stands 0 times" in told
    assert f"{path}:3: “校长每周陪餐不少于9次” stands 0 times" in told
    assert path.read_bytes() == before


def test_the_command_checks_a_set_of_ones_own_and_writes_it_in_another_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_files(tmp_path / "documents")
    own, table = tmp_path / "own.csv", tmp_path / "own.xlsx"
    own.write_text("问题,依据\n陪餐几次？,《食堂管理办法》第2条\n校车几点开？,\n", encoding="utf-8")
    assert main(["check", str(own), str(folder)]) == 0
    assert main(["convert", str(own), str(table)]) == 0
    assert main(["check", str(table), str(folder)]) == 0
    capsys.readouterr()
    assert main(["check", str(table), str(folder), "--write"]) == 1
    assert "into JSON Lines only" in capsys.readouterr().err


def test_the_command_line_tells_each_mistake_on_a_line(
    library: Library, sources: Path, tmp_path: Path, youju: Run
) -> None:
    library.add([sources], vectors=False)
    path = tmp_path / "own.csv"
    path.write_text("问题,依据\n甲？,《食堂办法》第九条\n乙？,{\n丙？,[\n", encoding="utf-8")
    result = youju("eval", path, "--library", library.folder, "--mode", "bm25")
    assert (result.status, result.out, len(result.complaints)) == (1, "", 2)
    path.write_text("问题,依据\n甲？,《食堂办法》第九条\n乙？,《没有》第一条\n", encoding="utf-8")
    result = youju("eval", path, "--library", library.folder, "--mode", "bm25")
    assert [line.split(":")[2] for line in result.complaints] == ["2", "3"]


def test_the_command_says_in_a_line_that_a_folder_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_rows(tmp_path / "set.jsonl", row())
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
    path = write_rows(tmp_path / "set.jsonl", row(question="校长陪餐", gold=places, overlap=1.0))
    (one,) = placed(library, path)
    result = ask(Searcher(library), one, "bm25")
    assert (result.rank, result.found, result.documents) == (1, 0.5, 2)


# --- the committed sets ---------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_committed_set_keeps_the_rules_and_has_every_kind_and_halves(path: Path) -> None:
    questions = read_set(path).questions
    assert [(one.line, said) for one in questions for said in wrong_fields(one)] == []
    kinds = Counter(question.kind for question in questions)
    assert set(KINDS) - set(kinds) <= {"superseded"}
    assert sum(kinds[kind] for kind in REFUSED) >= 25
    for kind in kinds:
        splits = [question.split for question in questions if question.kind == kind]
        assert splits == (["dev", "heldout"] * len(splits))[: len(splits)]


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_committed_set_has_questions_with_gold_in_several_documents(path: Path) -> None:
    for question in read_set(path).questions:
        if question.kind in ("several", "trace"):
            assert len({gold.document for gold in question.gold}) > 1, question.text


@pytest.mark.real
@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real documents are not at {SEEDS}")
def test_every_quotation_of_the_set_stands_in_its_document() -> None:
    documents = [read_file(path) for path in find_files([SEEDS])]
    assert len(check_strictly(read_set(EDUCATION), documents)) >= 250
