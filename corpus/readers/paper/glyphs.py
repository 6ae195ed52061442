"""The characters of a PDF page and where they stand, as PDFium finds them."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.readers.paper.characters import fold_accidents, is_wide
from corpus.readers.paper.layout import Line

# The baseline stands this share of an em above the foot of the character's square.
_BELOW_BASELINE = 0.12
_SAME_BASELINE = 0.5
# In em: letters are spaced by up to so much; more room than usual by so much parts the pieces of a
# line, as a space does, or the gap between columns.
_LETTER_SPACING = 1.3
_PARTING = 0.6
_LATIN_SPACE = 0.15
_STRAIGHT = math.radians(5)
_INVISIBLE = 3
_MOST_GLYPHS = 60_000
_HYPHEN = "\x02"


class Glyph(NamedTuple):
    """A character on a page: from `left` to `right` on a `baseline`, `size` points to the em."""

    character: str
    left: float
    right: float
    baseline: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of its square."""
        return (self.left + self.right) / 2, self.baseline - (0.5 - _BELOW_BASELINE) * self.size


class Glyphs(NamedTuple):
    """What a page holds: seen and unseen characters, and how many have no known meaning.

    `turned` quarter turns to the right bring the text upright; `width` and `height` are those of
    the upright page.
    """

    seen: tuple[Glyph, ...]
    unseen: tuple[Glyph, ...]
    unknown: int
    turned: int
    width: float
    height: float


class _Raw(NamedTuple):
    character: str
    angle: float
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    size: float
    is_seen: bool
    is_known: bool


def read_glyphs(page: pdfium.PdfPage) -> Glyphs:
    """Return the characters of a page that stand as most do; turned ones, as of a stamp, go."""
    textpage = page.get_textpage()
    try:
        raw = list(_raw(textpage))
    finally:
        textpage.close()
    turns = Counter(round(r.angle / (math.pi / 2)) % 4 for r in raw)
    turned = min(turns, key=lambda t: (-turns[t], t), default=0)
    box = page.get_bbox()
    place = Upright(box, turned)
    seen: list[Glyph] = []
    unseen: list[Glyph] = []
    for r in raw:
        off = math.remainder(r.angle - turned * math.pi / 2, 2 * math.pi)
        glyph = place.glyph(r)
        if abs(off) <= _STRAIGHT and place.holds(glyph):
            (seen if r.is_seen else unseen).append(glyph)
    unknown = sum(not r.is_known for r in raw)
    return Glyphs(tuple(seen), tuple(unseen), unknown, turned, place.width, place.height)


class Upright:
    """Turns the coordinates of a PDF page (y upwards) into those of the page as it is read."""

    def __init__(self, box: Sequence[float], turned: int) -> None:
        self._left, self._bottom, self._right, self._top = box
        self._turned = turned
        across, along = self._right - self._left, self._top - self._bottom
        self.width, self.height = (along, across) if turned % 2 else (across, along)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the PDF page stands, from the top left corner."""
        return (
            (x - self._left, self._top - y),
            (y - self._bottom, x - self._left),
            (self._right - x, y - self._bottom),
            (self._top - y, self._right - x),
        )[self._turned]

    def glyph(self, raw: _Raw) -> Glyph:
        """Return a character where it is read."""
        left, right, bottom, top = raw.box
        edges = sorted((self.point(left, bottom)[0], self.point(right, top)[0]))
        return Glyph(raw.character, edges[0], edges[1], self.point(*raw.origin)[1], raw.size)

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands on the page."""
        x, y = glyph.middle
        return 0 <= x <= self.width and 0 <= y <= self.height


def _raw(textpage: pdfium.PdfTextPage) -> Iterator[_Raw]:
    raw = textpage.raw
    visible = _visibility()
    loose, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    matrix = pdfium_c.FS_MATRIX()
    for n in range(min(textpage.count_chars(), _MOST_GLYPHS)):
        code = pdfium_c.FPDFText_GetUnicode(raw, n)
        character = "-" if chr(code) == _HYPHEN else chr(code)
        if character.isspace() or pdfium_c.FPDFText_IsGenerated(raw, n) == 1:
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(raw, n, loose):
            continue
        pdfium_c.FPDFText_GetCharOrigin(raw, n, x, y)
        pdfium_c.FPDFText_GetMatrix(raw, n, matrix)
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        size = pdfium_c.FPDFText_GetFontSize(raw, n) * scale
        if size <= 0:
            continue
        is_known = code > 0 and pdfium_c.FPDFText_HasUnicodeMapError(raw, n) != 1
        yield _Raw(
            character,
            pdfium_c.FPDFText_GetCharAngle(raw, n),
            (loose.left, loose.right, loose.bottom, loose.top),
            (x.value, y.value),
            size,
            visible(pdfium_c.FPDFText_GetTextObject(raw, n)),
            is_known,
        )


def _visibility() -> Callable[[Any], bool]:
    """A test of whether a text object is painted, remembered for the object that was asked last."""
    last: dict[int, bool] = {}

    def visible(text_object: Any) -> bool:
        if not text_object:
            return True
        address = ctypes.cast(text_object, ctypes.c_void_p).value or 0
        if address not in last:
            last.clear()
            mode = pdfium_c.FPDFTextObj_GetTextRenderMode(text_object)
            last[address] = mode != _INVISIBLE and _alpha(text_object) > 0
        return last[address]

    return visible


def _alpha(text_object: Any) -> int:
    parts = [ctypes.c_uint(255) for _ in range(4)]
    pdfium_c.FPDFPageObj_GetFillColor(text_object, *parts)
    return parts[3].value


def set_lines(glyphs: Sequence[Glyph]) -> Iterator[Line]:
    """Put characters together to pieces of lines, parted where there is more room than usual."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.baseline, g.left)):
        if rows and _on_one_line(rows[-1][0], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        for piece in _pieces(_once(sorted(row, key=lambda g: g.left))):
            text = fold_accidents(_spaced(piece))
            if text.strip():
                yield _line(text, piece)


def _on_one_line(one: Glyph, other: Glyph) -> bool:
    return abs(one.baseline - other.baseline) < _SAME_BASELINE * max(one.size, other.size)


def _once(row: Sequence[Glyph]) -> list[Glyph]:
    """Leave out the second of two equal characters on one spot, which make a bold one."""
    kept: list[Glyph] = []
    for glyph in row:
        near = 0.3 * (glyph.right - glyph.left)
        if not any(
            g.character == glyph.character and abs(g.left - glyph.left) < near for g in kept[-2:]
        ):
            kept.append(glyph)
    return kept


def _pieces(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    gaps = [(b.left - a.right) / b.size for a, b in pairwise(row) if _are_wide(a, b)]
    usual = min(max(median(gaps), 0.0), _LETTER_SPACING) if gaps else 0.0
    piece = [row[0]]
    for one, other in pairwise(row):
        room = usual if _are_wide(one, other) else 0.0
        if other.left - one.right > (room + _PARTING) * max(one.size, other.size):
            yield piece
            piece = []
        piece.append(other)
    yield piece


def _are_wide(one: Glyph, other: Glyph) -> bool:
    return is_wide(one.character) and is_wide(other.character)


def _spaced(piece: Sequence[Glyph]) -> str:
    """The characters of a piece with the spaces between Latin words."""
    text = piece[0].character
    for one, other in pairwise(piece):
        is_latin = not (is_wide(one.character) or is_wide(other.character))
        gap = other.left - one.right
        text += " " * (is_latin and gap > _LATIN_SPACE * one.size) + other.character
    return text


def _line(text: str, piece: Sequence[Glyph]) -> Line:
    size = median(g.size for g in piece)
    largest = max(piece, key=lambda g: g.size)
    bottom = largest.baseline + _BELOW_BASELINE * size
    return Line(text, piece[0].left, bottom - size, max(g.right for g in piece), bottom)
