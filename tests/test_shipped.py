"""The default encoder's files in the package: whole, or refused in one line."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.encoders.errors import EncoderError
from index.encoders.manifest import GRAPH, MANIFEST
from index.encoders.names import DEFAULT
from index.encoders.shipped import FOLDER, TOKENIZER, read_shipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the package's folder; a test replaces files and never writes in them."""
    assert (FOLDER / GRAPH).is_file(), f"{FOLDER / GRAPH} is missing: it is part of the project"
    copy = tmp_path / "default"
    copy.mkdir()
    for path in FOLDER.iterdir():
        os.link(path, copy / path.name) if same_device(path, copy) else shutil.copy(path, copy)
    return copy


def same_device(*paths: Path) -> bool:
    return len({path.stat().st_dev for path in paths}) == 1


def replace(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    replace(path, bytes(content))


def edit_manifest(folder: Path, **changes: object) -> None:
    path = folder / MANIFEST
    replace(path, json.dumps(json.loads(path.read_bytes()) | changes).encode())


def test_the_files_are_those_of_the_manifest(folder: Path) -> None:
    graph, tokenizer = read_shipped(folder)
    manifest = json.loads((folder / MANIFEST).read_bytes())
    assert (manifest["name"], manifest["base"]) == (DEFAULT, "intfloat/multilingual-e5-small")
    assert manifest["files"].keys() == {GRAPH, TOKENIZER}
    assert manifest["files"][GRAPH]["size"] == len(graph)
    assert manifest["files"][TOKENIZER]["size"] == len(tokenizer)
    assert len(graph) + len(tokenizer) < 36_000_000


def test_the_licences_lie_beside_the_files() -> None:
    notice = (FOLDER / "NOTICE").read_text(encoding="utf-8")
    for said in (DEFAULT, "Copyright (c) Microsoft", "Copyright (c) 2024 THUIR", "MIT License"):
        assert said in notice


DAMAGE: dict[str, Callable[[Path], None]] = {
    "no folder": lambda folder: shutil.rmtree(folder),
    "no manifest": lambda folder: (folder / MANIFEST).unlink(),
    "half a manifest": lambda folder: replace(
        folder / MANIFEST, (folder / MANIFEST).read_bytes()[:200]
    ),
    "a manifest of something else": lambda folder: replace(folder / MANIFEST, b"[1]"),
    "another format": lambda folder: edit_manifest(folder, format="another"),
    "another encoder": lambda folder: edit_manifest(folder, name="youju-small/0"),
    "no files": lambda folder: edit_manifest(folder, files={}),
    "no graph": lambda folder: (folder / GRAPH).unlink(),
    "a graph cut short": lambda folder: replace(folder / GRAPH, b"short"),
    "a bit of the graph": lambda folder: flip(folder / GRAPH),
    "a bit of the tokenizer": lambda folder: flip(folder / TOKENIZER),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_one_line_that_says_what_to_do(folder: Path, damage: str) -> None:
    DAMAGE[damage](folder)
    with pytest.raises(EncoderError, match=r"default encoder .* is damaged: .*install") as raised:
        read_shipped(folder)
    assert "\n" not in str(raised.value)
