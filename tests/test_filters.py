"""Filters choose documents before the search; they never cost a hit that exists."""

from datetime import date

import pytest

from corpus import Document, Metadata, Span, Stated, parse
from index import Library
from retrieval.filters import Filters
from retrieval.ranking import MODES, Mode
from retrieval.search import Searcher
from tests.fakes import FILES, regulation

SPAN = Span(0, 0)
DOCUMENT = Document(
    id="d12ab",
    source="a.txt",
    encoding="utf-8",
    text="",
    metadata=Metadata(
        issuers=(Stated("鷺汀市教育局", SPAN), Stated("鷺汀市財政局", SPAN)),
        region=Stated("鷺汀市", SPAN),
        date=Stated("2024-05-01", SPAN),
    ),
)
NOTHING_STATED = Document("d34cd", "b.txt", "utf-8", "")


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(), True),
        (Filters(issuer="鹭汀市教育局"), True),
        (Filters(issuer="财政"), True),
        (Filters(issuer="卫生"), False),
        (Filters(region="鹭汀"), True),
        (Filters(region="白沙"), False),
        (Filters(year="2024"), True),
        (Filters(year="2023"), False),
        (Filters(year="05-0"), False),
        (Filters(status="试行"), True),
        (Filters(status="废止"), False),
        (Filters(status="不明"), False),
        (Filters(documents=("d12ab",)), True),
        (Filters(documents=("d9", "d12")), True),
        (Filters(documents=("d9",)), False),
        (Filters(issuer="教育局", year="2024", status="试行"), True),
        (Filters(issuer="教育局", year="2023", status="试行"), False),
    ],
)
def test_every_given_value_must_hold(filters: Filters, passes: bool) -> None:
    assert filters.accepts(DOCUMENT, "试行") is passes


@pytest.mark.parametrize(
    "filters",
    [Filters(issuer="局"), Filters(region="市"), Filters(year="2024"), Filters(status="试行")],
)
def test_what_is_not_stated_does_not_hold(filters: Filters) -> None:
    assert not filters.accepts(NOTHING_STATED, None)


def test_an_empty_value_is_no_filter() -> None:
    assert not Filters()
    assert not Filters(issuer="", region="", year="", status="")
    assert Filters(year="2024")
    assert Filters(issuer="", year="2024").accepts(DOCUMENT, None)
    assert Filters(region="", status="", year="2024").accepts(DOCUMENT, None)


def test_the_year_is_that_of_the_first_day_that_is_known() -> None:
    issue, effect = Stated("2024-12-30", Span(0, 1)), Stated("2025-01-04", Span(2, 3))
    for metadata, year in (
        (Metadata(date=issue, effective=effect), "2024"),
        (Metadata(published=issue, effective=effect), "2024"),
        (Metadata(effective=effect), "2025"),
        (Metadata(date=Stated("--05-23", Span(0, 1)), effective=effect), "2025"),
    ):
        document = Document("d", "a.txt", "utf-8", "", metadata=metadata)
        assert [y for y in ("2024", "2025") if Filters(year=y).accepts(document, None)] == [year]


@pytest.fixture
def filled(library: Library) -> Library:
    # One document says the words often, and fills every first place.
    loud = "\n".join(f"{n}.食堂食堂食堂经费。" for n in range(1, 40))
    texts = {**FILES, "loud.txt": loud, "quiet.txt": regulation("安静县", 20)}
    library.put_all(parse(name, name, text) for name, text in texts.items())
    library.embed()
    return library


@pytest.mark.parametrize("mode", MODES)
def test_a_filter_takes_no_hit_away(filled: Library, mode: Mode) -> None:
    searcher, only = Searcher(filled), Filters(documents=("quiet.txt",))
    everything = searcher.search("食堂经费", 1000, mode).hits
    expected = {hit.clause.id for hit in everything if hit.document.id == "quiet.txt"}
    found = searcher.search("食堂经费", 5, mode, only).hits
    assert len(found) == 5
    assert {hit.document.id for hit in found} == {"quiet.txt"}
    assert {hit.clause.id for hit in searcher.search("食堂经费", 1000, mode, only).hits} == expected


@pytest.mark.parametrize("mode", MODES)
def test_a_filter_that_nothing_passes_finds_nothing(filled: Library, mode: Mode) -> None:
    assert Searcher(filled).search("食堂", 5, mode, Filters(year="1900")).hits == []


# --- what no longer holds ------------------------------------------------------------------------

_, _ARTICLES = regulation("青禾县", 3).split("\n", 1)
DATED = "青禾县学校管理规定\n{}年3月1日\n" + _ARTICLES


@pytest.fixture
def versions(library: Library) -> Searcher:
    texts = {
        "old.txt": DATED.format(2023),
        "new.txt": DATED.format(2025),
        "plan.md": FILES["plan.md"],
    }
    library.put_all(parse(name, name, text) for name, text in texts.items())
    library.embed()
    return Searcher(library)


def sources(searcher: Searcher, mode: Mode, filters: Filters | None = None) -> set[str]:
    return {hit.document.id for hit in searcher.search("学校", 50, mode, filters).hits}


@pytest.mark.parametrize("mode", MODES)
def test_a_replaced_version_is_found_only_when_it_is_asked_for(
    versions: Searcher, mode: Mode
) -> None:
    assert "old.txt" not in sources(versions, mode)
    assert versions.search("学校", 5, mode).left_out == 1
    for asking in (
        Filters(superseded=True),
        Filters(status="已被替代"),
        Filters(documents=("old.txt",)),
    ):
        assert "old.txt" in sources(versions, mode, asking)
        assert versions.search("学校", 5, mode, asking).left_out == 0
    assert versions.search("学校", 5, mode, Filters(year="2024")).left_out == 0


def test_what_is_left_out_comes_back_when_the_newer_version_goes(versions: Searcher) -> None:
    versions.library.remove(["new.txt"])
    assert "old.txt" in sources(versions, "bm25")
    assert versions.search("学校").left_out == 0


def test_what_holds_depends_on_the_day(library: Library) -> None:
    text = FILES["canteen.txt"] + "第四条　本办法自2024年1月1日起施行，有效期至2025年12月31日。\n"
    library.put_all([parse("a", "a.txt", text)])
    library.embed()
    day = date(2025, 12, 31)
    searcher = Searcher(library, lambda: day)
    assert sources(searcher, "bm25") == {"a"}
    day = date(2026, 1, 1)
    assert sources(searcher, "bm25") == set()
    assert searcher.search("食堂").left_out == 1


def test_a_status_that_nobody_knows_can_be_asked_for() -> None:
    assert Filters(status="不明").accepts(NOTHING_STATED, None)
    assert not Filters(status="现行").accepts(NOTHING_STATED, None)
