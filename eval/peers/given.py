"""Vectors that were made before: one for each record in a .npy file, or those of a library.

The first process finds out which text each row belongs to, once; those that measure read single
rows, so that vectors they do not hold are no part of their memory.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.peers.peer import PeerError, record_text
from eval.sets import QuestionSet
from index import Library
from index.built_with import ENCODER
from index.encoders import Encoder

DIGEST = 16
"""Bytes of a text's hash: those by which a library knows its embeddings."""


class Given(NamedTuple):
    """A .npy file of vectors, one of the hashes of their texts, and the encoder, where known."""

    vectors: str
    hashes: str
    encoder: str | None


def digest(text: str) -> bytes:
    """Return the hash of a text, as `Passage.text_hash` makes it."""
    return hashlib.sha256(text.encode()).digest()[:DIGEST]


def vectors_of(path: Path, dataset: QuestionSet, folder: Path) -> Given:
    """Find the texts of the vectors in a .npy file or in a library; hashes go to `folder`.

    Row i of a file belongs to record i of the whole corpus: its title, a line break and its text.
    A library is one that `youju eval --work` kept, or the folder given there. Raises YoujuError.
    """
    if path.is_dir():
        return _of_library(path, dataset, folder)
    try:
        vectors = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise PeerError(
            f"{path} cannot be read as vectors ({error}): expected a .npy file, or a library"
        ) from error
    hashes = _hashes(digest(record_text(record)) for record in dataset.records())
    if vectors.ndim != 2 or vectors.dtype != np.float32 or len(vectors) != len(hashes):
        raise PeerError(
            f"{path} holds {vectors.dtype} of shape {vectors.shape}: expected float32, "
            f"one row for each of the {len(hashes)} records"
        )
    return Given(str(path), _saved(hashes, folder), None)


def _of_library(path: Path, dataset: QuestionSet, folder: Path) -> Given:
    kept = path / dataset.records_fingerprint()
    place = kept if kept.is_dir() else path
    store = Library(place, _no_encoder, create=False).store
    encoder = store.meta(ENCODER)
    rows, vectors = store.embeddings(encoder or "")
    if not rows:
        raise PeerError(f"{place} holds no vectors: expected a library with an encoder")
    copy = folder / f"vectors-{len(list(folder.iterdir()))}.npy"
    np.save(copy, vectors)
    ordered = sorted(rows, key=lambda text_hash: rows[text_hash])
    return Given(str(copy), _saved(_hashes(ordered), folder), encoder)


def _no_encoder(name: str | None) -> Encoder:
    raise PeerError(f"the encoder {name} is not needed to read vectors")


def _hashes(found: Iterable[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(found), np.uint8).reshape(-1, DIGEST)


def _saved(hashes: NDArray[np.uint8], folder: Path) -> str:
    place = folder / f"hashes-{len(list(folder.iterdir()))}.npy"
    np.save(place, hashes)
    return str(place)


class KnownVectors:
    """Vectors by their text, read from disk one by one."""

    def __init__(self, given: Iterable[Given] = ()) -> None:
        self.encoders: set[str] = set()
        self._places: dict[bytes, tuple[str, int, int]] = {}
        for one in given:
            self.encoders |= {one.encoder} if one.encoder else set()
            vectors = np.load(one.vectors, mmap_mode="r", allow_pickle=False)
            columns = vectors.shape[1]
            for row, text_hash in enumerate(np.load(one.hashes, allow_pickle=False)):
                start = vectors.offset + row * columns * vectors.itemsize
                self._places[text_hash.tobytes()] = one.vectors, columns, start

    def find(self, text: str) -> NDArray[np.float32] | None:
        """Return the vector of a text, None where it has none."""
        place = self._places.get(digest(text))
        if place is None:
            return None
        path, columns, start = place
        return np.fromfile(path, np.float32, columns, offset=start)
