"""What a number at the start of a line looks like, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clauses.markers import heading_of, label_of, read_marker


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


@pytest.mark.parametrize(
    ("rest", "heading"),
    [
        ("指导思想。全面落实要求。", "指导思想"),
        ("　工作目标：到2027年", "工作目标"),
        ("工作目标", "工作目标"),
        ("深化改革，优化供给", "深化改革，优化供给"),
        ("问：标准是多少？", "问：标准是多少？"),
        ("问：标准是多少？答：每生六百元。", "问：标准是多少？"),
        ("慰问。看望教师", "慰问"),
        ("好" * 45, "好" * 45),
        ("好" * 46, ""),
        ("好" * 46 + "。", ""),
        ("", ""),
    ],
)
def test_a_heading_is_a_short_first_sentence(rest: str, heading: str) -> None:
    assert heading_of(rest) == heading


@pytest.mark.parametrize(
    ("line", "label", "heading"),
    [
        ("1.1 适用范围", "1.1", "适用范围"),
        ("1.1适用范围", "1.1", "适用范围"),
        ("２．３　编制依据", "2.3", "编制依据"),
        ("3.2.1 学校应当公开收费。", "3.2.1", "学校应当公开收费"),
        ("3.2.1.4、经费", "3.2.1.4", "经费"),
        ("1.2个人信息保护", "1.2", "个人信息保护"),
        ("2.1年度计划", "2.1", "年度计划"),
    ],
)
def test_a_decimal_carries_the_numbers_above_it(line: str, label: str, heading: str) -> None:
    marker = read_marker(0, line)
    assert marker is not None
    assert (marker.label, marker.heading) == (label, heading)
    assert marker.numbers == tuple(int(part) for part in label.split("."))


@pytest.mark.parametrize(
    "line",
    [
        "2.5公里以内的学生不安排寄宿。",
        "2.5 公里以内的学生不安排寄宿。",
        "3.6万名学生受益。",
        "8.2%的班级完成改造。",
        "1.5倍以上的工资。",
        "1.2亿元用于校舍。",
        "2025.3.1",
        "0.5平方米",
        "10.1—10.7放假。",
        "1.2.3.4.5.6",
    ],
)
def test_a_quantity_or_a_date_is_no_decimal_number(line: str) -> None:
    assert read_marker(0, line) is None


@pytest.mark.parametrize(
    ("line", "label", "heading"),
    [
        ("第一篇　总论", "第一篇", "总论"),
        ("第二部分 主要任务", "第二部分", "主要任务"),
        ("第三分编　合同", "第三分编", "合同"),
        ("三）保障措施", "（三）", "保障措施"),
    ],
)
def test_less_common_styles_are_read(line: str, label: str, heading: str) -> None:
    marker = read_marker(0, line)
    assert marker is not None
    assert (marker.label, marker.heading) == (label, heading)


@pytest.mark.parametrize(
    "line", ["第一、要抓紧落实", "第二、第三批学校", "一是加强领导", "第三方机构"]
)
def test_第一_in_running_text_opens_nothing(line: str) -> None:
    assert read_marker(0, line) is None


def test_wide_white_space_ends_a_heading() -> None:
    assert heading_of("总体要求　全面贯彻党的教育方针，落实任务。") == "总体要求"
    assert heading_of("附　则") == "附　则"


def test_a_marker_knows_where_its_heading_ends() -> None:
    line = "（三） 保障措施。各学校应当落实。"
    marker = read_marker(0, line)
    assert marker is not None
    assert line[: marker.length] == "（三） 保障措施"
