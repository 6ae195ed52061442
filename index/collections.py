"""Collections: what documents are filed under, so that a reader may be shown some of them only."""

import re
import sqlite3
import unicodedata
from collections.abc import Sequence

from corpus.document import Document
from index.schema import LibraryError

DEFAULT = "default"
"""The collection of documents that were filed under none; in the database it is null."""

_NAME = re.compile(r"[\w.-]{1,40}")


def collection_name(written: str) -> str:
    """Return the name of a collection as it is kept. Raises LibraryError for what is no name."""
    name = unicodedata.normalize("NFKC", written).strip()
    if not _NAME.fullmatch(name):
        raise LibraryError(
            f"found {written[:60]!r} as a collection, expected 1 to 40 letters, digits, _ . or -"
        )
    return name


def column_of(collection: str) -> str | None:
    """Return a collection as the database keeps it."""
    return None if collection == DEFAULT else collection


def collection_of(document: Document) -> str:
    """Return the collection of a document of a library."""
    return document.collection or DEFAULT


def collection_for(
    connection: sqlite3.Connection, document: Document, before: Sequence[str]
) -> str | None:
    """Return, as the database keeps it, the collection that a document is filed under.

    It is the one it comes with, else that of the first document of `before`, by id, that is there.
    """
    if document.collection is not None:
        return column_of(collection_name(document.collection))
    for identity in before:
        query = "SELECT collection FROM documents WHERE id = ?"
        row: tuple[str | None] | None = connection.execute(query, (identity,)).fetchone()
        if row is not None:
            return row[0]
    return None
