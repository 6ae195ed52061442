"""What documents of rarer kinds say of themselves: 纪要, 政策解读, 合同, decisions that repeal."""

import pytest

from corpus import Metadata, parse
from corpus.document import Value

MINUTES = """会议纪要
〔2024〕15号
青石区人民政府办公室　　　　　　2024年6月12日
关于研究秋季开学准备工作的会议纪要
2024年6月8日，区政府召开会议。现将议定事项纪要如下：
一、关于校舍维修
7月15日前完成摸底。
二、关于校车
8月20日前完成检修。
"""
DECISION = """青石区人民政府关于废止和修改部分文件的决定
青政发〔2024〕7号
经研究，决定废止2件文件，修改1件文件。
一、废止下列文件
1.《青石区幼儿园收费管理办法》（青政发〔2012〕3号）
2.《青石区校车管理办法》
二、修改下列文件
1.《青石区学生资助办法》（青政规〔2020〕2号）
青石区人民政府
2024年4月15日
"""
AMENDED = """青禾省人民政府令
第37号
《青禾省学生宿舍管理办法》已经省人民政府审议通过，现予公布，自2023年1月1日起施行。
2022年11月15日
青禾省学生宿舍管理办法
（2022年11月15日青禾省人民政府令第37号公布　根据2024年6月3日《关于修改规章的决定》修正）
第一条　宿舍应当安全。
第二条　本办法自2023年1月1日起施行。
"""


def read(text: str) -> Metadata:
    return parse("d1", "x.txt", text).metadata


def values(found: tuple[Value, ...]) -> list[str]:
    return [stated.value for stated in found]


def value(found: Value | None) -> str | None:
    return found.value if found else None


def test_the_head_of_minutes_is_read() -> None:
    found = read(MINUTES)
    assert value(found.title) == "关于研究秋季开学准备工作的会议纪要"
    assert value(found.number) == "〔2024〕15号"
    assert values(found.issuers) == ["青石区人民政府办公室"]
    assert value(found.date) == "2024-06-12"


def test_a_list_of_repealed_documents_is_what_is_repealed() -> None:
    assert values(read(DECISION).replaces) == ["青政发〔2012〕3号", "青石区校车管理办法"]


def test_an_amendment_below_an_order_dates_the_act() -> None:
    found = read(AMENDED)
    assert (value(found.date), value(found.published)) == ("2024-06-03", "2022-11-15")


@pytest.mark.parametrize("date", ["自2023年12月1日起", "自 2023年12月1日 起", "自2023年12月1日 起"])
def test_white_space_around_the_day_does_not_hide_it(date: str) -> None:
    text = f"青石区设置标准\n一、甲。\n二、施行\n本标准{date}施行，有效期二年。\n"
    found = read(text)
    assert (value(found.effective), value(found.repealed)) == ("2023-12-01", "2025-11-30")


@pytest.mark.parametrize(
    "title",
    ["《青石区学前教育补助办法》政策解读", "青石区校车服务合同", "青石区2025年重点任务分工表"],
)
def test_documents_of_rarer_kinds_have_titles(title: str) -> None:
    assert value(read(f"{title}\n\n一、甲事。\n二、乙事。\n").title) == title


def test_an_office_for_inspection_signs() -> None:
    found = read(
        "关于开展督导检查的通知\n各校：\n请认真准备。\n附件：1、细则\n2、评分表\n"
        "青石区教育局督导室\n二〇二四年三月二十日\n"
    )
    assert values(found.issuers) == ["青石区教育局督导室"]


@pytest.mark.parametrize("form", ["预案", "基准", "通报", "大纲", "公约"])
def test_forms_beside_those_of_letters_are_known(form: str) -> None:
    text = f"青石区校园管理{form}\n一、甲事。\n二、本{form}自2024年3月1日起施行。\n"
    found = read(text)
    assert (value(found.title), value(found.form)) == (f"青石区校园管理{form}", form)
    assert value(found.effective) == "2024-03-01"


def test_a_number_may_stand_before_a_day_in_chinese_numerals() -> None:
    found = read(
        "青石区关于教育的决定\n（青发〔2024〕3号　二〇二四年二月八日）\n一、甲。\n二、乙。\n"
    )
    assert (value(found.number), value(found.date)) == ("青发〔2024〕3号", "2024-02-08")


def test_what_stops_being_applied_is_replaced() -> None:
    found = read(
        "青石区办法\n第一条　甲。\n第二条　原《青石区规定》（青教〔2019〕5号）停止执行。\n"
    )
    assert values(found.replaces) == ["青教〔2019〕5号"]


LETTER = (
    "白沙市教育局关于转发校园安全管理办法的通知\n{number}各学校：\n现将办法转发给你们。\n{signed}\n"
)
CARRIED = (
    "青禾县校园安全管理办法\n青政发〔2024〕3号\n第一条　甲。\n第二条　乙。\n"
    "青禾县人民政府\n2024年4月1日\n"
)


def test_a_letter_without_a_signature_does_not_take_that_of_what_it_carries() -> None:
    metadata = parse("d", "x", LETTER.format(number="", signed="") + CARRIED).metadata
    assert metadata.issuer == "白沙市教育局"
    assert (metadata.number, metadata.date) == (None, None)


def test_a_letter_that_is_signed_below_what_it_carries_keeps_its_day() -> None:
    text = LETTER.format(number="白教〔2024〕9号\n", signed="")
    carried = CARRIED.replace("青政发〔2024〕3号\n", "")
    carried = carried.replace("青禾县人民政府", "白沙市教育局")
    metadata = parse("d", "x", text + carried).metadata
    assert metadata.issuer == "白沙市教育局"
    assert metadata.number is not None and metadata.number.value == "白教〔2024〕9号"
    assert metadata.date is not None and metadata.date.value == "2024-04-01"


def test_a_report_has_its_number_and_who_signs_it_on_one_line() -> None:
    text = (
        "青教〔2024〕7号　　　　签发人：张某\n青禾县教育局关于校舍安全的报告\n一、甲。\n二、乙。\n"
    )
    metadata = parse("d", "x", text).metadata
    assert metadata.number is not None and metadata.number.value == "青教〔2024〕7号"
    assert metadata.title is not None
    assert metadata.title.value == "青禾县教育局关于校舍安全的报告"
