"""Which reader a file gets: by what it contains first, by its name second."""

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from corpus.errors import NoReader, ReadError
from corpus.packing import Budget, open_container
from corpus.readers.reading import Reading


class Format(NamedTuple):
    """A format with a reader of the same name in this package.

    A reader that depends on other people's parsers runs in a process of its own, and is ended
    after `seconds` without a sign from it (see `patience`); with None it runs in this one.
    """

    name: str
    suffixes: tuple[str, ...]
    seconds: float | None = None

    def load(self) -> Callable[[bytes], Reading]:
        """Import the reader."""
        read: Callable[[bytes], Reading] = import_module(f"corpus.readers.{self.name}").read
        return read


FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format("txt", (".txt", ".text")),
        Format("md", (".md", ".markdown")),
        Format("docx", (".docx", ".docm", ".dotx", ".dotm"), seconds=10),
        Format("doc", (".doc", ".dot", ".wps", ".wpt", ".rtf")),
        Format("html", (".html", ".htm", ".shtml", ".xhtml"), seconds=10),
        Format("mht", (".mht", ".mhtml"), seconds=10),
        Format("pdf", (".pdf",), seconds=10),
        Format("image", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"), seconds=10),
    )
}
ARCHIVE = ".zip"
SUFFIXES: dict[str, str] = {
    suffix: format_.name for format_ in FORMATS.values() for suffix in format_.suffixes
}
"""The format that a name's extension promises."""
EXPECTED = ", ".join([*(format_.suffixes[0] for format_ in FORMATS.values()), ARCHIVE])
"""The extensions to name to a user: one for each format."""

_MAGIC = (
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"\xd0\xcf\x11\xe0|\{\\rtf"), "doc"),
    (re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|II\*\x00|MM\x00\*|BM....\x00\x00\x00\x00"), "image"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
# A web archive is a message of several parts, the first of which may show its HTML already.
_ARCHIVED = re.compile(
    rb"(?=.*^MIME-Version:)(?=.*^Content-Type:\s{0,4}multipart/related)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_SNIFFED = 2048
# A container is only listed here, not unpacked.
_MOST_LISTED = 10_000


def detect(name: str, data: bytes) -> Format:
    """Return the format of a file. Raises ReadError where there is none for it."""
    promised = PurePath(name).suffix.lower()
    found = _told_by_content(promised, data) or SUFFIXES.get(promised)
    if found in FORMATS:
        return FORMATS[found]
    raise NoReader(
        f"no reader for {promised or 'a file without extension'}: "
        f"expected one of {EXPECTED}; save the document as .txt"
    )


def _told_by_content(promised: str, data: bytes) -> str | None:
    try:
        return _by_content(data)
    except ReadError:
        # A damaged container of another kind (.xlsx) is of another kind first.
        if promised and promised not in SUFFIXES:
            return None
        raise


def is_known(data: bytes) -> bool:
    """Whether the bytes show by themselves that a reader takes them, whatever the name says.

    Raises ReadError for a damaged container.
    """
    return _by_content(data) is not None


def _by_content(data: bytes) -> str | None:
    head = data[:_SNIFFED]
    for magic, name in _MAGIC:
        if magic.match(head):
            return name
    if head.startswith(b"PK\x03\x04"):
        return _packed(data)
    if _ARCHIVED.match(head):
        return "mht"
    # UTF-16 writes every ASCII letter with a zero beside it.
    return "html" if _HTML.search(head.replace(b"\0", b"")) else None


def _packed(data: bytes) -> str | None:
    listed = open_container(data, Budget(_MOST_LISTED, 0)).entries
    return "docx" if any(e.filename.casefold() == "word/document.xml" for e in listed) else None
