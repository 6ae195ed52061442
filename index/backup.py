"""A backup of a library: one file, made while others read and write, and checked before it is kept.

It is a zip archive of what people put into a library: the database and the files beside it. Caches
are left out, they are built again. `manifest.json` says what the archive holds.
"""

import json
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from stat import S_IMODE
from tempfile import TemporaryDirectory
from typing import IO, Any, NamedTuple

from index.contents import Contents, check_seals, contents_of
from index.copying import BackupError, as_one_file, copy_database, in_one_line, is_database
from index.database import DATABASE

KIND = "youju backup 1"
MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 1 << 20
_BLOCK = 1 << 20
# What reading a damaged archive, or none, raises.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, KeyError, OverflowError, RuntimeError, ValueError),
)


class Packed(NamedTuple):
    """The size of a file in the archive, its SHA-256, and who may read it (POSIX)."""

    bytes: int
    sha256: str
    mode: int


class Manifest(NamedTuple):
    """What an archive holds: what is in its database, and its files by name."""

    contents: Contents
    files: dict[str, Packed]


def back_up(
    folder: Path, target: Path, beside: Sequence[str] = (), replace: bool = False
) -> Contents:
    """Write what the library in `folder` holds to the archive `target`, whole or not at all.

    `beside` names files that belong to it beside its database. Others may read and write
    meanwhile: the archive holds the library as it was at one moment. An existing `target` is only
    replaced where `replace` says so. Only its owner may read the archive, which may hold accounts.
    Raises BackupError; LibraryError for a damaged library.
    """
    _check_target(folder, target, replace)
    with (
        in_one_line(target),
        TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as near,
    ):
        copies, archive = Path(near) / "copies", Path(near) / "archive"
        copies.mkdir()
        for name in (DATABASE, *beside):
            if (folder / name).exists():
                _copy(folder / name, copies / name)
        check_seals(copies / DATABASE)
        found = contents_of(copies / DATABASE)
        _pack(copies, archive, found)
        archive.chmod(0o600)
        os.replace(archive, target)
    return found


def unpack(archive: Path, folder: Path, known: Sequence[str]) -> Contents:
    """Unpack a backup into `folder`, check all of it, and return what it holds.

    Raises BackupError where it is damaged, none, or holds other files than the `known` ones;
    LibraryError where a newer Youju made it.
    """
    try:
        file = archive.open("rb")
    except OSError as error:
        raise BackupError(f"{archive} cannot be read ({error.strerror}): check it") from error
    try:
        with file, zipfile.ZipFile(file) as packed:
            manifest = _manifest(packed)
            _check_files(manifest, archive, folder, known)
            for name, expected in manifest.files.items():
                _unpack_one(packed, name, expected, folder / name)
    except _UNREADABLE as error:
        raise BackupError(f"{archive} is damaged or no backup ({error}): name another") from error
    _check_contents(contents_of(folder / DATABASE), manifest.contents, archive)
    return manifest.contents


# --- making ---------------------------------------------------------------------------------


def _check_target(folder: Path, target: Path, replace: bool) -> None:
    if target.exists() and not replace:
        raise BackupError(f"{target} is there already: name another file, or say --replace")
    if target.is_dir() or target.resolve().is_relative_to(folder.resolve()):
        raise BackupError(f"{target} is a folder, or within the library: name a file elsewhere")


def _copy(source: Path, target: Path) -> None:
    if is_database(source):
        copy_database(source, target)
        as_one_file(target)
    else:
        shutil.copyfile(source, target)
    shutil.copymode(source, target)


def _pack(folder: Path, archive: Path, contents: Contents) -> None:
    """Write the files of a folder and the manifest as one archive, and force it to disk."""
    files = {path.name: _packed(path) for path in sorted(folder.iterdir())}
    manifest: dict[str, Any] = {"kind": KIND, **contents._asdict()}
    manifest["files"] = {name: found._asdict() for name, found in files.items()}
    told = json.dumps(manifest, indent=1).encode()
    with archive.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            packed.writestr(zipfile.ZipInfo(MANIFEST), told)
            for name in files:
                with (folder / name).open("rb") as source:
                    _add(packed, name, source)
        file.flush()
        os.fsync(file.fileno())


def _packed(path: Path) -> Packed:
    with path.open("rb") as file:
        status, digest = path.stat(), file_digest(file, sha256)
    return Packed(status.st_size, digest.hexdigest(), S_IMODE(status.st_mode))


def _add(packed: zipfile.ZipFile, name: str, source: IO[bytes]) -> None:
    # Without a date of its own: that of a wrong clock, before 1980, cannot be written.
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with packed.open(entry, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, _BLOCK)


# --- unpacking ------------------------------------------------------------------------------


def _manifest(packed: zipfile.ZipFile) -> Manifest:
    """Read the manifest. Raises one of _UNREADABLE where it is none."""
    with packed.open(MANIFEST) as file:
        told = json.loads(file.read(_LARGEST_MANIFEST))
    if not isinstance(told, dict) or told.get("kind") != KIND:
        raise ValueError(f"expected the kind {KIND!r} in its {MANIFEST}")
    try:
        version, documents, clauses = (int(told[n]) for n in Contents._fields[:3])
        contents = Contents(version, documents, clauses, str(told["content"]))
        files = {
            str(name): Packed(int(found["bytes"]), str(found["sha256"]), int(found["mode"]))
            for name, found in told["files"].items()
        }
    except (AttributeError, TypeError) as error:
        raise ValueError(f"its {MANIFEST} is not as it was written") from error
    return Manifest(contents, files)


def _check_files(manifest: Manifest, archive: Path, folder: Path, known: Sequence[str]) -> None:
    """Refuse names that are not expected, and more bytes than there is room for."""
    if DATABASE not in manifest.files or not set(manifest.files) <= set(known):
        raise BackupError(
            f"{archive} holds {', '.join(sorted(manifest.files))[:200]!r}, expected {DATABASE} and "
            f"at most {', '.join(known)}: name a backup of a library"
        )
    needed, free = (
        sum(found.bytes for found in manifest.files.values()),
        shutil.disk_usage(folder).free,
    )
    if needed > free:
        raise BackupError(
            f"{folder} has {free / 1e6:,.0f} MB left, expected {needed / 1e6:,.0f}: make room"
        )


def _unpack_one(packed: zipfile.ZipFile, name: str, expected: Packed, target: Path) -> None:
    """Unpack one file, no byte beyond those that the manifest tells of."""
    digest, left = sha256(), expected.bytes
    with packed.open(name) as source, target.open("wb") as file:
        while block := source.read(_BLOCK):
            left -= len(block)
            if left < 0:
                break
            digest.update(block)
            file.write(block)
    if left or digest.hexdigest() != expected.sha256:
        raise ValueError(f"{name} is not as it was written")
    # Whoever restores may read and write what is restored.
    target.chmod(S_IMODE(expected.mode) & 0o666 | 0o600)


def _check_contents(found: Contents, expected: Contents, archive: Path) -> None:
    if found != expected:
        raise BackupError(
            f"{archive} holds {found.documents} documents of the content {found.content[:12]}, "
            f"expected {expected.documents} of {expected.content[:12]}: name another backup"
        )
