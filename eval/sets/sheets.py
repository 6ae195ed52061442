"""The cells of a CSV file or a workbook of Excel as text, with what in them is no plain value."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from corpus import ReadError
from corpus.decode import decode
from eval.sets.table import Sheet
from retrieval.tables.workbooks import open_workbook

MOST_ROWS = 100_000
"""Rows of a table."""
MOST_COLUMNS = 50
LARGEST_UNPACKED = 60_000_000
"""Bytes of a workbook, unpacked."""
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=[\"']([A-Z]{1,3}([0-9]{1,7}):[A-Z0-9]+)")


def read_csv(data: bytes) -> list[Sheet]:
    """Return the one table of a CSV file in UTF-8, UTF-16 or GB18030, apart by , ; or tabs.

    Raises ReadError where it is no text, or too long. A row has the number of its first line.
    """
    text = decode(data).text
    head = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    # Strict: a quote that is never closed would make one cell of all that follows.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    begun = 1
    try:
        for row in reader:
            rows.append((begun, [cell.strip() for cell in row]))
            begun = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                raise ReadError(f"holds over {MOST_ROWS} rows: split it")
    except csv.Error as error:
        broken = f"not a row of comma-separated values, nor what follows it ({error})"
        return [Sheet("", rows, [(begun, broken)])]
    return [Sheet("", rows)]


def read_workbook(data: bytes) -> list[Sheet]:
    """Return the visible sheets of an .xlsx workbook.

    Raises ReadError in one line where it is damaged, no workbook, or too large.
    """
    with open_workbook(data, LARGEST_UNPACKED) as book:
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [_sheet(sheet, book._archive.read(sheet._worksheet_path)) for sheet in visible]


def _sheet(sheet: Any, xml: bytes) -> Sheet:
    mistakes = list(_merged(xml))
    rows = []
    # What a sheet says of its size need not be so.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise ReadError(f"has a sheet of over {MOST_ROWS} rows: split it")
        filled = {at: cell for at, cell in enumerate(row) if cell.value is not None}
        if filled:
            texts = [_text(filled[at]) if at in filled else "" for at in range(max(filled) + 1)]
            rows.append((number, texts))
            mistakes += ((number, said) for cell in filled.values() for said in _not_plain(cell))
    return Sheet(sheet.title, rows, mistakes)


def _merged(xml: bytes) -> Iterator[tuple[int, str]]:
    for match in _MERGED.finditer(xml):
        area = match[1].decode("ascii")
        yield int(match[2]), f"the cells {area} are merged: unmerge them and fill in each row"


def _not_plain(cell: Any) -> Iterator[str]:
    if cell.data_type == "f":
        yield f"{cell.coordinate} holds a formula: put its value in its place"
    elif cell.data_type == "e":
        yield f"{cell.coordinate} holds the error {cell.value}: put a value in its place"


def _text(cell: Any) -> str:
    """The text of a cell; of a formula there is none."""
    from openpyxl.utils.escape import unescape

    # Excel writes a character as _x000D_ that XML would lose; openpyxl leaves these as they are.
    return "" if cell.data_type == "f" else unescape(str(cell.value)).strip()
