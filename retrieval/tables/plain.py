"""Tables as plain text: .csv for spreadsheets, .md for pages."""

import csv
import html
import io
import re
from collections.abc import Iterator

from retrieval.tables.safety import disarmed, readable
from retrieval.tables.values import Cell, Kind, Mark, Piece, Table

_CSV_MARKS: dict[Mark | None, tuple[str, str]] = {
    None: ("", ""),
    "changed": ("【", "】"),
    "added": ("【增：", "】"),
    "removed": ("【删：", "】"),
}
_MD_MARKS: dict[Mark | None, tuple[str, str]] = {
    None: ("", ""),
    "changed": ("<strong>", "</strong>"),
    "added": ("<ins>", "</ins>"),
    "removed": ("<del>", "</del>"),
}
_MD_RULE: dict[Kind, str] = {"text": "---", "label": ":---:", "number": "---:"}
# What Markdown reads as a sign within a line, and what it does at the head of one.
_MD_SIGN = re.compile(r"[\\`*_{}\[\]~|$!]")
_MD_HEAD = re.compile(r"^(\s{0,9}(?:\d{1,9}(?=[.)])|))([#>+\-=.)])")


def csv_bytes(table: Table) -> bytes:
    """Return the table as CSV (RFC 4180): UTF-8 with the mark by which Excel knows it.

    The head is the first row; the title is the file's name. Notes follow below an empty row.
    """
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([_csv_cell(Cell.of(column.head)) for column in table.columns])
    rows.writerows([_csv_cell(cell) for cell in row] for row in table.cells)
    if table.notes:
        rows.writerow([])
        rows.writerows([_csv_cell(Cell.of(f"说明：{note}"))] for note in table.notes)
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str:
    pieces = [_between(piece, readable(piece.text), _CSV_MARKS) for piece in cell.pieces]
    return "".join(piece.text for piece in disarmed([Piece("".join(pieces))]))


def _between(piece: Piece, text: str, marks: dict[Mark | None, tuple[str, str]]) -> str:
    before, after = marks[piece.mark]
    return f"{before}{text}{after}" if text else ""


def md_bytes(table: Table) -> bytes:
    """Return the table as Markdown (GitHub's): heading, notes, rows between pipes.

    Text stays text: neither Markdown nor HTML in a cell is read as such.
    """
    return ("\n".join(_md_lines(table)) + "\n").encode()


def _md_lines(table: Table) -> Iterator[str]:
    yield f"# {md_text(table.title, ' ')}"
    yield ""
    if table.notes:
        yield from (f"- {md_opening(md_text(note, '<br>'))}" for note in table.notes)
        yield ""
    yield _md_row(md_text(column.head, "<br>") for column in table.columns)
    yield _md_row(_MD_RULE[column.kind] for column in table.columns)
    yield from (_md_row(map(_md_cell, row)) for row in table.cells)


def _md_row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _md_cell(cell: Cell) -> str:
    text = "".join(_between(p, md_text(p.text, "<br>"), _MD_MARKS) for p in cell.pieces)
    if cell.address is None:
        return text
    return f"[{text}](<{md_text(cell.address, '').replace(' ', '%20')}>)"


def md_text(text: str, newline: str) -> str:
    r"""Escape what HTML and Markdown would read; a tab or a blank at the edges says nothing."""
    escaped = _MD_SIGN.sub(r"\\\g<0>", html.escape(readable(text).strip(), quote=False))
    return escaped.replace("\t", " ").replace("\n", newline)


def md_opening(text: str) -> str:
    r"""Keep a line that begins with # or 1. from becoming a heading or a list."""
    return _MD_HEAD.sub(r"\1\\\2", text, count=1)
