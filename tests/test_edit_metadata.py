"""What the user says of a document in the library: it counts, is marked, and can be taken back."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Given, Metadata, Stated
from corpus.fields import HAND, LABELS, given_fields
from corpus.given import MOST_WRITTEN, read_values
from index import Library, LibraryError
from index.store import Store
from retrieval import Filters, Hit, Searcher, standings
from tests.fakes import CANTEEN, Opener


@pytest.fixture
def filled(library: Library, sources: Path) -> Library:
    library.add([sources])
    return library


def id_of(library: Library, source: str) -> str:
    (found,) = [d.id for d in library.documents() if d.source.endswith(source)]
    return found


def hand(**values: str) -> Metadata:
    found, wrong = read_values(values, HAND)
    assert not wrong
    return found


def found(library: Library, query: str, status: str | None = None) -> Sequence[Hit]:
    return Searcher(library).search(query, top=5, filters=Filters(status=status)).hits


# --- what is written ---------------------------------------------------------------------------


def test_what_is_written_becomes_values_that_say_by_whom() -> None:
    values, wrong = read_values(
        {
            "title": " 食堂\n办法 ",
            "issuers": "甲局、乙局",
            "effective": "2024年5月1日",
            "level": "县级",
            "region": "",
        },
        HAND,
    )
    assert values == Metadata(
        title=Given("食堂 办法", HAND),
        issuers=(Given("甲局", HAND), Given("乙局", HAND)),
        effective=Given("2024-05-01", HAND),
        level=Given("县", HAND),
    )
    assert not wrong


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("date", "昨天"),
        ("level", "星球"),
        ("status", "也许"),
        ("title", "长" * 501),
        ("title", " " * (MOST_WRITTEN + 1)),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_is_used(name: str, written: str) -> None:
    values, wrong = read_values({name: written, "region": "青禾县"}, HAND)
    assert list(wrong) == [name]
    assert values == Metadata(region=Given("青禾县", HAND))


@given(st.dictionaries(st.sampled_from(sorted(LABELS)), st.text(max_size=40)))
def test_whatever_is_written_can_be_kept(written: dict[str, str]) -> None:
    values, wrong = read_values(written, HAND)
    for names in given_fields(values).values():
        assert not set(names) & set(wrong)
    assert str(values).encode()


# --- what is kept ------------------------------------------------------------------------------


def test_what_is_said_counts_and_what_was_read_stays(filled: Library) -> None:
    name = id_of(filled, "canteen.txt")
    before = filled.document(name)
    after = filled.give(name, hand(title="陪餐办法", level="县", date="2023-06-01"))
    assert after.label == "陪餐办法"
    assert given_fields(after.metadata) == {HAND: ["title", "date", "level"]}
    assert filled.as_read(name) == before.metadata
    assert isinstance(filled.as_read(name).title, Stated)
    assert (after.text, after.clauses) == (before.text, before.clauses)
    assert Store(filled.folder).documents()[0].label == "陪餐办法"


def test_it_is_taken_back(filled: Library) -> None:
    name = id_of(filled, "canteen.txt")
    before = filled.document(name)
    filled.give(name, hand(title="陪餐办法", region="白石市"))
    assert filled.give(name, hand(region="白石市")).label == before.label
    assert filled.give(name, Metadata()) == before
    assert filled.store.row(name) == filled.store.row(name)._replace(given=None)  # type: ignore[union-attr]


def test_the_order_of_the_list_and_the_near_duplicates_stay(
    filled: Library, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(CANTEEN + "附注。\n", encoding="utf-8")
    filled.add([copy])
    order = [document.id for document in filled.documents()]
    near = filled.near_duplicates()
    assert near
    filled.give(order[0], hand(title="陪餐办法"))
    assert [document.id for document in filled.documents()] == order
    assert filled.near_duplicates().keys() == near.keys()


def test_a_new_title_is_searched_by_words_at_once_and_by_meaning_when_encoded(
    filled: Library, opener: Opener
) -> None:
    name = id_of(filled, "canteen.txt")
    filled.give(name, hand(title="红枫行动办法"))
    assert found(filled, "红枫行动")[0].document.id == name
    assert filled.snapshot().pending == 3
    encoded = len(opener(None).passages)
    filled.embed()
    assert filled.snapshot().pending == 0
    assert len(opener(None).passages) == encoded + 3
    filled.give(name, hand(title="红枫行动办法", region="青禾县"))
    assert filled.snapshot().pending == 0


def test_the_index_is_the_one_of_a_fresh_build(filled: Library) -> None:
    name = id_of(filled, "canteen.txt")
    filled.give(name, hand(title="红枫行动办法"))
    hits = found(filled, "红枫行动 陪餐")
    filled.clear_cache()
    assert found(filled, "红枫行动 陪餐") == hits


def test_filters_and_standing_follow_what_is_said(filled: Library) -> None:
    name = id_of(filled, "canteen.txt")
    assert not found(filled, "食堂", status="已废止")
    filled.give(name, hand(status="已废止"))
    assert standings(filled)[name].status == "已废止"
    assert found(filled, "食堂", status="已废止")[0].document.id == name


def test_it_survives_that_the_same_file_is_added_again(filled: Library, sources: Path) -> None:
    name = id_of(filled, "canteen.txt")
    filled.give(name, hand(title="陪餐办法"))
    report = filled.add([sources])
    assert len(report.unchanged) == 3
    assert filled.document(name).label == "陪餐办法"
    # A table beside the files has its bytes read anew.
    (sources / "metadata.csv").write_text("文件,地区\ncanteen.txt,白石市\n", encoding="utf-8")
    report = filled.add([sources])
    assert [document.id for document in report.replaced] == [name]
    assert given_fields(filled.document(name).metadata) == {
        HAND: ["title"],
        "metadata.csv": ["region"],
    }
    assert filled.snapshot().pending == 0
    assert filled.give(name, Metadata()).label == "青禾县学校食堂管理办法"


def test_a_changed_letter_of_what_is_said_is_noticed(filled: Library) -> None:
    name = id_of(filled, "canteen.txt")
    filled.give(name, hand(region="青禾县"))
    with filled.store.transaction() as connection:
        connection.execute("UPDATE documents SET given = replace(given, '青禾', '白石')")
    with pytest.raises(LibraryError, match="damaged"):
        Store(filled.folder).document(name)


def test_what_is_not_there_is_refused(filled: Library) -> None:
    with pytest.raises(LibraryError, match="no document"):
        filled.give("dfffffff", hand(title="无"))


def test_hostile_names_stay_names(filled: Library) -> None:
    name = id_of(filled, "canteen.txt")
    title = "'; DROP TABLE documents; --<img src=x onerror=alert(1)>"
    assert filled.give(name, hand(title=title)).label == title
    assert len(filled.documents()) == 3
