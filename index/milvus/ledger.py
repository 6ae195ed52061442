"""What the library knows of its rows on a server: which are there, and which are to go.

The tables `sent` and `gone` are written behind what they tell of, so that whoever is killed in
between leaves something to be done again, and nothing that is lost. A token stands in the library
and, when all is sent, on the server: where the two differ, somebody was killed while writing, the
server lost something, or the library came back from a backup, and every row has to be compared.
"""

import json
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.store import Store

COLLECTION = "milvus_collection"
TOKEN = "milvus_token"  # nosec B105 # a name


class Collection(NamedTuple):
    """The rows of a library on a server: under what name, made of what.

    `length` is the mean length of passages, in tokens, that the weights of words are made with;
    `folder` is where the library lay, so that a copy of it gets rows of its own.
    """

    name: str
    model: str
    length: float
    folder: str


def collection_of(store: Store) -> Collection | None:
    """Return the collection that the library has, if it has one."""
    known = store.meta(COLLECTION)
    return Collection(*json.loads(known)) if known else None


def place(folder: Path) -> str:
    """Return where a library lies, as a collection remembers it."""
    return str(folder.resolve())


def begin(store: Store, model: str, folder: Path, make: Callable[[Collection], None]) -> Collection:
    """Return the collection of the library's encoder; where there is none, `make` makes it.

    One process makes it while others wait, and it is known only when it is whole.
    """
    known = collection_of(store)
    if known is not None and known.model == model:
        return known
    with store.transaction() as connection:
        # Read again: another process may have begun one while this one waited.
        known = collection_of(store)
        if known is not None and known.model == model:
            return known
        mean = connection.execute("SELECT avg(length) FROM counts").fetchone()[0]
        fresh = Collection(
            f"youju_{secrets.token_hex(8)}", model, max(1.0, mean or 0.0), place(folder)
        )
        make(fresh)
        start_anew(connection)
        _remember(connection, COLLECTION, json.dumps(fresh))
        return fresh


def start_anew(connection: Connection) -> None:
    """Forget what was sent, within a transaction."""
    connection.execute("DELETE FROM sent")
    connection.execute("DELETE FROM gone")
    connection.execute("DELETE FROM meta WHERE key IN (?, ?)", (COLLECTION, TOKEN))


def draw_token(store: Store) -> str:
    """Return a token that the server does not have: what is written from now on is unfinished."""
    with store.transaction() as connection:
        return renew_token(connection)


def renew_token(connection: Connection, token: str = "") -> str:  # nosec B107 # none given
    """Remember a token, a new one where none is given, within a transaction; return it."""
    token = token or secrets.token_hex(8)
    _remember(connection, TOKEN, token)
    return token


def unsent_ids(store: Store) -> NDArray[np.int64]:
    """Return the ids of the passages that the server does not have, ascending."""
    return ids_of(store, "SELECT id FROM passages WHERE id NOT IN (SELECT passage_id FROM sent)")


def ids_of(store: Store, query: str, *values: str) -> NDArray[np.int64]:
    """Return the ids that a query yields, ascending."""
    with store.connect() as connection:
        rows = connection.execute(f"{query} ORDER BY 1", values).fetchall()
    return np.array([row[0] for row in rows], np.int64)


def note_sent(store: Store, ids: Sequence[int], keys: Sequence[int], token: str) -> None:
    """Note that the server has these passages; what was removed meanwhile has to go from it again.

    `token` says that more is being written, whatever another process may have found meanwhile.
    """
    with store.transaction() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO sent SELECT passage_id FROM counts"
            " WHERE passage_id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
        _note_gone(connection, keys)
        renew_token(connection, token)


def note_difference(store: Store, lost: Sequence[int], found: Sequence[int]) -> int:
    """Note passages that the server has lost, and those of the keys found that nobody knows.

    Returns how many of these there are.
    """
    with store.transaction() as connection:
        connection.execute(
            "DELETE FROM sent WHERE passage_id IN (SELECT value FROM json_each(?))",
            (json.dumps(lost),),
        )
        return _note_gone(connection, found)


def _note_gone(connection: Connection, keys: Sequence[int]) -> int:
    """Note those of the keys that no passage has; return how many they are."""
    return connection.execute(
        "INSERT OR IGNORE INTO gone SELECT value FROM json_each(?)"
        " WHERE value NOT IN (SELECT key FROM counts)",
        (json.dumps(keys),),
    ).rowcount


def take_gone(connection: Connection) -> list[int]:
    """Return the keys of rows that no passage has any more, and forget them with the transaction.

    Until its end nobody else writes: a passage that comes back is sent after its row is dropped.
    """
    connection.execute("DELETE FROM gone WHERE key IN (SELECT key FROM counts)")
    return [row[0] for row in connection.execute("DELETE FROM gone RETURNING key")]


def has_gone(store: Store) -> bool:
    """Whether rows are left to be dropped."""
    with store.connect() as connection:
        return connection.execute("SELECT 1 FROM gone LIMIT 1").fetchone() is not None


def sent_keys(store: Store) -> dict[int, int]:
    """Return the passage of each key that the server should have."""
    with store.connect() as connection:
        return dict(
            connection.execute(
                "SELECT c.key, c.passage_id FROM counts c"
                " WHERE c.passage_id IN (SELECT passage_id FROM sent)"
            ).fetchall()
        )


def _remember(connection: Connection, key: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
