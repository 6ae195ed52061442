"""What a number at the start of a line looks like, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.markers import heading_of, label_of, read_inline, read_lone_number, read_marker
from corpus.numerals import chinese_numeral


@pytest.mark.parametrize(
    ("line", "label", "heading"),
    [
        ("第一编　总则", "第一编", "总则"),
        ("第二章 学生", "第二章", "学生"),
        ("第三节　招生", "第三节", "招生"),
        ("第十二条　学校应当公开收费项目。", "第十二条", "学校应当公开收费项目"),
        ("第 5 条 学校", "第五条", "学校"),
        ("第１２条　学校", "第十二条", "学校"),
        ("第一百〇一条　学校", "第一百零一条", "学校"),
        ("第一千二百六十条　学校", "第一千二百六十条", "学校"),
        ("第十二条之一　学校", "第十二条之一", "学校"),
        ("第五条", "第五条", ""),
        ("第五条：学校应当公开收费项目", "第五条", "学校应当公开收费项目"),
        ("第五条、学校应当公开收费项目", "第五条", "学校应当公开收费项目"),
        ("第五条规范办学行为", "第五条", "规范办学行为"),
        ("一、总体要求", "一、", "总体要求"),
        ("二十一、附则", "二十一、", "附则"),
        ("三．保障措施", "三、", "保障措施"),
        ("（三）扩大资源", "（三）", "扩大资源"),
        ("(三)扩大资源", "（三）", "扩大资源"),
        ("（ 十二 ） 扩大资源", "（十二）", "扩大资源"),
        ("㈢扩大资源", "（三）", "扩大资源"),
        ("（三）项目建设", "（三）", "项目建设"),
        ("5.扩大资源", "5.", "扩大资源"),
        ("５．扩大资源", "5.", "扩大资源"),
        ("12、扩大资源", "12.", "扩大资源"),
        ("⒌扩大资源", "5.", "扩大资源"),
        ("（5）扩大资源", "（5）", "扩大资源"),
        ("5）扩大资源", "（5）", "扩大资源"),
        ("⑸扩大资源", "（5）", "扩大资源"),
        ("③扩大资源", "③", "扩大资源"),
    ],
)
def test_a_number_is_read_however_it_is_written(line: str, label: str, heading: str) -> None:
    marker = read_marker(7, line)
    assert marker is not None
    assert (marker.line, marker.label, marker.heading) == (7, label, heading)


@pytest.mark.parametrize(
    "line",
    [
        "第十二条规定的情形，由学校报告。",
        "第二十条第一款所称学校，包括分校。",
        "第十二条、第十三条的规定不适用。",
        "第十二条和第十三条的规定不适用。",
        "第十二条至第十五条所列项目。",
        "第十二条所称学校，包括分校。",
        "第十二条的补助按学期发放。",
        "第十二条以外的收费，一律取消。",
        "第十二条中的学校，包括分校。",
        "第十二条，由学校报告。",
        "第三章规定的程序。",
        "第二章、第三章的规定。",
        "第三章第二节的规定。",
        "第三编的规定。",
        "（三）项规定的材料应当齐全。",
        "（三）项所列材料应当齐全。",
        "（一）、（二）项的费用由财政承担。",
        "（一）至（三）项规定的学校优先。",
        "三、四年级每周安排一次劳动课。",
        "一、二、三等奖的名额由各校自定。",
        "二、三季度各督导一次。",
        "1、2号楼的加固在暑假完成。",
        "5、6月份组织验收。",
        "2025年，建成3所学校。",
        "2.5公里以内的学生不安排寄宿。",
        "２．５公里以内的学生不安排寄宿。",
        "一次性补助不超过20万元。",
        "一是加强统筹。",
        "（2025年底前完成）",
        "（含民办学校）",
        "12岁以下儿童。",
        "100%的学校开设劳动课。",
        "第一届学生运动会。",
        "第三方机构的评估。",
        "学校应当执行第五条。",
        "",
    ],
)
def test_what_only_begins_like_a_number_opens_nothing(line: str) -> None:
    assert read_marker(0, line) is None


@given(st.integers(1, 999), st.sampled_from(["条", "一、", "（一）", "1.", "（1）"]))
def test_a_label_reads_as_itself(number: int, style: str) -> None:
    label = label_of(style, number)
    marker = read_marker(0, label + "　建设学校")
    assert marker is not None
    assert (marker.style, marker.number, marker.label) == (style, number, label)


@given(st.integers(1, 20))
def test_a_circled_label_reads_as_itself(number: int) -> None:
    marker = read_marker(0, label_of("①", number) + "建设学校")
    assert marker is not None and marker.number == number


def test_an_inserted_article_follows_its_own() -> None:
    marker = read_marker(0, "第十二条之二　学校")
    assert marker is not None
    assert marker.order == (12, 2)
    assert label_of("条", 12, 2) == marker.label


@given(st.integers(1, 99))
def test_a_number_alone_takes_the_heading_below_it(number: int) -> None:
    marker = read_lone_number(3, chinese_numeral(number), "总体要求")
    assert marker is not None
    assert (marker.label, marker.heading) == (f"{chinese_numeral(number)}、", "总体要求")


@pytest.mark.parametrize(
    ("line", "heading"),
    [("一", ""), ("十百", "总体要求"), ("〇", "总体要求"), ("第一", "总体要求")],
)
def test_a_number_alone_needs_a_heading_and_a_value(line: str, heading: str) -> None:
    assert read_lone_number(0, line, heading) is None


@pytest.mark.parametrize(
    ("rest", "heading"),
    [
        ("指导思想。全面落实要求。", "指导思想"),
        ("　工作目标：到2027年", "工作目标"),
        ("工作目标", "工作目标"),
        ("深化改革，优化供给", "深化改革，优化供给"),
        ("好" * 45, "好" * 45),
        ("好" * 46, ""),
        ("好" * 46 + "。", ""),
        ("", ""),
    ],
)
def test_a_heading_is_a_short_first_sentence(rest: str, heading: str) -> None:
    assert heading_of(rest) == heading


def test_a_list_may_begin_on_the_line_of_its_heading() -> None:
    line = "（二）基本原则。1.公平优先。保障机会。"
    marker = read_marker(4, line)
    assert marker is not None
    inner = read_inline(marker, line)
    assert inner is not None
    assert (inner.label, inner.heading, inner.line) == ("1.", "公平优先", 4)
    assert line[inner.offset :] == "1.公平优先。保障机会。"


@pytest.mark.parametrize(
    "line",
    [
        "（二）基本原则。2.公平优先。",
        "（二）基本原则。公平优先。",
        "（二）基本原则。（一）公平。",
        "（二）原则",
    ],
)
def test_only_a_first_number_of_a_lower_level_begins_a_list(line: str) -> None:
    marker = read_marker(0, line)
    assert marker is not None
    assert read_inline(marker, line) is None
