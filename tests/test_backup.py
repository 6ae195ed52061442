"""Backups: made while others write, checked, restored whole or not at all."""

import json
import resource
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus import Metadata, parse
from corpus.spans import Given
from index import Library, LibraryError
from index.backup import KIND, MANIFEST, back_up
from index.contents import Contents, contents_of
from index.copying import BackupError
from index.database import DATABASE, STAGED
from index.restoring import restore
from index.schema import MIGRATIONS
from retrieval.synonyms import FILE as SYNONYMS
from retrieval.synonyms import LibrarySynonyms
from tests.conftest import Run
from tests.fakes import CANTEEN, NOTICE, Opener, regulation, write_files
from tests.test_feedback import opinion
from tests.test_library import found, needs_kill, run
from tests.test_migrations import write_first_format
from ui.feedback import FILE as FEEDBACK
from ui.feedback import Feedback

BESIDE = (FEEDBACK, SYNONYMS)
PARTS = {MANIFEST, DATABASE, *BESIDE}


@pytest.fixture
def filled(library: Library, sources: Path) -> Library:
    """A library with everything that people put into one."""
    library.add([sources])
    library.give(library.documents()[0].id, Metadata(region=Given("柳湖县", "user")))
    LibrarySynonyms(library.folder).add("吃饭", ["食堂"])
    Feedback(library.folder).keep(opinion())
    return library


@pytest.fixture
def archive(filled: Library, tmp_path: Path) -> Path:
    back_up(filled.folder, tmp_path / "kept.youju", BESIDE)
    return tmp_path / "kept.youju"


def opened(folder: Path) -> Library:
    return Library(folder, Opener(), create=False)


def whole(library: Library) -> list[Any]:
    """Everything that people put into a library, and what searches make of it."""
    documents = [library.document(document.id) for document in library.documents()]
    own = LibrarySynonyms(library.folder).table
    return [documents, own, Feedback(library.folder).all(), found(library)]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# --- there and back -------------------------------------------------------------------------


def test_a_restored_library_is_the_one_that_was_backed_up(
    filled: Library, archive: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(archive) as packed:
        assert set(packed.namelist()) == PARTS
    told = restore(archive, tmp_path / "again", BESIDE)
    assert (told.documents, told.clauses) == (3, sum(filled.store.clause_counts().values()))
    again = opened(tmp_path / "again")
    assert {path.name for path in again.folder.iterdir()} >= {DATABASE, *BESIDE}
    assert whole(again) == whole(filled)
    assert again.snapshot().pending == 0
    # It is a library like any other.
    more = write_files(tmp_path / "more", {"more.txt": NOTICE + "完。"})
    assert len(again.add([more]).added) == 1


def test_a_library_without_anything_beside_it_has_nothing_beside_it_again(
    library: Library, sources: Path, tmp_path: Path
) -> None:
    library.add([sources])
    back_up(library.folder, tmp_path / "kept.youju", BESIDE)
    restore(tmp_path / "kept.youju", tmp_path / "again", BESIDE)
    assert [path.name for path in (tmp_path / "again").iterdir()] == [DATABASE]


def test_the_content_hash_is_that_of_the_rows(filled: Library, tmp_path: Path) -> None:
    first, second = (back_up(filled.folder, tmp_path / f"{n}.youju", BESIDE) for n in range(2))
    assert first == second
    with closing(sqlite3.connect(filled.store.path)) as connection:
        connection.execute("VACUUM")
    assert back_up(filled.folder, tmp_path / "2.youju", BESIDE) == first
    filled.remove([filled.documents()[0].id])
    assert back_up(filled.folder, tmp_path / "3.youju", BESIDE).content != first.content


def test_a_backup_is_made_while_others_write(tmp_path: Path) -> None:
    """Each holds whole documents, at least those added before it, and searches as if built anew."""
    texts = {f"{n:02}.txt": regulation(f"第{n}县", 4) for n in range(10)}
    files = sorted(write_files(tmp_path / "many", texts).iterdir())
    library = Library(tmp_path / "library", Opener())
    library.add(files[:1])
    acknowledged = [1]

    def write() -> None:
        for path in files[1:]:
            library.add([path])
            acknowledged.append(acknowledged[-1] + 1)

    writer = threading.Thread(target=write)
    writer.start()
    made = []
    while writer.is_alive():
        before = acknowledged[-1]
        told = back_up(library.folder, tmp_path / f"{len(made)}.youju", BESIDE)
        made.append((before, told, acknowledged[-1] + 1))
    writer.join()
    assert len({told.documents for _, told, _ in made}) > 1
    for number, (before, told, after) in enumerate(made):
        assert before <= told.documents <= after
        restore(tmp_path / f"{number}.youju", tmp_path / f"again{number}", BESIDE)
        again = opened(tmp_path / f"again{number}")
        assert len(again.documents()) == told.documents
    again.embed()
    fresh = Library(tmp_path / "fresh", Opener())
    fresh.add(files[: told.documents])
    assert found(again) == found(fresh)


def test_a_backup_of_an_older_format_is_brought_to_the_newest(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    write_first_format(tmp_path / "old", parse("d1", "a.txt", CANTEEN))
    older = pack(tmp_path / "old.youju", {DATABASE: (tmp_path / "old" / DATABASE).read_bytes()})
    assert restore(older, tmp_path / "again", BESIDE).format == 1
    again = opened(tmp_path / "again")
    assert again.document("d1").text == CANTEEN
    assert contents_of(again.store.path).format == len(MIGRATIONS)


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir() if path.is_file()}


def test_accounts_are_read_by_their_owner_alone(
    filled: Library, archive: Path, tmp_path: Path
) -> None:
    accounts = filled.folder / "accounts.db"
    with closing(sqlite3.connect(accounts)) as connection, connection:
        connection.execute("CREATE TABLE users (name)")
        connection.execute("INSERT INTO users VALUES ('王')")
    accounts.chmod(0o600)
    beside = (accounts.name, *BESIDE)
    back_up(filled.folder, tmp_path / "with.youju", beside)
    assert modes(tmp_path)["with.youju"] == 0o600
    restore(tmp_path / "with.youju", tmp_path / "again", beside)
    assert modes(tmp_path / "again")[accounts.name] == 0o600
    # An older backup, made before there were any, takes none away.
    restore(archive, tmp_path / "again", beside, replace=True, staying=beside[:1])
    with closing(sqlite3.connect(tmp_path / "again" / accounts.name)) as connection:
        assert connection.execute("SELECT name FROM users").fetchall() == [("王",)]


# --- what is there already ------------------------------------------------------------------


def test_nothing_is_written_over_without_being_told(
    filled: Library, archive: Path, tmp_path: Path
) -> None:
    filled.add([write_files(tmp_path / "more", {"more.txt": NOTICE + "完。"})])
    before, kept = whole(filled), archive.read_bytes()
    with pytest.raises(BackupError, match=r"holds a library already.*--replace"):
        restore(archive, filled.folder, BESIDE)
    with pytest.raises(BackupError, match=r"is there already.*--replace"):
        back_up(filled.folder, archive, BESIDE)
    assert (whole(filled), archive.read_bytes()) == (before, kept)
    other = write_files(tmp_path / "other", {"letter.txt": "x"})
    for place, said in ((other, "holds files"), (other / "letter.txt", "is a file")):
        with pytest.raises(BackupError, match=said):
            restore(archive, place, BESIDE, replace=True)
    with pytest.raises(BackupError, match="within the library"):
        back_up(filled.folder, filled.store.path, BESIDE, replace=True)
    assert whole(filled) == before


def test_who_has_a_library_open_sees_the_restored_one(
    filled: Library, archive: Path, tmp_path: Path
) -> None:
    before = whole(filled)
    filled.add([write_files(tmp_path / "more", {"more.txt": NOTICE + "完。"})])
    filled.remove([filled.documents()[0].id])
    LibrarySynonyms(filled.folder).remove("吃饭")
    Feedback(filled.folder).keep(opinion("t2"))
    assert whole(filled) != before
    restore(archive, filled.folder, BESIDE, replace=True)
    assert whole(filled) == before
    # And what it writes is kept.
    filled.add([write_files(tmp_path / "late", {"late.txt": NOTICE + "迟。"})])
    assert len(opened(filled.folder).documents()) == 4


def test_the_encoder_of_the_restored_library_takes_the_place_of_the_other(
    filled: Library, sources: Path, tmp_path: Path
) -> None:
    other = Library(tmp_path / "other", Opener(), model="other")
    other.add([sources])
    back_up(other.folder, tmp_path / "other.youju", BESIDE)
    assert filled.encoder.name == "keywords"
    restore(tmp_path / "other.youju", filled.folder, BESIDE, replace=True)
    assert found(filled) == found(other)
    assert filled.encoder.name == "other"


def test_what_the_backup_does_not_hold_goes(
    library: Library, sources: Path, tmp_path: Path
) -> None:
    library.add([sources])
    back_up(library.folder, tmp_path / "bare.youju", BESIDE)
    before = found(library)
    LibrarySynonyms(library.folder).add("吃饭", ["食堂"])
    Feedback(library.folder).keep(opinion())
    restore(tmp_path / "bare.youju", library.folder, BESIDE, replace=True)
    assert found(library) == before
    assert not {path.name for path in library.folder.iterdir()} & set(BESIDE)


@pytest.mark.parametrize(
    "damage", [b"not a database" * 4000, b"", b"SQLite format 3\x00" + b"x" * 9000]
)
def test_a_damaged_library_is_replaced(
    filled: Library, archive: Path, tmp_path: Path, damage: bytes
) -> None:
    before = whole(filled)
    broken = tmp_path / "broken"
    shutil.copytree(filled.folder, broken)
    (broken / DATABASE).write_bytes(damage)
    restore(archive, broken, BESIDE, replace=True)
    assert whole(opened(broken)) == before


def test_pages_of_another_size_are_no_hindrance(
    filled: Library, archive: Path, tmp_path: Path
) -> None:
    before = whole(filled)
    other = tmp_path / "other"
    other.mkdir()
    with closing(sqlite3.connect(other / DATABASE, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("CREATE TABLE t (x)")
        connection.execute("DROP TABLE t")
    library = Library(other, Opener())
    with library.store.connect() as connection:
        assert connection.execute("PRAGMA page_size").fetchone() == (4096,)
    restore(archive, other, BESIDE, replace=True)
    assert whole(library) == before


# --- killed on the way ----------------------------------------------------------------------


# A child for each step restores over a copy of the library, and kills itself when it comes to the
# step-th file that it renames, removes or opens as a database; until one gets to the end.
KILLED = """
import os, shutil, signal, sys
from itertools import count
from pathlib import Path
from index.restoring import restore

archive, library, root = map(Path, sys.argv[1:4])
STEPS = {"os.rename", "os.remove", "sqlite3.connect"}

def killed_at(step):
    left = [step]
    def watch(event, arguments):
        if event in STEPS:
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
    return watch

for step in count():
    folder = shutil.copytree(library, root / f"cut{step:02}")
    if not (child := os.fork()):
        sys.addaudithook(killed_at(step))
        restore(archive, folder, sys.argv[4:], replace=True)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


@needs_kill
def test_a_restore_killed_anywhere_leaves_the_old_library_or_the_new(
    filled: Library, archive: Path, tmp_path: Path
) -> None:
    new = whole(filled)
    filled.add([write_files(tmp_path / "more", {"more.txt": NOTICE + "完。"})])
    LibrarySynonyms(filled.folder).add("上课", ["教学"])
    Feedback(filled.folder).keep(opinion("t2"))
    old = whole(filled)
    process = run(KILLED, archive, filled.folder, tmp_path, *BESIDE)
    _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    left = [whole(opened(folder)) for folder in sorted(tmp_path.glob("cut*"))]
    renamed = left.index(new)
    assert left == [old] * renamed + [new] * (len(left) - renamed)
    assert 3 < renamed < len(left) - 3
    assert not list(tmp_path.glob(f"cut*/{STAGED}/*"))


def test_what_was_not_ready_changes_nothing(filled: Library, archive: Path, tmp_path: Path) -> None:
    half = tmp_path / "half" / f"{STAGED}-killed"
    half.mkdir(parents=True)
    (half / DATABASE).write_bytes(b"SQLite format 3\x00 and no more")
    with pytest.raises(LibraryError, match="there is no library"):
        opened(tmp_path / "half")
    restore(archive, tmp_path / "half", BESIDE)
    assert whole(opened(tmp_path / "half")) == whole(filled)


# --- what is no backup, or not as it was written --------------------------------------------


def pack(path: Path, parts: dict[str, bytes], **told: object) -> Path:
    """An archive with the manifest that belongs to it, but for what is told otherwise."""
    from hashlib import sha256

    kept = path.with_suffix(".db")
    kept.write_bytes(parts[DATABASE])
    try:
        known = contents_of(kept)._asdict()
    except LibraryError:
        known = Contents(1, 0, 0, "")._asdict()
    names = {
        name: {"bytes": len(data), "sha256": sha256(data).hexdigest(), "mode": 0o644}
        for name, data in parts.items()
    }
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(MANIFEST, json.dumps({"kind": KIND, **known, "files": names, **told}))
        for name, data in parts.items():
            packed.writestr(name, data)
    return path


def database(archive: Path) -> bytes:
    with zipfile.ZipFile(archive) as packed:
        return packed.read(DATABASE)


def cut(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-50])


def flipped(archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 1
    archive.write_bytes(data)


def no_archive(archive: Path) -> None:
    archive.write_text("a letter")


def without_manifest(archive: Path) -> None:
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(DATABASE, b"")


def leading_out(archive: Path) -> None:
    pack(archive, {DATABASE: database(archive), "../evil.txt": b"x"})


def of_another_kind(archive: Path) -> None:
    pack(archive, {DATABASE: database(archive)}, kind="other backup 1")


def with_a_lie(archive: Path) -> None:
    pack(archive, {DATABASE: database(archive)}, documents=7)


def with_another_hash(archive: Path) -> None:
    pack(archive, {DATABASE: database(archive)}, content="0" * 64)


def longer_than_told(archive: Path) -> None:
    data = database(archive)
    pack(archive, {DATABASE: data}, files={DATABASE: {"bytes": 9, "sha256": "0", "mode": 0}})


def larger_than_the_disk(archive: Path) -> None:
    told = {DATABASE: {"bytes": 10**18, "sha256": "0", "mode": 0}}
    pack(archive, {DATABASE: database(archive)}, files=told)


def with_nonsense(archive: Path) -> None:
    pack(archive, {DATABASE: database(archive)}, files=[1])


def with_a_broken_page(archive: Path) -> None:
    data = bytearray(database(archive))
    data[8192 * 2 : 8192 * 3] = b"\xa5" * 8192
    pack(archive, {DATABASE: bytes(data)})


def newer(archive: Path) -> None:
    path = archive.with_suffix(".newer")
    path.write_bytes(database(archive))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    pack(archive, {DATABASE: path.read_bytes()})


def gone(archive: Path) -> None:
    archive.unlink()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut, "is damaged or no backup"),
        (flipped, "is damaged or no backup"),
        (no_archive, "is damaged or no backup"),
        (without_manifest, "is damaged or no backup"),
        (leading_out, "expected library.db and at most"),
        (of_another_kind, "expected the kind"),
        (with_a_lie, "holds 3 documents .* expected 7"),
        (with_another_hash, "expected 3 of 000000000000"),
        (longer_than_told, "is not as it was written"),
        (larger_than_the_disk, "make room"),
        (with_nonsense, "manifest.json is not as it was written"),
        (with_a_broken_page, "is damaged"),
        (newer, "newer Youju"),
        (gone, "cannot be read"),
    ],
)
def test_what_is_no_whole_backup_is_one_line_and_changes_nothing(
    filled: Library, archive: Path, tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    damage(archive)
    before = contents(filled.folder)
    for place in (filled.folder, tmp_path / "new"):
        with pytest.raises((BackupError, LibraryError), match=said) as refused:
            restore(archive, place, BESIDE, replace=True)
        assert "\n" not in str(refused.value)
    assert contents(filled.folder) == before
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.rglob("evil.txt"))


def test_a_changed_letter_is_noticed_before_it_is_backed_up(
    filled: Library, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(filled.store.path)) as connection, connection:
        connection.execute("UPDATE documents SET text = replace(text, '3次', '8次')")
    with pytest.raises(LibraryError, match=r"is damaged.*canteen\.txt"):
        back_up(filled.folder, tmp_path / "kept.youju", BESIDE)
    assert not list(tmp_path.glob("*.youju"))


# --- a full disk ----------------------------------------------------------------------------


def test_a_full_disk_leaves_everything_as_it_was(
    filled: Library, archive: Path, tmp_path: Path
) -> None:
    before, kept = contents(filled.folder), archive.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        for act in (
            lambda: back_up(filled.folder, archive, BESIDE, replace=True),
            lambda: restore(archive, filled.folder, BESIDE, replace=True),
            lambda: restore(archive, tmp_path / "new", BESIDE),
        ):
            with pytest.raises((BackupError, LibraryError), match="make room"):
                act()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (contents(filled.folder), archive.read_bytes()) == (before, kept)
    assert not (tmp_path / "new").exists()


# --- the commands ---------------------------------------------------------------------------


def test_the_commands_tell_what_they_did(youju: Run, sources: Path, tmp_path: Path) -> None:
    youju("add", sources)
    file, again = tmp_path / "kept.youju", tmp_path / "again"
    made = youju("backup", file, "--json").json
    assert made["documents"] == 3
    assert made["bytes"] == file.stat().st_size
    assert "is there already" in youju("backup", file).complaints[0]
    assert youju("backup", file, "--replace").status == 0
    told = youju("restore", file, "--library", again, "--json").json
    assert told["content"] == made["content"]
    assert "3 documents" in youju("restore", file, "--library", again, "--replace").out
    refused = youju("restore", file, "--library", again)
    assert (refused.status, len(refused.complaints)) == (1, 1)
    documents = [
        youju("list", "--json", "--library", at).json for at in (again, tmp_path / "library")
    ]
    assert documents[0] == documents[1]
