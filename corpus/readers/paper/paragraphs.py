"""Which lines of a page belong to one paragraph, across columns and pages.

Official documents set the first line of a paragraph in by two characters (GB/T 9704-2012, 7.3.3:
左空二字，回行顶格), and fill every line but the last.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from corpus.clauses.markers import read_marker
from corpus.readers.paper.characters import is_wide
from corpus.readers.paper.layout import Block, Line
from corpus.script import simplify

# In characters (em): a first line is set in by two; what stands further in is centred or signed.
_INDENT = 1.2
_DEEP_INDENT = 4.0
_SPARE = 0.6
# A line this much higher or lower than the one before is of another kind: title and text.
_OTHER_SIZE = 1.15
_WIDER_GAP = 1.6
# A block of fewer lines does not show how wide it is, nor does one of which hardly a line comes
# near (in em) its right edge.
_TELLING = 4
_NEAR, _LEAST_FULL, _SHARE_FULL = 2.0, 2, 0.2
_NOTE_SIZE = 0.9
_SENTENCE_ENDS = tuple("。；：！？;:!?”）")
_NOTE_MARK = re.compile(r"[①-⑳*]|[\[［(（〔]?[0-9]{1,2}[\]］)）〕\s]|注[：:]")
_WORD = r"[（《“‘〔【(]{0,4}(?:[!-~]{1,40}|.)[，。、；：！？）》”’〕】…—,.;:!?)]{0,6}"
_FIRST_WORD = re.compile(_WORD)
# Some programs (ICU) break no line at a quotation mark, nor between 。 and a Latin word.
_BOUND_WORD = re.compile(_WORD + r"(?:(?<=[，。、；：！？）》”’〕】])[!-~]{1,40}|[“‘].)?")
_OPEN_BRACKET = re.compile(r"[（(][^（()）]{0,200}$")


class Column(NamedTuple):
    """The edges between which a block's text is set, and what is usual there.

    `pitch` is the distance from line to line; `sets_in` says whether paragraphs are set in. Too
    few lines do not tell how wide a block is: `is_known` is False then.
    """

    left: float
    right: float
    pitch: float
    sets_in: bool
    is_known: bool = True


class Placed(NamedTuple):
    """A line with its page, from 0, the block it stands in and the edges of that block."""

    line: Line
    page: int
    block: int
    column: Column


Paragraph = tuple[Placed, ...]


class Flow(NamedTuple):
    """The paragraphs of a document and its footnotes, each in reading order."""

    body: list[Paragraph]
    notes: list[Paragraph]


def paragraphs(pages: Sequence[Sequence[Block]]) -> Flow:
    """Join the lines of a document's pages into paragraphs, none lost; some cross pages."""
    blocks = [(number, block) for number, page in enumerate(pages) for block in page]
    size = _usual_size(line for _, block in blocks for line in block)
    columns = _columns([block for _, block in blocks])
    body: list[list[Placed]] = []
    notes: list[list[Placed]] = []
    for n, (page, block) in enumerate(blocks):
        is_last = n + 1 == len(blocks) or blocks[n + 1][0] != page
        first_note = _first_note(block, size) if is_last else len(block)
        placed = [Placed(line, page, n, columns[n]) for line in block]
        for line in placed[:first_note]:
            if body and not starts(body[-1][-1], line, size):
                body[-1].append(line)
            else:
                body.append([line])
        for line in placed[first_note:]:
            if _NOTE_MARK.match(line.line.text):
                notes.append([])
            notes[-1].append(line)
    return Flow([tuple(paragraph) for paragraph in body], [tuple(note) for note in notes])


def starts(before: Placed, after: Placed, usual: float) -> bool:
    """Whether the line `after` begins a paragraph; `usual` is the size of the text's characters."""
    one, other = before.line, after.line
    if one.row or other.row or _differ(one.size, other.size):
        return True
    if before.block != after.block and not (before.column.is_known and after.column.is_known):
        return True
    if _is_gap(before, after):
        return True
    if _is_centred(before) and _is_centred(after):
        if _OPEN_BRACKET.search(one.text):
            return False
        if other.size > _OTHER_SIZE * usual:
            return other.text.startswith(("（", "(")) or _has_marker(other)
    if _is_inset(before) or _is_inset(after):
        return True
    return _is_short(before, other) or _is_set_in(before, after)


def _is_gap(before: Placed, after: Placed) -> bool:
    distance = after.line.bottom - before.line.bottom
    return before.block == after.block and distance > _WIDER_GAP * before.column.pitch


def _is_short(before: Placed, after: Line) -> bool:
    """Whether the next line's first word would have had room on the line before."""
    ended = before.line.text.endswith(_SENTENCE_ENDS)
    if ended and not before.column.is_known:
        # The longest line of a list of short ones is not full.
        return True
    match = (_FIRST_WORD if ended else _BOUND_WORD).match(after.text)
    word = match[0] if match else ""
    wide = sum(1.0 if is_wide(c) else 0.5 for c in word) * before.line.size
    spare = _SPARE * before.line.size
    return before.line.right + wide + spare < before.column.right


def _is_set_in(before: Placed, after: Placed) -> bool:
    """Whether the line begins a paragraph below a line that runs to the right edge."""
    one, other, column = before.line, after.line, after.column
    ended = one.text.endswith(_SENTENCE_ENDS)
    indented = other.left > column.left + _INDENT * other.size
    if not indented:
        return _has_marker(other) and (ended or not column.sets_in)
    if _has_marker(other) or column.sets_in:
        return True
    # A list whose lines all stand in: 1. and its text, the text below set in as far.
    return ended


def _is_inset(placed: Placed) -> bool:
    """Whether the line is centred or stands to the right, as titles and a 落款 do."""
    return placed.line.left > placed.column.left + _DEEP_INDENT * placed.line.size


def _is_centred(placed: Placed) -> bool:
    left = placed.line.left - placed.column.left
    right = placed.column.right - placed.line.right
    return abs(left - right) < 2 * placed.line.size


def _has_marker(line: Line) -> bool:
    return read_marker(0, simplify(line.text.lstrip())) is not None


def _differ(one: float, other: float) -> bool:
    return max(one, other) > _OTHER_SIZE * min(one, other)


def _usual_size(lines: Iterable[Line]) -> float:
    sizes = [line.size for line in lines for _ in range(0, len(line.text), 5)]
    return median(sizes) if sizes else 1.0


def _first_note(block: Block, size: float) -> int:
    """The first of the footnotes at the end of a page's last block, or the block's length."""
    first = len(block)
    for n in range(len(block) - 1, -1, -1):
        if block[n].row or block[n].size > _NOTE_SIZE * size:
            break
        if _NOTE_MARK.match(block[n].text):
            first = n
    return first


def _columns(blocks: Sequence[Block]) -> list[Column]:
    measured = [_measure(block) for block in blocks]
    telling = [c for c, block in zip(measured, blocks, strict=True) if _tells(block)]
    widest = max((column.right for column in measured), default=0.0)
    return [
        column if _tells(block) else _around(column, block, telling, widest)
        for column, block in zip(measured, blocks, strict=True)
    ]


def _tells(block: Block) -> bool:
    lines = [line for line in block if not line.row]
    if len(lines) < _TELLING:
        return False
    edge = max(line.right for line in lines)
    running = [line for line in lines if line.left < _start(lines) + _DEEP_INDENT * line.size]
    full = sum(line.right > edge - _NEAR * line.size for line in running)
    return full >= max(_LEAST_FULL, _SHARE_FULL * len(lines))


def _start(lines: Sequence[Line]) -> float:
    return min(line.left for line in lines)


def _around(column: Column, block: Block, telling: Iterable[Column], widest: float) -> Column:
    """The narrowest of the measured columns that a small block fits into, or its own edges.

    A list of short lines may be as wide as the widest block.
    """
    own = column.right if len(block) < _TELLING else widest
    slack = 2 * max((line.size for line in block), default=0.0)
    fitting = (
        c for c in telling if c.left - slack <= column.left and column.right <= c.right + slack
    )
    return min(
        fitting,
        key=lambda c: (c.right - c.left, c.left),
        default=column._replace(right=own, is_known=False),
    )


def _measure(block: Block) -> Column:
    lines = [line for line in block if not line.row] or list(block)
    size = median(line.size for line in lines)
    lefts = sorted(line.left for line in lines)
    # A line that stands out alone, a mark in the margin, is no edge.
    shared = [a for a, b in pairwise(lefts) if b - a < size]
    left = min(shared, default=lefts[0])
    right = max(line.right for line in lines)
    set_in = sum(_INDENT < (line.left - left) / size < _DEEP_INDENT for line in lines)
    flush = sum(line.left - left <= _INDENT * size for line in lines)
    return Column(left, right, median(_pitches(lines, size)), set_in > 0 and flush > 0)


def _pitches(lines: Sequence[Line], size: float) -> Iterator[float]:
    found = [b.bottom - a.bottom for a, b in pairwise(lines)]
    yield from found or [2 * size]
