"""How much a library holds, counted in its database without opening an index."""

from typing import NamedTuple

from index.store import Store

_COUNTED = """
    SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages),
        (SELECT count(*) FROM passages p WHERE NOT EXISTS (
            SELECT 1 FROM embeddings e WHERE e.text_hash = p.text_hash AND e.model = ?))
"""


class Amounts(NamedTuple):
    """Documents, their passages, and those of them that have no vector yet."""

    documents: int
    passages: int
    pending: int


def amounts(store: Store) -> Amounts:
    """Count what a library holds at this moment. Raises LibraryError where it cannot be read."""
    model = store.state().encoder or ""
    with store.connect() as connection:
        return Amounts(*connection.execute(_COUNTED, (model,)).fetchone())
