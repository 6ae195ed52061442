"""Preparing the plain e5: repeatable, complete or absent, never trusted."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.encoders.errors import EncoderError
from index.encoders.manifest import GRAPH, MANIFEST, DamagedError
from index.encoders.prepare import (
    TOKENIZER,
    TORCH,
    cache_folder,
    find,
    prepare,
    read_prepared,
    torch_folder,
)

pytestmark = pytest.mark.encoder
WEIGHTS = f"{TORCH}/model.safetensors"


@pytest.fixture
def folder(encoder_cache: Path, tmp_path: Path) -> Path:
    """A copy of the prepared folder, by links; a test replaces files and never writes in them."""
    assert encoder_cache in cache_folder().parents
    copy = tmp_path / "e5"
    shutil.copytree(cache_folder(), copy, copy_function=os.link)
    return copy


def replace(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    replace(path, bytes(content))


def edit_manifest(path: Path, **changes: object) -> None:
    replace(path, json.dumps(json.loads(path.read_bytes()) | changes).encode())


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_is_prepared_is_complete_and_intact(folder: Path) -> None:
    prepared = find(folder)
    assert {GRAPH, TOKENIZER, WEIGHTS, f"{TORCH}/modules.json"} <= prepared.checksums.keys()
    assert all(prepared.read(name) for name in prepared.checksums)
    assert contents(folder).keys() == {*prepared.checksums, MANIFEST}


def test_preparing_twice_gives_the_same_bytes_and_progress_rises(
    folder: Path, tmp_path: Path
) -> None:
    told: list[tuple[str, float]] = []
    prepare(lambda stage, fraction: told.append((stage, fraction)), tmp_path / "again")
    assert contents(tmp_path / "again") == contents(folder)
    fractions = [fraction for _, fraction in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0, 1)
    assert len({stage for stage, _ in told}) == len(told) >= 4


DAMAGE: dict[str, Callable[[Path], None]] = {
    "no folder": lambda folder: shutil.rmtree(folder),
    "no manifest": lambda folder: (folder / MANIFEST).unlink(),
    "half a manifest": lambda folder: replace(
        folder / MANIFEST, (folder / MANIFEST).read_bytes()[:200]
    ),
    "a manifest of something else": lambda folder: replace(folder / MANIFEST, b"[1]"),
    "another format": lambda folder: edit_manifest(folder / MANIFEST, format="another"),
    "other weights": lambda folder: edit_manifest(folder / MANIFEST, weights="0" * 64),
    "no files": lambda folder: edit_manifest(folder / MANIFEST, files={}),
    "a file missing": lambda folder: (folder / WEIGHTS).unlink(),
    "a file cut short": lambda folder: replace(folder / GRAPH, b"short"),
    "a bit of the graph": lambda folder: flip(folder / GRAPH),
    "a bit of the tokenizer": lambda folder: flip(folder / TOKENIZER),
    "a bit of the weights": lambda folder: flip(folder / WEIGHTS),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_noticed(folder: Path, damage: str) -> None:
    DAMAGE[damage](folder)
    with pytest.raises(DamagedError) as raised:
        for name in find(folder).checksums:
            find(folder).read(name)
    assert "\n" not in str(raised.value)


def test_a_damaged_folder_is_prepared_anew(folder: Path) -> None:
    before = contents(folder)
    flip(folder / GRAPH)
    stages: list[str] = []
    graph, tokenizer = read_prepared(lambda stage, _: stages.append(stage), folder)
    assert stages
    assert (graph, tokenizer) == (before[GRAPH], before[TOKENIZER])
    assert contents(folder) == before


def test_an_intact_folder_is_not_prepared_again(folder: Path) -> None:
    stages: list[str] = []
    read_prepared(lambda stage, _: stages.append(stage), folder)
    assert torch_folder(lambda stage, _: stages.append(stage), folder) == folder / TORCH
    assert stages == []


def test_damaged_weights_of_the_torch_folder_are_mended(folder: Path) -> None:
    before = contents(folder)
    flip(folder / WEIGHTS)
    torch_folder(folder=folder)
    assert contents(folder) == before


def test_a_preparation_that_stops_passes_for_nothing(tmp_path: Path) -> None:
    def stop(stage: str, fraction: float) -> None:
        if fraction > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(stop, tmp_path)
    assert (tmp_path / GRAPH).exists()
    with pytest.raises(DamagedError):
        find(tmp_path)


def test_two_processes_may_prepare_at_once(folder: Path, tmp_path: Path) -> None:
    both = tmp_path / "both"
    command = (
        "import sys; from pathlib import Path; from index.encoders.prepare import prepare;"
        "prepare(folder=Path(sys.argv[1]))"
    )
    started = [subprocess.Popen([sys.executable, "-c", command, str(both)]) for _ in range(2)]
    assert [process.wait(timeout=120) for process in started] == [0, 0]
    assert contents(both) == contents(folder)


def test_a_cache_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EncoderError, match=r"cannot write .*set YOUJU_CACHE") as raised:
        prepare(folder=tmp_path / "file" / "e5")
    assert "\n" not in str(raised.value)
