"""Where the text of a page stands, and in which order people read it.

Everything is measured in points from the top left corner of a page, y downwards. The functions are
pure: what a PDF says and what is recognised in a picture go the same way.
"""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from corpus.readers.paper.characters import is_wide

# Fragments of one line overlap by this share of the lower one's height.
_SAME_LINE = 0.5
# What makes a column: lines enough, that fill it, of so many characters at least. The numbers of a
# list, a table's cells and a 落款 do not.
_LEAST_LINES = 3
_FILLED = 0.6
_NARROWEST = 8.0
_DEEPEST = 3
# A page with more pieces is a map or a chart, and has no columns.
_MOST_PIECES = 1000


class Line(NamedTuple):
    """A line of a page, or a piece of one, in a box as high as its characters (1 em).

    `confidence` is how sure a recogniser was of it, None where nothing was recognised; a `row` is
    that of a ruled table, its cells parted by " | ".
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None
    row: bool = False

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


class Sheet(NamedTuple):
    """A page: its size, and its lines or pieces of lines in any order."""

    width: float
    height: float
    lines: tuple[Line, ...]


Block = tuple[Line, ...]
"""Lines one below the other: a page of one column, a column, or what stands above columns."""


def blocks(pieces: Iterable[Line]) -> list[Block]:
    """Return the blocks of a page in reading order, their lines whole and from top to bottom."""
    return [tuple(block) for block in _parts(list(pieces), 0) if block]


def _parts(pieces: list[Line], depth: int) -> Iterator[list[Line]]:
    gutter = _gutter(pieces) if depth < _DEEPEST else None
    if gutter is None:
        yield list(whole_lines(pieces))
        return
    loose: list[Line] = []
    for is_band, band in _bands(pieces, gutter):
        sides = _sides(band, gutter)
        if not is_band or not all(_is_column(side) for side in sides):
            loose += band
            continue
        yield list(whole_lines(loose))
        loose = []
        for side in sides:
            yield from _parts(side, depth + 1)
    yield list(whole_lines(loose))


def _gutter(pieces: Sequence[Line]) -> float | None:
    """The place between the left and the right quarter that the fewest pieces run across."""
    if not 2 * _LEAST_LINES <= len(pieces) <= _MOST_PIECES:
        return None
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    low, high = left + 0.25 * (right - left), right - 0.25 * (right - left)
    ends = {p.right for p in pieces if low <= p.right <= high}
    starts = sorted(p.left for p in pieces)
    places = [(e + next((s for s in starts if s > e), e)) / 2 for e in sorted(ends)]
    if not places:
        return None
    return min(places, key=lambda x: (sum(p.left < x < p.right for p in pieces), x))


def _bands(pieces: list[Line], gutter: float) -> Iterator[tuple[bool, list[Line]]]:
    """Cut a page where pieces run across the gutter; True goes with what stands between them."""
    band: list[Line] = []
    for piece in sorted(pieces, key=lambda p: (p.top, p.left)):
        if piece.left < gutter < piece.right:
            yield True, band
            yield False, [piece]
            band = []
        else:
            band.append(piece)
    yield True, band


def _sides(band: Iterable[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    left: list[Line] = []
    right: list[Line] = []
    for piece in band:
        (left if piece.right <= gutter else right).append(piece)
    return left, right


def _is_column(pieces: Sequence[Line]) -> bool:
    """Whether the pieces are running text: enough lines, most of which fill a good width."""
    lines = list(whole_lines(pieces))
    if len(lines) < _LEAST_LINES or any(line.row for line in lines):
        return False
    width = max(p.right for p in lines) - min(p.left for p in lines)
    if width < _NARROWEST * median(line.size for line in lines):
        return False
    return median(line.right - line.left for line in lines) >= _FILLED * width


def whole_lines(pieces: Iterable[Line]) -> Iterator[Line]:
    """Put the pieces that stand at one height together, from top to bottom, left to right."""
    lines: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: (p.middle, p.left)):
        if lines and not piece.row and _level(lines[-1][0], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        yield _merge(sorted(line, key=lambda p: p.left))


def _level(one: Line, other: Line) -> bool:
    if one.row:
        return False
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _SAME_LINE * min(one.size, other.size)


def _merge(pieces: Sequence[Line]) -> Line:
    if len(pieces) == 1:
        return pieces[0]
    text = pieces[0].text
    for piece in pieces[1:]:
        text += ("\u3000" if is_wide(text[-1]) and is_wide(piece.text[0]) else " ") + piece.text
    largest = max(pieces, key=lambda p: len(p.text))
    sure = [p.confidence for p in pieces if p.confidence is not None]
    return Line(
        text,
        min(p.left for p in pieces),
        largest.top,
        max(p.right for p in pieces),
        largest.bottom,
        min(sure, default=None),
    )
