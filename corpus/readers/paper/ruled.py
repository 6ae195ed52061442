"""Ruled tables: lines drawn on a page make cells, and the characters within become rows."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from corpus.readers.paper.characters import glue
from corpus.readers.paper.glyphs import Glyph, set_lines
from corpus.readers.paper.layout import Line, whole_lines

# Points within which two rules meet, or are one.
_NEAR = 3.0
# A map or a chart has more.
_MOST_RULES = 1000
CELL_BREAK = " | "
# A cell as wide as the table that holds more lines frames running text.
_MOST_LINES = 2


class Rule(NamedTuple):
    """A line drawn straight across or down a page: at `place`, from `start` to `end`."""

    across: bool
    place: float
    start: float
    end: float

    def meets(self, other: "Rule") -> bool:
        """Whether it touches or crosses a rule of the other direction."""
        return (
            other.start - _NEAR <= self.place <= other.end + _NEAR
            and self.start - _NEAR <= other.place <= self.end + _NEAR
        )


class Grid:
    """A table's rules; a cell is named by the row and column of its upper left field."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        rules = list(rules)
        self._across = [r for r in rules if r.across]
        self._down = [r for r in rules if not r.across]
        self._cells: dict[tuple[int, int], tuple[int, int]] = {}
        self.ys = _places(self._across)
        self.xs = _places(self._down)

    @property
    def is_table(self) -> bool:
        """Whether it has two rows and two columns; less is a frame or a line."""
        return len(self.xs) > 2 and len(self.ys) > 2

    @property
    def area(self) -> float:
        """Square points that it covers."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the cell that holds a point; fields no rule parts are one cell."""
        row, column = _between(self.ys, y), _between(self.xs, x)
        if row is None or column is None:
            return None
        return self.corner(row, column)

    def spans(self, row: int) -> bool:
        """Whether a row is one cell, as a heading within a table is."""
        return len({self.corner(row, column) for column in range(len(self.xs) - 1)}) == 1

    def corner(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell that a field belongs to."""
        if (row, column) not in self._cells:
            self._cells[row, column] = self._upper_left(row, column)
        return self._cells[row, column]

    def _upper_left(self, row: int, column: int) -> tuple[int, int]:
        while row > 0 and not _ruled(self._across, self.ys[row], self._mid(self.xs, column)):
            row -= 1
        while column > 0 and not _ruled(self._down, self.xs[column], self._mid(self.ys, row)):
            column -= 1
        return row, column

    @staticmethod
    def _mid(places: Sequence[float], n: int) -> float:
        return (places[n] + places[n + 1]) / 2


def _places(rules: Iterable[Rule]) -> list[float]:
    places: list[float] = []
    for place in sorted(rule.place for rule in rules):
        if not places or place - places[-1] > _NEAR:
            places.append(place)
    return places


def _between(places: Sequence[float], value: float) -> int | None:
    n = bisect_right(places, value) - 1
    return n if 0 <= n < len(places) - 1 else None


def _ruled(rules: Iterable[Rule], place: float, at: float) -> bool:
    return any(abs(r.place - place) <= _NEAR and r.start <= at <= r.end for r in rules)


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """Return the tables that the rules of a page make: sets of rules that touch one another."""
    left = set(_whole(rules))
    if len(left) > _MOST_RULES:
        return []
    found = []
    while left:
        group, edge = [], [min(left)]
        left.discard(edge[0])
        while edge:
            rule = edge.pop()
            group.append(rule)
            met = [r for r in left if r.across != rule.across and r.meets(rule)]
            left.difference_update(met)
            edge += met
        found.append(Grid(group))
    return [grid for grid in found if grid.is_table]


def _whole(rules: Iterable[Rule]) -> list[Rule]:
    """Put the rules together that lie on one another or go on from one another."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (*_course(r), r.start)):
        last = whole[-1] if whole else None
        if last and _course(last) == _course(rule) and rule.start <= last.end + _NEAR:
            whole[-1] = last._replace(end=max(last.end, rule.end))
        else:
            whole.append(rule)
    return whole


def _course(rule: Rule) -> tuple[bool, int]:
    return rule.across, round(rule.place / _NEAR)


def take_rows(glyphs: Sequence[Glyph], tables: Sequence[Grid]) -> tuple[list[Glyph], list[Line]]:
    """Return the characters outside the tables, and the rows that those within make.

    Text that a table only frames is outside of it; of a table in another one the inner counts.
    """
    tables = sorted(tables, key=lambda grid: grid.area)
    outside: list[Glyph] = []
    cells: dict[tuple[int, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        cell = _cell_of(glyph, tables)
        if cell is None:
            outside.append(glyph)
        else:
            cells.setdefault(cell, []).append(glyph)
    for cell in [c for c, held in cells.items() if tables[c[0]].spans(c[1]) and _runs_on(held)]:
        outside += cells.pop(cell)
    return outside, list(_rows(cells, tables))


def _runs_on(glyphs: Sequence[Glyph]) -> bool:
    return sum(1 for _ in whole_lines(set_lines(glyphs))) > _MOST_LINES


def _cell_of(glyph: Glyph, tables: Sequence[Grid]) -> tuple[int, int, int] | None:
    for n, grid in enumerate(tables):
        cell = grid.cell_at(*glyph.middle)
        if cell is not None:
            return n, *cell
    return None


def _rows(cells: dict[tuple[int, int, int], list[Glyph]], tables: Sequence[Grid]) -> Iterator[Line]:
    for (n, row), keys in groupby(sorted(cells), key=lambda key: key[:2]):
        grid = tables[n]
        texts = {key[2]: _cell_text(cells[key]) for key in keys}
        filled = texts if grid.spans(row) else range(len(grid.xs) - 1)
        text = CELL_BREAK.join(texts.get(column, "") for column in filled).strip()
        top, bottom = grid.ys[row], grid.ys[row + 1]
        yield Line(text, grid.xs[0], top, grid.xs[-1], bottom, row=True)


def _cell_text(glyphs: Sequence[Glyph]) -> str:
    text = ""
    for line in whole_lines(set_lines(glyphs)):
        text += glue(text, line.text) + line.text
    return text
