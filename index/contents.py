"""What the file of a library holds, and whether it is as it was written."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from index.database import explain
from index.rows import CLAUSE_COLUMNS, DocumentRow, seal
from index.schema import LibraryError, version_of

# Put together from names of our own columns; every value is a parameter.
_FACTS = ", ".join((*DocumentRow._fields, "facts_seal", "text_seal", "text"))
_DOCUMENTS = f"SELECT {_FACTS} FROM documents"  # nosec B608
_CLAUSES = f"SELECT {CLAUSE_COLUMNS} FROM clauses WHERE document_id = ? ORDER BY start"  # nosec B608


class Contents(NamedTuple):
    """What a database holds: the number of its format, counts, and a SHA-256 over every row."""

    format: int
    documents: int
    clauses: int
    content: str


def contents_of(path: Path) -> Contents:
    """Check every page of a database and return what it holds.

    Raises LibraryError where it is damaged, another program's, or of a newer Youju.
    """
    with _opened(path) as database:
        (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise LibraryError(explain(path, f"malformed: {' '.join(said.split())}"))
        if database.execute("PRAGMA foreign_key_check").fetchone():
            raise LibraryError(explain(path, "malformed: a row belongs to one that is not there"))
        version = version_of(database, path)
        documents, clauses = _count(database, "documents"), _count(database, "clauses")
        return Contents(version, documents, clauses, _digest(database))


def check_seals(path: Path) -> None:
    """Check each document against its seals: SQLite notices no changed letter within a page.

    The database is of the newest format. Raises LibraryError for the first that is not as it was
    written.
    """
    with _opened(path) as database:
        for *facts, facts_seal, text_seal, text in database.execute(_DOCUMENTS):
            rows = database.execute(_CLAUSES, facts[:1]).fetchall()
            if (facts_seal, text_seal) != (seal(*facts), seal(text, rows)):
                raise LibraryError(explain(path, f"malformed: {facts[0]} ({facts[1]})"))


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path)) as database:
            yield database
    except sqlite3.Error as error:
        raise LibraryError(explain(path, str(error))) from error


def _count(database: sqlite3.Connection, table: str) -> int:
    found: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # nosec B608
    return found


def _digest(database: sqlite3.Connection) -> str:
    """The SHA-256 of all rows in order: that of what is written, whatever pages it lies on."""
    digest = sha256()
    tables = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        " ORDER BY name"
    ).fetchall()
    for (table,) in tables:
        digest.update(f"{table}\n".encode())
        columns = database.execute(f'PRAGMA table_info("{table}")').fetchall()
        order = ", ".join(f'"{name}"' for _, name, *_ in columns)
        for row in database.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):  # nosec B608
            digest.update(repr(row).encode())
    return digest.hexdigest()
