"""Clauses that a question names by address, 文号 or title come first, exactly or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import parse
from corpus.numerals import chinese_numeral
from index import Library
from index.addresses import written
from retrieval import Filters, Searcher
from retrieval.catalogue import Catalogue
from retrieval.lines import search_lines
from retrieval.lookup import look_up
from retrieval.mentions import Question, number_name, without_version
from retrieval.results import Hit, Results
from retrieval.shapes import search_shape

ARTICLES = 22


def law(title: str, day: str = "2020年5月1日", articles: int = ARTICLES) -> str:
    lines = [
        f"第{chinese_numeral(n)}条　本项是关于校舍事务的规定，编为{n}号事务。"
        for n in range(1, articles + 1)
    ]
    lines[11] += "\n校舍应当每年检查。检查包括：\n（一）屋顶；\n（二）楼梯。"
    return "\n".join([title, "青禾县教育局", day, "", *lines, ""])


HOUSES = law("青禾县校舍管理办法")
CARE = law("中华人民共和国校园爱护法", articles=15)
NOTICE = """白沙市教育局关于加强值班工作的意见
白教办〔2023〕5号

各学校：
　　现提出以下意见。
一、值班安排
（一）每校每日安排值班人员。
（二）值班表
1.值班表于每月末公布。
2.值班表由校长签字。
二、检查
（一）值班情况每季度检查一次。

白沙市教育局
2023年3月2日
"""
FILES = {"houses": HOUSES, "care": CARE, "notice": NOTICE}


@pytest.fixture
def searcher(library: Library) -> Searcher:
    library.put_all(parse(name, f"{name}.txt", text) for name, text in FILES.items())
    library.embed()
    return Searcher(library)


def named(hits: list[Hit]) -> list[tuple[str, str, str]]:
    return [
        (hit.document.id, hit.clause.address, hit.found_by)
        for hit in hits
        if hit.found_by not in ("words", "meaning", "both")
    ]


def search(searcher: Searcher, query: str, **more: object) -> Results:
    return searcher.search(query, 10, "bm25", **more)  # type: ignore[arg-type]


# --- addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "青禾县校舍管理办法第十二条",
        "《青禾县校舍管理办法》第12条",
        "《青禾縣校舍管理辦法》第１２條",
        "请问〈青禾县校舍管理办法〉第 12 条是什么",
        "第十二条，青禾县校舍管理办法",
        "校舍管理办法12条",
    ],
)
def test_title_and_address_name_one_clause(searcher: Searcher, query: str) -> None:
    results = search(searcher, query)
    assert named(results.hits) == [("houses", "第十二条", "address")]
    assert results.hits[0].found_by == "address"
    assert results.remarks == []


def test_an_article_is_not_found_inside_another_number(searcher: Searcher) -> None:
    for query, address in (
        ("第十二条", "第十二条"),
        ("第二十二条", "第二十二条"),
        ("第2条", "第二条"),
    ):
        found = named(search(searcher, query).hits)
        assert {at for _, at, _ in found} == {address}


@given(st.integers(1, ARTICLES))
def test_arabic_and_chinese_numerals_are_equal(number: int) -> None:
    catalogue = Catalogue([])
    asked = [f"第{number}条", f"第{chinese_numeral(number)}条", f"第 {number} 條有什么要求"]
    for query in asked:
        (one,) = look_up(Question(query), catalogue).named
        assert one.address
        assert written(one.address.levels) == f"第{chinese_numeral(number)}条"


def test_a_part_of_an_article_is_shown_as_what_matched(searcher: Searcher) -> None:
    hit = search(searcher, "青禾县校舍管理办法第十二条第二款第（二）项").hits[0]
    assert hit.clause.address == "第十二条"
    assert hit.document.quote(hit.matched).strip() == "（二）楼梯。"


@pytest.mark.parametrize("query", ["白教办〔2023〕5号一、（二）2", "白教办(2023)5号一、（二）2．"])
def test_an_item_is_named_by_its_numbers(searcher: Searcher, query: str) -> None:
    assert named(search(searcher, query).hits)[0] == ("notice", "一、（二）2.", "address")


def test_an_item_above_others_names_those_below_it(searcher: Searcher) -> None:
    found = named(search(searcher, "《白沙市教育局关于加强值班工作的意见》一、（二）").hits)
    assert [address for _, address, _ in found] == ["一、（二）1.", "一、（二）2."]


def test_an_address_alone_is_looked_for_in_every_document(searcher: Searcher) -> None:
    found = named(search(searcher, "第十二条").hits)
    assert found == [("houses", "第十二条", "address"), ("care", "第十二条", "address")]
    beside = named(search(searcher, "第十二条 中小学校园爱护").hits)
    assert beside[0][0] == "care"


def test_an_address_that_the_document_has_not_is_said(searcher: Searcher) -> None:
    results = search(searcher, "《中华人民共和国校园爱护法》第二十条")
    assert "address" not in {hit.found_by for hit in results.hits}
    (remark,) = results.remarks
    assert "第二十条" in remark.text
    assert "has no 第二十条" in remark.said("en")
    shown = list(search_lines(search_shape(results)))
    # What follows is other than was asked for: said before ten hits, not behind them.
    assert shown[0] == f"! {remark.text}" and len(shown) > 2


def test_a_part_that_an_article_has_not_shows_the_article_as_another_thing(
    searcher: Searcher,
) -> None:
    results = search(searcher, "校舍管理办法第十二条第九款")
    assert (results.hits[0].clause.address, results.hits[0].found_by) == ("第十二条", "title")
    assert [remark.kind for remark in results.remarks] == ["no_clause"]


def test_an_address_that_no_document_has_is_said(searcher: Searcher) -> None:
    results = search(searcher, "第九十九条")
    assert [remark.kind for remark in results.remarks] == ["no_address"]
    assert named(results.hits) == []


def test_two_addresses_of_one_document_and_one_of_another(searcher: Searcher) -> None:
    found = named(search(searcher, "校舍管理办法第三条、第五条和校园爱护法第二条").hits)
    assert [(name, at) for name, at, _ in found] == [
        ("houses", "第三条"),
        ("houses", "第五条"),
        ("care", "第二条"),
    ]


@pytest.mark.parametrize("query", ["第一条件是什么", "十二条措施", "三、四年级", "第一批", "条条"])
def test_what_only_looks_like_an_address_is_none(query: str) -> None:
    assert look_up(Question(query), Catalogue([])).named == ()


# --- titles and numbers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["白教办〔2023〕5号", "查白教办(2023)５号", "白教办【2023】第5号", "白教辦[2023]5號"]
)
def test_a_number_names_its_document(searcher: Searcher, query: str) -> None:
    found = named(search(searcher, query).hits)
    assert found
    assert {(name, by) for name, _, by in found} == {("notice", "number")}


def test_the_number_of_another_organ_is_not_this_one(searcher: Searcher) -> None:
    results = search(searcher, "青白教办〔2023〕5号")
    assert [remark.kind for remark in results.remarks] == ["no_number"]
    assert named(results.hits) == []


def test_a_title_prefers_its_document_and_hides_no_other(searcher: Searcher) -> None:
    hits = search(searcher, "校园爱护法 校舍事务").hits
    assert [hit.document.id for hit in hits[:5]] == ["care"] * 5
    every = searcher.search("校园爱护法 校舍事务", 50, "bm25").hits
    assert {hit.document.id for hit in every} == {"care", "houses"}
    assert named(hits) == [("care", hit.clause.address, "title") for hit in hits[:5]]


@pytest.mark.parametrize(
    "query",
    [
        "中小学校园爱护法第二条",
        "根据校园爱护法实施细则第二条",
        "《幼儿校园爱护法》第二条",
        "高级中学法的第二条",
    ],
)
def test_a_title_is_not_found_inside_another_and_no_clause_stands_in_for_it(
    searcher: Searcher, query: str
) -> None:
    results = search(searcher, query)
    assert named(results.hits) == []
    (remark,) = results.remarks
    assert remark.kind == "no_title"
    assert remark.values[0] in query


def test_an_unknown_title_behind_a_known_one_is_not_taken_for_it(searcher: Searcher) -> None:
    results = search(searcher, "校舍管理办法第三条和高级中学法第五条")
    assert named(results.hits) == [("houses", "第三条", "address")]
    assert [remark.values for remark in results.remarks] == [("高级中学法",)]


@pytest.mark.parametrize("query", ["本法第二条", "有关规定第二条", "上述办法的第二条"])
def test_this_law_is_no_title(searcher: Searcher, query: str) -> None:
    assert {at for _, at, _ in named(search(searcher, query).hits)} == {"第二条"}


def test_a_title_that_is_not_there_is_said(searcher: Searcher) -> None:
    results = search(searcher, "《柳湖县校舍管理办法》第三条")
    assert [remark.kind for remark in results.remarks] == ["no_title"]
    assert named(results.hits) == []


def test_a_title_within_a_title_is_part_of_it(library: Library) -> None:
    inner = law("中华人民共和国校园爱护法", articles=15)
    outer = law("青禾县实施《中华人民共和国校园爱护法》办法", articles=13)
    library.put_all([parse("inner", "i", inner), parse("outer", "o", outer)])
    for query in (
        "《青禾县实施〈中华人民共和国校园爱护法〉办法》第三条",
        "青禾县实施《中华人民共和国校园爱护法》办法第三条",
    ):
        assert named(search(Searcher(library), query).hits) == [("outer", "第三条", "address")]


def test_a_record_that_is_one_article_is_named_by_law_and_number(library: Library) -> None:
    library.put_all(
        parse(f"a{n}", f"a{n}", f"第{chinese_numeral(n)}条 校舍事务之{n}。").retitled(title)
        for n in range(1, 23)
        for title in [stated(f"校园爱护法第{chinese_numeral(n)}条")]
    )
    found = named(search(Searcher(library), "校园爱护法第12条").hits)
    assert [(name, by) for name, _, by in found] == [("a12", "address")]


def stated(title: str):  # type: ignore[no-untyped-def]
    from corpus import Span, Stated

    return Stated(title, Span(0, 1))


# --- versions and filters ---------------------------------------------------------------------


def test_the_version_in_force_comes_first_and_what_is_replaced_is_left_out(
    library: Library,
) -> None:
    library.put_all(
        [
            parse("old", "old", law("青禾县校舍管理办法", "2010年5月1日")),
            parse("new", "new", law("青禾县校舍管理办法", "2020年5月1日")),
        ]
    )
    searcher, query = Searcher(library), "青禾县校舍管理办法第十二条"
    assert [name for name, _, _ in named(search(searcher, query).hits)] == ["new"]
    both = search(searcher, query, filters=Filters(superseded=True))
    assert [name for name, _, _ in named(both.hits)] == ["new", "old"]


def test_a_filter_holds_for_what_is_named_and_is_said(searcher: Searcher) -> None:
    results = search(searcher, "校园爱护法第二条", filters=Filters(issuer="白沙市"))
    assert {hit.document.id for hit in results.hits} <= {"notice"}
    assert [remark.kind for remark in results.remarks] == ["no_clause", "filtered"]


@pytest.mark.parametrize("mode", ["hybrid", "bm25", "dense"])
def test_every_mode_looks_names_up(searcher: Searcher, mode: str) -> None:
    hits = searcher.search("校舍管理办法第十二条", 10, mode).hits  # type: ignore[arg-type]
    assert named(hits) == [("houses", "第十二条", "address")]
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len({hit.clause.id for hit in hits}) == len(hits)
    assert hits[0].score == max(hit.score for hit in hits)


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教基〔2023〕5号", "教基（2023）第5号"),
        ("教育部令第21号", "中华人民共和国教育部令第二十一号"),
        ("教育部第21号令", "教育部令第21号"),
    ],
)
def test_a_number_has_one_name(one: str, other: str) -> None:
    assert number_name(one) == number_name(other)


def test_versions_are_marked_behind_a_title() -> None:
    assert without_version("青禾县校舍管理办法(试行)") == "青禾县校舍管理办法"
    assert without_version("青禾县校舍管理办法-2018-04-27") == "青禾县校舍管理办法"
    assert without_version("(2020)") == "(2020)"


@given(
    st.text(alphabet="第十二条款项（）()《》〈〉1２〔〕号令教的、。 \n中华人民共和国", max_size=60)
)
def test_any_question_can_be_looked_up(query: str) -> None:
    question = Question(query)
    lookup = look_up(question, Catalogue([]))
    assert all(one.entries is None for one in lookup.named)
    for title in question.titles:
        assert 0 <= title.start <= title.end <= len(question.text)


@pytest.mark.parametrize("sign", [*"第法（<《教一1〔令、号的", "第一", "一、（", "《〈"])
def test_a_long_run_of_one_sign_is_read_in_no_time(sign: str) -> None:
    question = Question(sign * (100_000 // len(sign)))
    list(question.numbers())
    assert len(list(question.addresses([]))) <= 100_000
