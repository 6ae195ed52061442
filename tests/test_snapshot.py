"""Caches: named after their generation, rebuilt when missing, stale or damaged, never trusted."""

import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index import Library
from index.snapshot import ABANDONED_SECONDS
from retrieval.ranking import MODES
from retrieval.search import Searcher
from tests.fakes import CANTEEN, NOTICE, Opener, write_files

QUERIES = ("食堂收费", "寄宿生补助多少", "校车", "課後服務")

Found = list[tuple[str, str, str, float]]


def found(library: Library) -> Found:
    """Everything that searches see: query, mode, clause and score."""
    searcher = Searcher(library)
    return [
        (query, mode, hit.clause.id, hit.score)
        for query in QUERIES
        for mode in MODES
        for hit in searcher.search(query, 50, mode).hits
    ]


def reopened(library: Library) -> Library:
    return Library(library.folder, Opener())


def kept(library: Library) -> list[str]:
    """Kinds of the folders in the cache."""
    return sorted(path.name.split("-")[0] for path in (library.folder / "cache").iterdir())


@pytest.fixture
def filled(library: Library, sources: Path) -> Library:
    library.add([sources])
    return library


def test_one_folder_of_each_kind_is_left(filled: Library, tmp_path: Path) -> None:
    assert kept(filled) == ["vectors", "words"]
    before = {path.name for path in (filled.folder / "cache").iterdir()}
    more = write_files(tmp_path / "more", {"b.txt": CANTEEN + "完。"})
    filled.add([more])
    assert kept(filled) == ["vectors", "words"]
    assert not before & {path.name for path in (filled.folder / "cache").iterdir()}
    filled.remove([filled.documents()[0].id])
    assert kept(filled) == ["vectors", "words"]


def test_a_cache_is_used_as_it_lies(filled: Library) -> None:
    expected = found(filled)
    before = {path: path.stat().st_mtime_ns for path in filled.folder.glob("cache/*/*")}
    assert found(reopened(filled)) == expected
    assert {path: path.stat().st_mtime_ns for path in filled.folder.glob("cache/*/*")} == before


def test_nothing_in_a_cache_is_pickled(filled: Library) -> None:
    files = sorted(filled.folder.glob("cache/*/*"))
    assert {path.suffix for path in files} == {".npy", ".json"}
    for path in files:
        if path.suffix == ".npy":
            np.load(path, allow_pickle=False)
        else:
            json.loads(path.read_bytes())


# --- damage ---------------------------------------------------------------------------------


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def delete(path: Path) -> None:
    path.unlink()


def turn_into_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [flip, cut, empty, delete, turn_into_a_folder])
@pytest.mark.parametrize("kind", ["words", "vectors"])
def test_a_damaged_file_is_built_again(
    filled: Library, kind: str, damage: Callable[[Path], None]
) -> None:
    expected = found(filled)
    (folder,) = filled.folder.glob(f"cache/{kind}-*")
    whole = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name in whole:
        damage(folder / name)
        assert found(reopened(filled)) == expected
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == whole


@pytest.mark.parametrize("gone", ["cache", "cache/words-*", "cache/vectors-*", "cache/profiles"])
def test_a_missing_cache_is_built_again(filled: Library, gone: str) -> None:
    expected = found(filled)
    for folder in list(filled.folder.glob(gone)):
        shutil.rmtree(folder)
    assert found(reopened(filled)) == expected
    assert kept(filled) == ["profiles", "vectors", "words"]


def test_a_cache_that_cannot_be_written_is_done_without(
    filled: Library, caplog: pytest.LogCaptureFixture
) -> None:
    expected = found(filled)
    shutil.rmtree(filled.folder / "cache")
    (filled.folder / "cache").write_text("a file where the folder should be")
    assert found(reopened(filled)) == expected
    assert "was not kept" in caplog.text


def test_clearing_the_cache_loses_nothing(filled: Library) -> None:
    expected = found(filled)
    filled.clear_cache()
    assert not (filled.folder / "cache").exists()
    assert found(filled) == expected


def test_the_cache_of_what_a_backup_does_not_hold_is_not_trusted(
    filled: Library, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    with (
        closing(sqlite3.connect(filled.store.path)) as connection,
        closing(sqlite3.connect(backup)) as copy,
    ):
        connection.backup(copy)
    # One more document, and its caches; then the backup comes back, and another document.
    filled.add([write_files(tmp_path / "lost", {"lost.txt": CANTEEN.replace("青禾", "迷途")})])
    for name in ("library.db", "library.db-wal", "library.db-shm"):
        (filled.folder / name).unlink(missing_ok=True)
    shutil.copy(backup, filled.folder / "library.db")
    library = reopened(filled)
    library.add([write_files(tmp_path / "other", {"other.txt": NOTICE + "完。"})])
    fresh = Library(tmp_path / "fresh", Opener())
    fresh.add([tmp_path / "sources", tmp_path / "other"])
    assert found(library) == found(fresh)


def test_what_a_killed_process_left_is_swept_away(filled: Library, tmp_path: Path) -> None:
    old, recent = (filled.folder / "cache" / f".words-1.{name}" for name in ("old", "recent"))
    for folder in (old, recent):
        folder.mkdir()
        (folder / "ids.npy").write_bytes(b"half")
    hours_ago = old.stat().st_mtime - 2 * ABANDONED_SECONDS
    os.utime(old, (hours_ago, hours_ago))
    filled.add([write_files(tmp_path / "more", {"b.txt": CANTEEN + "完。"})])
    # The recent one may belong to a process that is writing it.
    assert (old.exists(), recent.exists()) == (False, True)


# --- what a snapshot sees -------------------------------------------------------------------


def test_another_process_is_noticed(filled: Library, tmp_path: Path) -> None:
    before = filled.snapshot()
    assert filled.snapshot() is before
    reopened(filled).add([write_files(tmp_path / "more", {"b.txt": CANTEEN + "完。"})])
    after = filled.snapshot()
    assert len(after.passages) > len(before.passages)
    assert after.words.size == len(after.passages)


def test_new_vectors_leave_the_words_alone(library: Library, sources: Path) -> None:
    library.add([sources], vectors=False)
    before = library.snapshot()
    assert (before.vectors, before.pending) == (None, len(before.passages))
    library.embed()
    after = library.snapshot()
    assert after.words is before.words
    assert (after.pending, len(after.passages)) == (0, len(before.passages))


def test_words_and_passages_agree_while_documents_come_in(library: Library) -> None:
    sources = {f"{n}.txt": CANTEEN.replace("青禾", f"第{n}") for n in range(12)}
    folder = write_files(library.folder.parent / "many", sources)
    done = threading.Event()

    def add() -> None:
        try:
            for path in sorted(folder.iterdir()):
                reopened(library).add([path], vectors=False)
        finally:
            done.set()

    adding = threading.Thread(target=add)
    adding.start()
    sizes = set()
    while not done.is_set():
        snapshot = library.refresh()
        assert snapshot.words.size == len(snapshot.passages)
        sizes.add(len(snapshot.passages))
    adding.join()
    assert len(library.snapshot().passages) == 12 * 3 > min(sizes)


def test_an_empty_library_has_an_empty_snapshot(library: Library) -> None:
    snapshot = library.snapshot()
    assert (snapshot.passages, snapshot.vectors, snapshot.pending) == ([], None, 0)
    assert found(library) == []


def test_removing_everything_leaves_an_empty_library(filled: Library) -> None:
    filled.remove([document.id for document in filled.documents()])
    assert found(filled) == found(reopened(filled)) == []
