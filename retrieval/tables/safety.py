"""What a cell may hold in a file that a spreadsheet or an XML parser opens."""

import re
import unicodedata
from collections.abc import Sequence

from retrieval.tables.values import Piece

QUOTE = "'"
"""Put before a text that a spreadsheet would read as a formula: it makes a text of it."""

_TRIGGERS = frozenset("=+-@")
_NEWLINE = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# What XML 1.0 (2.2, Char) cannot hold, written or as a reference, and the C1 controls.
_REFUSED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    r"""Return `text` with \n for every line break, and U+FFFD for what no file can hold.

    Those are control characters and halves of characters: nothing that a reader could see.
    """
    return _REFUSED.sub("\ufffd", _NEWLINE.sub("\n", text))


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may run `text`: it opens with = + - or @, in any width, or a tab.

    Blanks and invisible characters before the sign do not count; spreadsheets strip them, or
    take a leading tab or line break for a formula's own (OWASP, CSV Injection).
    """
    if text.startswith(("\t", "\r", "\n")):
        return True
    first = next((c for c in text if not _is_invisible(c)), "")
    return unicodedata.normalize("NFKC", first) in _TRIGGERS


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Mn")


def disarmed(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces that no spreadsheet runs; every character stays, at most a quote is added."""
    text = "".join(piece.text for piece in pieces)
    clean = [Piece(readable(piece.text), piece.mark) for piece in pieces if piece.text]
    return [Piece(QUOTE), *clean] if is_formula(text) or is_formula(_joined(clean)) else clean


def _joined(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
