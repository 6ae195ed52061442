"""The frame of a document: notices, plans they carry, 附件, 落款, 目录 and web furniture."""

import re

import pytest

from corpus import Clause, Document, parse

TITLE = "青石区学前教育提质实施方案"
SIGNED = "青石区教育局\n2025年3月1日\n"


def read(text: str) -> Document:
    return parse("d1", "notice.txt", text)


def shape(text: str) -> list[tuple[str, str]]:
    return [(clause.kind, clause.address) for clause in read(text)]


def first_line(document: Document, clause: Clause) -> str:
    return document.quote(clause.span).strip().split("\n")[0].strip()


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


def test_an_annex_may_be_called_附_alone() -> None:
    text = f"{TITLE}\n一、甲事。\n附：分工表\n{SIGNED}附：\n分工表\n1.丙。\n2.丁。\n"
    assert shape(text)[2:] == [
        *(("annex", "附件"), ("signature", "落款"), ("annex", "附件")),
        *(("item", "附件 1."), ("item", "附件 2.")),
    ]


def test_a_preamble_with_a_stray_line_break_is_no_header() -> None:
    document = read(f"{TITLE}\n为做好有关工作，结合实际，\n制定本方案。\n一、甲事。\n二、乙事。\n")
    assert [clause.kind for clause in document] == ["header", "preamble", "item", "item"]
    assert document.quote(document.clauses[0].span) == f"{TITLE}\n"


def test_an_imprint_below_the_signature_is_no_text() -> None:
    imprint = "抄送：区委办公室，区人大常委会。\n青石区教育局办公室 2025年3月2日印发\n"
    text = f"{TITLE}\n一、甲事。\n{SIGNED}{imprint}"
    assert [kind for kind, _ in shape(text)] == ["header", "item", "signature", "trailer"]


def test_an_announced_list_of_names_below_the_signature_is_the_annex() -> None:
    text = (
        f"{TITLE}\n现将名单印发给你们。\n附件：专家名单\n青石区教育局\n2025年3月1日\n"
        "专家名单\n张三　青石小学\n李四　白鹭中学\n"
    )
    assert shape(text)[-2:] == [("signature", "落款"), ("annex", "附件")]


def test_an_annex_needs_no_signature_above_it() -> None:
    annex = "附件1：分工表\n一、区教育局负责规划。\n二、区财政局负责经费。\n"
    text = f"{TITLE}\n制定本方案。\n一、甲事。\n二、乙事。\n{annex}"
    assert [address for _, address in shape(text)][-3:] == ["附件1", "附件1 一、", "附件1 二、"]


def test_annexes_with_a_colon_alone_are_annexes() -> None:
    text = NOTICE.replace("附件1\n", "附件1：\n").replace("附件2\n", "附件2：\n")
    assert shape(text) == shape(NOTICE)
    titled = text.replace("\n分工表", "\n青石区教育局任务分工方案")
    assert shape(titled) == shape(NOTICE)


def test_an_annex_may_hold_its_title_alone() -> None:
    text = (
        f"{TITLE}\n一、甲事。\n{SIGNED}附件1：\n分工表\n附件2：\n名额表\n（一）丙。\n（二）丁。\n"
    )
    assert [address for _, address in shape(text)][-4:] == [
        *("附件1", "附件2", "附件2 （一）", "附件2 （二）")
    ]


def test_a_list_of_annexes_may_name_each_on_a_line() -> None:
    listed = "　　附件1：分工表\n　　附件2：名额表\n"
    text = re.sub(r"　　附件：1.分工表\n　+2.名额表\n", listed, NOTICE)
    assert text != NOTICE
    assert shape(text) == shape(NOTICE)


def test_the_plans_own_list_of_annexes_is_no_annex() -> None:
    plan = NOTICE[: NOTICE.index("附件1")]
    text = f"{plan}　　附件：经费表\n{SIGNED}附件\n经费表\n一、甲项。\n"
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
    assert [clause.address for clause in document][-2:] == [
        "《青石区职业教育提质实施方案》一、",
        "《青石区职业教育提质实施方案》二、",
    ]
    assert document.clauses[2].address == "一、"


def test_a_title_that_is_cited_on_a_line_of_its_own_begins_no_text() -> None:
    text = f"{TITLE}\n一、甲事。\n青石区义务教育学校管理办法\n二、乙事。\n"
    assert [address for _, address in shape(text)] == ["标题", "一、", "二、"]


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


def test_a_list_of_annexes_may_stand_below_附件_alone() -> None:
    text = re.sub(r"　　附件：1.分工表\n　+2", "　　附件\n　　1.分工表\n　　2", NOTICE)
    assert text != NOTICE
    assert shape(text) == shape(NOTICE)


@pytest.mark.parametrize("last", ["责任单位：区教育局", "（含民办学校）", "二、乙事", "2025年底前"])
def test_a_short_last_line_is_text_where_all_lines_stand_apart(last: str) -> None:
    document = read("\n\n\n".join([TITLE, "一、甲事。", "内容。", "二、乙事。", last]) + "\n")
    assert "trailer" not in [clause.kind for clause in document]


def test_web_furniture_is_in_no_clause_of_the_text() -> None:
    text = (
        f"您现在的位置：首页 > 政务公开\n字体：大 中 小\n{TITLE}\n"
        "一、甲事。\n二、乙事。\n\n\n【打印本页】\n\n\n版权所有：青石区教育局信息中心\n"
    )
    document = read(text)
    assert [clause.kind for clause in document] == ["header", "item", "item", "trailer"]
    assert first_line(document, document.clauses[-1]) == "【打印本页】"
    assert document.metadata.title and document.metadata.title.value == TITLE


def test_two_plans_of_one_notice_have_addresses_of_their_own() -> None:
    plans = [f"青石区{subject}提质实施方案" for subject in ("学前教育", "职业教育")]
    bodies = "".join(
        f"{plan}\n制定本方案。\n一、甲事。\n（一）子。\n二、乙事。\n" for plan in plans
    )
    notice = f"青石区教育局关于印发两个方案的通知\n各学校：\n现将方案印发。\n{SIGNED}"
    document = read(notice + bodies)
    cited = [clause.address for clause in document if clause.kind in ("heading", "item")]
    assert cited == [f"《{plan}》{n}" for plan in plans for n in ("一、", "一、（一）", "二、")]


def test_a_plan_with_addresses_of_its_own_needs_no_title_before_them() -> None:
    assert all("《" not in clause.address for clause in read(NOTICE))


def test_a_title_within_a_title_is_quoted_once() -> None:
    second = "青石区贯彻《学前教育办法》实施细则\n制定本细则。\n一、丙事。\n二、丁事。\n"
    document = read(f"{TITLE}\n制定本方案。\n一、甲事。\n二、乙事。\n{second}")
    assert document.clauses[-1].address == "《青石区贯彻〈学前教育办法〉实施细则》二、"


@pytest.mark.parametrize(
    ("titled", "name"),
    [
        ("附件1\n青石区学前教育提质行动\n任务分工表\n", "青石区学前教育提质行动任务分工表"),
        ("附件1\n关于加强学前教育的\n若干措施\n", "关于加强学前教育的若干措施"),
        ("附件1：任务分工表\n", "任务分工表"),
        ("附件1\n任务分工\n", "任务分工"),
        ("附件1\n", ""),
        ("附件1 一览表\n", "一览表"),
    ],
)
def test_an_annex_is_named_by_its_whole_title(titled: str, name: str) -> None:
    text = f"{TITLE}\n一、甲事。\n附件：1.分工表\n{SIGNED}{titled}1.丙。\n2.丁。\n"
    clause = read(text).clauses[-1]
    assert (clause.address, clause.path) == ("附件1 2.", (f"附件1 {name}".rstrip(),))


def test_a_decree_has_its_number_below_and_is_signed_by_a_person() -> None:
    decree = "青禾县人民政府令\n第12号\n《青禾县学校管理办法》已经通过，现予公布。\n县长　张某\n"
    document = read(f"{decree}2024年3月2日\n青禾县学校管理办法\n第一条　甲。\n第二条　乙。\n")
    found = [(clause.kind, document.quote(clause.span)) for clause in document]
    assert found[0] == ("header", "青禾县人民政府令\n第12号\n")
    assert found[2] == ("signature", "县长　张某\n2024年3月2日\n")
    assert [clause.address for clause in document][-2:] == ["第一条", "第二条"]


@pytest.mark.parametrize("mark", ["[注1] ", "[尾注2] ", "[注] ①"])
def test_footnotes_below_the_text_belong_to_no_clause(mark: str) -> None:
    text = f"青石区办法\n第一条　甲[注1]。\n第二条　乙。\n{mark}指公办学校。\n{mark}指2024年。\n"
    document = read(text)
    assert shape(text)[-2:] == [("article", "第二条"), ("trailer", "注释")]
    assert document.clauses[-2].parts == ()
    assert document.quote(document.clauses[-1].span).count(mark) == 2


def test_一览表_is_no_number_of_an_annex() -> None:
    text = f"{TITLE}\n一、甲事。\n附件：学校一览表\n{SIGNED}附件 一览表\n1.丙。\n2.丁。\n"
    assert [address for _, address in shape(text)][-3:] == ["附件", "附件 1.", "附件 2."]


def test_footnotes_that_the_text_marks_stand_apart() -> None:
    text = "青石区规划\n一、目标\n入园率达到97%[1]。\n二、保障\n落实经费。\n[1] 来源：年鉴。\n"
    assert shape(text)[-2:] == [("item", "二、"), ("trailer", "注释")]
    unmarked = text.replace("%[1]", "%")
    assert shape(unmarked)[-1] == ("item", "二、")


def test_a_lettered_annex_ends_the_text() -> None:
    text = "照明指南\n1　范围\n规定照明。\n2　要求\n应明亮。\n附录A\n（规范性）\n夜间检测。\n"
    assert ("annex", "附录A") in shape(text)


def test_a_table_without_numbers_is_text() -> None:
    text = "青石区2025年任务分工表\n序号 | 任务 | 牵头单位\n1 | 新建学校3所 | 区教育局\n"
    document = read(text)
    assert shape(text) == [("header", "标题"), ("preamble", "引言")]
    assert [f.value for f in document.clauses[1].facts.figures] == ["3"]
    assert [u.value for u in document.clauses[1].units.lead] == ["区教育局"]


def test_a_foreword_that_the_contents_do_not_list_ends_them() -> None:
    text = (
        "青石区办法\n目录\n第一章　总则\n第二章　附则\n\n序言\n本办法由区教育局编制。\n"
        "第一章　总则\n第一条　甲。\n第二章　附则\n第二条　乙。\n"
    )
    assert [kind for kind, _ in shape(text)][1:5] == ["contents", "header", "preamble", "heading"]
    assert [a for kind, a in shape(text) if kind == "heading"] == ["第一章", "第二章"]


def test_the_imprint_below_a_regulation_is_no_款() -> None:
    text = "青石区办法\n第一条　甲。\n第二条　乙。\n区教育局办公室　　2024年1月5日印发\n"
    assert shape(text)[-2:] == [("article", "第二条"), ("trailer", "页尾")]


def test_a_heading_below_the_contents_is_no_part_of_them() -> None:
    text = (
        "青石区规划\n目录\n序言\n第一章　总则\n\n序言\n教育是大计。\n"
        "第一章　总则\n第一条　甲。\n第二条　乙。\n"
    )
    document = read(text)
    contents = next(clause for clause in document if clause.kind == "contents")
    assert document.quote(contents.span).split() == ["目录", "序言", "第一章", "总则"]
