"""Collections: what is filed where, and that a reader of some of them meets nothing of others."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Metadata, YoujuError
from index import Library, LibraryError
from index.collections import DEFAULT, collection_name, collection_of
from index.store import Store
from index.within import READ_ONLY, LibraryWithin, StoreWithin, within
from retrieval import MODES, Filters, Searcher, answer, standings
from retrieval.compare import CompareError, compare_topic, find_document
from retrieval.compare.shapes import topic_shape
from retrieval.drafts import check_draft
from retrieval.drafts.shapes import check_shape
from retrieval.holding_shapes import list_shape
from retrieval.shapes import answer_shape, search_shape
from retrieval.trace import trace
from retrieval.trace.shapes import trace_shape
from tests.conftest import Run
from tests.fakes import KeywordEncoder, write_files
from ui import Desk
from ui.access import Viewer
from ui.sieve import VIEWS, Sought

# Each has a word of its own, and most of its sentences are those of the others.
WORDS = ("甲鱼", "乙醇", "丙纶", "丁香", "戊糖")
TEXT = """{word}县学校食堂管理办法
{word}教发〔2024〕{number}号
{word}县教育局
2024年5月1日

第一条　为了规范学校食堂，制定本办法。
第二条　学校食堂实行校长陪餐制度，校长每周陪餐不少于{number}次，由{word}处登记。
第三条　学校不得向学生收取食堂管理费。
第四条　寄宿生每人每年补助{number}300元，由暗号{number}{number}{number}处发放。
"""
COLLECTIONS = ("a", "b", DEFAULT)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("collections")
    files = {f"{w}.txt": TEXT.format(word=w, number=n) for n, w in enumerate(WORDS, start=2)}
    library = Library(folder / "library", lambda name: KeywordEncoder())
    library.add([write_files(folder / "files", files)])
    return library


def word_of(library: Library, identity: str) -> str:
    return Path(library.document(identity).source).stem


def filed(library: Library, under: dict[str, str]) -> None:
    """File each document, by its word, under a collection."""
    for document in library.documents():
        library.file_under(document.id, under[word_of(library, document.id)])


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(YoujuError) as caught:
        call()
    return str(caught.value)


# --- filing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["", " ", "a,b", "../x", "a/b", "x" * 41, "a b", "a\n"])
def test_what_is_no_name_of_a_collection_is_refused(written: str) -> None:
    if written == "a\n":
        assert collection_name(written) == "a"
        return
    with pytest.raises(LibraryError, match="as a collection"):
        collection_name(written)


def test_a_document_is_filed_when_it_is_added_and_stays_there(
    youju: Run, tmp_path: Path, library: Library
) -> None:
    files = write_files(tmp_path / "files", {"x.txt": TEXT.format(word="甲鱼", number=2)})
    assert youju("add", files, "--collection", "内部").status == 0
    (listed,) = youju("list", "--json").json["documents"]
    assert listed["collection"] == "内部"
    assert "内部" in youju("list").out

    # Changed bytes of the same source are filed where the old ones were; so is what is read anew.
    (files / "x.txt").write_text(TEXT.format(word="甲鱼", number=3), "utf-8")
    assert youju("add", files, "--json").json["replaced"]
    assert youju("list", "--json").json["documents"][0]["collection"] == "内部"
    # The same bytes are moved only where a collection is named.
    assert youju("add", files, "--json").json["unchanged"]
    copy = write_files(tmp_path / "copy", {"y.txt": TEXT.format(word="甲鱼", number=3)})
    assert youju("add", copy, "--collection", DEFAULT, "--json").json["replaced"]
    assert youju("list", "--json").json["documents"][0]["collection"] == DEFAULT
    assert youju("add", files, "--collection", "../x").status == 1


def test_a_document_that_is_filed_anew_is_as_it_was(shelf: Library) -> None:
    document = shelf.documents()[0]
    before = shelf.document(document.id)
    moved = shelf.file_under(document.id, "a")
    assert (collection_of(before), collection_of(moved)) == (DEFAULT, "a")
    assert shelf.file_under(document.id, DEFAULT) == before
    assert shelf.documents()[0].id == document.id


# --- what a reader meets --------------------------------------------------------------------------


def written(shape: object) -> str:
    return json.dumps(shape, ensure_ascii=False)


def everything_told(library: Library, word: str) -> Iterator[str]:
    """All that a reader is told who asks for the document of a word in every way there is."""
    searcher = Searcher(library)
    title, number = f"{word}县学校食堂管理办法", WORDS.index(word) + 2
    for mode in MODES:
        for query in (f"{word}处登记", f"《{title}》第二条", "第二条", "校长每周陪餐几次"):
            shape = search_shape(searcher.search(query, 50, mode, Filters(superseded=True)))
            yield written({**shape, "query": ""})
    for question in (
        f"{word}县校长每周陪餐不少于几次？",
        f"{word}教发〔2024〕{number}号说了什么？",
    ):
        yield written({**answer_shape(answer(searcher, question)), "question": ""})
    yield written(
        trace_shape([trace(searcher, f"校长每周陪餐不少于{number}次")])["rows"][0]["matches"]
    )
    yield written(topic_shape(compare_topic(searcher, "校长陪餐"))["rows"])
    draft = f"根据《{title}》第二条，“校长每周陪餐不少于{number}次，由{word}处登记”。"
    for finding in check_shape(draft, check_draft(searcher, draft), 0)["findings"]:
        yield written({k: v for k, v in finding.items() if k not in ("text", "notes", "named")})
    yield written(list_shape(library))
    yield from (f"{name} {found.document.label}" for name, found in standings(library).items())


def signs(identity: str, word: str) -> tuple[str, str]:
    """What only somebody knows who was shown a document: no question here has it."""
    return identity, f"暗号{WORDS.index(word) + 2}"


@settings(max_examples=8)
@given(
    under=st.fixed_dictionaries({word: st.sampled_from(COLLECTIONS) for word in WORDS}),
    allowed=st.frozensets(st.sampled_from(COLLECTIONS), max_size=3),
    word=st.sampled_from(WORDS),
)
def test_nothing_of_another_collection_ever_appears(
    shelf: Library, under: dict[str, str], allowed: frozenset[str], word: str
) -> None:
    filed(shelf, under)
    limited = within(shelf, allowed)
    by_word = {word_of(shelf, document.id): document.id for document in shelf.documents()}
    visible = {by_word[w] for w in WORDS if under[w] in allowed}
    hidden = set(by_word.values()) - visible

    assert {document.id for document in limited.documents()} == visible
    assert limited.store.entry_seals().keys() == visible
    assert limited.store.clause_counts().keys() == visible
    assert {row.document_id for row in limited.store.passages()} == visible
    assert {document.id for document in limited.store.entries(by_word.values())} == visible
    assert limited.near_duplicates().keys() <= visible
    if under[word] not in allowed:
        # The very words that are said of an id that nobody has.
        unknown, name = "d" + "0" * 12, by_word[word]
        for ask in (limited.document, limited.as_read, lambda n: find_document(limited, n)):
            said = refused(lambda ask=ask: ask(name))  # type: ignore[misc]
            assert said == refused(lambda ask=ask: ask(unknown)).replace(unknown, name)  # type: ignore[misc]
        with pytest.raises(CompareError, match="no document is called"):
            find_document(limited, f"{word}县学校食堂管理办法")
        assert limited.store.row(name) is None
        assert limited.store.ids_of_source(shelf.document(name).source) == []
        assert (
            limited.store.matching_ids(name[:3])
            == sorted(n for n in visible if n.startswith(name[:3]))[:2]
        )
    unseen = [sign for w in WORDS if by_word[w] in hidden for sign in signs(by_word[w], w)]
    for told in everything_told(limited, word):
        assert not [sign for sign in unseen if sign in told]
    desk = Desk(shelf).for_viewer(Viewer("r", "reader", allowed))
    for view in VIEWS:
        page = "".join(desk.overview("zh", Sought(view=view)))
        assert not [w for w in WORDS if by_word[w] in hidden and w in page]
    for name in hidden:
        assert word_of(shelf, name) not in desk.reading.open(name, "0-9", "zh")


def test_a_reader_of_all_collections_is_told_what_everybody_is(shelf: Library) -> None:
    everything = within(shelf, frozenset(COLLECTIONS))
    assert [d.id for d in everything.documents()] == [d.id for d in shelf.documents()]
    whole, limited = Searcher(shelf), Searcher(everything)
    for mode in MODES:
        expected = search_shape(whole.search("校长陪餐", 20, mode))
        assert search_shape(limited.search("校长陪餐", 20, mode))["hits"] == expected["hits"]
    assert within(shelf, None) is shelf


def test_what_replaces_a_document_from_another_collection_is_not_told(
    library: Library, tmp_path: Path
) -> None:
    old = TEXT.format(word="甲鱼", number=2)
    files = {"old.txt": old, "new.txt": old.replace("2024年5月", "2025年5月")}
    library.add([write_files(tmp_path / "versions", files)])
    (new,) = [d for d in library.documents() if d.source.endswith("new.txt")]
    library.file_under(new.id, "later")
    known = standings(library)
    assert [s.status for s in known.values() if s.replaced_by] == ["已被替代"]
    (alone,) = standings(within(library, frozenset({DEFAULT}))).values()
    assert alone.replaced_by is None


# --- nothing is written through it --------------------------------------------------------------


def test_nothing_is_changed_through_a_limited_view(shelf: Library, tmp_path: Path) -> None:
    limited = within(shelf, frozenset(COLLECTIONS))
    document = shelf.documents()[0]
    before = shelf.store.state()
    new = write_files(tmp_path, {"new.txt": TEXT.format(word="己酸", number=9)})
    for change in (
        lambda: limited.remove([document.id]),
        lambda: limited.give(document.id, Metadata()),
        lambda: limited.file_under(document.id, "z"),
        lambda: limited.add([new]),
        lambda: limited.embed(),
        lambda: limited.reencode(None),
        lambda: limited.clear_cache(),
    ):
        assert refused(change) == READ_ONLY
    assert shelf.store.state() == before


def test_every_way_to_read_a_store_is_limited_or_tells_of_no_document() -> None:
    """A new method of the store has to be thought of here."""
    harmless = {
        *("connect", "damaged", "meta", "reading", "settle", "state", "transaction"),
        # They write, by a transaction that a limited store refuses.
        *("announce_vectors", "delete", "put", "put_embeddings", "set_meta"),
        # They take rows that were chosen before, and read documents by `document`.
        "indexed_texts",
        # By hashes of texts, for who builds the indexes.
        *("embeddings", "unembedded"),
    }
    public = {
        name for name in dir(Store) if not name.startswith("_") and callable(getattr(Store, name))
    }
    assert public - harmless - vars(StoreWithin).keys() == set()
    assert issubclass(LibraryWithin, Library)
