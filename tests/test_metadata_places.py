"""Whose document it is, of what kind, what it is based on, and what a table above it says."""

import pytest

from corpus import Document, Stated, parse
from corpus.metadata.cities import COUNTY_CITIES
from corpus.metadata.places import read_region

BODY = "各街道办事处：\n现将有关事项通知如下。\n一、甲事。\n二、乙事。\n"


def read(text: str) -> Document:
    return parse("d1", "notice.txt", text)


def value(stated: Stated | None) -> str | None:
    return stated.value if stated else None


# Level and region


@pytest.mark.parametrize(
    ("title", "level", "told_by"),
    [
        ("国务院办公厅关于招生工作的通知", "国家", "国务院办公厅"),
        ("教育部关于招生工作的通知", "国家", "教育部"),
        ("国家教育委员会关于招生工作的通知", "国家", "国家教育委员会"),
        ("中共中央办公厅关于招生工作的通知", "国家", "中共中央办公厅"),
        ("国家税务总局青禾县税务局关于招生工作的通知", "县", "青禾县"),
        ("中央厨房管理办法", None, ""),
        ("中华人民共和国托育法", "国家", "中华人民共和国托育法"),
        ("岚川省教育厅关于招生工作的通知", "省", "岚川省"),
        ("云岭壮族自治区教育厅关于招生工作的通知", "省", "云岭壮族自治区"),
        ("上海市教育委员会关于招生工作的通知", "省", "上海市"),
        ("上海市白沙区教育局关于招生工作的通知", "县", "上海市白沙区"),
        ("白沙市教育局关于招生工作的通知", "市", "白沙市"),
        ("云岭彝族自治州教育局关于招生工作的通知", "市", "云岭彝族自治州"),
        ("昆山市教育局关于招生工作的通知", "县", "昆山市"),
        ("白沙市柳溪市教育局关于招生工作的通知", "县", "白沙市柳溪市"),
        ("青禾县教育局关于招生工作的通知", "县", "青禾县"),
        ("白沙市青禾县教育局关于招生工作的通知", "县", "白沙市青禾县"),
        ("区委教育工作领导小组关于招生工作的通知", "县", "区"),
        ("自治区党委办公厅关于招生工作的通知", "省", "自治区"),
        ("青禾县松坞中心学校关于招生工作的通知", "校", "青禾县松坞中心学校"),
        ("白沙大学关于招生工作的通知", "校", "白沙大学"),
        ("白沙市科学院关于招生工作的通知", "市", "白沙市"),
        ("青禾县白鹭镇人民政府关于招生工作的通知", None, ""),
        ("招生办公室关于招生工作的通知", None, ""),
        ("关于招生工作的通知", None, ""),
    ],
)
def test_the_issuer_or_the_title_tells_the_level(
    title: str, level: str | None, told_by: str
) -> None:
    document = read(f"{title}\n{BODY}")
    stated = document.metadata.level
    assert value(stated) == level
    assert stated is None or document.quote(stated.span) == told_by


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("白沙市城市学校规划条例", "白沙市"),
        ("白沙市青禾县招生方案", "白沙市青禾县"),
        ("岚川省白沙市青禾县招生方案", "岚川省白沙市青禾县"),
        ("忠县招生方案", "忠县"),
        ("云岭经济特区招生方案", "云岭经济特区"),
        ("中共青禾县委关于招生工作的通知", "青禾县"),
        ("各县招生方案", None),
    ],
)
def test_a_region_is_written_with_the_places_above_it(title: str, region: str | None) -> None:
    assert value(read(f"{title}\n{BODY}").metadata.region) == region


def test_a_newspapers_line_names_the_region() -> None:
    metadata = read(f"宁夏出台招生新规\n关于做好招生工作的通知\n{BODY}").metadata
    assert value(metadata.region) == "宁夏"


@pytest.mark.parametrize(
    ("name", "region"),
    [("青禾县", "青禾县"), ("河南", "河南"), ("白沙市青禾县", "白沙市青禾县"), ("通知", None)],
)
def test_a_folder_may_be_named_like_a_region(name: str, region: str | None) -> None:
    assert read_region(name) == region


def test_the_cities_of_county_rank_are_names_of_cities() -> None:
    assert len(COUNTY_CITIES) > 380
    assert {"昆山市", "义乌市", "芒市", "津市市"} <= COUNTY_CITIES
    assert not {"苏州市", "上海市", "市"} & COUNTY_CITIES


# Form and status


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("中华人民共和国托育法", "法律"),
        ("青禾县学校管理办法", "办法"),
        ("青禾县学校管理暂行办法", "办法"),
        ("青禾县学校管理办法（试行）", "办法"),
        ("青禾县学校管理办法\n（征求意见稿）", "办法"),
        ("青禾县招生方案\n（2024—2026年）", "方案"),
        ("青禾县学校管理条例实施细则", "细则"),
        ("青禾县若干规定", "规定"),
        ("青禾县教育发展三年行动计划（2024—2026年）", "计划"),
        ("青禾县关于加强学校建设的实施意见", "意见"),
        ("青禾县教育局关于印发《青禾县招生办法（试行）》的通知", "通知"),
        ("青禾县委办公室印发《关于加强学校建设的意见》", "意见"),
        ("青禾县人民政府关于同意建校的批复", "批复"),
        ("青禾县人民政府关于同意建校的复函", "函"),
        ("青禾县教育局公告", "公告"),
        ("今天天气很好", None),
    ],
)
def test_a_title_ends_with_the_kind_of_document(title: str, form: str | None) -> None:
    document = read(f"{title}\n{BODY}")
    stated = document.metadata.form
    assert value(stated) == form
    assert stated is None or form is None or document.quote(stated.span) in form


# The table of a web page


TABLE = """索 引 号：QH001-2024-0018    主题分类：教育
发文机关：青禾县教育局、青禾县财政局
成文日期：2024年5月20日    发布日期：2024-05-27 10:20
文　　号：青教发〔2024〕18号
有效性：现行有效
名　　称：青禾县教育局关于做好招生工作的通知

青禾县教育局关于做好招生工作的通知
"""


def test_a_table_above_the_title_is_read() -> None:
    document = read(TABLE + BODY)
    metadata = document.metadata
    found = {name: value(getattr(metadata, name)) for name in ("title", "number", "date", "status")}
    assert found == {
        "title": "青禾县教育局关于做好招生工作的通知",
        "number": "青教发〔2024〕18号",
        "date": "2024-05-20",
        "status": "现行",
    }
    assert metadata.issuer == "青禾县教育局、青禾县财政局"
    published = metadata.published
    assert published and published.value == "2024-05-27"
    assert document.quote(published.span) == "2024-05-27"


def test_a_table_may_have_cells_or_values_on_lines_of_their_own() -> None:
    cells = (
        "| 发文机关 | 青禾县教育局 |\n| 成文日期 | 2024年5月20日 |\n| 文号 | 青教发〔2024〕18号 |\n"
    )
    lines = "发文机关：\n青禾县教育局\n成文日期：\n2024年5月20日\n文号：\n青教发〔2024〕18号\n"
    for table in (cells, lines):
        metadata = read(f"{table}\n关于做好招生工作的通知\n{BODY}").metadata
        assert metadata.issuer == "青禾县教育局"
        assert value(metadata.date) == "2024-05-20"
        assert value(metadata.number) == "青教发〔2024〕18号"


def test_the_signature_goes_before_the_table() -> None:
    metadata = read(f"{TABLE}{BODY}青禾县招生办公室\n2024年5月18日\n").metadata
    assert (metadata.issuer, value(metadata.date)) == ("青禾县招生办公室", "2024-05-18")


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("现行有效", "现行"),
        ("已失效", "已废止"),
        ("失效", "已废止"),
        ("已被修改", "已被替代"),
        ("尚未生效", None),
        ("不详", None),
    ],
)
def test_a_table_says_whether_it_holds(written: str, status: str | None) -> None:
    metadata = read(f"时效性：{written}\n青禾县学校管理办法\n{BODY}").metadata
    assert value(metadata.status) == status


# What it is based on


@pytest.mark.parametrize(
    ("sentence", "bases"),
    [
        ("根据《托育法》，制定本办法。", ["《托育法》"]),
        (
            "根据《甲意见》（国发〔2021〕1号）和《乙办法》精神，现提出如下意见。",
            ["《甲意见》（国发〔2021〕1号）", "《乙办法》"],
        ),
        ("依据《甲法》《乙法》等法律、法规，结合本县实际，制定本办法。", ["《甲法》", "《乙法》"]),
        ("根据《甲法》（以下简称甲法），制定本办法。", ["《甲法》"]),
        ("为贯彻落实《甲意见》（国发〔2021〕1号），现就有关事项通知如下。", None),
        ("《本县方案》已经县政府同意，现印发给你们。", []),
        ("根据县政府要求，现将《本县方案》印发给你们。", []),
        ("根据《甲法》，现将《本县方案》印发给你们。", ["《甲法》"]),
    ],
)
def test_a_document_names_what_it_is_based_on(sentence: str, bases: list[str] | None) -> None:
    expected = ["《甲意见》（国发〔2021〕1号）"] if bases is None else bases
    for text in (
        f"关于做好招生工作的通知\n{sentence}\n一、甲事。\n二、乙事。\n",
        f"学校管理办法\n第一条　{sentence}\n第二条　依照《丙法》处罚。\n",
    ):
        assert [base.value for base in read(text).metadata.based_on] == expected


@pytest.mark.parametrize(
    ("title", "replaced"),
    [
        ("青禾县人民政府关于废止《青禾县食堂办法》的决定", ["青禾县食堂办法"]),
        ("青禾县人民政府关于修改《青禾县食堂办法》的决定", []),
    ],
)
def test_a_title_may_repeal(title: str, replaced: list[str]) -> None:
    assert [stated.value for stated in read(f"{title}\n{BODY}").metadata.replaces] == replaced


@pytest.mark.parametrize(
    "line",
    [
        "第" * 100_000,
        "（" * 100_000,
        "2" * 100_000,
        " " * 100_000 + "号",
        "市" * 100_000,
        "本办法" * 33_000,
        "《" * 100_000,
        "本办法有效期" * 16_000,
        "《甲》废止" * 20_000,
        "根据《甲》" * 20_000,
        "2024年5月1日" * 10_000,
        "甲会议通过，" * 16_000,
        "发文机关：" * 20_000,
        "索 引 " * 25_000,
    ],
    ids=lambda line: line[:8],
)
def test_a_long_line_of_one_thing_is_read(line: str) -> None:
    # Ends by the limit on the whole run, should a pattern take quadratic time.
    assert read(f"{line}\n青禾县学校管理办法\n第一条　{line}\n第二条　乙。\n").text
