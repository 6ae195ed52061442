"""A file of requirements: a text with one a line, a column of a table, or a list in Word."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.decode import decode
from corpus.errors import ReadError, YoujuError
from corpus.files import LARGEST_FILE, bytes_of
from corpus.readers import read_bytes
from retrieval.tables.workbooks import open_workbook
from retrieval.trace.lists import Requirement, Rows, requirement

MOST_REQUIREMENTS = 2_000
MOST_ROWS = 20_000
"""Rows of a table that are looked at."""
MOST_COLUMNS = 100
LARGEST_UNPACKED = 300_000_000
"""Bytes of a workbook, unpacked."""

_CELL_GAP = " | "
_RULE = re.compile(r"\s*\|?(?:\s*:?-{1,}:?\s*\|)+\s*:?-*:?\s*$")
_WIDE_PIPE = "\uff5c"
_PIPES = frozenset(f"|{_WIDE_PIPE}")
_PIPE = re.compile(rf"(?<!\\)\||{_WIDE_PIPE}")


class RequirementsError(YoujuError):
    """A file of requirements that cannot be used."""


def read_requirements(path: Path) -> list[Requirement]:
    """Return the requirements of a .txt, .md, .csv, .xlsx or .docx file, in its order.

    Blank lines and rows are passed over, numbers before a requirement left out, headings marked.
    Raises RequirementsError in one line for a file that cannot be read, holds none, or too many.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise RequirementsError(
            f"{path}: found {path.suffix or 'no extension'}, "
            f"expected a list as {', '.join(_READERS)}"
        )
    try:
        found = list(read(bytes_of(path, LARGEST_FILE)))
    except ReadError as error:
        raise RequirementsError(f"{path}: {error}") from error
    if not found:
        raise RequirementsError(f"{path}: no requirement found, expected one a line or a row")
    if len(found) > MOST_REQUIREMENTS:
        raise RequirementsError(
            f"{path}: {len(found)} requirements, at most {MOST_REQUIREMENTS} are traced at once: "
            "split the file"
        )
    return found


# --- formats ---------------------------------------------------------------------------------


def _text(data: bytes) -> Iterator[Requirement]:
    """Lines, lists, and tables between wide pipes."""
    lines = decode(data).text.split("\n")
    return _lines_and_tables(lines, lambda line: _WIDE_PIPE in line, _piped)


def _markdown(data: bytes) -> Iterator[Requirement]:
    """Lines, lists and tables between pipes."""
    lines = decode(data).text.split("\n")
    return _lines_and_tables(lines, _is_piped, _piped)


def _word(data: bytes) -> Iterator[Requirement]:
    """Paragraphs and tables as the reader of Word documents gives them, a row on a line."""
    lines = read_bytes("list.docx", data)[1].text.split("\n")
    return _lines_and_tables(lines, lambda line: _CELL_GAP in line, _spaced)


def _csv(data: bytes) -> Iterator[Requirement]:
    text = decode(data).text
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ReadError(f"not a table of comma-separated values ({error})") from error
    return _of_rows(rows)


def _workbook(data: bytes) -> Iterator[Requirement]:
    """The sheets whose column of requirements has a head, else the first one that is filled."""
    sheets = [Rows(enumerate(rows, start=1)) for rows in _sheets(data)]
    chosen = [rows for rows in sheets if rows.head] or [rows for rows in sheets if rows.rows][:1]
    for rows in chosen:
        yield from rows.requirements()


_READERS: dict[str, Callable[[bytes], Iterator[Requirement]]] = {
    ".txt": _text,
    ".md": _markdown,
    ".csv": _csv,
    ".xlsx": _workbook,
    ".docx": _word,
}
EXTENSIONS = tuple(_READERS)

# --- lines and rows --------------------------------------------------------------------------


def _lines(lines: Sequence[str], first: int = 1) -> Iterator[Requirement]:
    found = (requirement(number, line) for number, line in enumerate(lines, start=first))
    return (one for one in found if one is not None)


def _lines_and_tables(
    lines: Sequence[str], is_row: Callable[[str], bool], cells: Callable[[str], list[str]]
) -> Iterator[Requirement]:
    """Read lines one by one, and neighbouring rows as one table."""
    table: list[tuple[int, list[str]]] = []
    for number, line in enumerate((*lines, ""), start=1):
        if is_row(line):
            if not _RULE.fullmatch(line):
                table.append((number, cells(line)))
            continue
        yield from Rows(_checked(table)).requirements()
        table = []
        yield from _lines([line], number)


def _of_rows(rows: Sequence[Sequence[str]]) -> Iterator[Requirement]:
    return Rows(_checked(list(enumerate(rows, start=1)))).requirements()


def _checked(rows: list[tuple[int, Any]]) -> list[tuple[int, Any]]:
    if len(rows) > MOST_ROWS:
        raise ReadError(f"a table of {len(rows)} rows, at most {MOST_ROWS} are read: split it")
    return [(number, list(cells)[:MOST_COLUMNS]) for number, cells in rows]


def _is_piped(line: str) -> bool:
    return line.lstrip().startswith("|") or _WIDE_PIPE in line


def _piped(line: str) -> list[str]:
    """The cells of a row; a pipe before the first and one behind the last stand for none."""
    row = line.strip()
    first, last = row[:1] in _PIPES, row[-1:] in _PIPES
    cells = _PIPE.split(row[first : len(row) - last])
    return [cell.replace("\\|", "|").replace("<br>", " ").strip() for cell in cells]


def _spaced(line: str) -> list[str]:
    return line.split(_CELL_GAP)


def _sheets(data: bytes) -> Iterator[list[list[str]]]:
    """Yield the cells of each visible sheet as text."""
    with open_workbook(data, LARGEST_UNPACKED, data_only=True) as book:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                yield _cells(sheet)


def _cells(sheet: Any) -> list[list[str]]:
    rows = []
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        if number > MOST_ROWS:
            raise ReadError(f"a sheet of over {MOST_ROWS} rows: split it")
        rows.append(["" if value is None else str(value) for value in row])
    return rows
