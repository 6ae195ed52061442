"""Folders of arrays on disk: written whole or not at all, and checked when opened.

Such a folder is a cache: whoever opens it can build it again, so what does not check is refused
with `DamagedCache` and never repaired.
"""

import errno
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.errors import YoujuError

MANIFEST = "manifest.json"

Facts = Mapping[str, int | float | str]


class DamagedCache(YoujuError):
    """A cache that is missing, of another format, or not as it was written: build it again."""


class Arrays(NamedTuple):
    """The arrays of a folder by name, mapped from disk and read-only, and the facts beside them."""

    arrays: dict[str, NDArray[Any]]
    facts: dict[str, Any]


def save_arrays(folder: Path, kind: str, arrays: Mapping[str, NDArray[Any]], facts: Facts) -> None:
    """Write `arrays` and `facts` as the folder `folder`, replacing what stood there.

    `kind` names what the arrays are and the number of their format ("words 1"). The files are
    written to a folder beside and renamed into place, so a reader sees the old or the new, and a
    process killed on the way leaves the old. Nothing is forced to disk: the checksums find what a
    power cut lost.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
        fresh = Path(beside) / "new"
        fresh.mkdir()
        for name, values in arrays.items():
            np.save(fresh / f"{name}.npy", values, allow_pickle=False)
        files = {path.name: _fingerprint(path) for path in sorted(fresh.iterdir())}
        manifest = {"kind": kind, "facts": dict(facts), "files": files}
        (fresh / MANIFEST).write_bytes(_sealed(manifest))
        _place(fresh, folder)


def open_arrays(folder: Path, kind: str) -> Arrays:
    """Open the folder that `save_arrays` wrote; DamagedCache where it is not as it was written."""
    manifest = _manifest(folder)
    if manifest["kind"] != kind:
        raise DamagedCache(
            f"{folder} holds {manifest['kind']!r} and this version reads {kind!r}: build it again"
        )
    files = manifest["files"].items()
    arrays = {Path(name).stem: _checked(folder / name, expected) for name, expected in files}
    return Arrays(arrays, manifest["facts"])


def _fingerprint(path: Path) -> dict[str, int]:
    """Return the size in bytes and the CRC-32 of a file: against accidents, not against people."""
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            checksum = zlib.crc32(block, checksum)
    return {"bytes": path.stat().st_size, "crc32": checksum}


def _checked(path: Path, expected: dict[str, int]) -> NDArray[Any]:
    try:
        found = _fingerprint(path)
        if found != expected:
            raise DamagedCache(f"{path} has {found}, expected {expected}: build the cache again")
        values: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except FileNotFoundError:
        raise DamagedCache(f"{path} is missing: build the cache again") from None
    return values


def _sealed(manifest: Mapping[str, Any]) -> bytes:
    """Return the manifest as JSON with the CRC-32 of that JSON as its last key."""
    body = json.dumps(manifest, ensure_ascii=False, sort_keys=True).encode()
    return json.dumps(
        {**manifest, "seal": zlib.crc32(body)}, ensure_ascii=False, sort_keys=True
    ).encode()


def _manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest; written again it must give the same bytes, so no byte goes unchecked."""
    path = folder / MANIFEST
    try:
        written = path.read_bytes()
        manifest: dict[str, Any] = json.loads(written)
        manifest.pop("seal")
    except (FileNotFoundError, NotADirectoryError):
        raise DamagedCache(f"{folder} has no {MANIFEST}: build the cache again") from None
    except (ValueError, KeyError, AttributeError, TypeError):
        raise DamagedCache(f"{path} is not what was written: build the cache again") from None
    if _sealed(manifest) != written:
        raise DamagedCache(f"{path} does not match its own checksum: build the cache again")
    return manifest


def _place(fresh: Path, folder: Path) -> None:
    """Rename `fresh` to `folder`.

    A folder cannot be renamed onto one that holds files, so an older one is first moved beside
    `fresh`, to be deleted with it. Where another process puts its own in place meanwhile: again.
    """
    for attempt in count():
        try:
            fresh.rename(folder)
            return
        except OSError as problem:
            if problem.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        with suppress(FileNotFoundError):
            folder.rename(fresh.with_name(f"old{attempt}"))
