"""Title, issuers, 文号, date, status, region and what is replaced: each where the text says it."""

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, Stated, parse
from corpus.fields import SEVERAL

SIGNED = "青石区教育局\n2025年3月1日\n"
READ_OFF = ("date", "published", "effective", "repealed", "level", "form", "status")
BODY = "各街道办事处：\n现将有关事项通知如下。\n一、甲事。\n二、乙事。\n"


def read(text: str) -> Document:
    document = parse("d1", "notice.txt", text)
    metadata = document.metadata
    for name in metadata.__dataclass_fields__:
        found = getattr(metadata, name)
        for stated in found if name in SEVERAL else (found,) if found else ():
            assert 0 <= stated.span.start < stated.span.end <= len(text)
            # A title, a 文号 and a basis may stand on several lines; their values are one.
            written = squeeze(document.quote(stated.span))
            assert name in READ_OFF or written == squeeze(stated.value)
    return document


def squeeze(text: str) -> str:
    return "".join(text.split())


def value(stated: Stated | None) -> str | None:
    return stated.value if stated else None


def title(text: str) -> str | None:
    document = read(text)
    stated = document.metadata.title
    if stated:
        # A title may stand on several lines; its value is one.
        written = document.quote(stated.span)
        assert "".join(written.split()) == "".join(stated.value.split())
    return value(stated)


# Titles


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("青石区教育局关于做好招生工作的通知", "青石区教育局关于做好招生工作的通知"),
        ("青石区学校管理办法（试行）", "青石区学校管理办法（试行）"),
        ("青石区学校管理办法(2024年修订)", "青石区学校管理办法(2024年修订)"),
        ("《青石区学校管理办法（征求意见稿）》", "青石区学校管理办法（征求意见稿）"),
        (
            "青石区教育局关于印发《青石区招生办法》的通知",
            "青石区教育局关于印发《青石区招生办法》的通知",
        ),
        ("青石区委办公室、区政府办公室印发《关于加强学校建设的意见》",) * 2,
        (
            "青石区人民政府\n关于加强学校建设的\n实施意见",
            "青石区人民政府关于加强学校建设的实施意见",
        ),
        ("　　　青石区招生\n　　　工作方案", "青石区招生工作方案"),
        ("首页 > 政策文件\n信息公开指南\n通知公告\n青石区招生工作方案", "青石区招生工作方案"),
        ("青政发〔2025〕3号\n青石区招生工作方案", "青石区招生工作方案"),
        ("青石区教育局文件\n青石区招生工作方案", "青石区招生工作方案"),
        ("教育政策公开栏\n青石区招生工作方案", "青石区招生工作方案"),
    ],
)
def test_a_title_is_what_ends_with_a_kind_of_document(lines: str, expected: str) -> None:
    assert title(f"{lines}\n{BODY}") == expected


@pytest.mark.parametrize(
    "lines", ["", "青石区的学校", "各位家长，您好！", "根据有关方案，制定本方案。"]
)
def test_a_text_without_a_title_has_none(lines: str) -> None:
    assert title(f"{lines}\n一、甲事。\n二、乙事。\n") is None


def test_the_first_of_two_titles_is_the_documents_own() -> None:
    text = f"青石区教育局关于印发方案的通知\n{BODY}{SIGNED}青石区招生工作方案\n一、丙事。\n"
    assert title(text) == "青石区教育局关于印发方案的通知"


# Issuers and dates


@pytest.mark.parametrize(
    ("signature", "issuers", "date"),
    [
        ("青石区教育局\n2025年3月1日", ["青石区教育局"], "2025-03-01"),
        ("青石区教育局　2025年3月1日", ["青石区教育局"], "2025-03-01"),
        ("教育部\n2025年12月31日", ["教育部"], "2025-12-31"),
        ("教育部　财政部\n2025年3月1日", ["教育部", "财政部"], "2025-03-01"),
        (
            "青石区教育局\n青石区财政局\n2025年3月1日",
            ["青石区教育局", "青石区财政局"],
            "2025-03-01",
        ),
        ("青石区教育局\n二〇二五年三月十一日", ["青石区教育局"], "2025-03-11"),
        ("青石区教育局\n二○一一年二月二十四日", ["青石区教育局"], "2011-02-24"),
        ("青石区教育局\n２０２５年３月１日", ["青石区教育局"], "2025-03-01"),
        ("青石区教育局\n2025 年 3 月 1 日", ["青石区教育局"], "2025-03-01"),
        ("青石区教育局\n2025年13月1日", ["青石区教育局"], None),
        ("青石区教育局\n2025年2月30日", ["青石区教育局"], None),
        ("青石区教育局（盖章）\n2025年3月1日", ["青石区教育局"], "2025-03-01"),
        ("青石区教育局\n2025年3月1日\n（此件公开发布）", ["青石区教育局"], "2025-03-01"),
    ],
)
def test_a_document_is_signed(signature: str, issuers: list[str], date: str | None) -> None:
    metadata = read(f"招生工作通知\n{BODY}{signature}\n").metadata
    assert [issuer.value for issuer in metadata.issuers] == issuers
    assert value(metadata.date) == date


def test_a_name_with_spaces_in_it_is_one_issuer() -> None:
    metadata = read(f"招生工作通知\n{BODY}教 育 部\n2025年3月1日\n").metadata
    assert metadata.issuer == "教 育 部"


@pytest.mark.parametrize(
    ("line", "issuers"),
    [
        ("青石区教育局关于做好招生工作的通知", ["青石区教育局"]),
        ("教育部关于做好招生工作的通知", ["教育部"]),
        ("国务院关于做好招生工作的通知", ["国务院"]),
        ("青石区教育局、青石区财政局关于做好招生工作的通知", ["青石区教育局", "青石区财政局"]),
        ("青石区教育局等八部门关于做好招生工作的通知", ["青石区教育局"]),
        ("青石区政府办公室转发教育局等部门关于做好招生工作的通知", ["青石区政府办公室"]),
        ("青石区教育局印发《招生工作方案》", ["青石区教育局"]),
        ("关于做好招生工作的通知", []),
        ("青石区招生工作方案", []),
    ],
)
def test_without_a_signature_the_title_names_the_issuer(line: str, issuers: list[str]) -> None:
    assert [issuer.value for issuer in read(f"{line}\n{BODY}").metadata.issuers] == issuers


def test_the_annex_of_names_below_a_signature_signs_nothing() -> None:
    names = "名单\n张三\n青石小学\n李四\n白鹭中学\n"
    text = f"专家聘任通知\n{BODY}附件：名单\n{SIGNED}{names}"
    metadata = read(text).metadata
    assert (metadata.issuer, value(metadata.date)) == ("青石区教育局", "2025-03-01")


ADOPTED = """青石省学校管理条例
（2012年9月28日青石省第十一届人民代表大会常务委员会第三十二次会议通过　根据2020年5月15日\
青石省第十三届人民代表大会常务委员会第十七次会议《关于修改部分法规的决定》修正）
第一条　甲。
第二条　乙。
第三条　本条例自2013年1月1日起施行。
"""


def test_an_adoption_note_gives_organ_and_latest_date() -> None:
    metadata = read(ADOPTED).metadata
    assert metadata.issuer == "青石省第十三届人民代表大会常务委员会"
    assert value(metadata.date) == "2020-05-15"
    assert metadata.number is None


def test_the_organ_that_approves_is_not_the_issuer() -> None:
    note = (
        "2010年6月8日　云岭市第十三届人民代表大会常务委员会第二十五次会议通过\n"
        "2010年7月30日　青石省第十一届人民代表大会常务委员会第十九次会议批准\n"
    )
    metadata = read(f"云岭市学校条例\n{note}第一条　甲。\n第二条　乙。\n").metadata
    assert metadata.issuer == "云岭市第十三届人民代表大会常务委员会"
    assert value(metadata.date) == "2010-07-30"


def test_a_long_adoption_note_is_no_running_text() -> None:
    note = (
        "2020年9月24日　青石省第十三届人民代表大会常务委员会第二十四次会议批准的《云岭市人民代表"
        "大会常务委员会关于修改〈云岭市职业教育校企合作促进条例〉等三件地方性法规的决定》修正"
    )
    assert len(note) > 80
    document = read(f"云岭市职业教育条例\n{note}\n第一条　甲。\n第二条　乙。\n")
    assert [clause.kind for clause in document] == ["header", "article", "article"]
    assert value(document.metadata.date) == "2020-09-24"


def test_an_order_is_a_number() -> None:
    note = (
        "（2024年1月15日青石省人民政府第21次常务会议通过，"
        "2024年1月22日青石省人民政府令第142号公布，自2024年3月1日起施行）"
    )
    metadata = read(f"青石省学校管理规定\n{note}\n第一条　甲。\n第二条　乙。\n").metadata
    assert (metadata.issuer, value(metadata.number)) == (
        "青石省人民政府",
        "青石省人民政府令第142号",
    )
    # 成文日期 is the day it was passed; the order is the day it was published.
    assert value(metadata.date) == "2024-01-15"
    assert value(metadata.published) == "2024-01-22"
    assert value(metadata.effective) == "2024-03-01"


def test_the_state_council_is_an_organ() -> None:
    metadata = read("学校卫生条例\n1990年4月25日国务院批准\n第一条　甲。\n第二条　乙。\n").metadata
    assert (metadata.issuer, value(metadata.date)) == ("国务院", "1990-04-25")


def test_a_date_without_a_year_stays_without_one() -> None:
    metadata = read("招生工作通知\n（5月23日）\n一、甲事。\n二、乙事。\n").metadata
    assert value(metadata.date) == "--05-23"


def test_the_day_of_taking_effect_is_not_the_day_of_issue() -> None:
    assert read("招生工作办法\n自2024年3月1日起施行\n第一条　甲。\n").metadata.date is None


# 文号


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("青政发〔2025〕3号", "青政发〔2025〕3号"),
        ("（青政办发〔2025〕30号）", "青政办发〔2025〕30号"),
        ("(青教基[2025]3号)", "青教基[2025]3号"),
        ("青教〔2025〕 3 号", "青教〔2025〕 3 号"),
        ("　　青教（2025）3号", "青教（2025）3号"),
        ("（青政办〔2017〕106号　2017年）", "青政办〔2017〕106号"),
        ("发文字号：青政发〔2025〕3号", "青政发〔2025〕3号"),
        ("青政发〔2025〕", None),
        ("根据青政发〔2025〕3号文件要求", None),
        ("第3号", None),
        ("青石区政府公报2025年第3号", None),
        ("青石区教育局公告2025年第3号", "青石区教育局公告2025年第3号"),
    ],
)
def test_a_number_stands_on_a_line_of_its_own(line: str, number: str | None) -> None:
    assert value(read(f"招生工作通知\n{line}\n{BODY}").metadata.number) == number


def test_a_number_that_is_cited_in_the_text_is_not_the_documents() -> None:
    text = f"招生工作通知\n{BODY}三、依照下列文件：\n青政发〔2025〕3号\n"
    assert read(text).metadata.number is None


# Status and region


@pytest.mark.parametrize(
    ("line", "status", "written"),
    [
        ("青石区招生办法（征求意见稿）", "征求意见稿", "征求意见稿"),
        ("青石区招生办法（草案）", "征求意见稿", "草案"),
        ("青石区招生办法（送审稿）", "征求意见稿", "送审稿"),
        ("青石区招生办法（试行）", "试行", "试行"),
        ("青石区招生暂行办法", "试行", "暂行"),
        ("青石区招生办法\n（征求意见稿）", "征求意见稿", "征求意见稿"),
        ("关于印发《青石区招生办法（试行）》的通知", "试行", "试行"),
        ("青石区招生办法", None, ""),
        ("关于试行学区制的通知", None, ""),
        ("关于公开征求意见的公告", None, ""),
    ],
)
def test_a_title_states_the_status(line: str, status: str | None, written: str) -> None:
    document = read(f"{line}\n{BODY}")
    stated = document.metadata.status
    assert value(stated) == status
    assert stated is None or document.quote(stated.span) == written


@pytest.mark.parametrize(
    ("line", "region"),
    [
        ("青石区招生工作方案", "青石区"),
        ("云岭市白鹭县招生工作方案", "云岭市白鹭县"),
        ("自治区党委办公厅关于招生工作的通知", None),
        ("景云市招生工作方案", "景云市"),
        ("云岭壮族自治区招生工作方案", "云岭壮族自治区"),
        ("云岭彝族自治州招生工作方案", "云岭彝族自治州"),
        ("白鹭自治县招生工作方案", "白鹭自治县"),
        ("关于全市招生工作的通知", None),
        ("全市招生工作方案", None),
        ("关于加快社区建设的通知", None),
        ("学前教育示范区建设方案", None),
        ("推进城市学校建设的意见", None),
        ("省级示范学校管理办法", None),
        ("教育部关于做好招生工作的通知", None),
    ],
)
def test_a_region_is_a_place_with_a_name(line: str, region: str | None) -> None:
    assert value(read(f"{line}\n{BODY}").metadata.region) == region


def test_the_issuer_names_the_region_where_the_title_does_not() -> None:
    text = f"关于做好招生工作的通知\n{BODY}{SIGNED}"
    assert value(read(text).metadata.region) == "青石区"


# What is replaced


@pytest.mark.parametrize(
    ("sentence", "replaced"),
    [
        ("《青石区招生办法》同时废止。", ["青石区招生办法"]),
        ("《青石区招生办法》（青政发〔2013〕8号）同时废止。", ["青政发〔2013〕8号"]),
        ("《甲办法》（青政发〔2013〕8号）、《乙办法》同时废止。", ["青政发〔2013〕8号", "乙办法"]),
        ("《甲办法》和《乙办法》即行废止。", ["甲办法", "乙办法"]),
        ("《甲办法》和2012年3月1日公布的《乙办法》同时废止。", ["甲办法", "乙办法"]),
        ("2013年5月1日起施行的《甲办法》同时废止。", ["甲办法"]),
        ("《甲办法》自本办法施行之日起废止。", ["甲办法"]),
        ("根据《立法法》的规定，《甲办法》同时废止。", ["甲办法"]),
        ("依照《甲办法》废止的许可证无效。", []),
        ("办学许可证到期后自然废止。", []),
        ("《甲办法》继续有效。本办法到期废止。", []),
    ],
)
def test_what_is_repealed_is_replaced(sentence: str, replaced: list[str]) -> None:
    text = f"青石区招生办法\n第一条　甲。\n第二条　本办法自发布之日起施行。{sentence}\n"
    assert [stated.value for stated in read(text).metadata.replaces] == replaced


# Everywhere


def test_what_is_absent_is_none() -> None:
    metadata = read("今天天气很好。\n明天也是。\n").metadata
    assert metadata.title is metadata.number is metadata.date is metadata.status is None
    assert metadata.region is None
    assert metadata.issuers == metadata.replaces == ()
    assert metadata.issuer is None


def test_traditional_script_is_read_and_shown_as_written() -> None:
    text = f"青石区教育局关于印发办法（试行）的通知\n青教发〔2025〕3号\n{BODY}{SIGNED}"
    traditional = opencc.OpenCC("s2t").convert(text)
    metadata = read(traditional).metadata
    assert value(metadata.title) == "青石區教育局關於印發辦法（試行）的通知"
    assert (metadata.issuer, value(metadata.number)) == ("青石區教育局", "青教發〔2025〕3號")
    assert (value(metadata.date), value(metadata.region)) == ("2025-03-01", "青石區")


@settings(deadline=None)
@given(
    st.text(
        alphabet="《》（）〔〕青石区教育局关于办法通知的同时废止2025年3月1日号第令试行一、条。\n　 "
        "自起施公布之本有效期至根据制定：发文机关|"
    )
)
def test_every_value_stands_where_it_says(text: str) -> None:
    read(text)
    title(text)


LINES = (
    "青石区人民政府令",
    "第12号",
    "（第十二号）",
    "发文机关：青石区教育局　　成文日期：2025年3月1日",
    "发布日期：2025-03-04 10:20",
    "文号",
    "文号：",
    "| 文号 | 青教〔2025〕3号 |",
    "青教〔2025〕3号",
    "青石区学校管理办法",
    "（试行）",
    "青石区教育局",
    "关于印发《青石区招生办法》的通知",
    "（2024年1月5日青石区人民政府令第12号公布　根据2025年2月30日某会议修正）",
    "《青石区学校管理办法》已经通过，现予公布，自2025年5月1日起施行。",
    "根据《甲法》（国发〔2021〕1号）和《乙",
    "办法》，制定本办法。",
    "第一条　根据《甲法》，制定本办法。",
    "第二条　本办法自公布之日起施行，有效期五年。《乙办法》同时废止。",
    "本办法自印发之日起施行，有效期至2028年。",
    "一、甲事。",
    "2025年3月1日",
    "5月23日",
    "",
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12), st.sampled_from(["\n", "\n\n", "\n　　"]))
def test_the_lines_of_documents_in_any_order_give_values_that_stand_there(
    lines: list[str], between: str
) -> None:
    read(between.join(lines))
