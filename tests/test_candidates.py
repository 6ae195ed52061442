"""The numbers that lines show, before the sequence decides which of them open a clause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clauses.candidates import read_candidates
from corpus.clauses.markers import Marker
from corpus.lines import open_page
from corpus.numerals import chinese_numeral


def read(text: str) -> list[Marker]:
    page = open_page(text)
    return list(read_candidates(page.lines, range(len(page.lines))))


def shown(text: str) -> list[tuple[str, str, str]]:
    return [(marker.found, marker.label, marker.heading) for marker in read(text)]


@given(st.integers(1, 99))
def test_a_number_alone_takes_the_heading_below_it(number: int) -> None:
    written = chinese_numeral(number)
    assert shown(f"{written}\n总体要求\n") == [("alone", f"{written}、", "总体要求")]


@pytest.mark.parametrize(
    "text",
    ["一\n", "一\n各学校应当落实。\n", "十百\n总体要求\n", "〇\n总体要求\n", "第一\n总体要求\n"],
)
def test_a_number_alone_needs_a_heading_and_a_value(text: str) -> None:
    assert shown(text) == []


def test_a_number_with_its_mark_alone_takes_the_heading_below_it_too() -> None:
    assert shown("（一）\n总体要求\n落实。\n") == [("alone", "（一）", "总体要求")]
    assert shown("第一章\n总则\n第一条　甲。\n")[0] == ("start", "第一章", "总则")
    assert shown("（一）\n各学校应当落实。\n") == [("start", "（一）", "")]


@pytest.mark.parametrize("space", [" ", "　", "  ", "\t"])
def test_white_space_may_part_a_number_from_its_heading(space: str) -> None:
    assert shown(f"一{space}总体要求\n落实。\n") == [("bare", "一、", "总体要求")]
    assert shown(f"3{space}术语和定义\n下列术语适用。\n") == [("bare", "3", "术语和定义")]


@pytest.mark.parametrize(
    "text",
    [
        "一　各学校应当落实。\n",
        "一 年级\n全部入学。\n",
        "3 张三 青石小学\n4 李四 白鹭中学\n",
        "3 建园\n4 扩班\n",
        "12 月份\n完成验收。\n",
    ],
)
def test_a_row_or_a_count_is_no_heading(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("第十\n二条　学校应当公开收费。\n", "第十二条"),
        ("第\n十二条　学校应当公开收费。\n", "第十二条"),
        ("第十二\n条　学校应当公开收费。\n", "第十二条"),
        ("（三\n）学校应当公开收费。\n", "（三）"),
        ("三\n、学校应当公开收费。\n", "三、"),
        ("5\n．学校应当公开收费。\n", "5."),
    ],
)
def test_a_number_cut_by_a_line_break_is_whole_again(text: str, label: str) -> None:
    assert shown(text) == [("split", label, "学校应当公开收费")]
    assert text[: read(text)[0].length].endswith("学校应当公开收费")


def test_the_cut_number_may_stand_at_the_end_of_a_line() -> None:
    markers = read("（二）到位。（三\n）强化保障。\n")
    assert [(m.label, m.found, m.offset) for m in markers] == [
        ("（二）", "start", 0),
        ("（三）", "split", 6),
    ]


@pytest.mark.parametrize("text", ["学校依照第\n十二条规定办理。\n", "共计12\n3.甲事\n", "第十\n"])
def test_not_every_broken_line_cuts_a_number(text: str) -> None:
    assert "split" not in [found for found, _, _ in shown(text)]


def test_a_number_within_a_line_follows_a_sentence() -> None:
    assert shown("第一条　甲。第二条　乙依照第三条办理。\n")[1:] == [
        ("inline", "第二条", "乙依照第三条办理")
    ]


def test_rows_of_a_table_hold_no_numbers() -> None:
    assert shown("序号 | 任务\n1. | 建园\n二、建园 | 区教育局\n") == []


def test_a_footnote_is_no_item() -> None:
    assert shown("一、扩大资源①。\n① 指公办学位。\n") == [("start", "一、", "扩大资源①")]
    assert [label for _, label, _ in shown("下列材料：\n①证件；\n②申请。\n")] == ["①", "②"]
