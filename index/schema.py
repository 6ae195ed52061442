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
        metadata TEXT NOT NULL,
        notes TEXT NOT NULL,
        added_at TEXT NOT NULL,
        facts_seal INTEGER NOT NULL,
        text_seal INTEGER NOT NULL,
        text TEXT NOT NULL
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
        UNIQUE (text_hash, model)
    );
    INSERT INTO meta VALUES ('generation', '0'), ('embedded', '0');
    """,
    # What a reader found beside the text, and the facts of a clause; null in older rows.
    """
    ALTER TABLE documents ADD COLUMN reading TEXT;
    ALTER TABLE clauses ADD COLUMN facts TEXT;
    CREATE TABLE sketches (
        document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
        pieces INTEGER NOT NULL,
        signature BLOB NOT NULL
    );
    CREATE TABLE similar (
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        other_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        common INTEGER NOT NULL,
        clauses INTEGER NOT NULL,
        PRIMARY KEY (document_id, other_id)
    ) WITHOUT ROWID;
    CREATE INDEX similar_by_other ON similar (other_id);
    """,
    # Which documents there are, and which of them changed, without a look at any text.
    """
    CREATE INDEX documents_by_seal ON documents (id, facts_seal);
    """,
    # What the user says of a document here; it lies over what was read, which stays as it is.
    """
    ALTER TABLE documents ADD COLUMN given TEXT;
    """,
    # What a document is filed under, null for the default collection. The index tells which
    # documents of a collection there are, as the one before it does of all.
    """
    ALTER TABLE documents ADD COLUMN collection TEXT;
    CREATE INDEX documents_by_collection ON documents (collection, id, facts_seal);
    """,
    # For a library whose indexes are on a server: the words of each passage as numbers, which
    # passages the server has, and which rows it has to drop (index/milvus/). Empty in all others.
    """
    CREATE TABLE terms (
        number INTEGER PRIMARY KEY,
        term TEXT NOT NULL UNIQUE,
        holding INTEGER NOT NULL
    );
    CREATE TABLE counts (
        passage_id INTEGER PRIMARY KEY,
        key INTEGER NOT NULL,
        length INTEGER NOT NULL,
        terms BLOB NOT NULL
    );
    CREATE INDEX counts_in_brief ON counts (key, length);
    CREATE TABLE sent (passage_id INTEGER PRIMARY KEY);
    CREATE TABLE gone (key INTEGER PRIMARY KEY);
    """,
)


class LibraryError(YoujuError):
    """A library that cannot be used as it is; nothing in it was changed."""


def migrate(connection: sqlite3.Connection, where: Path) -> None:
    """Bring an open database to the newest format, in one transaction.

    Raises LibraryError when the file belongs to another program or to a newer Youju; it is then
    left as it was.
    """
    if _settled_version(connection, where) < len(MIGRATIONS):
        # Heeded in an empty file only. Five vectors of 384 numbers then share a page, not two.
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("BEGIN IMMEDIATE")
        # Read again: another process may have done it while this one waited.
        for script in MIGRATIONS[version_of(connection, where) :]:
            for statement in script.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work at once; the file remembers it."""
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # Whoever is busy with a file that is not in this mode yet is about to set it.
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise


def _settled_version(connection: sqlite3.Connection, where: Path) -> int:
    """The version in one state of the file: another process may be making it at this moment."""
    connection.execute("BEGIN")
    try:
        return version_of(connection, where)
    finally:
        connection.execute("ROLLBACK")


def version_of(connection: sqlite3.Connection, where: Path) -> int:
    """Return the number of the format of a database; 0 of a new file.

    Raises LibraryError where it is another program's, or of a newer Youju.
    """
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    is_new = not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    if application != APPLICATION_ID and not is_new:
        raise LibraryError(f"{where} is the database of another program: name another folder")
    if version > len(MIGRATIONS):
        raise LibraryError(
            f"{where} was made by a newer Youju (format {version}, this one reads up to "
            f"{len(MIGRATIONS)}): update Youju, or name another folder"
        )
    return version
