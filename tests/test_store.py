"""The database: what goes in comes out, whole or not at all, for threads and processes."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import Clause, Document, Given, Metadata, Note, Part, Span, Stated, Units, parse
from corpus.document import Recognised
from corpus.facts import Facts, Figure, MissingFigure, Obligation, Reference
from index import LibraryError
from index.database import DATABASE
from index.passages import Passage, split_passages
from index.schema import APPLICATION_ID, MIGRATIONS
from index.store import Store
from tests.fakes import CANTEEN, FILES, NOTICE

CLAUSES = 10_050  # more than four digits of an id can count

HAND_MADE = Document(
    id="d1",
    source="/x/学校.txt",
    encoding="gb18030",
    text="甲乙丙丁戊己庚辛",
    metadata=Metadata(
        title=Stated("甲乙", Span(0, 2)),
        issuers=(Stated("丙", Span(2, 3)), Stated("丁", Span(3, 4))),
        date=Stated("2024-05-01", Span(0, 1)),
        region=Given("青禾县", "metadata.csv"),
        replaces=(Stated("旧办法", Span(4, 6)),),
    ),
    clauses=(
        Clause(
            id="d1-0000",
            document_id="d1",
            kind="item",
            address="一、",
            path=("第一章 总则", "上级"),
            start=0,
            end=8,
            parts=(Part("第一款", Span(0, 4)), Part("第二款", Span(4, 8))),
            units=Units(lead=(Stated("教育局", Span(5, 8)),)),
            facts=Facts(
                figures=(
                    Figure(
                        Span(0, 2),
                        "3",
                        "个",
                        ">=",
                        "5",
                        Stated("甲", Span(0, 1)),
                        Stated("2025", Span(1, 2)),
                    ),
                    Figure(Span(2, 3), "7", "%"),
                ),
                obligations=(Obligation("must", Stated("应当", Span(0, 2))),),
                references=(Reference(Span(0, 1), "学校法", None, "第三条"),),
                missing=(MissingFigure(Span(0, 1), "个", None),),
            ),
        ),
    ),
    format="pdf",
    pages=(0, 5),
    recognised=(Recognised(Span(1, 4), 0.75),),
    notes=(Note("damaged", ("1",), Span(2, 3)), Note("unnumbered")),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def document(text: str = CANTEEN, identity: str = "d0", source: str = "a.txt") -> Document:
    return parse(identity, source, text)


def put(store: Store, *documents: Document) -> list[str]:
    return [store.put(each, split_passages(each)) for each in documents]


def vectors(rows: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.arange(rows * 3, dtype=np.float32).reshape(rows, 3)


# --- what goes in comes out -----------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_document_comes_back_as_it_was_put(store: Store, name: str) -> None:
    written = document(FILES[name], source=name)
    assert put(store, written) == ["added"]
    assert store.document("d0") == written


def test_every_field_comes_back(store: Store) -> None:
    put(store, HAND_MADE)
    assert store.document("d1") == HAND_MADE
    assert store.documents() == [replace(HAND_MADE, text="", clauses=())]


def test_documents_are_listed_in_the_order_of_adding(store: Store) -> None:
    names = ["d9", "d1", "d5"]
    put(store, *(document(identity=name, source=name) for name in names))
    assert [found.id for found in store.documents()] == names
    assert store.clause_counts() == dict.fromkeys(names, len(document().clauses))
    assert store.document("d2") is None


def test_documents_listed_again_are_those_that_are_there_now(store: Store) -> None:
    put(store, document(identity="d1", source="1"), document(identity="d2", source="2"))
    before = store.documents()
    assert all(found is again for found, again in zip(before, store.documents(), strict=True))
    put(store, document(NOTICE, "d3", "1"), replace(document(identity="d2"), source="2", notes=()))
    assert store.documents() == Store(store.path.parent).documents()
    assert [found.id for found in store.documents()] == ["d2", "d3"]
    store.delete(["d2"])
    assert [found.id for found in store.documents()] == ["d3"]


def test_a_letter_changed_on_disk_after_a_listing_is_refused(store: Store) -> None:
    put(store, document())
    store.documents()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE documents SET metadata = replace(metadata, '食堂', '食品')")
    with pytest.raises(LibraryError, match="damaged"):
        store.documents()


def test_some_documents_are_read_alone(store: Store) -> None:
    put(store, *(document(identity=name, source=name) for name in ("d1", "d2", "d3")))
    listed = {found.id: found for found in store.documents()}
    assert list(store.entries(["d3", "gone", "d1"])) == [listed["d3"], listed["d1"]]


def test_clauses_keep_their_order_beyond_four_digits(store: Store) -> None:
    clauses = tuple(
        Clause(f"d0-{n:04d}", "d0", "item", f"{n}.", (), n, n + 1) for n in range(CLAUSES)
    )
    written = Document("d0", "a.txt", "utf-8", "字" * CLAUSES, clauses=clauses)
    put(store, written)
    found = store.document("d0")
    assert found is not None
    assert found.clauses == clauses
    assert found.clause("d0-10001") == clauses[10001]


def test_passages_come_in_the_order_of_documents_and_text(store: Store) -> None:
    written = [document(text, f"d{9 - n}", f"{n}") for n, text in enumerate(FILES.values())]
    put(store, *written)
    expected = [p for each in written for p in split_passages(each)]
    rows = store.passages()
    assert [(r.clause_id, r.start, r.end, r.text_hash) for r in rows] == [
        (p.clause_id, p.start, p.end, p.text_hash) for p in expected
    ]
    assert list(store.indexed_texts(rows)) == [p.indexed for p in expected]
    # In any order, as the vectors are made.
    assert list(store.indexed_texts(rows[::-1])) == [p.indexed for p in expected[::-1]]


def test_ids_are_matched_by_their_beginning(store: Store) -> None:
    put(store, *(document(identity=name, source=name) for name in ("da1", "da2", "db%", "db_")))
    assert store.matching_ids("da") == ["da1", "da2"]
    assert store.matching_ids("da2") == ["da2"]
    # % and _ are letters here, and no pattern.
    assert store.matching_ids("db%") == ["db%"]
    assert store.matching_ids("d%") == []
    assert store.matching_ids("d") == ["da1", "da2"]


# --- replaced, known, removed ---------------------------------------------------------------


def test_the_same_bytes_are_known(store: Store) -> None:
    put(store, document())
    before = store.state()
    assert put(store, document(source="elsewhere.txt")) == ["unchanged"]
    assert store.state() == before


def test_a_source_holds_one_document(store: Store) -> None:
    put(store, document(), document(NOTICE, "d1", "b.txt"))
    assert put(store, document(NOTICE + "完。", "d2")) == ["replaced"]
    assert [found.id for found in store.documents()] == ["d1", "d2"]
    assert {row.document_id for row in store.passages()} == {"d1", "d2"}
    assert store.clause_counts().keys() == {"d1", "d2"}
    # Now a.txt has the bytes of b.txt: what it held before is gone, and nothing is there twice.
    assert put(store, document(NOTICE, "d1")) == ["replaced"]
    assert [found.id for found in store.documents()] == ["d1"]


def test_removing_leaves_no_trace(store: Store) -> None:
    put(store, document(), document(NOTICE, "d1", "b.txt"))
    rows = store.passages()
    store.put_embeddings("m", [row.text_hash for row in rows], vectors(len(rows)))
    store.delete(["d0"])
    kept = {row.text_hash for row in rows if row.document_id == "d1"}
    assert set(store.embeddings("m")[0]) == kept
    with closing(sqlite3.connect(store.path)) as connection:
        for table in ("documents", "clauses", "passages"):
            found = connection.execute(f"SELECT * FROM {table}").fetchall()
            assert not any("d0" in str(row) for row in found), table


def test_replacing_keeps_the_vectors_that_are_still_used(store: Store) -> None:
    put(store, document())
    before = store.passages()
    store.put_embeddings("m", [row.text_hash for row in before], vectors(len(before)))
    put(store, document(CANTEEN.replace("3次", "5次"), "d1"))
    assert len(store.unembedded("m")) == 1
    assert len(store.embeddings("m")[0]) == len(before) - 1


@pytest.mark.parametrize(
    "change",
    [
        lambda store: put(store, document(NOTICE, "d1", "b.txt")),
        lambda store: put(store, document(NOTICE, "d1")),
        lambda store: store.delete(["d0"]),
        lambda store: store.announce_vectors(),
        lambda store: store.set_meta({"encoder": "other"}),
    ],
)
def test_every_change_changes_the_state(store: Store, change: Callable[[Store], object]) -> None:
    put(store, document())
    before = store.state()
    change(store)
    assert store.state() != before


# --- all or nothing -------------------------------------------------------------------------


def test_what_fails_half_way_leaves_everything_as_it_was(store: Store) -> None:
    put(store, document())
    before = (store.documents(), store.passages(), store.state())
    broken = document(NOTICE, "d1")
    astray = [*split_passages(broken), Passage("no such clause", 0, 1, "")]
    with pytest.raises(LibraryError, match="FOREIGN KEY"):
        store.put(broken, astray)
    assert (store.documents(), store.passages(), store.state()) == before


def test_readers_see_one_state_while_another_thread_writes(store: Store) -> None:
    put(store, document())
    with store.reading():
        before = store.state()
        with ThreadPoolExecutor(1) as other:
            other.submit(put, store, document(NOTICE, "d1", "b.txt")).result(timeout=20)
        assert store.state() == before
        assert {row.document_id for row in store.passages()} == {"d0"}
    assert store.state() != before


def test_many_threads_make_and_fill_one_library(tmp_path: Path) -> None:
    together = threading.Barrier(8)

    def work(number: int) -> list[str]:
        together.wait(timeout=20)
        store = Store(tmp_path)
        own = document(identity=f"own{number}", source=f"{number}.txt")
        return put(store, document(NOTICE, "shared", "shared.txt"), own)

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(work, range(8)))
    assert sorted(shared for shared, _ in outcomes) == ["added"] + ["unchanged"] * 7
    assert [own for _, own in outcomes] == ["added"] * 8
    assert len(Store(tmp_path).documents()) == 9


def test_one_store_serves_many_threads(store: Store) -> None:
    put(store, document())
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: store.state(), range(50)))) == 1


def test_a_store_that_nothing_holds_is_closed_at_once(tmp_path: Path) -> None:
    store, looked, done = Store(tmp_path), threading.Event(), threading.Event()

    def look(stores: list[Store]) -> None:
        stores.pop().state()
        looked.set()
        done.wait(timeout=20)

    other = threading.Thread(target=look, args=([store],))
    other.start()
    assert looked.wait(timeout=20)
    open_files = {path.name for path in tmp_path.iterdir()}
    del store
    # SQLite takes its log away with the last connection; that thread is still there.
    assert {path.name for path in tmp_path.iterdir()} == {DATABASE} < open_files
    done.set()
    other.join()


# --- vectors --------------------------------------------------------------------------------


def test_vectors_come_back_by_hash_and_model(store: Store) -> None:
    written = vectors(3)
    store.put_embeddings("m", [b"c", b"a", b"b"], written)
    store.put_embeddings("other", [b"a"], vectors(1) + 100)
    rows, found = store.embeddings("m")
    assert rows.keys() == {b"a", b"b", b"c"}
    assert found[rows[b"c"]].tolist() == written[0].tolist()
    assert found[rows[b"b"]].tolist() == written[2].tolist()


def test_no_vectors_are_no_rows(store: Store) -> None:
    rows, found = store.embeddings("m")
    assert (rows, len(found)) == ({}, 0)


def test_each_text_waits_once_for_its_vector(store: Store) -> None:
    # The same text under two ids: its passages have the same hashes.
    put(store, document(), document(identity="d1", source="b.txt"))
    waiting = store.unembedded("m")
    assert [row.document_id for row in waiting] == ["d0"] * (len(store.passages()) // 2)
    store.put_embeddings("m", [waiting[0].text_hash], vectors(1))
    assert store.unembedded("m") == waiting[1:]
    assert store.unembedded("other") == waiting


# --- files that are no library, or not as they were written -----------------------------------


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


def newer(path: Path) -> None:
    Store(path.parent)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def no_database(path: Path) -> None:
    path.write_text("not a database, but longer than the sixteen bytes of a header" * 20)


@pytest.mark.parametrize(
    ("make", "said"),
    [(foreign, "another program"), (newer, "newer Youju"), (no_database, "restore it")],
)
def test_what_is_refused_is_left_as_it_was(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    path = tmp_path / DATABASE
    make(path)
    before = path.read_bytes()
    with pytest.raises(LibraryError, match=said):
        Store(tmp_path)
    assert path.read_bytes() == before


def test_a_library_is_marked_as_one(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def whole_documents(store: Store) -> Iterator[Document | None]:
    return (store.document(each.id) for each in store.documents())


@pytest.mark.parametrize(
    ("change", "is_seen"),
    [
        ("UPDATE documents SET text = replace(text, '3次', '8次')", True),
        ("UPDATE documents SET metadata = replace(metadata, '食堂', '食品')", True),
        ("UPDATE documents SET notes = '[1'", True),
        ("UPDATE clauses SET start = start + 1 WHERE id = 'd0-0001'", True),
        ("DELETE FROM clauses WHERE id = 'd0-0001'", True),
        ("UPDATE meta SET value = 'x' WHERE key = 'generation'", True),
        ("UPDATE documents SET added_at = ''", False),
    ],
)
def test_a_letter_changed_on_disk_is_refused(store: Store, change: str, is_seen: bool) -> None:
    put(store, document())
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute(change)
    refused = pytest.raises(LibraryError, match="damaged") if is_seen else nullcontext()
    with refused:
        list(whole_documents(store))
        store.state()
