"""Folding for search: script, width, punctuation, case and spaces, with a map back.

People always see a text as it was written. Only what is indexed, and what is asked, is folded, so
that 「學前教育　８５％」 and 「学前教育85%」 meet. OpenCC's table of single characters merges a few
pairs that Simplified text keeps apart (乾 and 干, 瀋 and 沈); both sides are folded, so each still
meets itself, and may also meet the other.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corpus.script import simplified_characters
from corpus.spans import Span

DROPPED = 0  # what folds to U+0000 has no width and is left out
SPACE = ord(" ")

# What is written without spaces around it: ideographs, their iteration and numeral signs, kana,
# bopomofo, enclosed and squared signs.
CJK = (
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3041, 0x30FF),
    (0x3105, 0x312F),
    (0x3200, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)

# Where NFKC or lower-casing changes a character, or where it has no width. The unified ideographs
# are left out, because only OpenCC changes them.
_SIGNS = (
    (0x0000, 0x33FF),
    (0xA640, 0xABFF),
    (0xF900, 0xFFFF),
    (0x10400, 0x104FF),
    (0x1D400, 0x1D7FF),
    (0x1F100, 0x1F1FF),
    (0x2F800, 0x2FA1F),
    (0xE0000, 0xE01EF),
)

# One sign for each mark, however it is typed; NFKC has already made full-width forms half-width.
# All brackets but those of a title are one pair, because a 文号 is typed with any of them, and
# 〇 is often typed as a circle.
_SAME = {
    ",": "、",
    ".": "。…⋯‥",
    "(": "[{〔【〖〘〚",
    ")": "]}〕】〗〙〛",
    "<": "《〈«‹",  # noqa: RUF001
    ">": "》〉»›",
    '"': "“”„‟〝〞〟「」″",
    "'": "‘’‚‛『』′",  # noqa: RUF001
    "-": "\u2010\u2011\u2012–—―\u2212─",
    "~": "〜\u223c",
    "·": "・•‧∙⋅",
    "〇": "○◯",
}

# Radicals that text from a PDF carries in place of a character and that NFKC leaves alone
# (EquivalentUnifiedIdeograph.txt of the Unicode Character Database, the ones that are words).
_RADICALS = "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⺒⻁⻑"
_WRITTEN = "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙巳虎长"

# White space beside one of these says nothing: 「目标: 85%」 is 「目标：85%」. Not beside a stop,
# which between digits would make a decimal of 「3. 5」.
_TIGHT_SIGNS = ',;:!?()<>"'

# A run of one of these counts as one: 「……」 is 「...」, 「——」 is 「-」.
_ONCE_SIGNS = " .-"


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A folded text and where each of its characters stood in the original.

    `offsets` is int32, shape (len(text) + 1,), increasing; `offsets[i]` is the place of the folded
    character i in the original, and the last one is the original's length.
    """

    text: str
    offsets: NDArray[np.int32]

    def original(self, start: int, end: int) -> Span:
        """Return the characters of the original that `text[start:end]` was folded from.

        What was dropped inside the span is part of it, what was dropped at its edges is not.
        """
        first = int(self.offsets[start])
        return Span(first, int(self.offsets[end - 1]) + 1 if end > start else first)


def fold(text: str) -> Folded:
    """Fold `text` for search; folding a folded text changes nothing."""
    codes = _table()[_codes(text)]
    places = _kept(codes)
    offsets = np.append(places, len(text)).astype(np.int32)
    return Folded(_text(codes[places]), offsets)


def fold_text(text: str) -> str:
    """Return `fold(text).text`, without the map."""
    codes = _table()[_codes(text)]
    return _text(codes[_kept(codes)])


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _text(codes: NDArray[np.uint32]) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def _kept(codes: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Return the places of the folded characters that stay.

    White space stays only between two characters that are written with spaces, and so at neither
    end of the text.
    """
    places: NDArray[np.intp] = np.flatnonzero(codes != DROPPED)
    line = codes[places]
    first = np.ones(len(line), dtype=np.bool_)
    first[1:] = (line[1:] != line[:-1]) | ~_once()[line[1:]]
    places, line = places[first], line[first]
    blank: NDArray[np.bool_] = line == SPACE
    if not blank.any():
        return places
    spaced = _spaced()[line]
    between = np.zeros(len(line), dtype=np.bool_)
    between[1:-1] = spaced[:-2] & spaced[2:]
    return places[~blank | between]


@cache
def _once() -> NDArray[np.bool_]:
    """Tell for each code point whether a run of it counts as one."""
    once = np.zeros(0x110000, dtype=np.bool_)
    once[[ord(sign) for sign in _ONCE_SIGNS]] = True
    return once


@cache
def _spaced() -> NDArray[np.bool_]:
    """Tell for each code point whether white space beside it is kept."""
    spaced = np.ones(0x110000, dtype=np.bool_)
    for first, last in CJK:
        spaced[first : last + 1] = False
    spaced[[ord(sign) for sign in _TIGHT_SIGNS]] = False
    return spaced


@cache
def _table() -> NDArray[np.uint32]:
    """Return for each code point what it folds to.

    Applied to itself twice, because one rule may lead to another: a small or half-width 、 to 、
    and that to the comma.
    """
    table = np.arange(0x110000, dtype=np.uint32)
    for character, same in chain(_signs(), _marks(), _simplified()):
        table[ord(character)] = ord(same)
    for _ in range(2):
        table = table[table]
    return table


def _signs() -> Iterator[tuple[str, str]]:
    for first, last in _SIGNS:
        for character in map(chr, range(first, last + 1)):
            yield character, _narrow(character)


def _narrow(character: str) -> str:
    """Fold width, compatibility form and case of one character, where the result is one.

    Brackets and stops belong to the glyph and say nothing: ㈠ and ⑴ become 一 and 1.
    """
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cc", "Cf") or "VARIATION SELECTOR" in _name(character):
        return chr(DROPPED)
    plain = unicodedata.normalize("NFKC", character).lower()
    inner = plain.strip("().") or plain
    return next(form for form in (inner, character.lower(), character) if len(form) == 1)


def _name(character: str) -> str:
    return unicodedata.name(character, "")


def _marks() -> Iterator[tuple[str, str]]:
    yield from zip(_RADICALS, _WRITTEN, strict=True)
    for same, characters in _SAME.items():
        yield from ((character, same) for character in characters)


def _simplified() -> Iterator[tuple[str, str]]:
    for code, simplified in simplified_characters().items():
        yield chr(code), simplified
