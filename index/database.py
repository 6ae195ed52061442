"""The file of a library: connections, transactions, and errors in words."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from index.schema import LibraryError, migrate

DATABASE = "library.db"
STAGED = ".restore"
"""How the folders begin in which a backup is made ready to be put in place."""
_BUSY_SECONDS = 30.0

# Signs in what SQLite says, and what that means to the user; the first row that fits.
_EXPLANATIONS = (
    (
        ("full", "disk I/O"),
        "the disk is full or cannot be written: nothing was lost, make room and try again",
    ),
    (
        ("not a database", "malformed", "decode to UTF-8"),
        "the file is damaged or is not a library database: restore it from a backup",
    ),
    (
        ("locked", "busy"),
        "the file is being written by another program: try again when it has finished",
    ),
    (
        ("readonly", "unable to open"),
        "the file cannot be opened for writing: check the folder's permissions",
    ),
)


class _Connection:
    """A connection that is closed as soon as nothing holds it.

    Left to itself it would stay open until the garbage collector comes by: the statements that
    SQLite's module keeps of a connection lead back to it.
    """

    def __init__(self, path: Path) -> None:
        # One thread alone uses it, and whichever lets go of it last closes it.
        self.opened = sqlite3.connect(
            path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        self.opened.execute("PRAGMA foreign_keys = ON")
        # In WAL mode this survives a killed process; `settle` also survives a power cut.
        self.opened.execute("PRAGMA synchronous = NORMAL")

    def __del__(self) -> None:
        # There is none where opening it failed.
        if hasattr(self, "opened"):
            self.opened.close()


class Database:
    """`library.db` in a folder; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / DATABASE
        # One connection a thread: opening one costs more than most queries, and closing the last
        # one makes SQLite write its log back.
        self._threads = threading.local()
        with self.connect() as connection:
            migrate(connection, self.path)

    @contextmanager
    def connect(self) -> Iterator[sqlite3.Connection]:
        """Lend this thread's connection, errors turned into one clear line."""
        try:
            yield self._of_this_thread()
        except sqlite3.Error as error:
            raise LibraryError(explain(self.path, str(error))) from error

    def _of_this_thread(self) -> sqlite3.Connection:
        held: _Connection | None = getattr(self._threads, "held", None)
        if held is None:
            held = self._threads.held = _Connection(self.path)
        return held.opened

    @contextmanager
    def transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[sqlite3.Connection]:
        """Do all of a block or nothing of it, alone among the writers."""
        with self.connect() as connection:
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the library until the end, whatever is written meanwhile."""
        with self.transaction("BEGIN"):
            yield

    def settle(self) -> None:
        """Force everything written so far to disk."""
        with self.connect() as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def meta(self, key: str) -> str | None:
        """Return what the library remembers under `key`."""
        with self.connect() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Remember each value under its key, all at once."""
        with self.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def damaged(self, what: str) -> LibraryError:
        """Return the error for a part of the file that is not as it was written."""
        return LibraryError(explain(self.path, f"malformed: {what}"))


def explain(path: Path, said: str) -> str:
    """Return one line for what SQLite says of a file: what it means, and what to do."""
    for signs, meaning in _EXPLANATIONS:
        if any(sign in said for sign in signs):
            return f"{path}: {meaning} ({said})"
    return f"{path}: {said}"


def check_folder(folder: Path, create: bool) -> None:
    """Make the folder of a library where it is missing. Raises LibraryError where it is none."""
    if (folder / DATABASE).is_file():
        return
    if folder.exists() and not folder.is_dir():
        raise LibraryError(f"{folder} is a file, a library is a folder: name another place")
    # Listed once: another process may be making the same library at this moment.
    held = names_in(folder) if folder.is_dir() else set()
    if held and DATABASE not in held:
        raise LibraryError(
            f"{folder} is not a library (it holds files, but no {DATABASE}): "
            "name an empty or new folder"
        )
    if not create:
        raise LibraryError(f"there is no library in {folder}: add documents with `youju add PATH`")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"{folder} cannot be made ({error.strerror}): name another") from error


def names_in(folder: Path) -> set[str]:
    """Return what a folder holds; what a restore that was killed left there counts for nothing."""
    return {path.name for path in folder.iterdir() if not path.name.startswith(STAGED)}
