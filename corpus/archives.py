"""Zip archives: their documents one by one, unpacked in memory and never to disk.

A bad member is reported and the others are read. What is passed over in a folder is passed over
here: hidden files and links; files that no reader takes are named.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from corpus.errors import NoReader, ReadError
from corpus.member_names import member_names
from corpus.packing import Budget, Container, is_link, open_container
from corpus.readers.formats import ARCHIVE, EXPECTED, SUFFIXES

LARGEST_ARCHIVE = 200 * 1024 * 1024
"""Bytes of an archive that is opened."""
MOST_MEMBERS = 2_000
"""Members of an archive, those of the archives within it included."""
MOST_BYTES = 500 * 1024 * 1024
"""Bytes that an archive may unpack to, those of the archives within it included."""
DEEPEST = 2
"""An archive within an archive is opened, one within that is not."""
LONGEST_NAME = 200
"""Characters of a name that are kept."""

_LONGEST_SUFFIX = 10
_LITTER = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
# ~$ begins the name of the file by which Word shows that a document is open.
_HIDDEN = (".", "~$")
_SEPARATOR = re.compile(r"[/\\]")
_DRIVE = re.compile(r"(?:[A-Za-z]:|\s)+")
_INVISIBLE = ("Cc", "Cf", "Cs")


class Member(NamedTuple):
    """A document of an archive, by its path there: its bytes, or why they cannot be had."""

    name: str
    outcome: bytes | ReadError


def is_archive(name: str) -> bool:
    """Whether a file is an archive by its name; a .docx is packed like one and is none."""
    return PurePosixPath(name.lower()).suffix == ARCHIVE


def members(data: bytes, largest: int) -> Iterator[Member]:
    """Yield the documents of an archive in its order, each of at most `largest` bytes.

    Names are paths within the archive with "/" between, made harmless, each given once. Raises
    ReadError where the archive itself cannot be opened.
    """
    container = open_container(data, Budget(MOST_MEMBERS, MOST_BYTES))
    return walk(container, largest)


def walk(container: Container, largest: int, folder: str = "", depth: int = 1) -> Iterator[Member]:
    """Yield the documents of an open archive, `folder` before their names."""
    seen: dict[str, int] = {}
    for entry, written in zip(container.entries, member_names(container.entries), strict=True):
        if container.budget.is_spent:
            return
        name = harmless(written)
        if entry.is_dir() or is_link(entry) or is_hidden(name):
            continue
        label = folder + _distinct(name, seen)
        if not has_reader(name):
            yield Member(label, NoReader(f"no reader for this kind of file: expected {EXPECTED}"))
        elif is_archive(name):
            yield from _nested(container, entry, label, largest, depth)
        else:
            yield Member(label, _outcome(container, entry, largest))


def _outcome(container: Container, entry: zipfile.ZipInfo, most: int) -> bytes | ReadError:
    try:
        return container.read(entry, most)
    except ReadError as error:
        return error


def _nested(
    container: Container, entry: zipfile.ZipInfo, label: str, largest: int, depth: int
) -> Iterator[Member]:
    if depth == DEEPEST:
        error = ReadError("it is an archive within an archive within an archive: unpack it first")
        yield Member(label, error)
        return
    try:
        inner = open_container(container.read(entry, LARGEST_ARCHIVE), container.budget)
    except ReadError as error:
        yield Member(label, error)
        return
    yield from walk(inner, largest, f"{label}/", depth + 1)


def is_hidden(name: str) -> bool:
    """Whether a path is of a file or in a folder that a system hides or leaves behind."""
    parts = PurePosixPath(name).parts
    return any(part.startswith(_HIDDEN) or part.lower() in _LITTER for part in parts)


def has_reader(name: str) -> bool:
    """Whether a file is a document that a reader takes, or an archive, by its name."""
    return PurePosixPath(name.lower()).suffix in SUFFIXES or is_archive(name)


def harmless(name: str) -> str:
    """Return a name that is a relative path and shows all that is in it.

    Drives, roots and steps upward are taken off, and characters that cannot be seen; of a name
    that is too long the beginning and the extension are kept.
    """
    visible = "".join(c for c in name if unicodedata.category(c) not in _INVISIBLE)
    parts = (_undriven(part) for part in _SEPARATOR.split(visible))
    path = "/".join(part for part in parts if part.strip("."))
    if len(path) <= LONGEST_NAME:
        return path
    suffix = PurePosixPath(path).suffix
    suffix = suffix if len(suffix) <= _LONGEST_SUFFIX else ""
    return path[: LONGEST_NAME - len(suffix)].rstrip("/. ") + suffix


def _undriven(part: str) -> str:
    """A step of a path without the drive, C:, that may stand before it."""
    drive = _DRIVE.match(part)
    return part[drive.end() :].strip() if drive else part.strip()


def _distinct(name: str, seen: dict[str, int]) -> str:
    """Return the name, with its count before the extension where it was seen before."""
    seen[name] = seen.get(name, 0) + 1
    if seen[name] == 1:
        return name
    path = PurePosixPath(name)
    return _distinct(str(path.with_name(f"{path.stem} ({seen[name]}){path.suffix}")), seen)
