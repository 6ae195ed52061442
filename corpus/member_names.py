"""The names of a zip archive's members, which most Chinese archives write in no said encoding."""

import struct
import zipfile
import zlib
from collections.abc import Sequence

from corpus.decode import decode
from corpus.errors import ReadError

_SAYS_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_EXTRA_HEAD = struct.Struct("<HH")
_PATH_HEAD = struct.Struct("<BL")
_CODE_PAGE = "cp437"


def member_names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the names of the members of one archive, in their order, as they were given.

    A name is UTF-8 where the archive says so, or gives it so beside the name (APPNOTE.TXT 4.6.9),
    or the bytes are; the others are read together in the one encoding that explains them all best,
    GB18030 or Big5, and in that of the standard (cp437) where neither does.
    """
    stated = [_stated(entry) for entry in entries]
    raw = [_raw(entry) for entry in entries]
    encoding = _encoding([name for name, said in zip(raw, stated, strict=True) if said is None])
    pairs = zip(raw, stated, strict=True)
    return [_spelled(name, encoding) if said is None else said for name, said in pairs]


def _raw(entry: zipfile.ZipInfo) -> bytes:
    """The bytes of the name; `zipfile` reads them as cp437, which gives each byte a character."""
    return b"" if entry.flag_bits & _SAYS_UTF8 else entry.orig_filename.encode(_CODE_PAGE)


def _stated(entry: zipfile.ZipInfo) -> str | None:
    return entry.orig_filename if entry.flag_bits & _SAYS_UTF8 else _beside(entry)


def _beside(entry: zipfile.ZipInfo) -> str | None:
    """The name in UTF-8 that stands beside the other, if it still belongs to it."""
    extra = entry.extra
    while len(extra) >= _EXTRA_HEAD.size:
        kind, size = _EXTRA_HEAD.unpack_from(extra)
        content, extra = extra[_EXTRA_HEAD.size :][:size], extra[_EXTRA_HEAD.size + size :]
        if kind == _UNICODE_PATH and len(content) > _PATH_HEAD.size:
            _, checksum = _PATH_HEAD.unpack_from(content)
            name = _utf8(content[_PATH_HEAD.size :])
            return name if checksum == zlib.crc32(_raw(entry)) else None
    return None


def _encoding(names: Sequence[bytes]) -> str:
    unclear = [name for name in names if _utf8(name) is None]
    try:
        found = decode(b"\n".join(unclear)).encoding if unclear else _CODE_PAGE
    except ReadError:
        return _CODE_PAGE
    return _CODE_PAGE if found.startswith("utf-16") else found


def _spelled(name: bytes, encoding: str) -> str:
    return _utf8(name) or name.decode(encoding, "replace")


def _utf8(name: bytes) -> str | None:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return None
