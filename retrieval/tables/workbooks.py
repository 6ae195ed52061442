"""Workbooks of Excel that others made are opened with limits, and refused in one line."""

import io
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zipfile import BadZipFile, is_zipfile

from corpus.errors import ReadError
from corpus.packing import Budget, open_container

_MOST_MEMBERS = 2_000
# A compound file [MS-CFB]: .xls, and the shell of an encrypted .xlsx.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


@contextmanager
def open_workbook(data: bytes, largest: int, data_only: bool = False) -> Iterator[Any]:
    """Lend a workbook, read row by row; `largest` is how many bytes it may unpack to.

    With `data_only` a formula is the value that it had when the file was saved. Raises ReadError
    where the bytes are no workbook, damaged, or unpack to more, also while its rows are read.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    content = io.BytesIO(data)
    if data.startswith(_OLD_OFFICE):
        raise ReadError("an old workbook, or one with a password: save it as .xlsx without one")
    if not is_zipfile(content):
        raise ReadError("not a workbook of Excel: save it as .xlsx")
    _check_size(data, largest)
    try:
        with warnings.catch_warnings():
            # Of what a workbook has beside its cells: openpyxl would drop it when writing.
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(content, read_only=True, data_only=data_only)
        yield book
    # Of XML that breaks off, both parsers of openpyxl raise kinds of SyntaxError.
    except (BadZipFile, InvalidFileException, SyntaxError, zlib.error) as error:
        said = " ".join(str(error).split())[:120]
        raise ReadError(f"not a workbook of Excel ({said}): save it as .xlsx") from error
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError) as error:
        raise ReadError(
            f"a damaged workbook ({type(error).__name__}): open it in Excel and save it again"
        ) from error


def _check_size(data: bytes, largest: int) -> None:
    """Unpack everything once, counting, so that nothing unpacks to more afterwards."""
    container = open_container(data, Budget(_MOST_MEMBERS, largest))
    for entry in container.entries:
        container.read(entry, largest)
