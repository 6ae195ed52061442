"""Question sets as files: what each format may say, what is refused, and the way there and back."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from eval.sets import Gold, Question, SetError, read_set, write_set
from eval.sets.rows import default_id
from eval.sets.writing import EXTENSIONS
from retrieval.tables.safety import readable

ROW: dict[str, Any] = {"question": "校长一周陪几顿饭？", "gold": "《食堂办法》第二条"}


def told(path: Path) -> list[tuple[int, str]]:
    with pytest.raises(SetError) as caught:
        read_set(path)
    return caught.value.mistakes


def write_lines(path: Path, *rows: dict[str, Any] | str) -> Path:
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# --- JSON Lines -----------------------------------------------------------------------------


def test_a_question_and_its_gold_are_enough(tmp_path: Path) -> None:
    nothing = {"question": "校车几点开？"}
    read = read_set(write_lines(tmp_path / "own.jsonl", "", ROW, nothing))
    first, second = read.questions
    assert (read.name, read.split) == ("own", None)
    assert (first.line, first.id, first.kind, first.split) == (2, "line-2", "unsorted", "")
    assert (first.answerable, first.overlap, first.draft) == (True, None, False)
    assert first.gold == (Gold("食堂办法", address="第二条"),)
    assert (second.id, second.kind, second.answerable) == ("line-3", "unanswerable", False)
    assert second.gold == ()


def test_gold_may_be_objects_texts_or_both(tmp_path: Path) -> None:
    golds = [
        {"document": "食堂办法", "quote": "每周陪餐", "grade": 1, "occurrence": 2},
        {"clause": "d0123456789ab-0003"},
        {"address": "《食堂办法》（青教〔2023〕1号）第3条"},
        "《食堂办法》“校长|陪餐” | 《办法》三、（二）",
    ]
    (question,) = read_set(write_lines(tmp_path / "own.jsonl", ROW | {"gold": golds})).questions
    assert question.gold == (
        Gold("食堂办法", "每周陪餐", 1, 2),
        Gold(clause="d0123456789ab-0003"),
        Gold("食堂办法（青教〔2023〕1号）", address="第3条"),
        Gold("食堂办法", "校长|陪餐"),
        Gold("办法", address="三、（二）"),
    )


def test_any_kind_and_any_split_will_do(tmp_path: Path) -> None:
    rows = [
        ROW | {"kind": "午餐", "split": "甲"},
        ROW | {"question": "二？", "split": "乙"},
        ROW | {"question": "三？"},
    ]
    path = write_lines(tmp_path / "own.jsonl", *rows)
    assert [one.kind for one in read_set(path).questions] == ["午餐", "unsorted", "unsorted"]
    assert [one.text for one in read_set(path, "乙").questions] == ["二？"]
    with pytest.raises(SetError, match="no question of the split 'dev': expected one of 乙, 甲"):
        read_set(path, "dev")
    with pytest.raises(SetError, match="it has no splits"):
        read_set(write_lines(path, ROW), "dev")


def test_drafts_are_left_out_until_they_are_accepted(tmp_path: Path) -> None:
    draft = ROW | {"question": "草？", "draft": True}
    path = write_lines(tmp_path / "own.jsonl", ROW, draft)
    assert [one.draft for one in read_set(path).questions] == [False]
    assert [one.draft for one in read_set(path, drafts=True).questions] == [False, True]
    ((line, said),) = told(write_lines(path, draft))
    assert (line, said[: said.index(":")]) == (0, "holds 1 drafts and no question")
    assert "emptying their column 草稿 (draft)" in said


WRONG: list[tuple[dict[str, Any] | str, str]] = [
    ("{", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ('{"question": ' + "1" * 5_000 + "}", "not JSON"),
    ("[1]", "expected an object, found [1]"),
    ({"gold": "《办法》第二条"}, "no question: expected what is asked"),
    (ROW | {"id": 7}, "id is 7: expected text"),
    (ROW | {"question": "长" * 1001}, "expected text of 1 to 1000 characters"),
    (ROW | {"question": "坏\x00"}, "question is"),
    (ROW | {"question": "坏\ud800"}, "question is"),
    (ROW | {"kind": ["lay"]}, 'kind is ["lay"]: expected text'),
    (ROW | {"answerable": 1}, "answerable is 1: expected true or false"),
    (ROW | {"overlap": 1.5}, "overlap is 1.5: expected null or a number from 0 to 1"),
    (ROW | {"overlap": True}, "overlap is true"),
    (ROW | {"page": "x"}, 'unknown field "page": expected id, question'),
    (ROW | {"gold": {"quote": "x"}}, "gold is {"),
    (ROW | {"gold": [3]}, "gold 1: expected an object or a text, found 3"),
    (ROW | {"gold": "{"}, "gold 1: begins like JSON, but is none"),
    (ROW | {"gold": f'{{"grade": {"1" * 5_000}}}'}, "gold 1: begins like JSON, but is none"),
    (ROW | {"gold": "[" * 5_000}, "gold 1: begins like JSON, but is none"),
    (ROW | {"gold": [{"quote": "长" * 2001}]}, "gold 1: quote is"),
    (ROW | {"gold": [{"quote": "x", "grade": True}]}, "gold 1: grade is true"),
    (ROW | {"gold": [{"quote": "x", "grade": 1000}]}, "expected a whole number from -9 to 99"),
    (ROW | {"gold": [{"quote": "x", "occurrence": 0}]}, "gold 1: occurrence is 0"),
    (ROW | {"gold": [{"quote": "x", "page": 1}]}, 'gold 1: unknown field "page"'),
    (ROW | {"gold": [{"quote": "x", "address": "第三条"}]}, "gold 1: quote and address: expected"),
    (ROW | {"gold": [{"grade": 2}]}, "gold 1: no place: expected one of quote, address, clause"),
    (ROW | {"gold": [{"document": "x", "occurrence": 1}]}, "gold 1: occurrence without a quote"),
    (ROW | {"gold": [], "answerable": True}, "answerable, but no gold of grade 1"),
    (ROW | {"gold": [{"quote": "x", "grade": 0}], "answerable": True}, "answerable, but no gold"),
    (ROW | {"answerable": False}, "not answerable, but with gold"),
    ({"question": "？", "overlap": 0.5}, "not answerable: expected null for the overlap"),
    (ROW | {"gold": ["第一条"] * 1001}, "1001 places of gold, expected at most 1000"),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, wrong: dict[str, Any] | str, message: str
) -> None:
    row = wrong if isinstance(wrong, str) else json.dumps(wrong)
    mistakes = told(write_lines(tmp_path / "set.jsonl", ROW | {"question": "另？"}, row))
    assert {line for line, _ in mistakes} == {2}
    assert message in " ".join(said for _, said in mistakes)


def test_all_mistakes_are_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    rows = [
        ROW,
        "{",
        ROW | {"kind": 3, "gold": [{"grade": "x"}]},
        ROW | {"question": "？", "id": 3},
    ]
    path = write_lines(tmp_path / "set.jsonl", *rows)
    with pytest.raises(SetError) as caught:
        read_set(path)
    assert [line for line, _ in caught.value.mistakes] == [2, 3, 3, 3, 4]
    assert all(line.startswith(f"{path}:") for line in str(caught.value).split("\n"))


def test_an_id_or_a_question_that_stands_twice_is_a_mistake(tmp_path: Path) -> None:
    rows = [ROW | {"id": "q"}, ROW | {"id": "r"}, ROW | {"id": "q", "question": "别的？"}]
    mistakes = told(write_lines(tmp_path / "set.jsonl", *rows))
    assert [line for line, _ in mistakes] == [2, 3]
    assert all("stands in line 1 already" in said for _, said in mistakes)


def test_a_message_lists_the_first_hundred_of_many_mistakes(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "set.jsonl", *["{"] * 150)
    with pytest.raises(SetError) as caught:
        read_set(path)
    assert len(caught.value.mistakes) == 150
    assert str(caught.value).count("\n") == 100
    assert str(caught.value).endswith("and 50 more")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("set.jsonl", b"\xff\xfe\xfd", "is not UTF-8 text"),
        ("set.jsonl", b"\n \n", "no question"),
        ("set.csv", b"", "empty"),
        ("set.csv", "编号,题目\n1,甲\n".encode(), "found 编号、题目, expected a first row"),
        ("set.csv", b"\x89PNG\r\n\x1a\n", "found a PNG picture"),
        ("set.txt", b"x", "found .txt, expected .jsonl, .csv, .xlsx or a BEIR folder"),
        ("set", b"x", "found no extension"),
        ("set.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old workbook, or one with a password"),
        ("set.xlsx", b"", "not a workbook of Excel"),
        ("set.xlsx", b"not a zip", "not a workbook of Excel"),
        ("set.xlsx", b"PK\x03\x04" + b"\x00" * 60, "not a workbook of Excel"),
    ],
)
def test_a_file_that_is_no_set_is_told_in_a_line(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SetError) as caught:
        read_set(tmp_path / name)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_or_too_large_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="there is no such file"):
        read_set(tmp_path / "none.csv")
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    with pytest.raises(SetError, match="at most 21 MB"):
        read_set(tmp_path / "large.csv")


# --- CSV ------------------------------------------------------------------------------------

TABLE = """编号,问题,类型,文件,依据,等级,可答,划分,备注
q1,校长陪餐几次？,lay,食堂办法,“每周陪餐”,2,是,dev,看过
q1,,,通知,第三条,1,,,
q2,哪天停课？,,,《通知》三、（二）5.|《食堂办法》第12条,,,dev,
q3,有没有校车？,,,,,否,,
"""
EXPECTED = [
    Question(
        2, "q1", "校长陪餐几次？", "lay", True,
        (Gold("食堂办法", "每周陪餐"), Gold("通知", None, 1, address="第三条")), split="dev",
    ),
    Question(
        4, "q2", "哪天停课？", "unsorted", True,
        (Gold("通知", address="三、（二）5."), Gold("食堂办法", address="第12条")), split="dev",
    ),
    Question(5, "q3", "有没有校车？", "unanswerable", False, ()),
]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_in_any_usual_encoding(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "set.csv"
    path.write_bytes(TABLE.replace(",", delimiter).replace("\n", "\r\n").encode(encoding))
    read = read_set(path)
    assert list(read.questions) == EXPECTED
    assert [one.line for one in read.questions] == [one.line for one in EXPECTED]


def test_columns_may_have_english_names_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("Gold,Question,Answerable,Grade\n第三条,甲？,TRUE,1\n,乙？,no,\n", "utf-8")
    first, second = read_set(path).questions
    assert (first.text, first.gold) == ("甲？", (Gold(grade=1, address="第三条"),))
    assert (second.text, second.answerable) == ("乙？", False)


def test_rows_of_one_question_without_ids_are_one(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("问题,依据\n甲？,第一条\n乙？,第二条\n甲？,第三条\n", encoding="utf-8")
    first, second = read_set(path).questions
    assert [one.address for one in first.gold] == ["第一条", "第三条"]
    assert (first.line, first.id, second.id) == (2, default_id(2), default_id(3))


def test_a_row_is_where_it_begins_however_many_lines_it_has(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text('问题,依据\n"甲\n？","第一条\n第二条"\n乙？,第三条,多,\n', encoding="utf-8")
    assert told(path) == [(5, '"多" stands beside the table: expected a column name')]
    path.write_text('问题,依据\n"甲\n？","第一条\n第二条"\n乙？,第三条\n', encoding="utf-8")
    first, second = read_set(path).questions
    assert (len(first.gold), first.line, second.line) == (2, 2, 5)


def test_all_mistakes_of_a_table_are_told_with_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text(
        "编号,问题,问句,依据,等级,可答,题目\n"
        "q1,甲？,,第一条,二,也许,\n"
        "q2,乙？,,第二条,2,,\n"
        "q2,丙？,,第三条,2,,\n"
        ",,,第四条,,,\n"
        "q5,丁？,,{x,,,\n",
        encoding="utf-8",
    )
    mistakes = told(path)
    assert [(line, said[:20]) for line, said in mistakes] == [
        (1, "2 columns for 问题 (question): keep one"[:20]),
        (1, 'the column "题目" is not known'[:20]),
        (2, 'answerable is "也许": expected'[:20]),
        (2, 'gold 1: grade is "二": expected'[:20]),
        (4, 'question is "丙？", but "乙？" in line 3'[:20]),
        (5, "no question: expected what is asked"[:20]),
        (6, "gold begins like JSON"[:20]),
    ]


def test_a_quote_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text('问题,依据\n甲？,第一条\n"乙？,第二条\n丙？,第三条\n', encoding="utf-8")
    assert [line for line, _ in told(path)] == [3]


def test_a_table_has_a_most_of_rows(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("问题\n" + "甲\n" * 100_001, encoding="utf-8")
    with pytest.raises(SetError, match="holds over 100000 rows"):
        read_set(path)


# --- XLSX -----------------------------------------------------------------------------------


def workbook(path: Path, fill: Callable[[Any], None]) -> Path:
    book = Workbook()
    fill(book.active)
    book.save(path)
    return path


def fill_table(sheet: Any) -> None:
    for line in TABLE.splitlines():
        sheet.append([cell or None for cell in line.split(",")])


def test_a_workbook_says_what_a_table_says(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        fill_table(sheet)
        sheet["F2"], sheet["G2"] = 2, True
        sheet.parent.create_sheet("说明")["A1"] = "怎样填写"
        hidden = sheet.parent.create_sheet("旧")
        hidden.append(["问题"])
        hidden.sheet_state = "hidden"

    assert list(read_set(workbook(tmp_path / "set.xlsx", fill)).questions) == EXPECTED


def test_what_is_no_plain_value_is_told_with_its_row(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        fill_table(sheet)
        sheet["B4"] = '=CONCATENATE("哪天","停课")'
        sheet["E4"] = "#REF!"
        sheet["A7"], sheet["A8"] = "q4", None
        sheet["B7"], sheet["E7"] = "丁？", "第一条"
        sheet.merge_cells("A7:A8")

    mistakes = told(workbook(tmp_path / "set.xlsx", fill))
    assert (4, "B4 holds a formula: put its value in its place") in mistakes
    assert (4, "E4 holds the error #REF!: put a value in its place") in mistakes
    assert (7, "the cells A7:A8 are merged: unmerge them and fill in each row") in mistakes


@pytest.mark.parametrize(
    ("fill", "message"),
    [
        (lambda sheet: None, "is empty: expected a first row of column names"),
        (lambda sheet: sheet.append(["甲", "乙"]), "found 甲、乙, expected a first row"),
        (lambda sheet: sheet.append(["问题"]), "no question"),
        (
            lambda sheet: (sheet.append(["问题"]), sheet.parent.copy_worksheet(sheet)),
            "holds questions in 2 sheets",
        ),
    ],
)
def test_a_workbook_without_one_table_is_told_in_a_line(
    tmp_path: Path, fill: Callable[[Any], None], message: str
) -> None:
    with pytest.raises(SetError) as caught:
        read_set(workbook(tmp_path / "set.xlsx", fill))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "set.xlsx", fill_table)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/bomb", b"\0" * 30_000_000)
    with pytest.raises(SetError, match=r"unpacks to more than \d+ times its size"):
        read_set(path)


def test_a_damaged_workbook_is_told_in_a_line(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "set.xlsx", fill_table).read_bytes()
    for name in zipfile.ZipFile(io.BytesIO(whole)).namelist():
        content = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(content, "w") as new:
            for member in old.namelist():
                if member != name:
                    new.writestr(member, old.read(member))
                elif member.endswith(".xml"):
                    new.writestr(member, old.read(member)[:-20])
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(content.getvalue())
        try:
            assert read_set(path).questions
        except SetError as error:
            assert "\n" not in str(error)


# --- damage ---------------------------------------------------------------------------------

GOOD = {
    ".csv": TABLE.encode(),
    ".jsonl": b"".join(json.dumps(one.shape()).encode() + b"\n" for one in EXPECTED),
}
PIECES = st.binary(max_size=4) | st.sampled_from(
    [
        b'"',
        b"|",
        b"\n",
        b"\r",
        b",",
        b"{",
        b"\xff\xfe",
        b"\0",
        b"NaN",
        b"\\ud800",
        b"1e999",
        b"null",
    ]
)


@pytest.mark.parametrize("extension", GOOD)
def test_whatever_the_bytes_a_mistake_is_a_line(
    extension: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("sets") / f"set{extension}"
    good = GOOD[extension]

    @settings(max_examples=60, deadline=None)
    @given(st.integers(0, len(good)), st.integers(0, 20), PIECES)
    def damaged(at: int, lost: int, put: bytes) -> None:
        path.write_bytes(good[:at] + put + good[at + lost :])
        try:
            assert read_set(path).questions
        except SetError as error:
            assert all(line.startswith(f"{path}:") for line in str(error).split("\n"))

    damaged()


# --- there and back -------------------------------------------------------------------------


# What `readable` refuses or writes otherwise never comes out of a reader.
LETTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufffd")
SIGNS = "《》“”|\uff5c\n第三条款、（）=+-@'\" 甲\t{}[]\ufeff"
TEXT = (st.text(LETTERS, min_size=1, max_size=30) | st.text(SIGNS, min_size=1, max_size=12)).map(
    lambda text: readable(text).strip() or "问"
)
ADDRESS = st.sampled_from(["第二条", "三、（二）5.", "附件1 第3条", "《办法》第一条"]) | TEXT
GRADE = st.integers(-9, 99)
OCCURRENCE = st.none() | st.integers(1, 10_000)


@st.composite
def golds(draw: st.DrawFn) -> Gold:
    kind = draw(st.sampled_from(["quote", "address", "clause", "document"]))
    document = draw(TEXT if kind in ("document", "address") else st.none() | TEXT)
    grade, count = draw(GRADE), draw(OCCURRENCE) if kind in ("quote", "address") else None
    place = {} if kind == "document" else {kind: draw(ADDRESS if kind == "address" else TEXT)}
    return Gold(document, grade=grade, occurrence=count, **place)


@st.composite
def questions(draw: st.DrawFn) -> list[Question]:
    made = []
    texts = draw(st.lists(TEXT, unique=True, min_size=1, max_size=5))
    for number, text in enumerate(texts, start=1):
        gold = tuple(draw(st.lists(golds(), max_size=3)))
        answerable = any(one.grade > 0 for one in gold)
        made.append(
            Question(
                line=number,
                id=f"{draw(st.sampled_from(['q', '=', '测 ']))}{number}",
                text=text,
                kind=draw(TEXT),
                answerable=answerable,
                gold=gold,
                overlap=draw(st.none() | st.floats(0, 1)) if answerable else None,
                split=draw(st.sampled_from(["", "dev", "测试"])),
                draft=draw(st.booleans()),
            )
        )
    return made


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_set_that_is_written_is_read_again(
    extension: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("sets")

    @settings(max_examples=30, deadline=None)
    @given(questions())
    def there_and_back(made: list[Question]) -> None:
        path = folder / f"set{extension}"
        write_set(made, path)
        assert list(read_set(path, drafts=True).questions) == made

    there_and_back()


def test_the_fingerprint_is_the_same_in_any_format(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    read = read_set(tmp_path / "a.csv")
    known = {read.fingerprint()}
    for extension in EXTENSIONS:
        path = tmp_path / f"b{extension}"
        write_set(read.questions, path)
        known.add(read_set(path).fingerprint())
    marked = [replace(read.questions[0], overlap=0.5), *read.questions[1:]]
    known.add(replace(read, questions=tuple(marked)).fingerprint())
    assert len(known) == 1
    other = replace(read, questions=read.questions[:2])
    assert other.fingerprint() not in known


def test_a_spreadsheet_runs_nothing_of_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    made = Question(1, "q", "=HYPERLINK(1)", "@k", True, (Gold("+x", "-1"),))
    write_set([made], path)
    cells = path.read_text("utf-8-sig").splitlines()[1].split(",")
    assert [cell[:2] for cell in cells if cell[:1] == "'"] == ["'=", "'@", "'+"]
    assert list(read_set(path).questions) == [made]


def test_a_set_goes_into_no_other_file(tmp_path: Path) -> None:
    with pytest.raises(SetError, match=r"found \.docx, expected one of \.jsonl, \.csv, \.xlsx"):
        write_set(EXPECTED, tmp_path / "set.docx")
    for extension in EXTENSIONS:
        with pytest.raises(SetError, match="there is no folder") as caught:
            write_set(EXPECTED, tmp_path / "none" / f"set{extension}")
        assert str(caught.value).count(extension) == 1
