"""Orders (令), 公告 and joint documents: who publishes what, under which number."""

import pytest

from corpus import Metadata, Stated, parse

ACT = "第一条　甲。\n第二条　本办法自2024年3月1日起施行。\n"


def read(text: str) -> Metadata:
    return parse("d1", "order.txt", text).metadata


def value(stated: Stated | None) -> str | None:
    return stated.value if stated else None


@pytest.mark.parametrize(
    ("heading", "number", "issuer"),
    [
        ("青禾县人民政府令\n第12号", "青禾县人民政府令第12号", "青禾县人民政府"),
        ("青禾县人民政府令\n\n（第12号）", "青禾县人民政府令（第12号）", "青禾县人民政府"),
        ("青禾县人民政府令第12号", "青禾县人民政府令第12号", "青禾县人民政府"),
        (
            "白沙市人民代表大会常务委员会公告\n（第十二号）",
            "白沙市人民代表大会常务委员会公告（第十二号）",
            "白沙市人民代表大会常务委员会",
        ),
        ("白沙市教育局公告\n2024年第3号", "白沙市教育局公告2024年第3号", "白沙市教育局"),
    ],
)
def test_an_order_publishes_the_act_below_it(heading: str, number: str, issuer: str) -> None:
    metadata = read(
        f"{heading}\n《青禾县学校管理办法》已经审议通过，现予公布，自2024年3月1日起施行。\n"
        f"县长　张三\n2024年1月5日\n青禾县学校管理办法\n{ACT}"
    )
    assert (value(metadata.title), value(metadata.form)) == ("青禾县学校管理办法", "办法")
    assert (value(metadata.number), value(metadata.date)) == (number, "2024-01-05")
    assert (value(metadata.published), value(metadata.effective)) == ("2024-01-05", "2024-03-01")
    assert metadata.issuer == issuer


def test_who_adopted_a_law_issued_it_and_not_who_signed_the_order() -> None:
    metadata = read(
        "中华人民共和国主席令\n第九号\n《中华人民共和国托育法》已由第十五届全国人民代表大会常务委员会"
        "第三次会议通过，现予公布，自2024年3月1日起施行。\n中华人民共和国主席　李四\n2024年1月5日\n"
        "中华人民共和国托育法\n（2024年1月5日第十五届全国人民代表大会常务委员会第三次会议通过）\n"
        "第一条　甲。\n第二条　本法自2024年3月1日起施行。\n"
    )
    assert metadata.issuer == "全国人民代表大会常务委员会"
    assert (value(metadata.level), value(metadata.form)) == ("国家", "法律")


def test_an_announcement_of_names_keeps_its_title() -> None:
    text = "白沙市教育局公告\n2024年第3号\n现将名单公告如下。\n一、甲。\n二、乙。\n"
    metadata = read(text)
    assert value(metadata.title) == "白沙市教育局公告"
    assert (value(metadata.form), metadata.published) == ("公告", None)


def test_organs_that_publish_an_act_together_are_its_issuers() -> None:
    metadata = read(
        "学校体育规定\n1991年5月6日国家教育委员会令第9号、国家体育委员会令第12号发布\n"
        "第一条　甲。\n第二条　乙。\n"
    )
    assert metadata.issuer == "国家教育委员会、国家体育委员会"
    assert value(metadata.number) == "国家教育委员会令第9号"


def test_a_joint_notice_has_the_number_of_the_first_and_the_names_of_all() -> None:
    metadata = read(
        "青教联〔2024〕3号\n青禾县教育局　青禾县财政局\n关于印发《资助办法（试行）》的通知\n"
        "各学校：\n现印发给你们，请遵照执行。\n青禾县教育局　　　青禾县财政局\n2024年3月5日\n"
        "资助办法（试行）\n第一条　甲。\n第二条　乙。\n"
    )
    assert metadata.issuer == "青禾县教育局、青禾县财政局"
    assert (value(metadata.number), value(metadata.status)) == ("青教联〔2024〕3号", "试行")


def test_a_number_may_stand_with_the_day_of_adoption() -> None:
    metadata = read(
        f"白沙大学学籍规定\n（校发〔2023〕12号，2023年9月1日校长办公会审议通过）\n{ACT}"
    )
    assert (value(metadata.number), value(metadata.date)) == ("校发〔2023〕12号", "2023-09-01")


def test_cells_may_be_parted_by_tabs() -> None:
    metadata = read(
        "索 引 号：\tQH-1\t发文机关：\t青禾县教育局\n发文字号：\t青教〔2024〕3号\t成文日期：\t"
        "2024年03月05日\n\n关于做好招生工作的通知\n各学校：\n现就有关事项通知如下。\n一、甲。\n二、乙。\n"
    )
    assert (metadata.issuer, value(metadata.number)) == ("青禾县教育局", "青教〔2024〕3号")
    assert value(metadata.date) == "2024-03-05"


def test_a_local_regulation_is_published_by_an_announcement() -> None:
    metadata = read(
        "白沙市托育条例\n2011年12月27日　白沙市第十六届人民代表大会常务委员会第三十五次会议通过\n"
        "2012年3月31日　岚川省第十一届人民代表大会常务委员会第二十七次会议批准\n"
        "2012年4月9日　白沙市第十六届人民代表大会常务委员会公告第36号公布\n2012年7月1日　施行\n"
        "第一条　甲。\n第二条　乙。\n"
    )
    organ = "白沙市第十六届人民代表大会常务委员会"
    assert (value(metadata.number), metadata.issuer) == (f"{organ}公告第36号", organ)
    found = [value(day) for day in (metadata.date, metadata.published, metadata.effective)]
    assert found == ["2012-03-31", "2012-04-09", "2012-07-01"]


@pytest.mark.parametrize(
    "line", ["通知公告", "首页>通知公告", "青禾县教育局关于招聘教师的公告", "命令", "口令"]
)
def test_a_line_that_ends_like_an_order_is_not_always_one(line: str) -> None:
    metadata = read(f"{line}\n现予公布如下。\n一、甲。\n二、乙。\n")
    assert metadata.issuer in (None, "青禾县教育局")
    assert metadata.published is None
