"""A table goes into a file, whole or not at all."""

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from corpus.errors import YoujuError
from retrieval.tables import spreadsheet, word
from retrieval.tables.plain import csv_bytes, md_bytes
from retrieval.tables.values import Table


class TableError(YoujuError):
    """A table that cannot be written; what stood in its place is as it was."""


class _Format(NamedTuple):
    write: Callable[[Table], bytes]
    most_rows: int


_FORMATS = {
    ".xlsx": _Format(spreadsheet.xlsx_bytes, spreadsheet.MOST_ROWS),
    ".docx": _Format(word.docx_bytes, word.MOST_ROWS),
    ".csv": _Format(csv_bytes, spreadsheet.MOST_ROWS),
    ".md": _Format(md_bytes, spreadsheet.MOST_ROWS),
}
EXTENSIONS = tuple(_FORMATS)


def write_table(table: Table, path: Path) -> None:
    """Write `table` as its file's extension says, replacing a file that is there.

    The file is written beside and renamed into place. Raises TableError for an unknown extension,
    a folder that is missing or not writable, and a table too long for its format.
    """
    check_path(path)
    made = _FORMATS[path.suffix.lower()]
    if len(table.rows) > made.most_rows:
        raise TableError(
            f"{path}: the table has {len(table.rows)} rows, {path.suffix} takes {made.most_rows}: "
            "write it as .csv, or in parts"
        )
    place_file(path, made.write(table))


def check_path(path: Path) -> None:
    """Raise TableError where a table cannot be written to `path`, before any work is done."""
    if path.suffix.lower() not in _FORMATS:
        found = path.suffix or "no extension"
        raise TableError(f"{path}: found {found}, expected one of {', '.join(EXTENSIONS)}")
    check_place(path)


def check_place(path: Path) -> None:
    """Raise TableError where no file can be written to `path`, whatever its extension."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise TableError(f"{path}: there is no folder {folder}: make it first")
    if path.is_dir():
        raise TableError(f"{path}: this is a folder, expected the name of a file")
    if not os.access(folder, os.W_OK):
        raise TableError(f"{path}: the folder {folder} is not writable: choose another one")


def place_file(path: Path, content: bytes) -> None:
    """Write `content` beside and rename it into place. Raises TableError where it cannot."""
    target = path.resolve()
    # Opened here rather than by tempfile, whose files nobody else may read.
    beside = target.with_name(f".youju-{secrets.token_hex(8)}")
    try:
        try:
            with beside.open("xb") as file:
                file.write(content)
            if target.exists():
                shutil.copymode(target, beside)
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise TableError(
            f"{path}: cannot be written ({error.strerror}): close it where it is open, "
            "or choose another place"
        ) from error
