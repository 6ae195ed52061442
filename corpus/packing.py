"""Zip containers (.docx, .zip) opened with limits, so that no file unpacks to more than it should.

Nothing is ever written to disk, and what a header says of a size is never believed: bytes are
counted as they are unpacked.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.errors import ReadError

MOST_RATIO = 200
"""Bytes unpacked for each byte packed; policy texts reach 30, deflate itself at most 1,032."""
_ALWAYS_ALLOWED = 1024 * 1024
"""Bytes that a member may unpack to whatever its ratio."""
_CHUNK = 64 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
# APPNOTE.TXT 4.3: each entry of the list of members begins so. The documents of an archive may be
# containers themselves, so there are more of these than members; each costs memory when listed.
_ENTRY_MAGIC = b"PK\x01\x02"
_MOST_ENTRIES = 100_000
_LOCAL_HEADER = 30
_TOO_MANY = "the archive holds too many files: split it, or unpack it to a folder"
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What `zipfile` raises on damaged files, and on those of a later version of the format."""


@dataclass(slots=True)
class Budget:
    """How many members and bytes may still be unpacked; containers in containers share one."""

    members: int
    bytes_: int

    @property
    def is_spent(self) -> bool:
        """Whether more bytes were asked for than there were."""
        return self.bytes_ < 0

    def take_members(self, count: int) -> None:
        """Count the members of a container. Raises ReadError where they are too many."""
        if count > self.members:
            raise ReadError(_TOO_MANY)
        self.members -= count

    def take_bytes(self, count: int) -> None:
        """Count bytes that were unpacked. Raises ReadError where they are too many."""
        self.bytes_ -= count
        if self.bytes_ < 0:
            raise ReadError(
                "the archive unpacks to too much, neither this file nor those after it are read: "
                "split it, or unpack it to a folder"
            )


@dataclass(slots=True)
class Container:
    """An open container; `entries` are its members in the order of its list."""

    archive: zipfile.ZipFile
    budget: Budget
    entries: Sequence[zipfile.ZipInfo] = field(init=False)

    def __post_init__(self) -> None:
        self.entries = self.archive.infolist()

    def read(self, entry: zipfile.ZipInfo, most: int) -> bytes:
        """Unpack one member of at most so many bytes.

        Raises ReadError where it is damaged, protected by a password, or unpacks to more.
        """
        if entry.flag_bits & _ENCRYPTED:
            raise ReadError("it is protected by a password: unpack it and add what is inside")
        if entry.compress_type not in _METHODS:
            raise ReadError("it is packed in an unusual way: unpack it and add what is inside")
        try:
            return self._unpack(entry, most)
        except _DAMAGED as error:
            raise damaged(error) from error

    def _unpack(self, entry: zipfile.ZipInfo, most: int) -> bytes:
        plausible = max(_ALWAYS_ALLOWED, entry.compress_size * MOST_RATIO)
        chunks: list[bytes] = []
        size = 0
        with self.archive.open(entry) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                self.budget.take_bytes(len(chunk))
                if size > most:
                    raise ReadError(
                        f"it unpacks to more than {most / 1e6:.0f} MB: split it into its documents"
                    )
                if size > plausible:
                    raise ReadError(
                        f"it unpacks to more than {MOST_RATIO} times its size, as no document "
                        "does: check where it comes from"
                    )
                chunks.append(chunk)
        return b"".join(chunks)


def open_container(data: bytes, budget: Budget) -> Container:
    """Open a zip container from its bytes.

    Raises ReadError in one line where it is damaged, or built to unpack to more than it should:
    too many members, or members that share their bytes.
    """
    if not data:
        raise ReadError("the file is empty: nothing to add")
    if data.count(_ENTRY_MAGIC) > _MOST_ENTRIES:
        raise ReadError(_TOO_MANY)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise damaged(error) from error
    container = Container(archive, budget)
    budget.take_members(len(container.entries))
    _check_overlap(container.entries)
    return container


def damaged(error: Exception) -> ReadError:
    """The one line for a container that cannot be unpacked."""
    found = " ".join(str(error).split())[:120]
    return ReadError(f"the file is damaged ({found}): save or fetch it again")


def is_link(entry: zipfile.ZipInfo) -> bool:
    """Whether the member is a symbolic link, whose content is the path it points to."""
    return stat.S_ISLNK(entry.external_attr >> 16)


def _check_overlap(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse members that share bytes, which is how a small file unpacks to petabytes."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in pairwise(ordered):
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
        if end > following.header_offset:
            raise ReadError("members of the archive share their bytes: pack it again")
