"""Tables are written whole, say what they said, and run nothing in the program that opens them."""

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.tables import Cell, Column, Piece, Table, TableError, check_path, write_table
from retrieval.tables.plain import csv_bytes, md_bytes
from retrieval.tables.safety import disarmed, is_formula, readable
from retrieval.tables.spreadsheet import LONGEST, xlsx_bytes
from retrieval.tables.word import docx_bytes

COLUMNS = (Column("要求", width=20), Column("强度", "label"), Column("数", "number"))
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\uff1d1",
    "＋1",
    "－1",
    "\uff201",
    "﹦1",
]
FORMULAS += [" =1", "\u3000=1", "\u200b=1", "\ufeff@1", "\n-1"]
TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("=+-@\uff1d＋－\uff20|*_`<>&\\\n\r\t\x0b学校85%")),
    max_size=40,
)


def table(*rows: tuple[Cell | str, ...], notes: tuple[str, ...] = ()) -> Table:
    return Table("白沙市要求对照表", COLUMNS, rows, notes)


def sheet(made: Table, rich: bool = False) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(xlsx_bytes(made)), rich_text=rich)


def csv_rows(made: Table) -> list[list[str]]:
    text = csv_bytes(made).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("extension", [".xlsx", ".docx", ".csv", ".md", ".XLSX"])
def test_a_table_is_written_as_its_extension_says(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"表{extension}"
    path.write_text("before")
    write_table(table(("设资源教室", "相关", "5")), path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    opening = {".xlsx": b"PK", ".docx": b"PK", ".csv": b"\xef\xbb\xbf", ".md": b"# "}
    assert path.read_bytes().startswith(opening[extension.lower()])


@pytest.mark.parametrize(
    "name, said",
    [
        ("表.pdf", r"found \.pdf, expected one of \.xlsx, \.docx, \.csv, \.md"),
        ("表", "found no extension"),
        ("无/表.csv", "there is no folder"),
        ("夹.md", "this is a folder"),
    ],
)
def test_a_path_that_takes_no_table_is_refused_in_one_line(
    tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "夹.md").mkdir()
    with pytest.raises(TableError, match=said) as refused:
        check_path(tmp_path / name)
    assert "\n" not in str(refused.value)
    with pytest.raises(TableError, match=said):
        write_table(table(), tmp_path / name)


def test_a_table_that_is_too_long_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    path.write_text("before")
    with pytest.raises(TableError, match=r"has 5001 rows, \.docx takes 5000"):
        write_table(table(*[("一", "二", "三")] * 5001), path)
    assert path.read_text() == "before"


def test_rows_are_as_long_as_the_columns() -> None:
    with pytest.raises(ValueError, match="row 1 has 1 cells, not 3"):
        table(("一",))
    with pytest.raises(ValueError, match="without columns"):
        Table("空", (), ())


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_and_none_loses_a_character(text: str) -> None:
    made = table((text, Cell((Piece(text[:1]), Piece(text[1:], "changed"))), text))
    row = sheet(made).worksheets[0][2]
    # Only a column of numbers holds one, which runs nothing.
    assert [cell.data_type for cell in row[:2]] == ["s", "s"]
    texts = [str(cell.value) for cell in row if cell.data_type != "n"]
    assert not any(map(is_formula, texts))
    assert all(readable(text) in said for said in texts)
    first, second, third = csv_rows(made)[1]
    assert not any(map(is_formula, (first, second, third)))
    assert first == third == "'" + readable(text)
    assert text[:1].strip() in second


def test_a_sign_behind_what_cannot_be_seen_is_still_one() -> None:
    assert is_formula("\x00=1")
    assert csv_rows(table(("\x00=1", "", "")))[1][0] == "\ufffd=1"


def test_a_text_is_no_formula_because_a_sign_stands_within_it() -> None:
    for text in ("85%-92%", "a=b", "《办法》", "", "  学校", "（-5）"):
        assert not is_formula(text)
        assert csv_rows(table((text, "", "")))[1][0] == text


@given(TEXTS)
@settings(max_examples=200)
def test_what_is_disarmed_runs_nothing_and_says_the_same(text: str) -> None:
    made = "".join(piece.text for piece in disarmed([Piece(text)]))
    assert not is_formula(made)
    assert made.removeprefix("'") == readable(text).removeprefix("'")


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4), st.lists(TEXTS, max_size=2))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_text_can_be_written_in_every_format(
    rows: list[tuple[str, str, str]], notes: list[str]
) -> None:
    made = table(*rows, notes=tuple(notes))
    read = csv_rows(made)
    for row, (first, *_) in zip(read[1:], rows, strict=False):
        assert row[0].removeprefix("'") == readable(first).removeprefix("'")
    loaded = sheet(made).worksheets[0]
    assert loaded.max_row == len(rows) + 1
    assert docx_bytes(made).startswith(b"PK")
    lines = [line for line in md_bytes(made).decode().split("\n") if line.startswith("|")]
    assert len(lines) == len(rows) + 2
    assert all(len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 4 for line in lines)


def test_the_sheet_can_be_filtered_and_shows_what_differs() -> None:
    cell = Cell(
        (Piece("不低于"), Piece("85%", "changed"), Piece("旧", "removed")), "https://a.cn/b"
    )
    book = sheet(table((cell, "相关", "12"), notes=("已被替代的文件 1 份未列入",)), rich=True)
    first, second = book.worksheets
    assert first.title == "白沙市要求对照表"
    assert (first.freeze_panes, first.auto_filter.ref) == ("A2", "A1:C2")
    assert [c.value for c in first[1]] == ["要求", "强度", "数"]
    plain, changed, removed = first["A2"].value
    assert plain == "不低于"
    assert (changed.text, changed.font.b, changed.font.color.rgb) == ("85%", True, "00C00000")
    assert (removed.text, removed.font.strike) == ("旧", True)
    assert first["A2"].hyperlink.target == "https://a.cn/b"
    assert first["A2"].alignment.wrap_text
    assert first["C2"].value == 12
    assert first.column_dimensions["A"].width == 42
    assert [cell.value for cell in second["A"]] == ["白沙市要求对照表", "已被替代的文件 1 份未列入"]


def test_a_sheet_takes_any_title_escape_and_length() -> None:
    book = sheet(Table("[说明]:*?/\\", COLUMNS, (("_x0041_", "#N/A", "x" * 40_000),)))
    first = book.worksheets[0]
    assert first.title == "表"
    assert (first["A2"].value, first["B2"].value) == ("_x005F_x0041_", "#N/A")
    assert len(first["C2"].value) == LONGEST
    assert first["C2"].value.endswith("以下从略）")
    assert first["B2"].data_type == "s"


def test_the_document_lies_across_the_page_and_repeats_its_head() -> None:
    from docx import Document
    from docx.oxml.ns import qn

    cell = Cell((Piece("不低于"), Piece("85%", "changed"), Piece("92%", "added")), "https://a.cn")
    made = table((cell, "相关", "1"), ("第二行\n换行", "", ""), notes=("注\x00意",))
    document = Document(io.BytesIO(docx_bytes(made)))
    assert [p.text for p in document.paragraphs] == ["白沙市要求对照表", "注\ufffd意"]
    section = document.sections[0]
    assert section.page_width > section.page_height
    written = document.tables[0]
    assert [c.text for c in written.rows[0].cells] == ["要求", "强度", "数"]
    assert written.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert written.cell(1, 0).text == "不低于85%92%"
    assert written.cell(2, 0).text == "第二行\n换行"
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"
    runs = written.cell(1, 0)._tc.findall(f".//{qn('w:r')}")
    assert [run.find(f".//{qn('w:b')}") is not None for run in runs] == [False, True, False]
    xml = zipfile.ZipFile(io.BytesIO(docx_bytes(made))).read("word/_rels/document.xml.rels")
    assert b"https://a.cn" in xml


def test_markdown_stays_text() -> None:
    cell = Cell((Piece("a|b<script>*x*"), Piece("1_2", "changed")), "javascript:alert(1)")
    made = Table("# 一\n二", COLUMNS, ((cell, "行\n行", "`x`"),), ("1. 注 <b>",))
    lines = md_bytes(made).decode().splitlines()
    assert lines[0] == "# # 一 二"
    assert lines[2] == r"- 1\. 注 &lt;b&gt;"
    assert lines[-1] == (r"| a\|b&lt;script&gt;\*x\*<strong>1\_2</strong> | 行<br>行 | \`x\` |")
    linked = Cell.of("原文"), Cell((Piece("原文"),), "https://a.cn/?q=1|2"), "x"
    last = md_bytes(table(linked)).decode().splitlines()[-1]
    assert last == r"| 原文 | [原文](<https://a.cn/?q=1\|2>) | x |"


def test_notes_follow_below_the_rows_of_a_csv() -> None:
    rows = csv_rows(table(("一", "二", "3"), notes=("未检索 1 份",)))
    assert rows == [["要求", "强度", "数"], ["一", "二", "3"], [], ["说明：未检索 1 份"]]
    marked = Cell((Piece("85%", "removed"), Piece("92%", "added"), Piece("以上")))
    assert csv_rows(table((marked, "", "")))[1][0] == "【删：85%】【增：92%】以上"
