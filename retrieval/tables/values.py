"""What a table is, before anyone decides in which file it goes."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Mark = Literal["changed", "added", "removed"]
"""How a piece of a cell differs from what it is compared with."""

Kind = Literal["text", "label", "number"]
"""Running text; a word or two, centred; a number, to the right."""

NARROWEST, WIDEST = 4, 40
"""Characters of a column whose width is left to its content."""


class Piece(NamedTuple):
    """A stretch of a cell, marked where it differs."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Pieces of text that are read as one, and the web address (http, https) behind them."""

    pieces: tuple[Piece, ...]
    link: str | None = None

    @classmethod
    def of(cls, content: "Cell | str") -> "Cell":
        """Return a cell; a text becomes one without marks."""
        return content if isinstance(content, Cell) else cls((Piece(content),))

    @property
    def text(self) -> str:
        """The pieces, joined."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def address(self) -> str | None:
        """The link, where it is one that a file may carry: nothing but http and https."""
        safe = self.link is not None and self.link.startswith(("http://", "https://"))
        return self.link if safe else None


class Column(NamedTuple):
    """The head of a column; `width` in Chinese characters, None where its content decides."""

    head: str
    kind: Kind = "text"
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A title, what a reader should know beside it, columns, and rows as long as these.

    Raises ValueError for a table without columns, and for a row of another length.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell | str]]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table without columns")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells, not {len(self.columns)}")

    @property
    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """The rows as cells."""
        for row in self.rows:
            yield tuple(map(Cell.of, row))

    @property
    def widths(self) -> list[float]:
        """The width of each column in Chinese characters."""
        return [self._width(at, column) for at, column in enumerate(self.columns)]

    def _width(self, at: int, column: Column) -> float:
        if column.width is not None:
            return column.width
        texts = [column.head, *(Cell.of(row[at]).text for row in self.rows)]
        widest = max(_longest_line(text) for text in texts)
        return min(WIDEST, max(NARROWEST, widest))


def _longest_line(text: str) -> float:
    return max((_breadth(line[: 2 * WIDEST]) for line in text.split("\n")), default=0)


def _breadth(line: str) -> float:
    """The width of a line in Chinese characters: a Latin letter is half of one."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in line)
