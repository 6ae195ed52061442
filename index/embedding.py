"""The vectors of passages are made in batches, each kept as soon as it is made."""

from index.encoders import Encoder
from index.engine import Engine
from index.report import Progress, Stop, ignore_progress
from index.store import Store

BATCH = 64
"""Passages encoded between two writes: what a killed process may have to do again."""
ANNOUNCED = 32
"""Batches between two moments at which searches take the new vectors in."""


def make_vectors(
    store: Store, encoder: Encoder, engine: Engine, progress: Progress, stop: Stop
) -> bool:
    """Make the vectors that are missing, and return whether any were.

    Searches take them in now and then; the last ones are left to the caller to announce.
    """
    waiting = _waiting(store, encoder.name)
    for start in range(0, len(waiting), BATCH):
        if stop():
            break
        progress("vectors", start, len(waiting))
        hashes, texts = zip(*waiting[start : start + BATCH], strict=True)
        store.put_embeddings(encoder.name, hashes, encoder.encode(list(texts), "passage"))
        if start // BATCH % ANNOUNCED == ANNOUNCED - 1:
            store.announce_vectors()
            engine.send(ignore_progress)
    else:
        progress("vectors", len(waiting), len(waiting))
    return bool(waiting)


def _waiting(store: Store, model: str) -> list[tuple[bytes, str]]:
    """The texts that have no vector yet, each with its hash."""
    with store.reading():
        rows = store.unembedded(model)
        hashes = [row.text_hash for row in rows]
        waiting = list(zip(hashes, store.indexed_texts(rows), strict=True))
    # Similar lengths together waste the least padding.
    return sorted(waiting, key=lambda item: len(item[1]))
