"""The vectors in the library, and the passages that have one and are not on a server yet."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.milvus.counts import POSTING
from index.milvus.ledger import ids_of
from index.store import Store

BATCH = 500
"""Rows in one message to the server: about a megabyte."""


class Unsent(NamedTuple):
    """A passage that the server lacks, and what its row is made of."""

    id: int
    key: int
    length: int
    postings: NDArray[np.void]
    document_id: str
    vector: NDArray[np.float32]


def unsent(store: Store, model: str) -> Iterator[list[Unsent]]:
    """Yield the passages that have a vector and are not on the server, a batch at a time."""
    last = 0
    while found := _next_unsent(store, model, last):
        last = found[-1].id
        yield found


def _next_unsent(store: Store, model: str, last: int) -> list[Unsent]:
    with store.connect() as connection:
        rows = connection.execute(
            "SELECT p.id, w.key, w.length, w.terms, c.document_id, e.vector"
            " FROM passages p CROSS JOIN counts w ON w.passage_id = p.id"
            " CROSS JOIN clauses c ON c.id = p.clause_id"
            " CROSS JOIN embeddings e ON e.text_hash = p.text_hash AND e.model = ?"
            " WHERE p.id > ? AND p.id NOT IN (SELECT passage_id FROM sent) ORDER BY p.id LIMIT ?",
            (model, last, BATCH),
        ).fetchall()
    return [
        Unsent(
            identity,
            key,
            length,
            np.frombuffer(terms, POSTING),
            document_id,
            np.frombuffer(vector, np.float32),
        )
        for identity, key, length, terms, document_id, vector in rows
    ]


def count_unsent(store: Store, model: str) -> int:
    """Return how many passages `unsent` would yield."""
    with store.connect() as connection:
        found = connection.execute(
            "SELECT count(*) FROM passages p WHERE p.id NOT IN (SELECT passage_id FROM sent)"
            " AND EXISTS (SELECT 1 FROM embeddings e"
            " WHERE e.text_hash = p.text_hash AND e.model = ?)",
            (model,),
        ).fetchone()
    return int(found[0])


def has_vectors(store: Store, model: str) -> bool:
    """Whether there is any vector of a model."""
    query = "SELECT 1 FROM embeddings WHERE model = ? LIMIT 1"
    with store.connect() as connection:
        return connection.execute(query, (model,)).fetchone() is not None


def embedded_ids(store: Store, model: str) -> NDArray[np.int64]:
    """Return the ids of the passages that have a vector of a model, ascending."""
    query = (
        "SELECT p.id FROM passages p WHERE EXISTS"
        " (SELECT 1 FROM embeddings e WHERE e.text_hash = p.text_hash AND e.model = ?)"
    )
    return ids_of(store, query, model)


def dimension(store: Store, model: str) -> int:
    """Return how many numbers a vector of a model has, of which there is one."""
    with store.connect() as connection:
        found = connection.execute(
            "SELECT length(vector) FROM embeddings WHERE model = ? LIMIT 1", (model,)
        ).fetchone()
    return int(found[0]) // np.dtype(np.float32).itemsize
