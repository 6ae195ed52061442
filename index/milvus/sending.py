"""Brings a server in step with the library, which it may have left at any moment."""

import logging

import numpy as np

from index.bm25 import damping, saturation
from index.milvus import ledger
from index.milvus.ledger import Collection
from index.milvus.server import Row, Server
from index.milvus.unsent import Unsent, count_unsent, unsent
from index.report import Progress, ignore_progress
from index.store import Store
from index.words import K1, B

log = logging.getLogger(__name__)

NOTHING = 0
"""A dimension that no word has: a row without words must have some weight all the same."""


def row_of(passage: Unsent, mean: float) -> Row:
    """Return the row of a passage: its vector, and the weights of its words but for their rarity.

    The weights are those of BM25 with a mean length that stays as it is; a question brings the
    rarity of its words. They choose the passages that are scored anew.
    """
    damped = damping(np.array([passage.length / mean]), K1, B)
    weights = saturation(passage.postings["times"], damped, K1)
    terms = passage.postings["term"].tolist()
    words = dict(zip(terms, weights.tolist(), strict=True)) or {NOTHING: 1.0}
    return Row(passage.key, passage.document_id, passage.vector, words)


def send(
    store: Store, server: Server, collection: Collection, progress: Progress = ignore_progress
) -> None:
    """Write what the server lacks, and drop what the library no longer has.

    Any number of processes may do it at once: a row is the same whoever writes it.
    """
    total = count_unsent(store, collection.model)
    if not total and not ledger.has_gone(store):
        return
    token, done = ledger.draw_token(store), 0
    for batch in unsent(store, collection.model):
        progress("vectors", done, max(total, done))
        server.write([row_of(passage, collection.length) for passage in batch])
        ledger.note_sent(store, [row.id for row in batch], [row.key for row in batch], token)
        done += len(batch)
    progress("vectors", done, done)
    with store.transaction() as connection:
        server.drop(ledger.take_gone(connection))
        # Another process that is still writing has drawn another token, and will leave its own.
        if store.meta(ledger.TOKEN) == token:
            # A new one, so that whoever searches sees that there is more on the server.
            server.stamp(ledger.renew_token(connection))
    server.settle()


def compare(store: Store, server: Server) -> None:
    """Note every row that the server lacks or has too much, unless its token is the library's."""
    token = store.meta(ledger.TOKEN)
    if token is not None and server.stamped() == token:
        return
    log.info("comparing the rows of %s", server.collection)
    expected = ledger.sent_keys(store)
    found = set(server.keys())
    lost = [passage for key, passage in expected.items() if key not in found]
    strange = ledger.note_difference(store, lost, sorted(found - expected.keys()))
    if not lost and not strange:
        with store.transaction() as connection:
            server.stamp(ledger.renew_token(connection))
