"""Bytes become text once: the encoding is found, named and recorded, and nothing is dropped."""

import codecs
import re
import unicodedata
from functools import cache
from typing import NamedTuple

from corpus.errors import ReadError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Each is a superset of what files usually declare: gb18030 of gb2312 and gbk, big5hkscs of big5.
_LEGACY = ("gb18030", "big5hkscs", "cp950")
_CONTAINERS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip container (.docx, .xlsx, .zip)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .wps, .xls)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "a database"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NEWLINE = re.compile(r"\r\n?|[\x0c\x85\u2028\u2029]")
# Above this share of control characters the bytes are not a text, whatever decodes them.
_MOST_CONTROL = 0.01
# A guess between legacy encodings must at least look like Chinese to be believed.
_LEAST_PLAUSIBLE = 0.5


class Decoded(NamedTuple):
    """A text and the name of the encoding that gave it."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Decode a text file of UTF-8, UTF-16, GB18030 or Big5 and normalise its line ends.

    Raises ReadError for an empty file, for a file of another kind, and for bytes that no
    encoding explains without loss.
    """
    if not data.strip():
        raise ReadError("the file is empty: nothing to add")
    for magic, what in _CONTAINERS:
        if data.startswith(magic):
            raise ReadError(f"found {what} where a text was expected: save it as .txt first")
    decoded = _by_mark(data) or _strict(data, "utf-8") or _unmarked_utf16(data) or _legacy(data)
    if decoded is None:
        raise ReadError(
            "the bytes are not a text in UTF-8, UTF-16, GB18030 or Big5: "
            "open the file in an editor and save it as UTF-8"
        )
    return Decoded(_normalise(decoded.text), decoded.encoding)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    return None


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    too_many = len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text)
    return None if too_many else Decoded(text, encoding)


def _unmarked_utf16(data: bytes) -> Decoded | None:
    # Line ends and digits put a NUL beside them in UTF-16; no other encoding holds NULs.
    if b"\0" not in data or len(data) % 2:
        return None
    return _most_plausible(data, ("utf-16-le", "utf-16-be"))


def _legacy(data: bytes) -> Decoded | None:
    return None if b"\0" in data else _most_plausible(data, _LEGACY)


def _most_plausible(data: bytes, encodings: tuple[str, ...]) -> Decoded | None:
    found = [decoded for name in encodings if (decoded := _strict(data, name))]
    best = max(found, key=lambda d: plausibility(d.text), default=None)
    return best if best and plausibility(best.text) >= _LEAST_PLAUSIBLE else None


def plausibility(text: str) -> float:
    """The share of non-ASCII characters that everyday Chinese uses, 0 to 1.

    Everyday means the first levels of GB 2312 and Big5 (3,755 and 5,401 characters, chosen by
    frequency) and Chinese punctuation. The wrong encoding yields rare characters instead.
    A text of ASCII alone scores 1.
    """
    beyond_ascii = [c for c in text if c > "\x7f"]
    if not beyond_ascii:
        return 1.0
    common = _common_characters()
    return sum(c in common for c in beyond_ascii) / len(beyond_ascii)


@cache
def _common_characters() -> frozenset[str]:
    simplified = bytes(b for row in range(0xB0, 0xD8) for c in range(0xA1, 0xFF) for b in (row, c))
    trailing = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = b"".join(bytes((r, c)) for r in range(0xA4, 0xC7) for c in trailing)
    # The unassigned ends of both tables decode to nothing here; they are not text of anyone's.
    common = simplified.decode("gb2312", "replace") + traditional.decode("big5", "replace")
    return frozenset(common.replace("\ufffd", "")) | frozenset(
        "，。、；：？！“”‘’（）《》〈〉〔〕【】—…·　％０１２３４５６７８９－"
    )


def _normalise(text: str) -> str:
    text = _NEWLINE.sub("\n", text.removeprefix("\ufeff"))
    return _CONTROL.sub("", text)


def count_damage(text: str) -> int:
    """How many places look like characters lost on the way: U+FFFD, private use, runs of '?'."""
    lost = sum(c == "\ufffd" or unicodedata.category(c) == "Co" for c in text)
    return lost + len(re.findall(r"\?{3,}|\?(?=[;,]\S)", text))
