"""Each bad input is one clear line, and nothing that was in the library is lost."""

import json
import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from corpus import LARGEST_FILE
from index import Library
from index.schema import MIGRATIONS
from retrieval import Searcher
from tests.conftest import Result, Run
from tests.fakes import CANTEEN, FILES, Opener, regulation, write_files

ROOT = Path(__file__).parents[1]
KEPT = {"canteen.txt": CANTEEN}
MANY = {f"{n}.txt": regulation(f"{place}县", 60) for n, place in enumerate("甲乙丙丁戊己")}


@pytest.fixture
def kept(youju: Run, tmp_path: Path) -> Path:
    """The folder of a library that holds one document."""
    assert youju("add", write_files(tmp_path / "kept", KEPT)).status == 0
    return tmp_path / "library"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    (tmp_path / "bad").mkdir()
    return tmp_path / "bad"


def is_whole(youju: Run, library: Path) -> bool:
    """Whether the library still holds its document, and finds it."""
    listed = youju("list", "--library", library, "--json").json["documents"]
    hits = youju("search", "校长陪餐", "--library", library, "--json").json["hits"]
    quoted = [hit["text"] for hit in hits if "每周陪餐不少于3次" in hit["text"]]
    return len(listed) == 1 and len(quoted) == 1


def refused(result: Result) -> str:
    """The one line of a command that did nothing."""
    assert (result.status, result.out) == (1, "")
    (complaint,) = result.complaints
    assert result.err.rstrip("\n").endswith(complaint)
    return complaint


# --- files ----------------------------------------------------------------------------------


def large(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for _ in range(50):
            file.write("学校应当公示。\n" * 50_000)
    assert path.stat().st_size > 50e6


BAD_FILES: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "empty": ("a.txt", lambda path: path.write_bytes(b""), "the file is empty"),
    "blank": ("a.txt", lambda path: path.write_text("\n \u3000\n"), "the file is empty"),
    "renamed picture": (
        "a.txt",
        lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
        "picture",
    ),
    "renamed program": (
        "a.txt",
        lambda path: path.write_bytes(bytes(range(256)) * 100),
        "not a text in UTF-8",
    ),
    "undecodable": (
        "a.txt",
        lambda path: path.write_bytes(b"\xff\xfe\xfd" * 1000 + b"\x81"),
        "not a text in UTF-8",
    ),
    "unknown extension": ("a.xyz", lambda path: path.write_text("正文"), "no reader for .xyz"),
    "no extension": ("a", lambda path: path.write_text("正文"), "no reader for a file without"),
    "50 MB": ("a.txt", large, f"at most {LARGEST_FILE / 1e6:.0f} MB are read"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_fails_in_one_line(youju: Run, kept: Path, bad: Path, name: str) -> None:
    file, make, said = BAD_FILES[name]
    make(bad / file)
    result = youju("add", bad / file, "--json")
    assert (result.status, result.json["added"]) == (1, [])
    (failure,) = result.json["failed"]
    assert failure["source"] == str(bad / file)
    assert said in failure["error"]
    assert "\n" not in failure["error"]
    assert is_whole(youju, kept)
    # A person reads the same.
    told = youju("add", bad / file).out.splitlines()
    assert f"failed    {bad / file}: {failure['error']}" in told


def test_a_folder_without_documents_is_one_line(youju: Run, kept: Path, bad: Path) -> None:
    (bad / "a.xlsx").write_bytes(b"PK")
    assert "no document in this folder" in refused(youju("add", bad, "--json"))
    assert is_whole(youju, kept)


def test_a_path_that_does_not_exist_is_one_line(youju: Run, kept: Path, bad: Path) -> None:
    assert "no such file or folder" in refused(youju("add", bad / "none.txt", "--json"))
    assert is_whole(youju, kept)


def test_a_file_that_disappears_fails_alone(library: Library, sources: Path) -> None:
    def delete(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("read", 1):
            (sources / "notice.txt").unlink()

    report = library.add([sources], delete)
    assert [Path(failure.source).name for failure in report.failed] == ["notice.txt"]
    assert "no such file" in report.failed[0].error
    assert len(report.added) == len(FILES) - 1


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_a_name_in_an_old_encoding_is_spelt_out(youju: Run, kept: Path, bad: Path) -> None:
    name = os.fsencode(bad) + "/教育.txt".encode("gb18030")
    with open(name, "w", encoding="utf-8") as file:
        file.write(FILES["notice.txt"])
    with open(name.replace(b".txt", b"2.txt"), "w", encoding="utf-8") as file:
        file.write("")
    result = youju("add", bad, "--json")
    assert (result.status, len(result.json["added"])) == (1, 1)
    assert result.json["added"][0]["source"] == f"{bad}/\\xbd\\xcc\\xd3\\xfd.txt"
    assert result.json["failed"][0]["source"] == f"{bad}/\\xbd\\xcc\\xd3\\xfd2.txt"
    assert len(youju("list", "--json").json["documents"]) == 2


# --- questions ------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "the question is empty"),
        (" \n", "the question is empty"),
        ("问" * 10_000, "the question has 10000 characters"),
    ],
)
def test_a_bad_question_is_one_line(
    youju: Run, kept: Path, command: str, question: str, said: str
) -> None:
    assert said in refused(youju(command, question, "--json"))
    assert is_whole(youju, kept)


# --- libraries ------------------------------------------------------------------------------


def other_files(folder: Path) -> None:
    write_files(folder, {"notes.txt": "mine"})


def other_program(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


def newer(folder: Path) -> None:
    Library(folder, Opener())
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def a_file(folder: Path) -> None:
    folder.write_text("mine")


def no_database(folder: Path) -> None:
    write_files(folder, {"library.db": "mine, and no database" * 100})


def contents(folder: Path) -> dict[str, bytes]:
    files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    # SQLite makes its lock file and its log, empty, at every look at a database.
    lasting = (path for path in files if not path.name.endswith(("-shm", "-wal")))
    return {path.name: path.read_bytes() for path in lasting}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (other_files, "is not a library (it holds files, but no library.db)"),
        (other_program, "is the database of another program"),
        (newer, f"was made by a newer Youju (format {len(MIGRATIONS) + 1}"),
        (a_file, "is a file, a library is a folder"),
        (no_database, "is not a library database"),
    ],
)
@pytest.mark.parametrize("command", ["add", "list", "search"])
def test_what_is_no_library_is_one_line(
    youju: Run, tmp_path: Path, make: Callable[[Path], None], said: str, command: str
) -> None:
    sources, folder = write_files(tmp_path / "kept", KEPT), tmp_path / "odd"
    make(folder)
    before = contents(folder)
    argument = {"add": [sources], "list": [], "search": ["食堂"]}[command]
    assert said in refused(youju(command, *argument, "--library", folder, "--json"))
    assert contents(folder) == before


@pytest.mark.parametrize("command", ["add", "list", "show", "search", "ask", "remove"])
def test_a_damaged_page_is_one_line(youju: Run, kept: Path, command: str) -> None:
    identity = youju("list", "--json").json["documents"][0]["id"]
    with closing(sqlite3.connect(kept / "library.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'documents'"
        ).fetchone()
    shutil.rmtree(kept / "cache")
    with (kept / "library.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    damaged = (kept / "library.db").read_bytes()
    argument = {
        "add": [ROOT / "corpus" / "samples"],
        "list": [],
        "search": ["食堂"],
        "ask": ["食堂"],
    }
    result = youju(command, *argument.get(command, [identity]), "--json")
    assert "is damaged" in refused(result)
    # What can still be rescued from the file is still in it.
    assert (kept / "library.db").read_bytes() == damaged


@pytest.mark.parametrize("kind", ["words", "vectors"])
def test_a_damaged_cache_is_mended_without_a_word(youju: Run, kept: Path, kind: str) -> None:
    (folder,) = kept.glob(f"cache/{kind}-*")
    for file in folder.iterdir():
        file.write_bytes(b"\x00" * file.stat().st_size)
    result = youju("search", "校长陪餐", "--json")
    assert (result.status, result.err) == (0, "")
    assert is_whole(youju, kept)


# --- disks ----------------------------------------------------------------------------------


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file can grow beyond `room` bytes: what a write meets on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", [0, 40_000, 90_000, 150_000, 250_000])
def test_a_full_disk_while_adding_is_one_line(
    youju: Run, kept: Path, tmp_path: Path, room: int
) -> None:
    sources = write_files(tmp_path / "many", MANY)
    with full_disk(room):
        said = refused(youju("add", sources, "--json"))
    assert "the disk is full or cannot be written: nothing was lost" in said
    documents = youju("list", "--json").json["documents"]
    names = [Path(document["source"]).name for document in documents]
    assert names == ["canteen.txt", *sorted(MANY)[: len(names) - 1]]
    for document in documents:
        shape = youju("show", document["id"], "--json").json
        text = shape["text"]
        assert text == (KEPT | MANY)[Path(document["source"]).name]
        assert "".join(text[c["start"] : c["end"]] for c in shape["clauses"]) == text
    # With room again, the same command does the rest.
    assert youju("add", sources, "--json").status == 0
    assert len(youju("list", "--json").json["documents"]) == 1 + len(MANY)
    assert youju("search", "食堂", "--json").json["pending"] == 0


def test_a_full_disk_under_the_cache_costs_only_time(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library.add([write_files(tmp_path / "many", MANY)])
    expected = [hit.clause.id for hit in Searcher(library).search("食堂", 50).hits]
    library.clear_cache()
    with full_disk(1000):
        assert [hit.clause.id for hit in Searcher(library).search("食堂", 50).hits] == expected
    assert "was not kept" in caplog.text


# --- permissions ----------------------------------------------------------------------------

# Root may read and write everything; without its capabilities it is a user like any other. Runs
# each command that standard input names, a line of JSON for each, and prints what it left.
AS_ANY_USER = """
import ctypes, io, json, sys
from contextlib import redirect_stderr, redirect_stdout
header, nothing = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
if ctypes.CDLL(None).capset(header, nothing):
    sys.exit("capset failed")
import cli
from tests.fakes import Opener
for line in sys.stdin.readlines():
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = cli.main(json.loads(line), Opener())
    print(json.dumps([status, out.getvalue(), err.getvalue()]))
"""


def as_any_user(*commands: list[object]) -> list[Result]:
    done = subprocess.run(
        [sys.executable, "-B", "-c", AS_ANY_USER],
        input="".join(json.dumps([str(each) for each in command]) + "\n" for command in commands),
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return [Result(*json.loads(line)) for line in done.stdout.splitlines()]


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[Callable[[Path, int], None]]:
    """Leaves a file or folder only some permissions; pytest can delete it again."""
    done: list[Path] = []

    def lock(path: Path, mode: int) -> None:
        done.append(path)
        path.chmod(mode)

    yield lock
    for path in done:
        path.chmod(stat.S_IRWXU)


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
def test_what_may_not_be_written_or_read_is_one_line(
    youju: Run, kept: Path, tmp_path: Path, sources: Path, lock: Callable[[Path, int], None]
) -> None:
    readable = write_files(tmp_path / "readable", {"a.txt": FILES["plan.md"]})
    closed, unlisted = tmp_path / "closed", tmp_path / "unlisted"
    closed.mkdir()
    write_files(unlisted)
    lock(closed, 0o500)
    lock(unlisted, 0o400)
    lock(sources / "canteen.txt", 0)
    for path in (*kept.iterdir(), kept):
        lock(path, 0o500 if path.is_dir() else 0o400)
    unwritable, unmade, unread, unentered = as_any_user(
        ["add", readable, "--library", kept, "--json"],
        ["add", readable, "--library", closed / "library", "--json"],
        ["add", sources, "--library", tmp_path / "new", "--json"],
        ["add", unlisted, "--library", tmp_path / "new", "--json"],
    )
    assert "cannot be opened for writing" in refused(unwritable)
    assert "cannot be made (Permission denied)" in refused(unmade)
    assert str(unlisted) in refused(unentered)
    assert (unread.status, len(unread.json["added"])) == (1, len(FILES) - 1)
    (failure,) = unread.json["failed"]
    assert failure["source"] == str(sources / "canteen.txt")
    assert "permission" in failure["error"].lower()
