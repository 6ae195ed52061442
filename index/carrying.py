"""The vectors of a new generation, taken over from the last one instead of read again."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.rows import PassageRow
from index.store import Store
from index.vectors import Positions, VectorIndex

if TYPE_CHECKING:
    from index.snapshot import Snapshot

ASKED_AT_ONCE = 500
"""Texts that one statement looks up: an older SQLite takes up to 999 parameters."""


def vectors_of(
    store: Store, encoder: str, passages: Sequence[PassageRow], last: "Snapshot | None"
) -> VectorIndex:
    """Index the vectors that are there for `passages`.

    Of a library that was open before, only what is new is read from the store: the vector of a
    text and an encoder never changes. Where no vector came or went, the index of before serves,
    with its passages where they are now.
    """
    held = last.vectors if last is not None and last.state.encoder == encoder else None
    if last is None or not isinstance(held, VectorIndex):
        read, vectors = store.embeddings(encoder)
        positions, rows = _placed(passages, read)
        return VectorIndex.build(positions, vectors[rows])
    texts = [last.passages[at].text_hash for at in held.positions.tolist()]
    # Of passages with one text the first speaks for all.
    known = {text: row for row, text in reversed(list(enumerate(texts)))}
    new = _embeddings_of(store, encoder, sorted({p.text_hash for p in passages} - known.keys()))
    known |= {text: len(texts) + number for number, text in enumerate(new)}
    positions, rows = _placed(passages, known)
    if np.array_equal(rows, [known[text] for text in texts]):
        return VectorIndex(positions, held.vectors, held.nearest)
    return VectorIndex.build(positions, _gathered(held.vectors, list(new.values()), rows))


def is_carried_over(vectors: VectorIndex, last: "Snapshot | None") -> bool:
    """Whether these are the vectors of `last`, whose passages at most have other positions."""
    held = last.vectors if last is not None else None
    return isinstance(held, VectorIndex) and vectors.vectors is held.vectors


def _placed(
    passages: Sequence[PassageRow], known: Mapping[bytes, int]
) -> tuple[Positions, NDArray[np.int64]]:
    """Return the positions of the passages that have a vector, and the row of each."""
    rows = np.array([known.get(passage.text_hash, -1) for passage in passages], np.int64)
    positions = np.flatnonzero(rows >= 0)
    return positions, rows[positions]


def _embeddings_of(store: Store, encoder: str, texts: Sequence[bytes]) -> dict[bytes, Vectors]:
    """Return the vectors of those of some texts that have one, each of shape (dimension,)."""
    found: dict[bytes, Vectors] = {}
    with store.connect() as connection:
        for begin in range(0, len(texts), ASKED_AT_ONCE):
            part = texts[begin : begin + ASKED_AT_ONCE]
            query = (
                "SELECT text_hash, vector FROM embeddings WHERE model = ? AND text_hash IN"  # nosec B608 # ? alone
                f" ({', '.join('?' * len(part))})"
            )
            rows = connection.execute(query, (encoder, *part))
            found |= {text: np.frombuffer(vector, np.float32) for text, vector in rows}
    return found


def _gathered(held: Vectors, new: Sequence[Vectors], rows: NDArray[np.int64]) -> Vectors:
    """Return the given rows of `held` followed by `new`, without a second copy of `held`."""
    gathered = np.empty((len(rows), held.shape[1]), np.float32)
    np.take(held, np.minimum(rows, len(held) - 1), axis=0, out=gathered, mode="clip")
    for place in np.flatnonzero(rows >= len(held)):
        gathered[place] = new[rows[place] - len(held)]
    return gathered
