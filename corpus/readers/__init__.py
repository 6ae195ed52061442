"""Readers turn the bytes of one file into its text; each format is a file of its own.

A reader is a module with `read(data: bytes) -> Reading`, which raises ReadError in one line. It is
imported when the first file of its format is read.
"""

from corpus.decode import check_filled
from corpus.errors import ReadError
from corpus.readers.formats import FORMATS, SUFFIXES, Format, detect
from corpus.readers.reading import Reading
from corpus.readers.worker import read_apart

__all__ = ["FORMATS", "SUFFIXES", "Format", "Reading", "detect", "read_bytes"]


def read_bytes(name: str, data: bytes) -> tuple[Format, Reading]:
    """Return the format of a file, by its content and then its name, and what was read from it.

    Raises ReadError where there is no reader for it, the bytes are not of its kind, or hold no
    text.
    """
    if not data:
        raise ReadError("the file is empty: nothing to add")
    format_ = detect(name, data)
    reading = read_apart(format_, data) if format_.seconds else format_.load()(data)
    check_filled(reading.text)
    return format_, reading
