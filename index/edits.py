"""What the user says of a document in the library itself: it lies over what was read of it."""

import sqlite3

from corpus.document import Metadata
from corpus.spans import Span
from index.collections import collection_name, column_of
from index.passages import Passage, indexed_text
from index.rows import (
    DocumentRow,
    given_column,
    given_metadata,
    read_metadata,
    row_metadata,
    seal,
)
from index.store import Store
from index.writing import drop_unused_vectors, renew


def give(store: Store, document_id: str, values: Metadata) -> None:
    """Lay values over those that were read of a document; an empty `Metadata` takes them back.

    One transaction; the document stays where it is in the order of adding. A title is part of
    what is searched: a new one asks for new vectors.
    """
    with store.transaction() as connection:
        row = store.row(document_id)
        if row is None:
            return
        edited = row._replace(given=given_column(values))
        connection.execute(
            "UPDATE documents SET given = ?, facts_seal = ? WHERE id = ?",
            (edited.given, seal(*edited), document_id),
        )
        if _title(edited) != _title(row):
            _index_anew(store, connection, document_id)
            drop_unused_vectors(connection)
        renew(connection, "generation")


def file_under(store: Store, document_id: str, collection: str) -> bool:
    """File a document under a collection; return whether it was under another one.

    Raises LibraryError for what is no name of a collection.
    """
    column = column_of(collection_name(collection))
    with store.transaction() as connection:
        row = store.row(document_id)
        if row is None or row.collection == column:
            return False
        connection.execute(
            "UPDATE documents SET collection = ?, facts_seal = ? WHERE id = ?",
            (column, seal(*row._replace(collection=column)), document_id),
        )
        renew(connection, "generation")
        return True


def as_read(store: Store, document_id: str) -> Metadata:
    """Return what was read of a document, and given beside its file, without what `give` said."""
    row = store.row(document_id)
    return read_metadata(row) if row else Metadata()


def given(store: Store, document_id: str) -> Metadata:
    """Return what `give` said of a document, or of the version before it."""
    row = store.row(document_id)
    return given_metadata(row) if row else Metadata()


def _title(row: DocumentRow) -> str | None:
    title = row_metadata(row).title
    return title.value if title else None


def _index_anew(store: Store, connection: sqlite3.Connection, document_id: str) -> None:
    """Give each passage of a document the hash of its indexed text as that is now."""
    document = store.document(document_id)
    if document is None:
        return
    rows = connection.execute(
        'SELECT p.id, p.clause_id, p.start, p."end" FROM passages p'
        " JOIN clauses c ON c.id = p.clause_id WHERE c.document_id = ?",
        (document_id,),
    ).fetchall()
    for number, clause_id, start, end in rows:
        indexed = indexed_text(document, document.clause(clause_id), Span(start, end))
        text_hash = Passage(clause_id, start, end, indexed).text_hash
        connection.execute("UPDATE passages SET text_hash = ? WHERE id = ?", (text_hash, number))
