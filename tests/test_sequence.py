"""The sequence decides: the expected number opens a clause, another refers to one."""

import pytest

from corpus.clauses.sequence import Outline, outline
from corpus.lines import open_page


def read(text: str) -> Outline:
    page = open_page(text)
    return outline(page.lines, range(len(page.lines)))


def told(text: str) -> list[tuple[str, str]]:
    """What is noted, and the words of the text that each note is about."""
    notes = read(text).notes
    return [(n.kind, text[n.span.start : n.span.end]) for n in notes if n.span]


def labels(text: str) -> list[str]:
    return [marker.label for marker in read(text).markers]


def test_numbers_run_on_across_headings() -> None:
    text = "（一）资源\n4.扩大\n5.优化\n（二）队伍\n6.培训\n7.轮岗\n（三）保障\n8.经费\n"
    assert labels(text) == ["（一）", "4.", "5.", "（二）", "6.", "7.", "（三）", "8."]


def test_numbers_begin_again_under_each_heading() -> None:
    text = "（一）资源\n1.扩大\n2.优化\n（二）队伍\n1.培训\n2.轮岗\n"
    assert labels(text) == ["（一）", "1.", "2.", "（二）", "1.", "2."]
    assert read(text).notes == []


def test_bracketed_numbers_run_on_across_headings_too() -> None:
    text = "一、资源\n（一）扩大\n（二）优化\n二、队伍\n（三）培训\n（四）轮岗\n"
    assert labels(text) == ["一、", "（一）", "（二）", "二、", "（三）", "（四）"]


@pytest.mark.parametrize("reference", ["第二条规定的", "第三条第一款的", "第九条　", "第一条　"])
def test_an_article_out_of_its_place_refers(reference: str) -> None:
    text = f"第一条　总则。\n第二条　学校依照\n{reference}程序办理。\n第三条　附则。\n"
    assert labels(text) == ["第一条", "第二条", "第三条"]


@pytest.mark.parametrize(
    "leading", ["学校依照", "学校违反本办法", "学校适用本条例", "学校和", "按照本办法的"]
)
def test_a_line_that_runs_on_refers_even_in_its_place(leading: str) -> None:
    text = f"第一条　总则。\n第二条　{leading}\n第三条办理的，由区教育局备案。\n第三条　附则。\n"
    found = [(m.label, m.line) for m in read(text).markers]
    assert found == [("第一条", 0), ("第二条", 1), ("第三条", 3)]


@pytest.mark.parametrize("leading", ["依照本条", "违反第二条第一款", "按照"])
def test_an_item_that_runs_on_refers_even_in_its_place(leading: str) -> None:
    text = f"（一）学校{leading}\n（二）的要求办理。\n（二）教师参照执行。\n"
    assert [(m.label, m.line) for m in read(text).markers] == [("（一）", 0), ("（二）", 2)]


@pytest.mark.parametrize("end", ["", "，", "、", "；", "的", "和"])
def test_items_of_one_sentence_are_items(end: str) -> None:
    text = f"第一条　下列行为：\n（一）乱收费{end}\n（二）体罚{end}\n（三）旷工。\n"
    assert labels(text) == ["第一条", "（一）", "（二）", "（三）"]


def test_articles_are_numbered_through_their_chapters() -> None:
    text = (
        "第一章　总则\n第一条　甲。\n第二章　学生\n"
        "第一节　入学\n第二条　乙。\n第二节　转学\n第三条　丙。\n"
    )
    expected = ["第一章", "第一条", "第二章", "第一节", "第二条", "第二节", "第三条"]
    assert labels(text) == expected


def test_chapters_begin_again_in_each_book() -> None:
    text = "第一编　总则\n第一章　任务\n第一条　甲。\n第二编　分则\n第一章　学生\n第二条　乙。\n"
    assert labels(text) == ["第一编", "第一章", "第一条", "第二编", "第一章", "第二条"]


def test_inserted_articles_follow_their_own() -> None:
    text = "第一条　甲。\n第二条　乙。\n第二条之一　丙。\n第二条之二　丁。\n第三条　戊。\n"
    assert labels(text) == ["第一条", "第二条", "第二条之一", "第二条之二", "第三条"]
    assert read(text).notes == []


def test_each_paragraph_of_an_article_may_hold_a_list() -> None:
    text = "第一条　甲：\n（一）子；\n（二）丑。\n乙：\n（一）寅；\n（二）卯。\n第二条　丙。\n"
    outlined = read(text)
    assert [m.label for m in outlined.markers] == [
        *("第一条", "（一）", "（二）", "（一）", "（二）", "第二条")
    ]
    assert outlined.notes == []


def test_a_skipped_number_is_noted() -> None:
    outlined = read("1.甲。\n2.乙。\n4.丁。\n5.戊。\n")
    assert [m.label for m in outlined.markers] == ["1.", "2.", "4.", "5."]
    assert [note.text for note in outlined.notes] == ["编号从“2.”跳到“4.”"]


def test_a_skipped_article_is_noted() -> None:
    outlined = read("第一条　甲。\n第二条　乙。\n第四条　丁。\n第五条　戊。\n")
    assert [m.label for m in outlined.markers] == ["第一条", "第二条", "第四条", "第五条"]
    assert [note.text for note in outlined.notes] == ["编号从“第二条”跳到“第四条”"]


def test_a_wide_jump_is_a_reference() -> None:
    assert labels("1.甲。\n2.乙。\n50、60岁以上人员除外。\n3.丙。\n") == ["1.", "2.", "3."]
    assert labels("1.甲。\n2.乙。\n50、60岁以上人员除外。\n") == ["1.", "2."]


def test_a_repeated_number_is_noted() -> None:
    outlined = read("1.甲事\n内容。\n2.乙事\n内容。\n2.丙事\n内容。\n3.丁事\n内容。\n")
    assert [m.label for m in outlined.markers] == ["1.", "2.", "2.", "3."]
    assert [note.text for note in outlined.notes] == ["编号“2.”重复"]


def test_a_list_that_begins_again_is_noted() -> None:
    outlined = read("一、甲\n二、乙\n一、丙\n二、丁\n三、戊\n")
    assert [m.label for m in outlined.markers] == ["一、", "二、", "一、", "二、", "三、"]
    assert [note.text for note in outlined.notes] == ["“一、丙”处编号重新从头开始"]


def test_a_list_that_begins_late_is_noted() -> None:
    outlined = read("（一）甲\n3.丙。\n4.丁。\n（二）乙\n")
    assert [m.label for m in outlined.markers] == ["（一）", "3.", "4.", "（二）"]
    assert [note.text for note in outlined.notes] == ["“3.丙”之前缺少编号"]


def test_a_heading_that_lost_its_number_gets_it_back() -> None:
    outlined = read(
        "一、总体要求\n全面落实。\n工作目标\n到2027年建成。\n三、主要任务\n落实责任。\n"
    )
    assert [(m.label, m.heading) for m in outlined.markers] == [
        *(("一、", "总体要求"), ("二、", "工作目标"), ("三、", "主要任务"))
    ]
    assert [note.text for note in outlined.notes] == ["“工作目标”前缺序号，按“二、”编入"]


def test_the_first_heading_may_have_lost_its_number() -> None:
    outlined = read(
        "一、任务\n扩大学位供给\n新建学校。\n（二）优化师资配置\n加强培训。\n（三）强化保障\n"
    )
    assert [m.label for m in outlined.markers] == ["一、", "（一）", "（二）", "（三）"]
    assert [note.text for note in outlined.notes] == ["“扩大学位供给”前缺序号，按“（一）”编入"]


def test_several_headings_may_have_lost_their_numbers() -> None:
    outlined = read(
        "一、总体要求\n全面落实。\n工作目标\n到2027年。\n三、主要任务\n落实。\n工作保障\n到位。\n五、附则\n"
    )
    assert [m.label for m in outlined.markers] == ["一、", "二、", "三、", "四、", "五、"]
    assert len(outlined.notes) == 2


def test_the_line_most_like_a_heading_gets_the_number() -> None:
    outlined = read(
        "（一）实施强师工程\n培训。\n青石区教学平台\n实施扩优工程\n建校。\n（三）实施固本工程\n"
    )
    assert [(m.label, m.heading) for m in outlined.markers][1] == ("（二）", "实施扩优工程")


@pytest.mark.parametrize(
    "between", ["青石区教育局", "2025年3月1日", "新建、改建学校", "新建学校。"]
)
def test_not_every_line_can_take_a_lost_number(between: str) -> None:
    outlined = read(f"一、总体要求\n{between}\n三、主要任务\n")
    assert [m.label for m in outlined.markers] == ["一、", "三、"]
    assert [note.text for note in outlined.notes] == ["编号从“一、”跳到“三、”"]


def test_a_number_alone_on_its_line_heads_the_next() -> None:
    outlined = read("一\n总体要求\n全面落实。\n二\n主要任务\n（一）扩大资源\n三\n保障措施\n")
    assert [(m.label, m.heading) for m in outlined.markers] == [
        *(("一、", "总体要求"), ("二、", "主要任务"), ("（一）", "扩大资源"), ("三、", "保障措施"))
    ]
    assert [note.text for note in outlined.notes] == [
        "“一、”独占一行，与下一行“总体要求”合为一个标题",
        "“二、”独占一行，与下一行“主要任务”合为一个标题",
        "“三、”独占一行，与下一行“保障措施”合为一个标题",
    ]


def test_a_list_that_begins_on_its_headings_line_is_complete() -> None:
    outlined = read("（一）要求\n（二）原则。1.公平。机会均等。\n2.优质。内涵发展。\n（三）目标\n")
    found = [(m.label, m.line) for m in outlined.markers]
    assert found == [("（一）", 0), ("（二）", 1), ("1.", 1), ("2.", 2), ("（三）", 3)]
    assert [note.text for note in outlined.notes] == ["“1.公平”未另起一行，已按编号分开"]


def test_a_number_inside_a_line_opens_nothing_where_no_list_goes_on() -> None:
    assert labels("（一）要求。1.公平。机会均等。\n（二）目标\n") == ["（一）", "（二）"]


def test_lines_outside_the_section_are_not_read() -> None:
    page = open_page("1.甲\n2.乙\n3.丙\n")
    assert [m.label for m in outline(page.lines, [0, 2]).markers] == ["1.", "3."]


# Decimals


def test_decimals_are_a_family_of_their_own() -> None:
    text = (
        "1 总则\n1.1 目的\n甲。\n1.2 范围\n1.2.1 公办园。\n1.2.2 民办园。\n2 目标\n2.1 近期\n乙。\n"
    )
    assert labels(text) == ["1", "1.1", "1.2", "1.2.1", "1.2.2", "2", "2.1"]
    assert read(text).notes == []


@pytest.mark.parametrize("heading", ["1. 总则", "一、总则", "第一章 总则"])
def test_decimals_stand_below_any_first_heading(heading: str) -> None:
    assert labels(f"{heading}\n1.1 目的\n甲。\n1.2 范围\n乙。\n")[1:] == ["1.1", "1.2"]


def test_a_decimal_out_of_its_place_is_text() -> None:
    text = "1 总则\n1.1 目的\n甲。\n3.4 版本的平台停用。\n1.2 范围\n乙。\n"
    assert labels(text) == ["1", "1.1", "1.2"]
    assert [kind for kind, _ in told(text)] == ["stray"]


def test_a_skipped_decimal_is_noted() -> None:
    text = "1 总则\n1.1 目的\n甲。\n1.3 范围\n乙。\n1.4 术语\n丙。\n"
    assert labels(text) == ["1", "1.1", "1.3", "1.4"]
    assert told(text) == [("gap", "1.3 范围")]


def test_white_space_behind_a_number_heads_where_the_list_goes_on() -> None:
    assert labels("一　总体要求\n落实。\n二　主要任务\n推进。\n") == ["一、", "二、"]
    assert labels("一　总体要求\n落实。\n") == []


# Lines that are broken


@pytest.mark.parametrize("space", ["", " ", "\n"])
def test_an_article_within_a_line_is_split_off_where_it_is_due(space: str) -> None:
    text = f"第一条　甲。{space}第二条　乙依照第三条办理。\n第三条　丙。\n"
    assert labels(text) == ["第一条", "第二条", "第三条"]


def test_an_article_within_a_line_needs_no_space_where_its_number_is_missing() -> None:
    text = "第一条　甲。 第二条实行乙。\n第三条　丙。\n"
    assert labels(text) == ["第一条", "第二条", "第三条"]
    assert told(text) == [("inline", "第二条实行乙")]


@pytest.mark.parametrize(
    "text",
    [
        "第一条　甲。第二条实行乙。\n第二条　丙。\n",
        "第一条　甲。第三条　乙。\n第二条　丙。\n",
        "第一条　甲，第二条　乙。\n第二条　丙。\n",
    ],
)
def test_another_article_within_a_line_refers(text: str) -> None:
    assert [(m.label, m.line) for m in read(text).markers] == [("第一条", 0), ("第二条", 1)]


def test_items_that_run_on_in_one_line_are_items() -> None:
    text = "一、健全机制；二、严格计划；三、配齐教师。\n四、加强督导。\n"
    assert labels(text) == ["一、", "二、", "三、", "四、"]
    assert [kind for kind, _ in told(text)] == ["inline", "inline"]


def test_a_list_inside_a_sentence_is_text() -> None:
    assert labels("（一）目标：1.扩大；2.优质；3.公平。\n（二）任务。\n") == ["（一）", "（二）"]


def test_a_chapter_and_its_first_article_may_share_a_line() -> None:
    outlined = read("第一章 总则 第一条 为了甲，制定本办法。\n第二条 乙。\n")
    assert [(m.label, m.heading) for m in outlined.markers][:2] == [
        ("第一章", "总则"),
        ("第一条", "为了甲，制定本办法"),
    ]


def test_a_heading_and_its_first_item_may_share_a_line() -> None:
    outlined = read("一、总体要求（一）指导思想。甲。\n（二）目标。乙。\n")
    assert [(m.label, m.heading) for m in outlined.markers][:2] == [
        ("一、", "总体要求"),
        ("（一）", "指导思想"),
    ]


def test_a_chapter_may_run_into_its_article() -> None:
    second = "第二章　学生第二条　乙。\n第三条　丙依照第四条　执行。\n第四条　丁。\n"
    text = f"第一章　总则\n第一条　甲。\n{second}"
    found = [(m.label, m.line) for m in read(text).markers]
    assert found[2:] == [("第二章", 2), ("第二条", 2), ("第三条", 3), ("第四条", 4)]


def test_two_first_numbers_may_share_a_line() -> None:
    assert labels("一、（一）指导思想。甲。\n（二）目标。乙。\n二、任务\n") == [
        *("一、", "（一）", "（二）", "二、")
    ]


def test_a_title_is_no_heading_that_lost_its_number() -> None:
    text = "青石区学前教育提质实施方案\n总则\n甲。\n二、任务\n乙。\n三、保障\n丙。\n"
    assert told(text) == [("mended", "总则")]
    assert told(text.replace("总则\n", ""))[0][0] == "late"


def test_half_a_bracket_opens_a_list_where_it_goes_on() -> None:
    assert labels("一）甲\n内容。\n二）乙\n内容。\n") == ["（一）", "（二）"]
    assert labels("学校应当按照要求（见附件\n一）加强管理。\n") == []


def test_a_year_may_follow_a_number_at_once() -> None:
    assert labels("1.2025年建成。\n2.2026年验收。\n3.总结。\n") == ["1.", "2.", "3."]


def test_a_heading_and_its_text_on_one_line_are_noted() -> None:
    text = "一、总体要求　全面贯彻教育方针，落实任务。\n二、主要任务\n推进。\n"
    assert told(text) == [("run_on", "一、总体要求")]


def test_an_item_cut_by_a_line_break_is_noted() -> None:
    text = "（一）甲。\n（二\n）乙。\n（三）丙。\n"
    assert labels(text) == ["（一）", "（二）", "（三）"]
    assert told(text) == [("split", "（二\n）乙")]


def test_several_headings_in_a_row_may_have_lost_their_numbers() -> None:
    text = "一、总体要求\n甲。\n工作目标\n乙。\n重点任务\n丙。\n四、保障措施\n丁。\n"
    assert labels(text) == ["一、", "二、", "三、", "四、"]
    assert told(text) == [("mended", "工作目标"), ("mended", "重点任务")]


def test_items_of_a_list_may_have_lost_their_numbers() -> None:
    text = "第一条　下列情形：\n独自入住的；\n结伴入住的；\n（三）受伤的；\n（四）其他。\n"
    assert labels(text) == ["第一条", "（一）", "（二）", "（三）", "（四）"]
    assert told(text) == [("mended", "独自入住的；"), ("mended", "结伴入住的；")]


def test_more_lines_than_lost_numbers_are_left_alone() -> None:
    text = "一、总体要求\n甲。\n工作目标\n工作原则\n重点任务\n丙。\n四、保障措施\n丁。\n"
    assert labels(text) == ["一、", "四、"]
    assert told(text) == [("gap", "四、保障措施")]


def test_a_repeated_number_opens_a_clause_however_long_it_is() -> None:
    long = "各学校应当认真执行并" * 6 + "落实。"
    text = f"1.甲。\n2.{long}\n2.{long}\n4.丁。\n"
    assert labels(text) == ["1.", "2.", "2.", "4."]
    assert told(text) == [("repeated", "2.")]


def test_a_number_that_is_left_to_the_text_is_noted() -> None:
    text = "1.甲。\n2.乙。\n4.丁。\n3.丙。\n5.戊。\n"
    assert labels(text) == ["1.", "2.", "3.", "5."]
    assert told(text) == [("stray", "4.丁"), ("gap", "5.戊")]


@pytest.mark.parametrize(
    "text",
    [
        "1.甲。\n2.乙。\n4.丁。\n",
        "1.甲事\n2.乙事\n2.丙事\n3.丁事\n",
        "一、甲\n二、乙\n一、丙\n二、丁\n",
        "（一）甲\n3.丙。\n4.丁。\n",
        "一、总体要求\n落实。\n工作目标\n建成。\n三、主要任务\n",
        "一\n总体要求\n二\n主要任务\n",
    ],
)
def test_every_note_says_where(text: str) -> None:
    notes = read(text).notes
    assert notes
    for note in notes:
        assert note.span and 0 <= note.span.start < note.span.end <= len(text)


def test_an_article_may_begin_with_another() -> None:
    text = "第一条　甲。\n第二条　第一条第（一）项所需资金由县财政承担。\n第三条　乙。\n"
    assert labels(text) == ["第一条", "第二条", "第三条"]


def test_an_item_may_begin_with_a_count() -> None:
    assert labels("1.选派教师。\n2.15个乡镇设立教研站。\n3.9月底前验收。\n") == ["1.", "2.", "3."]
    assert labels("1.30名教师支教。\n2.验收。\n") == ["1.", "2."]


@pytest.mark.parametrize("line", ["2.5个百分点", "2.5万名", "2.5公里"])
def test_a_count_that_a_line_break_leaves_opens_no_item(line: str) -> None:
    assert labels(f"1.比例提高\n{line}。\n2.验收。\n") == ["1.", "2."]
