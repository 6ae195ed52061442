"""A text becomes its clauses: nothing lost, every address as officials write it."""

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Clause, Document, parse
from tests.policies import (
    Broken,
    Notice,
    Numbered,
    Policy,
    bodies,
    broken,
    decimals,
    notices,
    regulations,
)

TO_TRADITIONAL = opencc.OpenCC("s2t")
NUMBERED = ("heading", "item", "article")
TITLE = "青石区学前教育提质实施方案"
FRONT = [TITLE, "为做好有关工作，结合实际，制定本方案。"]


def read(text: str) -> Document:
    return parse("d1", "notice.txt", text)


def first_line(document: Document, clause: Clause) -> str:
    return document.quote(clause.span).strip().split("\n")[0].strip()


def numbered(document: Document) -> Numbered:
    found = [clause for clause in document if clause.kind in NUMBERED]
    return [(clause.kind, clause.address, first_line(document, clause)) for clause in found]


def shape(text: str) -> list[tuple[str, str]]:
    return [(clause.kind, clause.address) for clause in read(text)]


def assert_lossless(document: Document) -> None:
    assert "".join(document.quote(clause.span) for clause in document) == document.text
    assert [clause.id for clause in document] == [
        f"{document.id}-{n:04d}" for n in range(len(document.clauses))
    ]
    assert all(clause.start < clause.end for clause in document) or not document.text


# Properties


@settings(deadline=None)
@given(
    st.text()
    | st.text(alphabet="第一二十条章节、（）12.①附件：；目录\n　 。《》|[注]年月日局县长牵头单位")
)
def test_any_text_is_the_sum_of_its_clauses(text: str) -> None:
    document = read(text)
    assert_lossless(document)
    assert read(text) == document


PIECES = (
    *("第一条　", "第二条", "第十", "条", "之一", "第一章 ", "第一节", "一、", "二、", "三、"),
    *("（一）", "（二）", "（三", "）", "1.", "2.", "1.1", "1.2 ", "1 ", "2 ", "①", "一", "二"),
    *("甲乙", "总则", "总体要求", "。", "；", "：", "，", "\n", "\n\n", "　", " | ", "[注1] "),
    *("附件1\n", "附件：", "目录\n", "青石区方案\n", "区教育局\n", "2024年3月1日\n", "2025年"),
)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_parts_and_notes_stand_in_any_text_of_numbers(text: str) -> None:
    document = read(text)
    assert_lossless(document)
    for clause in document:
        for part in clause.parts:
            assert clause.start <= part.span.start < part.span.end <= clause.end
    for note in document.notes:
        assert note.text
        assert note.span is None or 0 <= note.span.start < note.span.end <= len(text)


@settings(deadline=None, max_examples=80)
@given(bodies() | regulations() | decimals(), st.sampled_from(["\n", "\n\n\n", "\n　\n"]))
def test_a_known_structure_is_found(policy: Policy, end: str) -> None:
    document = read(end.join([*FRONT, *policy.lines]) + "\n")
    assert numbered(document) == policy.expected
    assert document.notes == ()
    assert_lossless(document)


@settings(deadline=None, max_examples=30)
@given(bodies() | regulations() | decimals())
def test_a_known_structure_is_found_in_traditional_script(policy: Policy) -> None:
    convert = TO_TRADITIONAL.convert
    document = read(convert("\n".join([*FRONT, *policy.lines])) + "\n")
    expected = [(kind, address, convert(line)) for kind, address, line in policy.expected]
    assert numbered(document) == expected


@settings(deadline=None, max_examples=80)
@given(broken(), st.sampled_from(["\n", "\n\n"]))
def test_a_flaw_is_mended_and_noted_where_it_is(flawed: Broken, end: str) -> None:
    document = read(end.join([*FRONT, *flawed.lines]) + "\n")
    assert [address for _, address, _ in numbered(document)] == flawed.expected
    assert [note.kind for note in document.notes] == [flawed.kind]
    span = document.notes[0].span
    assert span and document.quote(span).replace(end, "\n") == flawed.about
    assert_lossless(document)


@settings(deadline=None, max_examples=60)
@given(notices())
def test_a_notice_its_plan_and_its_annexes_are_told_apart(notice: Notice) -> None:
    document = read(notice.text)
    assert numbered(document) == notice.expected
    assert_lossless(document)
    metadata = document.metadata
    assert metadata.title and metadata.number and metadata.date
    found = (metadata.title.value, metadata.issuer, metadata.number.value, metadata.date.value)
    assert found == (notice.title, notice.issuer, notice.number, notice.date)


@settings(deadline=None, max_examples=60)
@given(bodies(), st.data())
def test_headings_lead_down_to_each_clause(policy: Policy, data: st.DataObject) -> None:
    document = read("\n".join([*FRONT, *policy.lines]) + "\n")
    headings = {c.address: first_line(document, c) for c in document if c.kind == "heading"}
    for clause in document:
        above = [a for a in headings if clause.address.startswith(a) and clause.address != a]
        if clause.kind in ("item", "heading"):
            assert len(clause.path) == len(above)


# Headings and items


def test_a_heading_and_its_text_on_one_line_are_two_clauses() -> None:
    document = read(f"{TITLE}\n（一）工作目标。到2027年全部建成。\n1.学位。增加学位。\n2.师资。\n")
    found = [(c.kind, c.address, document.quote(c.span).strip()) for c in document][1:]
    assert found == [
        ("heading", "（一）", "（一）工作目标。"),
        ("lead", "（一）", "到2027年全部建成。"),
        ("item", "（一）1.", "1.学位。增加学位。"),
        ("item", "（一）2.", "2.师资。"),
    ]
    assert document.clauses[2].path == ("（一）工作目标",)


def test_a_numbered_paragraph_above_a_list_is_text_and_no_heading() -> None:
    long = "各学校应当" + "认真执行并" * 10 + "做好下列工作："
    document = read(f"{TITLE}\n一、{long}\n1.甲事。\n2.乙事。\n")
    assert shape(document.text)[1:] == [("lead", "一、"), ("item", "一、1."), ("item", "一、2.")]


def test_a_list_may_begin_on_the_line_of_its_heading() -> None:
    document = read(f"{TITLE}\n（一）原则。1.公平。机会均等。\n2.优质。内涵发展。\n（二）目标。\n")
    assert [(c.address, document.quote(c.span).strip()) for c in document][1:] == [
        ("（一）", "（一）原则。"),
        ("（一）1.", "1.公平。机会均等。"),
        ("（一）2.", "2.优质。内涵发展。"),
        ("（二）", "（二）目标。"),
    ]


def test_text_below_a_heading_leads_to_its_list() -> None:
    text = f"{TITLE}\n一、目标\n到2027年全部建成。\n（一）学位。\n（二）师资。\n"
    document = read(text)
    assert shape(text)[1:3] == [("heading", "一、"), ("lead", "一、")]
    assert document.clauses[2].path == ("一、目标",)


def test_a_number_alone_on_its_line_heads_the_next() -> None:
    document = read(
        f"{TITLE}\n一\n总体要求\n全面落实要求。\n二\n主要任务\n（一）甲事。\n（二）乙事。\n"
    )
    assert [(c.kind, c.address, c.path) for c in document][1:] == [
        ("item", "一、", ()),
        ("heading", "二、", ()),
        ("item", "二、（一）", ("二、主要任务",)),
        ("item", "二、（二）", ("二、主要任务",)),
    ]


def test_a_mended_heading_is_cited_by_its_number_and_noted() -> None:
    document = read(
        f"{TITLE}\n一、要求\n落实。\n工作目标\n建成。\n三、任务\n（一）甲事。\n（二）乙事。\n"
    )
    assert [c.address for c in document][1:4] == ["一、", "二、", "三、"]
    assert [note.text for note in document.notes] == ["“工作目标”前缺序号，按“二、”编入"]


def test_a_stray_line_break_breaks_no_item() -> None:
    text = f"{TITLE}\n1.对口帮扶，在距离学校\n2.5公里以上的地方设点，\n由教师送教。\n2.走教。\n"
    document = read(text)
    assert [c.address for c in document][1:] == ["1.", "2."]
    assert "2.5公里" in document.quote(document.clauses[1].span)


def test_units_below_an_item_belong_to_it() -> None:
    text = f"{TITLE}\n1.扩大资源。\n牵头单位：区教育局\n责任单位：区财政局、各街道\n2.优化师资。\n"
    item = read(text).clauses[1]
    assert [unit.value for unit in item.units.lead] == ["区教育局"]
    assert [unit.value for unit in item.units.responsible] == ["区财政局", "各街道"]


def test_a_text_without_numbers_is_searched_by_paragraph() -> None:
    document = read("放假通知\n各年级：\n5月1日放假一天。\n")
    assert [clause.kind for clause in document] == ["header", "preamble"]
    assert [note.text for note in document.notes] == ["未找到编号的条款，全文按段落检索"]


def test_an_empty_text_is_one_empty_clause() -> None:
    assert [(c.start, c.end) for c in read("")] == [(0, 0)]


# Addresses


def test_decimals_are_cited_by_their_number_alone() -> None:
    text = (
        f"{TITLE}\n1 总则\n1.1 目的\n提质。\n1.2 范围\n（1）公办园。\n（2）民办园。\n2 附则\n略。\n"
    )
    document = read(text)
    assert [(c.kind, c.address, c.path) for c in document][1:] == [
        ("heading", "1", ()),
        ("item", "1.1", ("1 总则",)),
        ("heading", "1.2", ("1 总则",)),
        ("item", "1.2（1）", ("1 总则", "1.2 范围")),
        ("item", "1.2（2）", ("1 总则", "1.2 范围")),
        ("item", "2", ()),
    ]


def test_decimals_below_another_style_are_not_cited_twice() -> None:
    text = f"{TITLE}\n1. 总则\n1.1 目的\n甲。\n1.2 范围\n乙。\n2. 附则\n略。\n"
    assert [address for _, address in shape(text)][1:] == ["1.", "1.1", "1.2", "2."]


def test_items_of_chapters_are_cited_with_them() -> None:
    first = "第一章　要求\n一、甲。\n二、乙。\n"
    second = "第二章　任务\n第一节　建设\n一、丙。\n二、丁。\n第二节　管理\n戊。\n"
    text = f"{TITLE}\n{first}{second}"
    assert shape(text)[1:] == [
        ("heading", "第一章"),
        ("item", "第一章一、"),
        ("item", "第一章二、"),
        ("heading", "第二章"),
        ("heading", "第二章第一节"),
        ("item", "第二章第一节一、"),
        ("item", "第二章第一节二、"),
        ("item", "第二章第二节"),
    ]


def test_articles_that_begin_again_are_cited_with_their_chapter() -> None:
    first = "第一章　总则\n第一条　甲。\n第二条　乙。\n"
    second = "第二章　附则\n第一条　丙。\n第二条　丁。\n"
    text = f"{TITLE}\n{first}{second}"
    articles = [address for kind, address in shape(text) if kind == "article"]
    assert articles == ["第一章第一条", "第一章第二条", "第二章第一条", "第二章第二条"]


@pytest.mark.parametrize("written", ["第１２条", "第12条", "第 12 条", "第十二条", "第一二条"])
def test_an_article_is_cited_in_chinese_numerals_however_it_is_written(written: str) -> None:
    text = f"青石区办法\n第十一条　甲。\n{written}　乙。\n第十三条　丙。\n"
    assert [address for kind, address in shape(text) if kind == "article"][1] == "第十二条"


@pytest.mark.parametrize(
    ("numerals", "address"),
    [
        (("第一千二百五十九条", "第一千二百六十条"), "第一千二百六十条"),
        (("第一百条", "第一〇一条"), "第一百零一条"),
        (("第一百条", "第一百〇一条"), "第一百零一条"),
        (("第二十条", "第二十一条"), "第二十一条"),
        (("第十二条", "第十二条之一"), "第十二条之一"),
    ],
)
def test_numerals_of_every_form_are_read(numerals: tuple[str, str], address: str) -> None:
    text = "青石区办法\n" + "".join(f"{numeral}　学校办理。\n" for numeral in numerals)
    assert shape(text)[-1] == ("article", address)


def test_running_text_that_counts_is_no_heading() -> None:
    counted = (
        "第一、要抓紧；第二、要落实。\n第二、要检查。\n一是加强领导；二是压实责任。\n二是督导。"
    )
    document = read(f"{TITLE}\n一、甲事。\n{counted}\n二、乙事。\n")
    assert [c.address for c in document] == ["标题", "一、", "二、"]
    assert document.notes == ()


def test_an_article_mended_within_a_line_begins_in_it() -> None:
    document = read("青石区办法\n第一条　甲。第二条　乙。\n第三条　丙。\n")
    assert [document.quote(c.span) for c in document][1:] == [
        "第一条　甲。",
        "第二条　乙。\n",
        "第三条　丙。\n",
    ]


@pytest.mark.parametrize(
    ("item", "value", "indicator"),
    [
        ("2.15个乡镇设立教研站。", "15", "乡镇"),
        ("2.毛入园率达到85%。", "85", "毛入园率"),
        ("2.每年招聘教师不少于50名。", "50", "教师"),
        ("2、其中民办园4所。", "4", "民办园"),
    ],
)
def test_the_number_of_an_item_is_no_part_of_its_figures(
    item: str, value: str, indicator: str
) -> None:
    clause = read(f"{TITLE}\n一、目标\n1.加强领导。\n{item}\n3.验收。\n").clauses[3]
    (figure,) = clause.facts.figures
    assert figure.value == value
    assert figure.indicator is not None and figure.indicator.value.endswith(indicator)


def test_a_year_behind_a_number_is_no_figure() -> None:
    document = read(f"{TITLE}\n一、目标\n1.2025年起选派30名教师。\n2.验收。\n")
    assert [f.value for c in document for f in c.facts.figures] == ["30"]
