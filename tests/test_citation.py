"""Citations as officials write them."""

from dataclasses import replace

import pytest

from corpus import Document, Given, Metadata, Part, Span, Stated, parse
from corpus.citation import Place, cite
from corpus.document import Recognised

NOWHERE = Span(0, 1)


def stated(value: str) -> Stated:
    return Stated(value, NOWHERE)


def document(title: str = "青禾县学校管理办法", **metadata: str | tuple[str, ...]) -> Document:
    values = {
        name: tuple(map(stated, value)) if isinstance(value, tuple) else stated(value)
        for name, value in metadata.items()
    }
    return Document("d", "/a/学校.txt", "utf-8", "字" * 99, Metadata(stated(title), **values))


@pytest.mark.parametrize(
    ("metadata", "places", "expected"),
    [
        (
            {"number": "青政发〔2024〕3号"},
            ("第十二条第二款",),
            "（青政发〔2024〕3号）第十二条第二款",
        ),
        ({"number": "青政发〔2024〕3号", "date": "2024-03-01"}, (), "（青政发〔2024〕3号）"),
        ({"issuers": ("县教育局",), "date": "2024-03-01"}, ("二、",), "（县教育局，2024年）二、"),
        ({"issuers": ("县教育局", "县财政局")}, ("二、",), "（县教育局、县财政局）二、"),
        ({"date": "2024-03-01"}, (), "（2024年）"),
        ({"published": "2023"}, (), "（2023年）"),
        ({"date": "--03-01"}, ("第一条",), "第一条"),
        ({}, ("第三条", "第五条"), "第三条、第五条"),
        ({}, ("第三条", "第三条"), "第三条"),
        (
            {},
            ("第三条第一款", "第三条第三款", "第四条第三款"),
            "第三条第一款、第三款、第四条第三款",
        ),
        ({}, ("第三条", "第三条第二款"), "第三条、第三条第二款"),
        ({}, ("三、（二）5.", "三、（三）7."), "三、（二）5.；三、（三）7."),
    ],
)
def test_brackets_hold_the_number_or_else_who_and_when(
    metadata: dict[str, str | tuple[str, ...]], places: tuple[Place, ...], expected: str
) -> None:
    assert cite(document(**metadata), *places) == f"《青禾县学校管理办法》{expected}"


def test_an_issuer_that_the_title_names_is_not_named_again() -> None:
    named = document("青禾县教育局关于招生的意见", issuers=("青禾县教育局",), date="2024-03-01")
    assert cite(named) == "《青禾县教育局关于招生的意见》（2024年）"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于印发《招生办法》的通知", "《关于印发〈招生办法〉的通知》"),
        ("转发《关于印发〈招生办法〉的通知》的函", "《转发〈关于印发《招生办法》的通知〉的函》"),
    ],
)
def test_a_title_within_a_title_takes_the_other_brackets(title: str, expected: str) -> None:
    assert cite(document(title)) == expected


def test_a_draft_says_so_once() -> None:
    assert cite(document(status="征求意见稿")) == "《青禾县学校管理办法（征求意见稿）》"
    titled = document("青禾县学校管理办法（征求意见稿）", status="征求意见稿")
    assert cite(titled) == "《青禾县学校管理办法（征求意见稿）》"
    assert cite(document(status="试行")) == "《青禾县学校管理办法》"


def test_a_value_that_the_user_gave_counts() -> None:
    given = document()
    given = replace(given, metadata=replace(given.metadata, number=Given("青教〔2024〕1号", "表")))
    assert cite(given) == "《青禾县学校管理办法》（青教〔2024〕1号）"


def test_a_document_without_a_title_is_named_by_its_file() -> None:
    assert cite(parse("d", "/a/b/开学.txt", "只有一句话，没有题目。")) == "《开学.txt》"


def test_pages_and_recognition_are_said() -> None:
    paged = replace(document(), pages=(0, 40, 80))
    first, third = Part("第一条", Span(3, 9)), Part("第九条", Span(85, 90))
    assert cite(paged, third) == "《青禾县学校管理办法》第九条（第3页）"
    assert cite(paged, first, third) == "《青禾县学校管理办法》第一条、第九条（第1、3页）"
    scanned = replace(paged, recognised=(Recognised(Span(80, 99), 0.8),))
    assert cite(scanned, third) == "《青禾县学校管理办法》第九条（第3页，由图片识别）"
    assert cite(scanned, first) == "《青禾县学校管理办法》第一条（第1页）"
    assert cite(scanned, "第九条") == "《青禾县学校管理办法》第九条"


def test_a_clause_is_cited_by_its_address() -> None:
    text = "青禾县学校管理办法\n第一条　为了加强管理。\n第二条　学校应当公开收费。\n"
    read = parse("d", "x.txt", text)
    assert [cite(read, c) for c in read if c.kind == "article"] == [
        "《青禾县学校管理办法》第一条",
        "《青禾县学校管理办法》第二条",
    ]
