"""Lists of requirements as teachers have them, in every kind of file."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.trace.files import MOST_REQUIREMENTS, RequirementsError, read_requirements
from retrieval.trace.lists import Requirement, Rows, requirement, unnumbered

LIST = """办园要求自查表

一、食堂
1. 校长每周陪餐不少于3次。
（二）学校食堂每天留样
二、办园条件：
- 设资源教室
2.1 生均图书达标
"""


def told(found: list[Requirement]) -> list[tuple[str, str | None]]:
    return [(one.text, one.untraced) for one in found]


EXPECTED = [
    ("办园要求自查表", "heading"),
    ("食堂", "heading"),
    ("校长每周陪餐不少于3次。", None),
    ("学校食堂每天留样", None),
    ("办园条件：", "heading"),
    ("设资源教室", None),
    ("生均图书达标", None),
]


# --- lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("1. 建立台账", "建立台账"),
        ("1、2025年底前完成", "2025年底前完成"),
        ("（十二）建立台账", "建立台账"),
        ("① 建立台账", "建立台账"),
        ("3）建立台账", "建立台账"),
        ("第三条　学校应当公示", "学校应当公示"),
        ("1.2.3建立健全台账", "建立健全台账"),
        ("（3）1. 建立台账", "建立台账"),
        ("## 建立台账", "建立台账"),
        ("3.5万名学生受益", "3.5万名学生受益"),
        ("1.5小时体育活动", "1.5小时体育活动"),
        ("5 名教师", "5 名教师"),
        ("1、2号楼加固", "1、2号楼加固"),
        ("2025年底前完成", "2025年底前完成"),
        ("一体化推进", "一体化推进"),
        ("第一批学校", "第一批学校"),
    ],
)
def test_the_number_before_a_requirement_is_left_out(written: str, text: str) -> None:
    assert unnumbered(written) == text


@pytest.mark.parametrize("written", ["", "  ", "12", "3.", "——"])
def test_what_has_no_words_is_passed_over(written: str) -> None:
    assert requirement(1, written) is None


@pytest.mark.parametrize(
    "written", ["一、师资队伍", "第一章 总则", "办园条件：", "基本情况", "（一）学校食堂"]
)
def test_a_heading_demands_nothing(written: str) -> None:
    found = requirement(1, written)
    assert found is not None
    assert found.untraced == "heading"


@pytest.mark.parametrize(
    "written",
    [
        "设资源教室",
        "一、加强师资队伍建设",
        "每班45人",
        "（一）严禁有偿补课",
        "教师持证上岗",
        "2025年底前完成",
        "食堂。",
        "学校食堂从业人员健康证明和晨检记录",
    ],
)
def test_what_demands_is_no_heading(written: str) -> None:
    found = requirement(1, written)
    assert found is not None
    assert found.untraced is None


def test_a_line_too_long_for_one_requirement_is_said_to_be() -> None:
    found = requirement(7, "校" * 1001)
    assert found is not None
    assert (found.line, found.untraced) == (7, "overlong")


@given(st.text(max_size=80))
def test_any_line_can_be_read(written: str) -> None:
    found = requirement(1, written)
    assert found is None or found.text in " ".join(written.split())


@pytest.mark.parametrize("character", "一1（(.、第①-#| ")
def test_a_long_line_of_one_character_is_read(character: str) -> None:
    requirement(1, character * 100_000)


# --- tables -----------------------------------------------------------------------------------


def column(*rows: tuple[str, ...]) -> list[str]:
    return [one.text for one in Rows(enumerate(rows, start=1)).requirements()]


def test_the_column_below_its_head_is_read() -> None:
    title = ("白沙市督导评估指标", "", "")
    head = ("序号", "一级指标", "具体要求")
    assert column(title, head, ("1", "食堂", "每天留样"), ("2", "", "公示菜谱")) == [
        "每天留样",
        "公示菜谱",
    ]
    assert column(("序号", "二级指标", "三级指标"), ("1", "食堂", "每天留样")) == ["每天留样"]
    assert column(("任务", "牵头单位"), ("开行校车", "县教育局")) == ["开行校车"]
    assert column(("内容",), ("食堂",)) == ["食堂"]


@pytest.mark.parametrize(
    "head", ["检查内容 / 要求", "检查内容/要求", "内容和要求", "序号\uff5c考核指标", "任务、措施"]
)
def test_a_head_may_name_two_things(head: str) -> None:
    assert column(("部门", head), ("教育局教研室", "公示菜谱")) == ["公示菜谱"]


def test_a_requirement_that_ends_like_a_head_is_none() -> None:
    rows = (("完善制度、落实要求",), ("公示菜谱价格",))
    assert column(*rows) == ["完善制度、落实要求", "公示菜谱价格"]


def test_without_a_head_the_first_column_of_text_is_read() -> None:
    assert column(("1", "学校每天留样", "县教育局"), ("2", "公示一周菜谱", "县教育局")) == [
        "学校每天留样",
        "公示一周菜谱",
    ]


# --- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_a_text_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.txt"
    text = "學校食堂每天留樣並且登記。\n教師應當持證上崗。\n" if encoding == "big5" else LIST
    path.write_bytes(text.encode(encoding))
    found = told(read_requirements(path))
    assert found[0][0] == "學校食堂每天留樣並且登記。" if encoding == "big5" else found == EXPECTED


def test_markdown_has_lists_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text(
        "# 食堂\n\n* 每天留样\n\n| 序号 | 要求 |\n|:--|---|\n| 1 | 公示\\|菜谱<br>价格 |\n", "utf-8"
    )
    expected = [("食堂", "heading"), ("每天留样", None), ("公示|菜谱 价格", None)]
    assert told(read_requirements(path)) == expected


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_a_table_may_stand_between_wide_pipes(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"list{suffix}"
    path.write_text(
        "序号\uff5c考核指标\n1\uff5c每班不超过45人\n\uff5c2\uff5c公示菜谱\uff5c\n", "utf-8"
    )
    assert told(read_requirements(path)) == [("每班不超过45人", None), ("公示菜谱", None)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_has_a_column(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "list.csv"
    rows = [["序号", "要求"], ["1", '"每天留样，并登记"'], ["", ""]]
    path.write_bytes("\r\n".join(map(delimiter.join, rows)).encode("gb18030"))
    assert told(read_requirements(path)) == [("每天留样，并登记", None)]


def test_a_workbook_has_a_column(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["说明"])
    sheet = book.create_sheet("指标")
    for row in (["评估表", None], ["序号", "指标内容"], [1, "每天留样"], [None, None], [2, 95]):
        sheet.append(row)
    hidden = book.create_sheet("藏")
    hidden.append(["要求"])
    hidden.append(["不应读到"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "list.xlsx")
    found = read_requirements(tmp_path / "list.xlsx")
    assert [(one.line, one.text) for one in found] == [(3, "每天留样")]


def test_a_word_file_has_a_list_or_a_table(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    for line in LIST.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "list.docx"))
    assert told(read_requirements(tmp_path / "list.docx")) == EXPECTED

    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["序号", "任务", "1", "开行校车"], strict=True):
        cell.text = text
    document.save(str(tmp_path / "table.docx"))
    # What stands around the table is kept; its headings are told as such.
    assert told(read_requirements(tmp_path / "table.docx")) == [*EXPECTED, ("开行校车", None)]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("list.pdf", b"%PDF-", r"found \.pdf, expected a list as \.txt, \.md"),
        ("list", b"x", "found no extension"),
        ("list.txt", b"", "empty"),
        ("list.txt", b"12\n13\n", "no requirement found"),
        ("list.xlsx", b"PK\x03\x04 broken", "not a workbook"),
        ("list.xlsx", b"text", "not a workbook"),
        ("list.docx", b"text", "list.docx: "),
        ("list.txt", b"PK\x03\x04", "zip container"),
        ("list.txt", "应当留样\n".encode() * (MOST_REQUIREMENTS + 1), "2001 requirements, at most"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(RequirementsError, match=said) as refused:
        read_requirements(tmp_path / name)
    assert "\n" not in str(refused.value)


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "list.txt").open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    with pytest.raises(RequirementsError, match="at most 21 MB"):
        read_requirements(tmp_path / "list.txt")
    with pytest.raises(RequirementsError, match="no such file"):
        read_requirements(tmp_path / "none.txt")


@pytest.mark.parametrize("part", ["sheet1.xml", "core.xml", "workbook.xml"])
def test_a_damaged_workbook_is_refused(tmp_path: Path, part: str) -> None:
    import zipfile

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["要求"])
    content = io.BytesIO()
    book.save(content)
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(content) as good, zipfile.ZipFile(path, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, b"<broken" if name.endswith(part) else good.read(name))
    with pytest.raises(RequirementsError, match=r"list\.xlsx: "):
        read_requirements(path)
