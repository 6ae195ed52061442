"""A real disk that is full, or may only be read: a small file system of its own, where root may."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus import YoujuError
from index import Library
from index.backup import back_up
from index.restoring import restore
from retrieval.synonyms import LibrarySynonyms
from tests.conftest import Run
from tests.fakes import FILES, Opener, regulation, write_files
from tests.test_feedback import opinion
from tests.test_library import found
from ui.feedback import Feedback

MANY = {f"{n:02}.txt": regulation(f"第{n}县", 24) for n in range(24)}
KILOBYTES = 700


def mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True, capture_output=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system in memory of KILOBYTES."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root may mount a file system")
    try:
        mount("-t", "tmpfs", "-o", f"size={KILOBYTES}k", "youju-test", folder)
    except subprocess.CalledProcessError as refused:
        pytest.skip(f"no file system can be mounted here: {refused.stderr!r}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled_up(disk: Path) -> Iterator[None]:
    """No byte is left on the disk."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(b"\0" * 4096):
                pass
        except OSError:
            pass
    yield
    (disk / "filler").unlink()


@contextmanager
def read_only(disk: Path, seen: Path) -> Iterator[Path]:
    """The same disk, as one that may only be read."""
    seen.mkdir()
    mount("--bind", disk, seen)
    try:
        mount("-o", "remount,bind,ro", seen)
        yield seen
    finally:
        subprocess.run(["umount", "--lazy", str(seen)], check=True)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises((YoujuError, OSError)) as told:
        act()
    said = str(told.value)
    assert "\n" not in said
    return said


def test_a_disk_that_gets_full_loses_nothing(youju: Run, disk: Path, tmp_path: Path) -> None:
    sources = write_files(tmp_path / "many", MANY)
    library = disk / "library"
    result = youju("add", sources, "--library", library, "--json")
    (line,) = result.complaints
    assert result.status == 1
    assert "the disk is full or cannot be written: nothing was lost" in line
    documents = youju("list", "--library", library, "--json").json["documents"]
    assert [Path(d["source"]).name for d in documents] == sorted(MANY)[: len(documents)]
    assert 0 < len(documents) < len(MANY)
    for document in documents:
        shown = youju("show", document["id"], "--library", library, "--json").json
        assert shown["text"] == MANY[Path(document["source"]).name]
    # With room, the same command does the rest.
    mount("-o", "remount,size=20m", disk)
    assert youju("add", sources, "--library", library, "--json").status == 0
    assert len(youju("list", "--library", library, "--json").json["documents"]) == len(MANY)


def test_what_people_say_is_refused_in_a_line_and_what_was_said_stays(
    disk: Path, tmp_path: Path
) -> None:
    library = Library(disk / "library", Opener())
    library.add([write_files(tmp_path / "sources")])
    synonyms, feedback = LibrarySynonyms(library.folder), Feedback(library.folder)
    synonyms.add("吃饭", ["食堂"])
    feedback.keep(opinion())
    back_up(library.folder, tmp_path / "kept.youju")
    before = found(library)
    with filled_up(disk):
        refused(lambda: synonyms.add("上课", ["教学"]))
        refused(lambda: feedback.keep(opinion("t2", answer="句" * 4000)))
        assert "make room" in refused(lambda: back_up(library.folder, disk / "copy.youju"))
        for replace in (False, True):
            place = library.folder if replace else disk / "new"
            assert "make room" in refused(
                lambda place=place: restore(tmp_path / "kept.youju", place, (), True)
            )
        library.clear_cache()
        assert found(Library(library.folder, Opener())) == before
    assert list(LibrarySynonyms(library.folder).table.pairs) == ["吃饭"]
    assert [one.turn for one in feedback.all()] == ["t1"]
    assert not (disk / "new").exists()
    assert not (disk / "copy.youju").exists()
    assert found(Library(library.folder, Opener())) == before


def test_a_disk_that_may_only_be_read_is_told(youju: Run, disk: Path, tmp_path: Path) -> None:
    sources, folder = write_files(tmp_path / "sources"), disk / "library"
    youju("add", sources, "--library", folder)
    back_up(folder, tmp_path / "kept.youju")
    identity = youju("list", "--library", folder, "--json").json["documents"][0]["id"]
    more = write_files(tmp_path / "more", {"more.txt": FILES["plan.md"] + "完。"})
    with read_only(disk, tmp_path / "seen") as seen:
        for command in (
            ["add", more],
            ["remove", identity],
            ["synonyms", "add", "吃饭", "食堂"],
            ["restore", tmp_path / "kept.youju", "--replace"],
        ):
            result = youju(*command, "--library", seen / "library")
            assert (result.status, len(result.complaints)) == (1, 1), command
            assert any(word in result.complaints[0] for word in ("writ", "Read-only")), command
    assert len(youju("list", "--library", folder, "--json").json["documents"]) == len(FILES)
