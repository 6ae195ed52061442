"""Word files older than .docx, WPS files and RTF, which LibreOffice turns into .docx."""

from collections.abc import Callable

from corpus.errors import ReadError
from corpus.notes import Note
from corpus.readers import txt
from corpus.readers.formats import FORMATS
from corpus.readers.reading import Reading
from corpus.readers.word.libreoffice import Converter, find_libreoffice
from corpus.readers.worker import read_apart

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RICH_TEXT = b"{\\rtf"
_SNIFFED = 2048
# [MS-CFB] 2.6.1: streams are listed by their names in UTF-16, ended by a zero. A document may hold
# a spreadsheet, so what makes it a document is looked for first.
_OTHER_STREAMS = {
    "Workbook": "a spreadsheet (.xls, .et)",
    "Book": "a spreadsheet (.xls, .et)",
    "PowerPoint Document": "a presentation (.ppt, .dps)",
    "VisioDocument": "a drawing (.vsd)",
    "__properties_version1.0": "a mail (.msg)",
}


def read(data: bytes, find: Callable[[], Converter | None] = find_libreoffice) -> Reading:
    """Return what the Word reader finds in the file once it is turned into .docx.

    A plain text under the name of a Word file is read as the text it is. Raises ReadError where
    LibreOffice is not installed or cannot open the file, where a password protects it, and where
    it is a spreadsheet or another kind of Office file.
    """
    suffix = _suffix(data)
    if suffix is None:
        return txt.read(data)
    convert = find()
    if convert is None:
        raise ReadError(
            f"{suffix} files are read through LibreOffice, which is not installed: install it, or "
            "open the file in Word or WPS and save it as .docx"
        )
    reading = read_apart(FORMATS["docx"], convert(data, suffix))
    # LibreOffice starts 条 anew in each chapter where Word was told to count on (w:lvlRestart).
    return reading._replace(notes=(Note("converted"), *reading.notes))


def _suffix(data: bytes) -> str | None:
    """The extension by which LibreOffice knows what the bytes are, None for other bytes."""
    if data.startswith(_RICH_TEXT):
        return ".rtf"
    if data.startswith(_COMPOUND):
        _check_document(data)
        return ".doc"
    head = data[:_SNIFFED].replace(b"\0", b"")
    return ".xml" if head.lstrip(b"\xef\xbb\xbf\xff\xfe").startswith(b"<?xml") else None


def _check_document(data: bytes) -> None:
    """Raise ReadError, saying what the file is, unless it is a Word document to be opened."""
    if _has(data, "EncryptedPackage"):
        raise ReadError(
            "the document is protected by a password: open it in Word or WPS, take the password "
            "off and save it"
        )
    if _has(data, "WordDocument"):
        return
    found = next((what for name, what in _OTHER_STREAMS.items() if _has(data, name)), None)
    raise ReadError(
        f"found {found or 'an Office file of another kind'} where a document was expected: "
        "open it and save its text as .docx"
    )


def _has(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") + b"\0\0" in data
