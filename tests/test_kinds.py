"""What a question asks for, and which sentences hold that kind of thing."""

import pytest

from retrieval.kinds import Kind, Measure, Wanted, holds, wanted


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("课后服务每学期收费多少？", "number"),
        ("課後服務收費多少", "number"),
        ("每周陪餐几次", "number"),
        ("普惠园覆盖率要达到百分之几", "number"),
        ("青禾县普惠园覆盖率", "number"),
        ("什么时候开学", "date"),
        ("哪一年建成", "date"),
        ("安排在哪几个月", "date"),
        ("由谁牵头", "lead"),
        ("主辦單位是谁", "lead"),
        ("哪个部门负责", "unit"),
        ("哪两个单位配合", "unit"),
        ("乱收费归谁查", "unit"),
        ("举报电话是多少", "contact"),
        ("报名网址是什么", "contact"),
        ("在哪里报名", "place"),
        ("手机能不能带进课堂", "yes_no"),
        ("学校可以推迟放学吗？", "yes_no"),
        ("要不要公示", "yes_no"),
        ("有多少经费可以给民办学校吗", "yes_no"),
        ("为什么要轮岗", "reason"),
        ("转学怎么办理", "procedure"),
        ("申报流程", "procedure"),
        ("困难学生的服务费怎么办", "any"),
        ("包括哪些材料", "list"),
        ("由哪几所学校共建", "list"),
        ("谁可以申请", "person"),
        ("学校食堂", "any"),
        ("这件事如何处理", "any"),
        ("网站建设有什么要求", "any"),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(query: str, kind: Kind) -> None:
    assert wanted(query).kind == kind


@pytest.mark.parametrize(
    ("query", "measure"),
    [
        ("覆盖率要达到百分之几", "share"),
        ("校长每周陪餐几次", "often"),
        ("每周上几节体育课", "lessons"),
        ("几岁能上小学", "age"),
        ("体育考多少分", "points"),
        ("校长任期几年", "time"),
        ("提前多久申请", "time"),
        ("一年补助多少钱", "money"),
        ("操场要多大", "size"),
        ("新建几所幼儿园", "count"),
        ("收费多少", "money"),
        ("学位要增加多少", None),
        ("公费师范生一年招多少人", "count"),
    ],
)
def test_a_number_is_asked_for_in_a_measure(query: str, measure: Measure | None) -> None:
    assert wanted(query) == Wanted("number", measure)


@pytest.mark.parametrize(
    ("query", "sentence", "holds_it"),
    [
        ("每周陪餐几次", "每周陪餐不少于3次", True),
        ("每周陪餐几次", "每周陪餐不少于三次", True),
        ("每周陪餐几次", "每周陪餐不少於３次", True),
        ("每周陪餐几次", "校长应当陪餐", False),
        ("每周上几节体育课", "学校应当重视体育，组织好各类体育比赛", False),
        ("每周上几节体育课", "小学每周体育课不少于4课时", True),
        ("覆盖率要达到百分之几", "到2027年新增学位600个", False),
        ("覆盖率要达到百分之几", "覆盖率达到百分之九十一", True),
        ("新建几所幼儿园", "到2025年公办园在园幼儿占比达到60%", False),
        ("新建几所幼儿园", "新建公办园12个", True),
        ("学位要增加多少", "新增学位1800个", True),
        ("学位要增加多少", "到2027年新增一批学位", False),
        ("校长任期几年", "校长任期为三至六年", True),
        ("校长任期几年", "校长实行任期制", False),
        ("一年补助多少钱", "每人每年补助1300元", True),
        ("一年补助多少钱", "每年资助两次", False),
        ("什么时候开学", "9月1日开学", True),
        ("什么时候开学", "按规定开学", False),
        ("由谁牵头", "由市教育局牵头", True),
        ("由谁牵头", "由市教育局负责", False),
        ("哪个部门负责", "由市教育局负责", True),
        ("举报电话是多少", "监督举报电话：12345", True),
        ("举报电话是多少", "设立监督举报机制", False),
        ("学校食堂", "任何一句话", True),
    ],
)
def test_a_sentence_holds_what_was_asked_for(query: str, sentence: str, holds_it: bool) -> None:
    assert holds(wanted(query), sentence) is holds_it


@pytest.mark.parametrize("sign", "几多什么哪个率不吗一二十0 、")
def test_a_long_question_is_read_in_time_that_grows_with_it(sign: str) -> None:
    text = sign * 100_000
    wanted(text)
    assert holds(Wanted("any"), text)
    for kind in ("number", "date", "unit", "contact", "list"):
        holds(Wanted(kind), text)  # type: ignore[arg-type]
