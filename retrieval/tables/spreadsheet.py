"""Tables as .xlsx: a sheet that can be filtered, and one that says what to know about it."""

import io
import re
from collections.abc import Sequence
from typing import Any

from retrieval.tables.safety import disarmed, readable
from retrieval.tables.values import Cell, Mark, Piece, Table

MOST_ROWS = 1_048_575
"""Rows of a sheet of Excel below the head."""
LONGEST = 32_767
"""Characters of a cell of Excel; what is longer is cut, and says so."""
_CUT = "……（超出 Excel 单元格的长度，以下从略）"

_COLORS: dict[Mark, str] = {"changed": "C00000", "added": "006100", "removed": "7F7F7F"}
_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Excel reads _x0041_ as A: the underscore is written as such an escape itself.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ALIGNED = {"text": "left", "label": "center", "number": "right"}
_PER_CHARACTER = 2.0  # widths of Excel count Latin digits


def xlsx_bytes(table: Table) -> bytes:
    """Return the table as a workbook: its head frozen and filtered, text wrapped, printed wide."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = _sheet_name(table.title)
    _fill(sheet, table)
    _lay_out(sheet, table)
    _explain(book.create_sheet("说明"), table)
    book.properties.title, book.properties.creator = readable(table.title), "有据"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for at, column in enumerate(table.columns, start=1):
        head = sheet.cell(1, at)
        _write(head, Cell.of(column.head))
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="E7EEF7")
        head.alignment = Alignment("center", "center", wrap_text=True)
    aligned = [Alignment(_ALIGNED[column.kind], "top", wrap_text=True) for column in table.columns]
    for number, row in enumerate(table.cells, start=2):
        for at, cell in enumerate(row):
            place = sheet.cell(number, at + 1)
            place.alignment = aligned[at]
            _write(place, cell, table.columns[at].kind == "number")


def _write(place: Any, cell: Cell, number: bool = False) -> None:
    """Write a cell as text, whatever it begins with; a number as a number where it is one."""
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.styles import Font

    if number and (found := _number(cell.text)) is not None:
        place.value = found
        return
    pieces = _fitting(disarmed(cell.pieces))
    marked = any(piece.mark for piece in pieces)
    text = CellRichText(*map(_rich, pieces)) if marked else "".join(p.text for p in pieces)
    if not text:
        return
    place.value = text
    place.data_type = "s" if isinstance(text, str) else place.data_type
    if cell.address:
        place.hyperlink = cell.address
        place.font = Font(color="0563C1", underline="single")


def _number(text: str) -> int | float | None:
    """The number that a text is, written with few digits: Excel keeps fifteen."""
    if not re.fullmatch(r"-?\d{1,12}(?:\.\d{1,3})?", text, re.ASCII):
        return None
    return float(text) if "." in text else int(text)


def _fitting(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces as Excel can hold them."""
    left, kept = LONGEST, []
    for text, mark in pieces:
        escaped = _ESCAPE.sub("_x005F_", text)
        if len(escaped) > left:
            kept.append(Piece(escaped[: max(0, left - len(_CUT))] + _CUT, mark))
            break
        left -= len(escaped)
        kept.append(Piece(escaped, mark))
    return kept


def _rich(piece: Piece) -> Any:
    from openpyxl.cell.rich_text import TextBlock
    from openpyxl.cell.text import InlineFont

    if piece.mark is None:
        return piece.text
    font = InlineFont(
        b=piece.mark == "changed",
        strike=piece.mark == "removed",
        u="single" if piece.mark == "added" else None,
        color=_COLORS[piece.mark],
    )
    return TextBlock(font, piece.text)


def _lay_out(sheet: Any, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width * _PER_CHARACTER + 2
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _explain(sheet: Any, table: Table) -> None:
    """Write the title and the notes below each other."""
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width = 100
    for number, line in enumerate((table.title, *table.notes), start=1):
        _write(sheet.cell(number, 1), Cell.of(line))
        sheet.cell(number, 1).alignment = Alignment(vertical="top", wrap_text=True)
    sheet["A1"].font = Font(bold=True, size=14)


def _sheet_name(title: str) -> str:
    """A name that Excel takes: up to 31 characters, without its own signs."""
    name = _SHEET_NAME.sub(" ", readable(title)).strip(" '")[:31].strip(" '")
    return name if name and name not in ("说明", "History") else "表"
