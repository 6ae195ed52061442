"""The columns of a table whose head says what stands in them: 序号 | 任务 | 牵头单位."""

import re
from collections.abc import Iterator

from corpus.spans import Span

_BETWEEN = " | "
_LINE = re.compile(r"[^\n]+")


def find_cells(
    plain: str, start: int, end: int, heads: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], Span]]:
    """Yield each filled cell of `plain[start:end]` below a head that `heads` matches whole.

    A row belongs to the head above it while it has as many cells.
    """
    if plain.find(_BETWEEN, start, end) < 0:
        return
    named: list[re.Match[str] | None] = []
    for line in _LINE.finditer(plain, start, end):
        cells = list(_cells(line[0], line.start()))
        found = [heads.fullmatch(plain, *cell) for cell in cells]
        if len(cells) > 1 and any(found):
            named = found
        elif len(cells) != len(named):
            named = []
        for head, cell in zip(named, cells, strict=False):
            if head and cell.start < cell.end and head.start() < cell.start:
                yield head, cell


def _cells(row: str, at: int) -> Iterator[Span]:
    """The cells of a row that begins at offset `at`, without the white space around them."""
    for cell in row.split("|"):
        filled = cell.strip()
        start = at + (cell.find(filled) if filled else 0)
        yield Span(start, start + len(filled))
        at += len(cell) + 1
