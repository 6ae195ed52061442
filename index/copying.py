"""Databases copied while they are in use, and what may go wrong told in one line."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.errors import YoujuError
from index.database import explain

BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""Codes of errors that tell of a damaged file."""
_PATIENCE = 60.0
"""Seconds that a copy waits for whoever is writing to what it replaces."""
_HEADER = b"SQLite format 3\x00"


class BackupError(YoujuError):
    """A backup that cannot be made or restored; the library is as it was."""


def copy_database(source: Path, target: Path) -> None:
    """Make a database equal to another one as that is at one moment, in one transaction.

    Whoever has `target` open sees the old rows or the new ones. Raises sqlite3.Error.
    """
    until = time.monotonic() + _PATIENCE

    def wait(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise sqlite3.OperationalError("database is locked")

    with (
        closing(sqlite3.connect(source, timeout=_PATIENCE)) as written,
        closing(sqlite3.connect(target, timeout=_PATIENCE)) as copy,
    ):
        # All pages in one step: another writer between two steps would start it again.
        written.backup(copy, pages=-1, progress=wait)


def is_database(path: Path) -> bool:
    """Whether a file is one of SQLite's."""
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def as_one_file(path: Path) -> None:
    """Turn the write-ahead log of a copied database off: the file is then all there is of it."""
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def in_one_line(path: Path) -> Iterator[None]:
    """Turn what a disk or a database at `path` refuses into a BackupError."""
    try:
        yield
    except OSError as error:
        raise BackupError(
            f"{path} cannot be written ({error.strerror}): make room, or name another place"
        ) from error
    except sqlite3.Error as error:
        raise BackupError(explain(path, str(error))) from error
