"""Readers turn the bytes of one file into its text; each format is a file of its own."""

from collections.abc import Callable
from pathlib import PurePath

from corpus.decode import Decoded, check_filled, decode
from corpus.errors import ReadError
from corpus.readers.markdown import read_markdown

READERS: dict[str, Callable[[bytes], Decoded]] = {
    ".txt": decode,
    ".text": decode,
    ".md": read_markdown,
    ".markdown": read_markdown,
}


def read_bytes(name: str, data: bytes) -> Decoded:
    """Return the text of a file by its name's extension.

    Raises ReadError where there is no reader for the extension, the bytes are not of its kind, or
    hold no text.
    """
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise ReadError(
            f"no reader for {suffix or 'a file without extension'}: "
            f"expected one of {', '.join(READERS)}; save the document as .txt"
        )
    text, encoding = reader(data)
    return Decoded(check_filled(text), encoding)
