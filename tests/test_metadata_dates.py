"""The four dates: 成文, 发布, 施行, 废止, whole or in part, each only where the text states it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, parse
from corpus.metadata.dates import read_date, years_on

BODY = "各街道办事处：\n现将有关事项通知如下。\n一、甲事。\n二、乙事。\n"


def read(text: str) -> Document:
    return parse("d1", "notice.txt", text)


def dates(text: str) -> dict[str, str]:
    metadata = read(text).metadata
    named = ((name, getattr(metadata, name)) for name in DATES)
    return {name: stated.value for name, stated in named if stated}


DATES = ("date", "published", "effective", "repealed")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025年5月23日", "2025-05-23"),
        ("2025年5月", "2025-05"),
        ("2025年", "2025"),
        ("5月23日", "--05-23"),
        ("2月29日", "--02-29"),
        ("二〇二五年五月二十三日", "2025-05-23"),
        ("2025-05-23", "2025-05-23"),
        ("2025/5/23", "2025-05-23"),
        ("2025.5.23", "2025-05-23"),
        ("20250523", "2025-05-23"),
        ("2025-05", "2025-05"),
        ("2025", "2025"),
        ("2025-05-23 10:20", "2025-05-23"),
        ("2025/5/23 0:00:00", "2025-05-23"),
        (" 2025-05-23T10:20:00 ", "2025-05-23"),
        ("2025年13月1日", None),
        ("2025-02-29", None),
        ("2025-05/23", None),
        ("13月1日", None),
        ("0000年", None),
        ("5月", None),
        ("明年", None),
        ("2025年5月23日起", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_written(written: str, expected: str | None) -> None:
    assert read_date(written) == expected


@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_day_is_read_in_words_and_in_figures(day: date) -> None:
    iso = day.isoformat()
    year, month, number = day.year, day.month, day.day
    assert read_date(f"{year}年{month}月{number}日") == iso
    assert read_date(iso) == (iso if year < 2100 else None)


@pytest.mark.parametrize(
    ("start", "years", "last"),
    [
        ("2024-03-01", 5, "2029-02-28"),
        ("2024-01-01", 2, "2025-12-31"),
        ("2024-02-29", 1, "2025-02-27"),
        ("2024-03", 5, None),
        ("--03-01", 5, None),
        ("2024-03-01", 0, None),
    ],
)
def test_a_term_ends_on_the_day_before_its_first_day_returns(
    start: str, years: int, last: str | None
) -> None:
    assert years_on(start, years) == last


# 施行


@pytest.mark.parametrize(
    ("sentence", "effective"),
    [
        ("本办法自2024年3月1日起施行。", "2024-03-01"),
        ("本办法自2024年3月起执行。", "2024-03"),
        ("本办法从二〇二四年三月一日起正式实施。", "2024-03-01"),
        ("本办法由县教育局负责解释，自2024年3月1日起施行。", "2024-03-01"),
        ("自2024年3月1日起施行。", "2024-03-01"),
        ("本办法自公布之日起施行。", None),
        ("本办法自公布之日起30日后施行。", None),
        ("本办法施行前已经批准的，仍按原规定办理。", None),
        ("2013年5月1日起施行的《青禾县食堂办法》继续有效。", None),
        ("《青禾县食堂办法》自2013年5月1日起施行。", None),
        ("学校自2024年3月1日起施行新的作息时间。", None),
    ],
)
def test_a_document_says_when_it_takes_effect(sentence: str, effective: str | None) -> None:
    text = f"青禾县学校管理办法\n第一条　甲。\n第二条　{sentence}\n"
    assert dates(text).get("effective") == effective


def test_what_starts_for_a_school_is_not_the_documents_own_start() -> None:
    first, second = "甲校自2020年1月1日起试行。", "本办法自2024年3月1日起施行。"
    text = f"青禾县学校管理办法\n第一条　{first}\n第二条　{second}\n"
    assert dates(text)["effective"] == "2024-03-01"


def test_the_span_is_that_of_the_words_that_say_it() -> None:
    text = (
        "青禾县学校管理办法\n（2024年1月5日青禾县人民政府令第12号公布）\n第一条　甲。\n"
        "第二条　本办法自公布之日起施行，有效期五年。\n"
    )
    document = read(text)
    effective, repealed = document.metadata.effective, document.metadata.repealed
    assert effective and repealed
    assert (effective.value, repealed.value) == ("2024-01-05", "2029-01-04")
    assert document.quote(effective.span) == "本办法自公布之日起施行"
    assert document.quote(repealed.span) == "有效期五年"


def test_an_amended_text_took_effect_when_it_was_first_published() -> None:
    text = (
        "青禾县学校管理办法\n（2010年1月5日青禾县人民政府公布　2020年3月1日青禾县人民政府令第9号"
        "修订公布）\n第一条　甲。\n第二条　本办法自公布之日起施行。\n"
    )
    found = dates(text)
    assert (found["published"], found["effective"]) == ("2020-03-01", "2010-01-05")


@pytest.mark.parametrize(
    ("below", "effective"),
    [("", "2025-03-01"), ("青禾县教育局办公室　2025年3月4日印发\n", "2025-03-04")],
)
def test_a_notice_holds_from_the_day_it_was_sent(below: str, effective: str) -> None:
    text = f"招生工作通知\n{BODY}三、本通知自印发之日起施行。\n青禾县教育局\n2025年3月1日\n{below}"
    assert dates(text)["effective"] == effective


# 废止


@pytest.mark.parametrize(
    ("sentence", "repealed"),
    [
        ("本办法自2024年3月1日起施行，有效期5年。", "2029-02-28"),
        ("本办法自2024年3月1日起施行，有效期为二年。", "2026-02-28"),
        ("本办法自2024年3月1日起试行，试行期24个月。", "2026-02-28"),
        ("本办法自2024年3月1日起施行，有效期至2028年12月31日。", "2028-12-31"),
        ("本办法自2024年3月1日起施行，有效期截至2028年12月。", "2028-12"),
        ("本办法有效期自2024年3月1日起至2026年2月28日。", "2026-02-28"),
        ("本办法自2024年3月1日起施行，至2026年12月31日自行废止。", "2026-12-31"),
        ("本办法自公布之日起施行，有效期五年。", None),
        ("本办法自2024年3月起施行，有效期五年。", None),
        ("本办法自2024年3月1日起施行。许可证有效期五年。", None),
        ("本办法自2024年3月1日起施行，许可证有效期五年。", None),
        ("本办法自2024年3月1日起施行。依照本办法取得的证书，有效期三年。", None),
        ("本办法自2024年3月1日起施行，原办法自2024年3月1日起废止。", None),
        ("本办法自2024年3月1日起施行，暂定有效期2年。", "2026-02-28"),
        ("本办法自2024年3月1日起施行（有效期两年）。", "2026-02-28"),
        ("本办法自2024年3月1日起施行。本办法有效期为5年。", "2029-02-28"),
        ("本办法自2024年3月1日起施行。本办法自2026年1月1日起废止。", "2026-01-01"),
        ("本办法自2024年3月1日起施行。《青禾县食堂办法》自2024年3月1日起废止。", None),
    ],
)
def test_a_document_says_when_it_ends(sentence: str, repealed: str | None) -> None:
    text = f"青禾县学校管理办法\n第一条　甲。\n第二条　{sentence}\n"
    assert dates(text).get("repealed") == repealed


# 成文 and 发布


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("（2025年5月）", "2025-05"),
        ("2025年5月23日", "2025-05-23"),
        ("（5月23日）", "--05-23"),
        ("（青政发〔2025〕3号　2025年3月1日）", "2025-03-01"),
        ("（青政发〔2025〕3号 2025年）", "2025"),
        ("青禾县委办公室、县政府办公室5月23日印发《招生工作通知》。", "--05-23"),
        ("2024-05-01 10:20　来源：县政府网", None),
        ("（2024年）", None),
        ("请于2025年5月23日前反馈意见", None),
    ],
)
def test_a_date_stands_alone_or_with_the_number(line: str, date: str | None) -> None:
    assert dates(f"招生工作通知\n{line}\n一、甲事。\n二、乙事。\n").get("date") == date


def test_the_web_date_is_not_the_documents_own() -> None:
    text = (
        "发布时间：2024-05-09 10:20  来源：县政府网  浏览次数：12\n招生工作通知\n"
        f"{BODY}青禾县教育局\n2024年5月1日\n"
    )
    assert dates(text) == {"date": "2024-05-01", "published": "2024-05-09"}
    unlabelled = text.replace("发布时间：", "")
    assert dates(unlabelled) == {"date": "2024-05-01"}


def test_an_order_is_published_on_the_day_it_is_signed() -> None:
    text = (
        "青禾县人民政府令\n第12号\n《青禾县学校管理办法》已经审议通过，现予公布，自2024年3月1日起施行。\n"
        "县长　张三\n2024年1月5日\n青禾县学校管理办法\n第一条　甲。\n第二条　乙。\n"
    )
    metadata = read(text).metadata
    assert metadata.title and metadata.title.value == "青禾县学校管理办法"
    assert metadata.number and metadata.number.value == "青禾县人民政府令第12号"
    assert metadata.issuer == "青禾县人民政府"
    assert dates(text) == {
        "date": "2024-01-05",
        "published": "2024-01-05",
        "effective": "2024-03-01",
    }


def test_the_time_for_comments_is_no_date_of_a_draft() -> None:
    text = (
        "青禾县学校管理办法（征求意见稿）\n征求意见时间为2025年2月18日至3月19日。\n"
        "第一条　甲。\n第二条　本办法自2025年　月　日起施行。\n"
    )
    assert dates(text) == {}
