"""The address of the page: what it may ask, what is shown for it, and what it is refused."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span, YoujuError
from retrieval import Filters
from tests.served import filled
from ui import Desk, filtering, reading, sieve
from ui.access import Viewer
from ui.access.signing import to_login
from ui.address import (
    FILTERS,
    LONGEST,
    LONGEST_QUERY,
    READING,
    WAYS,
    Address,
    AddressError,
    address,
    names,
    read_address,
)
from ui.errors import explain
from ui.evaluation import Evaluation
from ui.measure_lists import lists_of
from ui.sieve import EVERYTHING, Sought

HOSTILE = "<img src=x onerror=alert(1)></mark><script>alert(2)</script>"
ASKED = {
    "ask": ("q", *FILTERS),
    "trace": ("text", *FILTERS),
    "compare": ("topic", "old", "new", *FILTERS),
    "evaluate": ("set", "first", "second"),
    "library": ("words", "level", "status", "page"),
}
SEEN = Viewer("reader", "reader", frozenset({"default"}))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(filled(tmp_path_factory.mktemp("addressed")))


def read(query: str) -> Address:
    return read_address(dict(parse_qsl(query)))


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    tab = draw(st.sampled_from(sorted(ASKED)))
    way = draw(st.sampled_from(WAYS.get(tab, ("",))))
    texts = st.text(max_size=LONGEST + 1).map(str.strip).filter(bool)
    return Address(tab, way, draw(st.dictionaries(st.sampled_from(ASKED[tab]), texts)))


@given(addresses())
def test_what_is_written_asks_the_same_again_or_for_the_screen_alone(asked: Address) -> None:
    written = address(asked.tab, asked.values, asked.way)
    fits = all(len(value) <= LONGEST for value in asked.values.values())
    fits = fits and len(urlencode(asked.values)) < LONGEST_QUERY - 40
    assert len(written) <= LONGEST_QUERY
    assert read(written) == (asked if fits or asked.is_bare else asked._replace(values={}))


def test_what_no_screen_is_asked_is_passed_over() -> None:
    asked = read("tab=library&q=x&words=a&doc=d1&__theme=dark&lang=en&clause=%20")
    assert asked == Address("library", "documents", {"words": "a"}, {"doc": "d1"})
    assert read("tab=check&text=x").is_bare


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        (f"tab={HOSTILE[:20]}", f"网址里写的“{HOSTILE[:20]}”这里没有"),
        ("tab=compare&way=three", "网址里写的“three”这里没有"),
        ("tab=ask&way=two", "网址里写的“two”这里没有"),
        (f"q={'问' * (LONGEST + 1)}", f"网址里有一项长 {LONGEST + 1} 个字，最多 {LONGEST} 个字"),
        (f"doc={'d' * (LONGEST + 1)}", "网址里有一项长"),
    ],
)
def test_what_cannot_be_asked_is_one_plain_line(query: str, plain: str) -> None:
    with pytest.raises(AddressError) as told:
        read(query)
    assert plain in explain(told.value, "zh")
    assert "\n" not in str(told.value)


def test_what_is_told_to_the_page_stays_text() -> None:
    assert "<" not in names(f'"{HOSTILE}').removeprefix("<span").removesuffix("></span>")


# --- what screens show for it -----------------------------------------------------------------


def test_a_view_of_the_library_comes_back_and_what_it_has_not_is_said() -> None:
    for asked in (EVERYTHING, Sought("similar"), Sought("documents", 3, "办法 x", "县", "现行")):
        assert sieve.addressed(read(sieve.address_of(asked))) == asked
    for page in ("0", "x", "9" * 30, "²"):
        assert sieve.addressed(read(f"tab=library&page={page}")).page in (0, 1)
    with pytest.raises(AddressError, match="星球"):
        sieve.addressed(read("tab=library&level=星球"))


def test_a_set_and_configurations_are_chosen_and_others_said(desk: Desk) -> None:
    pytest.importorskip("gradio")
    chosen = {"set": "committed sample", "first": "bm25", "second": ""}
    drawn = lists_of(desk.evaluation, "zh", chosen)
    assert [one.value for one in drawn] == ["committed sample", "bm25", ""]
    assert lists_of(desk.evaluation, "zh")[1].value == "hybrid"
    for wrong in ({"set": "kept ../x"}, {"second": HOSTILE}):
        with pytest.raises(AddressError):
            lists_of(desk.evaluation, "zh", wrong)
    reader = Evaluation(desk.library, desk.searcher, may_change=False)
    with pytest.raises(AddressError):
        lists_of(reader, "zh", chosen)


def test_a_turn_of_the_conversation_is_shown_as_it_was(desk: Desk) -> None:
    asking, filters = desk.asking, Filters(year="2024")
    first = asking.ask("校长每周陪餐几次？", "zh", filters)
    second = asking.ask("食堂收费吗？", "zh", conversation=first.conversation)
    asked = first.conversation.turns[0].understood
    assert second.conversation.up_to(asked, Filters()) is None
    known = second.conversation.up_to(asked, filters)
    assert known
    assert known.turns == first.conversation.turns
    assert asking.shown(known, "zh").html == first.html
    with pytest.raises(ValueError, match="without a turn"):
        asking.shown(known.without_latest, "zh")


# --- what is read -----------------------------------------------------------------------------


def opened(desk: Desk, **asked: str) -> str:
    return desk.reading.visit(asked, "zh")


def test_a_document_opens_at_its_clause_or_at_what_was_marked(desk: Desk) -> None:
    document = desk.library.documents()[0]
    whole = desk.library.document(document.id)
    clause = whole.clauses[2]
    inner = Span(clause.start + 1, clause.start + 3)
    for spans in ([clause.span], [inner], [inner, whole.clauses[3].span]):
        query = reading.address_of(whole, spans, "")
        asked = dict(parse_qsl(query))
        assert asked["clause"] == clause.id
        assert ("marks" in asked) == (spans != [clause.span])
        html = opened(desk, **asked)
        assert f'data-reading="{query.replace("&", "&amp;")}"' in html
        assert 'id="clause-2" class="yj-clause yj-aimed"' in html
    found = opened(desk, doc=document.id, find="校长")
    assert "<mark" in found and "find=%E6%A0%A1" in found


def test_what_is_not_there_or_not_allowed_is_said_alike(desk: Desk) -> None:
    document = desk.library.documents()[0]
    whole = desk.library.document(document.id)
    for wrong in (f"{document.id}-9999", HOSTILE):
        html = opened(desk, doc=document.id, clause=wrong)
        assert "网址里的条款不在这份文件里" in html and "yj-text" not in html
    assert "这里没有" in opened(desk, doc=document.id, marks=HOSTILE)
    desk.library.file_under(document.id, "secret")
    try:
        reader = desk.for_viewer(SEEN)
        clause = whole.clauses[2].id
        hidden = opened(reader, doc=document.id, clause=clause)
        assert hidden == opened(reader, doc="d000000000000", clause="x")
        assert "网址所指的文件不在资料库里" in hidden
    finally:
        desk.library.file_under(document.id, "default")


def test_a_document_that_is_gone_is_looked_for_in_the_library_and_not_by_renewing(
    desk: Desk,
) -> None:
    gone = {"doc": "d000000000000"}
    for asked in (gone, {**gone, "find": "校长"}, {"clause": "d000000000000-1"}):
        said = opened(desk, **asked)
        assert "可能已经移除，或者网址来自另一个资料库。请到“资料库”按标题查找。" in said
        assert "刷新" not in said and "yj-text" not in said
        english = desk.reading.visit(asked, "en")
        assert "removed, or the address comes from another library" in english
        assert "under Library" in english and "youju list" not in english


# --- on the way through the login -------------------------------------------------------------


def test_an_address_outlives_the_login() -> None:
    values = {name: "值" * 20 for name in ASKED["compare"]}
    query = f"{address('compare', values)}&lang=en&{urlencode(dict.fromkeys(READING, 'x'))}"
    reply = to_login({"query_string": query.encode()})
    location = dict(reply.headers)["location"]
    assert dict(parse_qsl(dict(parse_qsl(location.split("?")[1]))["query"])) == dict(
        parse_qsl(query)
    )
    assert len(location) < 8_000
    overlong = to_login({"query_string": b"q=" + b"x" * (2 * LONGEST_QUERY)})
    assert dict(overlong.headers)["location"] == "/login?query="


def test_filters_of_an_address_are_limited(desk: Desk) -> None:
    with pytest.raises(YoujuError, match="choose a value"):
        filtering.filters_in(read(f"q=x&issuer={'局' * 201}").values)
