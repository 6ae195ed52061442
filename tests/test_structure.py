"""A text becomes its clauses: nothing lost, every address as officials write it."""

import re
import time

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Clause, Document, parse
from tests.policies import Notice, Numbered, Policy, bodies, notices, regulations

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
    st.text() | st.text(alphabet="第一二十条章节、（）1.①附件：目录\n　 。《》2年月日局牵头单位")
)
def test_any_text_is_the_sum_of_its_clauses(text: str) -> None:
    document = read(text)
    assert_lossless(document)
    assert read(text) == document


@settings(deadline=None, max_examples=60)
@given(bodies() | regulations(), st.sampled_from(["\n", "\n\n", "\n　\n"]))
def test_a_known_structure_is_found(policy: Policy, end: str) -> None:
    document = read(end.join([*FRONT, *policy.lines]) + "\n")
    assert numbered(document) == policy.expected
    assert document.notes == ()
    assert_lossless(document)


@settings(deadline=None, max_examples=30)
@given(bodies() | regulations())
def test_a_known_structure_is_found_in_traditional_script(policy: Policy) -> None:
    convert = TO_TRADITIONAL.convert
    document = read(convert("\n".join([*FRONT, *policy.lines])) + "\n")
    expected = [(kind, address, convert(line)) for kind, address, line in policy.expected]
    assert numbered(document) == expected


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


# Frames


NOTICE = """青石区教育局关于印发《青石区学前教育提质实施方案》的通知
青教发〔2025〕3号
各街道办事处：
　　现将方案印发给你们，请认真执行。
　　附件：1.分工表
　　　　　2.名额表
　　　　　　　　　　青石区教育局
　　　　　　　　　　2025年3月1日
　　（此件公开发布）
青石区学前教育提质实施方案
　　为做好有关工作，制定本方案。
　　一、总体要求
　　（一）指导思想。全面落实要求。
　　（二）工作目标。到2027年建成。
　　二、附则
　　本方案自印发之日起施行。
附件1
分工表
　　1.区教育局负责规划。
　　2.区财政局负责经费。
附件2
名额表
　　（一）东街道3名
　　（二）西街道2名
"""


def test_a_notice_carries_a_plan_and_annexes() -> None:
    assert shape(NOTICE) == [
        ("header", "标题"),
        ("preamble", "引言"),
        ("annex", "附件"),
        ("signature", "落款"),
        ("header", "标题"),
        ("preamble", "引言"),
        ("heading", "一、"),
        ("item", "一、（一）"),
        ("item", "一、（二）"),
        ("item", "二、"),
        ("annex", "附件1"),
        ("item", "附件1 1."),
        ("item", "附件1 2."),
        ("annex", "附件2"),
        ("item", "附件2 （一）"),
        ("item", "附件2 （二）"),
    ]


def test_paths_are_as_written() -> None:
    paths = {clause.address: clause.path for clause in read(NOTICE)}
    assert paths["一、（一）"] == ("一、总体要求",)
    assert paths["附件1 2."] == ("附件1 分工表",)
    assert paths["二、"] == ()


def test_the_signature_holds_what_is_signed_and_no_more() -> None:
    document = read(NOTICE)
    signature = next(clause for clause in document if clause.kind == "signature")
    lines = [line.strip() for line in document.quote(signature.span).split("\n") if line.strip()]
    assert lines == ["青石区教育局", "2025年3月1日", "（此件公开发布）"]


@pytest.mark.parametrize(
    "signed",
    [
        "青石区教育局\n2025年3月1日\n",
        "青石区教育局　2025年3月1日\n",
        "青石区教育局\n青石区财政局\n2025年3月1日\n",
        "青石区教育局\n二〇二五年三月一日\n",
        "2025年3月1日\n",
        "青石区教育局\n",
    ],
)
def test_a_document_ends_with_its_signature(signed: str) -> None:
    document = read(f"{TITLE}\n各街道办事处：\n一、甲事。\n二、乙事。\n{signed}")
    assert [clause.kind for clause in document] == [
        *("header", "preamble", "item", "item", "signature")
    ]
    assert document.quote(document.clauses[-1].span) == signed


def test_a_date_above_another_title_ends_the_first_text() -> None:
    text = (
        f"关于印发方案的通知\n各街道办事处：\n现将方案印发。\n2025年3月1日\n{TITLE}\n一、甲事。\n"
    )
    assert [kind for kind, _ in shape(text)] == [
        "header",
        "preamble",
        "signature",
        "header",
        "item",
    ]


def test_an_imprint_below_the_signature_is_no_text() -> None:
    text = f"{TITLE}\n一、甲事。\n青石区教育局\n2025年3月1日\n抄送：区委办公室，区人大常委会。\n青石区教育局办公室 2025年3月2日印发\n"
    assert [kind for kind, _ in shape(text)] == ["header", "item", "signature", "trailer"]


def test_an_announced_list_of_names_below_the_signature_is_the_annex() -> None:
    text = (
        f"{TITLE}\n现将名单印发给你们。\n附件：专家名单\n青石区教育局\n2025年3月1日\n"
        "专家名单\n张三　青石小学\n李四　白鹭中学\n"
    )
    assert shape(text)[-2:] == [("signature", "落款"), ("annex", "附件")]


def test_an_annex_needs_no_signature_above_it() -> None:
    text = f"{TITLE}\n制定本方案。\n一、甲事。\n二、乙事。\n附件1：分工表\n一、区教育局负责规划。\n二、区财政局负责经费。\n"
    assert [address for _, address in shape(text)][-3:] == ["附件1", "附件1 一、", "附件1 二、"]


def test_annexes_with_a_colon_alone_are_annexes() -> None:
    text = NOTICE.replace("附件1\n", "附件1：\n").replace("附件2\n", "附件2：\n")
    assert shape(text) == shape(NOTICE)
    titled = text.replace("\n分工表", "\n青石区教育局任务分工方案")
    assert shape(titled) == shape(NOTICE)


def test_a_list_of_annexes_may_name_each_on_a_line() -> None:
    listed = "　　附件1：分工表\n　　附件2：名额表\n"
    text = re.sub(r"　　附件：1.分工表\n　+2.名额表\n", listed, NOTICE)
    assert text != NOTICE
    assert shape(text) == shape(NOTICE)


def test_the_plans_own_list_of_annexes_is_no_annex() -> None:
    text = f"{NOTICE[: NOTICE.index('附件1')]}　　附件：经费表\n青石区教育局\n2025年3月1日\n附件\n经费表\n一、甲项。\n"
    assert shape(text)[-4:] == [
        ("annex", "附件"),
        ("signature", "落款"),
        ("annex", "附件"),
        ("item", "附件 一、"),
    ]


def test_a_number_of_an_annex_in_a_sentence_opens_none() -> None:
    text = f"{TITLE}\n一、甲事。\n附件1所列学校，由区教育局改造。\n二、乙事。\n"
    assert [address for _, address in shape(text)] == ["标题", "一、", "二、"]


def test_a_file_may_hold_two_texts_without_a_signature_between() -> None:
    second = "青石区职业教育提质实施方案\n为做好有关工作，制定本方案。\n一、丙事。\n二、丁事。\n"
    document = read(f"{TITLE}\n制定本方案。\n一、甲事。\n二、乙事。\n{second}")
    assert [clause.kind for clause in document] == [*("header", "preamble", "item", "item")] * 2
    assert document.notes == ()
    assert document.clauses[-1].path == ("青石区职业教育提质实施方案",)


def test_contents_are_not_read_as_headings() -> None:
    text = (
        "青石区学校管理办法\n目　录\n第一章　总则……1\n第二章　学生……3\n"
        "第一章　总则\n第一条　甲。\n第二章　学生\n第二条　乙。\n"
    )
    assert shape(text) == [
        ("header", "标题"),
        ("contents", "目录"),
        *(
            ("heading", "第一章"),
            ("article", "第一条"),
            ("heading", "第二章"),
            ("article", "第二条"),
        ),
    ]


def test_web_furniture_is_in_no_clause_of_the_text() -> None:
    text = (
        f"您现在的位置：首页 > 政务公开\n字体：大 中 小\n{TITLE}\n"
        "一、甲事。\n二、乙事。\n\n\n【打印本页】\n\n\n版权所有：青石区教育局信息中心\n"
    )
    document = read(text)
    assert [clause.kind for clause in document] == ["header", "item", "item", "trailer"]
    assert first_line(document, document.clauses[-1]) == "【打印本页】"
    assert document.metadata.title and document.metadata.title.value == TITLE


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
    assert document.notes == ("“工作目标”前缺序号，按“二、”编入",)


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
    assert document.notes == ("未找到编号的条款，全文按段落检索",)


def test_an_empty_text_is_one_empty_clause() -> None:
    assert [(c.start, c.end) for c in read("")] == [(0, 0)]


# Bounded work

HEAVY = {
    "第": "第",
    "第一条": "第一条\n",
    "bracket": "（",
    "opening title": "《",
    "digit": "7",
    "一": "一",
    "space": " ",
    "wide space": "　",
    "newline": "\n",
    "blank lines in a text": "\n\n\n　\n",
    "organ": "区教育局\n",
    "date": "2024年3月1日\n",
    "annex": "附件1：分工表\n",
    "annex alone": "附件\n",
    "annex list": "附件：\n1.表\n",
    "contents": "目录\n第一章\n",
    "signature": "学校办理。\n区教育局\n2024年3月1日\n",
    "first number": "1.\n",
    "gap": "1.甲\n落实工作措施\n3.丙\n",
    "label": "牵头单位：",
    "label on lines": "牵头单位：\n",
    "repeal": "《办法》、",
    "废止": "废止",
    "title": "关于实施方案的通知\n",
    "organs in a title": "人民政府",
    "adopted": "2024年3月1日第一届",
}


def work(unit: str, size: int) -> float:
    """Seconds of the processor, which other programs do not lengthen."""
    text = "青石区实施方案\n各学校执行。\n一、总则。\n" + unit * (size // len(unit))
    started = time.process_time()
    assert_lossless(read(text))
    return time.process_time() - started


@pytest.mark.parametrize("unit", HEAVY.values(), ids=HEAVY.keys())
def test_work_grows_with_the_text_and_not_faster(unit: str) -> None:
    # Five times the text may take five times as long, and a little more for the machine's moods;
    # work that grows with the square takes twenty-five times.
    assert work(unit, 100_000) < 10 * max(work(unit, 20_000), 0.05)
