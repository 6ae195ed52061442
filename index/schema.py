"""The tables of a library, as numbered migrations that are only ever appended to."""

import sqlite3
from pathlib import Path

from corpus.errors import YoujuError

APPLICATION_ID = 0x596F754A  # "YouJ": marks a SQLite file as a library

MIGRATIONS = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE documents (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        source TEXT NOT NULL,
        encoding TEXT NOT NULL,
        text TEXT NOT NULL,
        metadata TEXT NOT NULL,
        notes TEXT NOT NULL,
        added_at TEXT NOT NULL
    );
    CREATE INDEX documents_by_source ON documents (source);
    CREATE TABLE clauses (
        id TEXT PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        address TEXT NOT NULL,
        path TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        parts TEXT NOT NULL,
        units TEXT NOT NULL
    );
    CREATE INDEX clauses_by_document ON clauses (document_id);
    CREATE TABLE passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        clause_id TEXT NOT NULL REFERENCES clauses (id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        text_hash BLOB NOT NULL
    );
    CREATE INDEX passages_by_clause ON passages (clause_id);
    CREATE INDEX passages_by_hash ON passages (text_hash);
    CREATE TABLE embeddings (
        text_hash BLOB NOT NULL,
        model TEXT NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (text_hash, model)
    ) WITHOUT ROWID;
    INSERT INTO meta VALUES ('generation', '0'), ('embedded', '0');
    """,
)


class LibraryError(YoujuError):
    """A library that cannot be used as it is; nothing in it was changed."""


def migrate(connection: sqlite3.Connection, where: Path) -> None:
    """Bring an open database to the newest format; each step is one transaction.

    Raises LibraryError when the file belongs to another program or to a newer Youju.
    """
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    is_new = not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    if application != APPLICATION_ID and not is_new:
        raise LibraryError(f"{where} is the database of another program: name another folder")
    if version > len(MIGRATIONS):
        raise LibraryError(
            f"{where} was made by a newer Youju (format {version}, this one reads up to "
            f"{len(MIGRATIONS)}): update Youju, or name another folder"
        )
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(
            f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID}; {script};"
            f"PRAGMA user_version = {number}; COMMIT;"
        )
