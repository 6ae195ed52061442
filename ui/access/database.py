"""The file of the accounts: `accounts.db` beside the library, for its owner's eyes only."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ui.access.viewer import AccessError

FILE = "accounts.db"
APPLICATION_ID = 0x596F7541  # "YouA": marks a SQLite file as one of accounts
_PATIENCE = 5.0
"""Seconds that one writer waits for another."""

MIGRATIONS = (
    """
    CREATE TABLE users (
        name TEXT PRIMARY KEY,
        role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'admin')),
        collections TEXT,
        salt BLOB NOT NULL,
        key BLOB NOT NULL,
        n INTEGER NOT NULL,
        r INTEGER NOT NULL,
        p INTEGER NOT NULL,
        made_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE sessions (
        token BLOB PRIMARY KEY,
        name TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
        begun REAL NOT NULL,
        seen REAL NOT NULL
    ) STRICT;
    CREATE INDEX sessions_by_name ON sessions (name);
    CREATE TABLE tokens (
        token BLOB PRIMARY KEY,
        name TEXT NOT NULL UNIQUE REFERENCES users (name) ON DELETE CASCADE,
        made_at TEXT NOT NULL
    ) STRICT;
    """,
)
"""Only ever appended to."""


class AccountsFile:
    """The file in a library's folder; it is made with the first account."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    @property
    def exists(self) -> bool:
        """Whether any account was ever made."""
        return self.path.exists()

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection; what is done with it is done whole or not at all.

        Raises AccessError where the file cannot be used.
        """
        try:
            # Made before SQLite makes it, which gives the rights of the file to those beside it.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as connection:
                connection.execute("PRAGMA foreign_keys = ON")
                # Every session and account that was told of survives a power cut.
                connection.execute("PRAGMA synchronous = FULL")
                self._migrate(connection)
                with connection:
                    yield connection
        except (sqlite3.Error, OSError) as error:
            raise AccessError(
                f"{self.path}: the accounts cannot be read or kept ({error}): check the disk and "
                "the rights of the folder, or restore the file from a backup"
            ) from error

    def _migrate(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == len(MIGRATIONS):
            return
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if version > len(MIGRATIONS) or application not in (0, APPLICATION_ID):
            raise AccessError(
                f"{self.path} is of a newer Youju or of another program: update Youju, or move "
                "the file away"
            )
        # Read again within: another process may have done it while this one waited.
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for script in MIGRATIONS[version:]:
            for statement in script.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.commit()
