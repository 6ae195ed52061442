"""The words of every passage as numbers, kept in the library's database.

They are what rows on a server are made from, and what scores are worked out from: BM25 hangs on
how many passages there are, how long they are, and how many of them hold a word, which changes with
every document. So a server only says which passages come into question, and their scores are those
of the embedded index, from the same numbers by the same arithmetic.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Connection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.milvus.keys import key_of
from index.rows import PassageRow
from index.store import Store
from index.tokens import tokenize

COUNTED = "counted"
"""Under this key stands the generation of which every passage is counted."""
BATCH = 2000
"""Passages counted in one transaction."""

POSTING = np.dtype([("term", "<u4"), ("times", "<u2")])
"""A word of a passage: its number, and how often it stands there."""

Positions = NDArray[np.int64]


class Terms(NamedTuple):
    """Words that are known: the number of each, and how many passages hold it."""

    numbers: dict[str, int]
    holding: dict[str, int]


class Bags(NamedTuple):
    """The words of some passages: `lengths` in tokens, `owners` the passage of each posting.

    `ids` are those passages that are still there, ascending; the others are counted by their
    place among these.
    """

    ids: Positions
    lengths: Positions
    owners: Positions
    postings: NDArray[np.void]


def count_passages(store: Store) -> None:
    """Count the passages that are not counted yet, and take back what is no longer there.

    Any number of processes may do it at once: each passage is counted in one transaction.
    """
    last = 0
    while not is_counted(store):
        with store.reading():
            rows = _uncounted(store, last)
            counted = list(zip(rows, map(_count, store.indexed_texts(rows)), strict=True))
        last = rows[-1].id if rows else 0
        with store.transaction() as connection:
            _insert(connection, counted)
            if not counted:
                _drop_orphans(connection)
                _settle(connection)


def _uncounted(store: Store, last: int) -> list[PassageRow]:
    """The next passages behind `last` that are not counted."""
    with store.connect() as connection:
        found = connection.execute(
            'SELECT p.id, p.clause_id, c.document_id, p.start, p."end", p.text_hash'
            " FROM passages p JOIN clauses c ON c.id = p.clause_id"
            " WHERE p.id > ? AND p.id NOT IN (SELECT passage_id FROM counts)"
            " ORDER BY p.id LIMIT ?",
            (last, BATCH),
        )
        return [PassageRow(*row) for row in found]


def _count(text: str) -> Counter[str]:
    return Counter(tokenize(text))


def _insert(connection: Connection, counted: Sequence[tuple[PassageRow, Counter[str]]]) -> None:
    """Write the words of passages that are still there and not counted by another process."""
    wanted = json.dumps([row.id for row, _ in counted])
    open_ones = connection.execute(
        "SELECT id FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        " AND id NOT IN (SELECT passage_id FROM counts)",
        (wanted,),
    )
    ids = {row[0] for row in open_ones}
    counted = [(row, words) for row, words in counted if row.id in ids]
    numbers = _hold(connection, Counter(word for _, words in counted for word in words))
    connection.executemany(
        "INSERT INTO counts (passage_id, key, length, terms) VALUES (?, ?, ?, ?)",
        ((row.id, key_of(row), words.total(), _packed(words, numbers)) for row, words in counted),
    )


def _hold(connection: Connection, holding: Mapping[str, int]) -> dict[str, int]:
    """Note that so many more passages hold each word; return the words' numbers."""
    connection.executemany(
        "INSERT INTO terms (term, holding) VALUES (?, ?)"
        " ON CONFLICT (term) DO UPDATE SET holding = holding + excluded.holding",
        holding.items(),
    )
    return known_terms(connection, holding).numbers


def _packed(words: Mapping[str, int], numbers: Mapping[str, int]) -> bytes:
    pairs = sorted((numbers[word], times) for word, times in words.items())
    return np.array(pairs, POSTING).tobytes()


def _drop_orphans(connection: Connection) -> None:
    """Take the words of removed passages back, and note that the server has to forget them."""
    orphans = connection.execute(
        "SELECT passage_id, key FROM counts WHERE passage_id NOT IN (SELECT id FROM passages)"
    ).fetchall()
    for start in range(0, len(orphans), BATCH):
        part = orphans[start : start + BATCH]
        ids = json.dumps([identity for identity, _ in part])
        blobs = connection.execute(
            "SELECT terms FROM counts WHERE passage_id IN (SELECT value FROM json_each(?))", (ids,)
        )
        joined = np.frombuffer(b"".join(row[0] for row in blobs), POSTING)
        terms, times = np.unique(joined["term"], return_counts=True)
        connection.executemany(
            "UPDATE terms SET holding = holding - ? WHERE number = ?",
            zip(times.tolist(), terms.tolist(), strict=True),
        )
        for table in ("counts", "sent"):
            connection.execute(
                f"DELETE FROM {table} WHERE passage_id IN (SELECT value FROM json_each(?))",  # nosec B608
                (ids,),
            )
        connection.executemany("INSERT OR IGNORE INTO gone VALUES (?)", ((k,) for _, k in part))


def _settle(connection: Connection) -> None:
    """Remember the generation where nothing is left to count."""
    connection.execute(
        "INSERT OR REPLACE INTO meta SELECT ?, value FROM meta WHERE key = 'generation'"
        " AND NOT EXISTS (SELECT 1 FROM passages WHERE id NOT IN (SELECT passage_id FROM counts))",
        (COUNTED,),
    )


def is_counted(store: Store) -> bool:
    """Whether every passage of the newest generation is counted."""
    return store.meta(COUNTED) == str(store.state().generation)


def counted_keys(store: Store) -> tuple[NDArray[np.int64], int]:
    """Return the keys of all passages in their order, and how many tokens they have together."""
    with store.connect() as connection:
        rows = connection.execute(
            "SELECT key, length FROM counts INDEXED BY counts_in_brief ORDER BY passage_id"
        ).fetchall()
    return np.array([row[0] for row in rows], np.int64), sum(row[1] for row in rows)


def forget(connection: Connection) -> None:
    """Empty the tables, within a transaction: the embedded index has its own."""
    for table in ("terms", "counts", "sent", "gone"):
        connection.execute(f"DELETE FROM {table}")  # nosec B608 # our tables
    connection.execute("DELETE FROM meta WHERE key = ?", (COUNTED,))


def known_terms(connection: Connection, words: Iterable[str]) -> Terms:
    """Return the numbers of words, and how many passages hold each."""
    found = connection.execute(
        "SELECT t.term, t.number, t.holding FROM json_each(?) j"
        " CROSS JOIN terms t ON t.term = j.value",
        (json.dumps(list(words)),),
    ).fetchall()
    return Terms({row[0]: row[1] for row in found}, {row[0]: row[2] for row in found})


def read_bags(connection: Connection, ids: Positions) -> Bags:
    """Read the words of the passages of some ids, which ascend."""
    rows = connection.execute(
        "SELECT c.passage_id, c.length, c.terms FROM json_each(?) j"
        " CROSS JOIN counts c ON c.passage_id = j.value",
        (json.dumps(ids.tolist()),),
    ).fetchall()
    sizes = np.array([len(row[2]) // POSTING.itemsize for row in rows], np.int64)
    return Bags(
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1] for row in rows], np.int64),
        np.repeat(np.arange(len(rows)), sizes),
        np.frombuffer(b"".join(row[2] for row in rows), POSTING),
    )
