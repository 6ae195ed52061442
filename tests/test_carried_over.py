"""A change of a library costs the words of what changed; a cache is still never trusted."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import parse
from index import Library, Report
from index import words as lexical
from index.snapshot import Snapshot
from index.words import Words
from tests.fakes import CANTEEN, NOTICE, Opener, regulation, write_files

UNKNOWN = "从未写下的词"


def words_folder(library: Library) -> Path:
    (folder,) = library.folder.glob("cache/words-*")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def reopened(library: Library) -> Library:
    return Library(library.folder, Opener())


@pytest.fixture
def filled(library: Library, sources: Path) -> Library:
    library.add([sources], vectors=False)
    return library


@pytest.fixture
def changes(sources: Path, tmp_path: Path) -> list[Callable[[Library], object]]:
    """Adds, a replacement, a removal, and a text that comes back, in this order."""
    more = write_files(
        tmp_path / "more", {"a.txt": CANTEEN.replace("青禾", "白沙"), "b.txt": NOTICE + "完。"}
    )
    many = write_files(tmp_path / "many", {f"{n}.txt": regulation(f"第{n}县", 9) for n in range(4)})

    def replace(library: Library) -> None:
        (sources / "canteen.txt").write_text(CANTEEN.replace("3次", "5次"))
        library.add([sources / "canteen.txt"], vectors=False)

    return [
        lambda library: library.add([more], vectors=False),
        lambda library: library.add([many], vectors=False),
        replace,
        lambda library: library.remove([d.id for d in library.documents()[1::2]]),
        lambda library: library.add([many, more], vectors=False),
    ]


@pytest.mark.parametrize("reopen", [False, True], ids=["one process", "a process for each"])
def test_after_every_change_the_cache_is_that_of_a_fresh_build(
    filled: Library, changes: list[Callable[[Library], object]], reopen: bool
) -> None:
    for change in changes:
        library = reopened(filled) if reopen else filled
        change(library)
        renewed = contents(words_folder(library))
        fresh = reopened(filled)
        fresh.clear_cache()
        fresh.refresh()
        assert contents(words_folder(fresh)) == renewed


# --- what is taken over, and what is not --------------------------------------------------------


def plant(library: Library, snapshot: Snapshot) -> Path:
    """Put an index in the cache that says of each text that it holds one word, UNKNOWN."""
    folder = library.folder / "cache" / "words-1"
    hashes = [passage.text_hash for passage in snapshot.passages]
    planted = lexical.build([[UNKNOWN]] * len(hashes), hashes=hashes)
    lexical.save(planted, folder)
    return folder


def holding(words: Words) -> int:
    """How many passages hold UNKNOWN."""
    return int((words.scores([UNKNOWN]) > 0).sum())


@pytest.fixture
def planted(filled: Library) -> Path:
    """A cache of which everything is taken over; the library has one document more."""
    snapshot = filled.snapshot()
    shutil.rmtree(words_folder(filled))
    folder = plant(filled, snapshot)
    # Written, and not yet indexed: as a process that was killed after the write leaves it.
    filled.put(parse("later", "later.txt", regulation("青禾县", 3)), Report())
    return folder


def test_an_earlier_cache_is_taken_over(filled: Library, planted: Path) -> None:
    snapshot = reopened(filled).snapshot()
    assert 0 < holding(snapshot.words) < len(snapshot.passages)
    assert not planted.exists()


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


@pytest.mark.parametrize(
    "name", ["hashes.npy", "counts.npy", "lengths.npy", "ids.npy", "manifest.json"]
)
@pytest.mark.parametrize("damage", [Path.unlink, cut])
def test_a_damaged_earlier_cache_is_not(
    filled: Library, planted: Path, name: str, damage: Callable[[Path], None]
) -> None:
    damage(planted / name)
    snapshot = reopened(filled).snapshot()
    assert holding(snapshot.words) == 0
    renewed = contents(words_folder(filled))
    filled.clear_cache()
    filled.refresh()
    assert contents(words_folder(filled)) == renewed


def test_the_newest_one_that_is_whole_is_taken(filled: Library, planted: Path) -> None:
    damaged = shutil.copytree(planted, planted.with_name("words-2"))
    cut(damaged / "ids.npy")
    os.utime(damaged, (2e9, 2e9))
    assert holding(reopened(filled).snapshot().words) > 0
    assert words_folder(filled) not in (planted, damaged)


def test_the_earlier_cache_stays_until_the_new_one_is_in_place(
    filled: Library, planted: Path, caplog: pytest.LogCaptureFixture
) -> None:
    generation = filled.store.state().generation
    in_the_way = filled.folder / "cache" / f"words-{generation}"
    in_the_way.write_text("a file where the folder should be")
    assert holding(reopened(filled).snapshot().words) > 0
    assert "was not kept" in caplog.text
    assert planted.exists()
    in_the_way.unlink()
    assert holding(reopened(filled).snapshot().words) > 0
    assert not planted.exists()
