"""What goes wrong with files and clocks: a damaged page, a wrong time, two who write at once."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from corpus import Document, YoujuError
from index import Library, LibraryError, database
from index.backup import back_up
from index.database import DATABASE
from retrieval.search import Searcher
from tests.fakes import CANTEEN, FILES, NOTICE, Opener, regulation, write_files
from tests.test_library import ROOT, found

PLACES = "甲乙丙丁戊己"
DISTANT = (946_684_800.0, 4_102_444_800.0)
"""The years 2000 and 2100: what a clock that was put back, or forward, leaves on files."""


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    """A library of documents that fill pages of their own."""
    texts = {f"{place}.txt": regulation(f"{place}县", 40) for place in PLACES}
    library.add([write_files(tmp_path / "sources", {**FILES, **texts})])
    with library.store.connect() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return library


# --- a damaged page -------------------------------------------------------------------------


def damaged_pages(library: Library) -> Iterator[Path]:
    """Copies of a library, each with another page overwritten; the first page is its head."""
    data = library.store.path.read_bytes()
    size = int.from_bytes(data[16:18], "big")
    copy = library.folder.parent / "copy"
    for start in range(size, len(data), size):
        shutil.copytree(library.folder, copy, dirs_exist_ok=True)
        (copy / DATABASE).write_bytes(data[:start] + b"\xa5" * size + data[start + size :])
        yield copy
        shutil.rmtree(copy)


def read(folder: Path, wanted: list[Document]) -> Iterator[str]:
    """What comes of opening a library, and of reading each document and searching for it."""
    try:
        library = Library(folder, Opener())
    except YoujuError as error:
        yield told(error)
        return
    for document in wanted:
        try:
            assert library.document(document.id) == document
            yield "whole"
        except YoujuError as error:
            yield told(error)
    try:
        hits = Searcher(library).search(f"{PLACES[0]}县食堂", 50).hits
        assert all(hit.document in wanted for hit in hits)
        yield "searched"
    except YoujuError as error:
        yield told(error)


def told(error: YoujuError) -> str:
    assert "\n" not in str(error)
    assert "is damaged" in str(error), error
    assert "restore it from a backup" in str(error)
    return "damaged"


def test_a_damaged_page_is_told_and_the_other_documents_are_read(filled: Library) -> None:
    wanted = [filled.document(document.id) for document in filled.documents()]
    seen = [Counter(read(folder, wanted)) for folder in damaged_pages(filled)]
    assert len(seen) > 20
    # The pages that hold one document, or a few: the others are as they were.
    assert sum(each["damaged"] > 0 and each["whole"] >= len(wanted) - 3 for each in seen) > 5
    # Vectors, and indexes that nothing asked for, are on some; most of the others are missed.
    assert sum(each["damaged"] > 0 for each in seen) > len(seen) / 3


def test_no_backup_is_made_of_a_damaged_page(filled: Library, tmp_path: Path) -> None:
    made = 0
    for number, folder in enumerate(damaged_pages(filled)):
        if number % 8 == 0:
            target = tmp_path / f"{number}.youju"
            with pytest.raises(YoujuError) as refused:
                back_up(folder, target)
            assert "is damaged" in str(refused.value)
            assert not target.exists()
            made += 1
    assert made > 2


def test_a_damaged_document_is_not_left_out_in_silence(filled: Library) -> None:
    with closing(sqlite3.connect(filled.store.path)) as connection, connection:
        connection.execute("UPDATE documents SET text = replace(text, '3次', '8次')")
    searcher = Searcher(Library(filled.folder, Opener()))
    with pytest.raises(LibraryError, match="is damaged"):
        searcher.search("校长陪餐")
    assert searcher.search("课后服务").hits


# --- a wrong clock --------------------------------------------------------------------------


@pytest.mark.parametrize("moment", DISTANT)
def test_no_order_depends_on_the_clock(library: Library, tmp_path: Path, moment: float) -> None:
    sources = write_files(tmp_path / "sources")
    library.add([sources])

    def another_time() -> Library:
        for path in [*library.folder.rglob("*"), *sources.iterdir()]:
            os.utime(path, (moment, moment))
        return Library(library.folder, Opener())

    (sources / "canteen.txt").write_text(CANTEEN.replace("3次", "5次"))
    assert len(another_time().add([sources]).replaced) == 1
    more = write_files(tmp_path / "more", {"more.txt": NOTICE + "完。"})
    changed = another_time()
    changed.add([more])
    fresh = Library(tmp_path / "fresh", Opener())
    fresh.add([sources / "notice.txt", sources / "plan.md", sources / "canteen.txt", more])
    assert sorted(found(another_time())) == sorted(found(fresh))
    kinds = Counter(path.name.split("-")[0] for path in (library.folder / "cache").iterdir())
    assert kinds["words"] == kinds["vectors"] == 1
    back_up(library.folder, tmp_path / "kept.youju")


@pytest.mark.parametrize("today", [date.min, date(2001, 1, 1), date.max])
def test_any_day_is_one_that_can_be_asked_on(library: Library, sources: Path, today: date) -> None:
    library.add([sources])
    results = Searcher(library, lambda: today).search("校长陪餐")
    assert results.hits[0].document.label == "青禾县学校食堂管理办法"


# --- two who write at once ------------------------------------------------------------------

WRITING = """
import sys
from pathlib import Path
from corpus import parse
from index import Library, Report
from tests.fakes import KeywordEncoder, regulation

library = Library(Path(sys.argv[1]), lambda name: KeywordEncoder())
print("ready", flush=True)
sys.stdin.readline()
for number in range(8):
    name = f"{sys.argv[2]}{number}"
    library.put(parse(name, f"{name}.txt", regulation(name, 3)), Report())
    library.put(parse(f"both{name}", "both.txt", regulation(f"{name}县", 2)), Report())
    print(name, flush=True)
"""


def test_two_processes_lose_nothing_of_what_they_acknowledged(library: Library) -> None:
    command = [sys.executable, "-c", WRITING, str(library.folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    writers = [
        subprocess.Popen([*command, name], cwd=ROOT, env=environment, text=True, **pipes)  # type: ignore[call-overload]
        for name in ("a", "b")
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    outcomes = [writer.communicate(timeout=60) for writer in writers]
    assert [errors for _, errors in outcomes] == ["", ""]
    acknowledged = {name for out, _ in outcomes for name in out.split()}
    held = {document.id: document.source for document in library.documents()}
    assert len(acknowledged) == 16
    assert acknowledged <= held.keys()
    # Of the file that both replace all the time, one is left.
    assert Counter(held.values())["both.txt"] == 1
    assert len(held) == 17


def test_who_waits_too_long_for_another_writer_is_told(
    filled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.1)
    waiting = Library(filled.folder, Opener())
    more = write_files(tmp_path / "more", {"more.txt": NOTICE + "完。"})
    before = found(filled)
    with closing(sqlite3.connect(filled.store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with pytest.raises(LibraryError, match="being written by another program: try again"):
            waiting.add([more])
        assert time.monotonic() - begun < 20
        # Reading waits for nobody.
        assert found(waiting) == before
        other.execute("ROLLBACK")
    assert len(waiting.add([more]).added) == 1
