"""The one encoder of all peers: counts and times what each has it do, and knows vectors already."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from eval.beir import Record
from eval.peers.peer import PeerError, record_text
from eval.peers.sample import Sample
from index.encoders import Encoder, TextKind, Vectors

AGREES = 0.98
"""Cosine of a given vector and a new one of the same text: 8 bits differ a little by machine."""
ROUND = 1024
"""Texts between two reports of progress: what the default encoder takes in at once."""


class KnownVectors(NamedTuple):
    """Vectors by the hash of their text."""

    vectors: Vectors
    rows: dict[bytes, int]

    def row(self, text: str) -> int | None:
        """Return the row of a text, None where it has none."""
        return self.rows.get(_digest(text))


NO_VECTORS = KnownVectors(np.empty((0, 0), np.float32), {})


def read_vectors(path: Path, sample: Sample) -> KnownVectors:
    """Map a .npy file with one vector for each record of the whole corpus, in its order.

    Row i is the vector of record i's title, line break and text. Raises PeerError where it is not.
    """
    try:
        vectors = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise PeerError(
            f"{path} cannot be read as vectors ({error}): expected a .npy file"
        ) from error
    count, rows = 0, dict[bytes, int]()
    for count, record in enumerate(sample.whole.records(), start=1):
        if sample.keeps(record.id):
            rows[_digest(record_text(record))] = count - 1
    if vectors.ndim != 2 or vectors.dtype != np.float32 or len(vectors) != count:
        raise PeerError(
            f"{path} holds {vectors.dtype} of shape {vectors.shape}: expected float32, "
            f"one row for each of the {count} records"
        )
    return KnownVectors(vectors, rows)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


@dataclass(slots=True)
class MeasuredEncoder:
    """An `Encoder` that is opened when first needed, and that keeps the time."""

    open: Callable[[], Encoder]
    known: KnownVectors = NO_VECTORS
    progress: Callable[[int], None] = lambda texts: None
    """Told how many texts were encoded since it was last told."""
    passage_seconds: float = 0.0
    query_seconds: float = 0.0
    encoded: int = 0
    given: int = 0
    _opened: list[Encoder] = field(default_factory=list)

    @property
    def inner(self) -> Encoder:
        """The encoder itself."""
        if not self._opened:
            self._opened.append(self.open())
        return self._opened[0]

    @property
    def name(self) -> str:
        """The name of the encoder itself."""
        return self.inner.name

    @property
    def dimension(self) -> int:
        """The columns of the encoder itself."""
        return self.inner.dimension

    def check(self, record: Record) -> None:
        """Raise PeerError unless the vectors given were made by this encoder."""
        text = record_text(record)
        row = self.known.row(text)
        if row is None:
            return
        new = self.inner.encode([text], "passage")[0]
        old = np.asarray(self.known.vectors[row])
        if old.shape != new.shape or float(old @ new) < AGREES:
            raise PeerError(
                f"the vectors given are not of the encoder {self.name} (record {record.id!r}): "
                "make them again, or leave out --vectors"
            )

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        """Return float32 vectors of length 1, shape (len(texts), dimension)."""
        if kind == "query":
            start = time.perf_counter()
            vectors = self.inner.encode(texts, kind)
            self.query_seconds += time.perf_counter() - start
            return vectors
        return self._passages(texts)

    def _passages(self, texts: list[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        missing = []
        for place, text in enumerate(texts):
            row = self.known.row(text)
            if row is None:
                missing.append(place)
            else:
                vectors[place] = self.known.vectors[row]
        self.given += len(texts) - len(missing)
        for start in range(0, len(missing), ROUND):
            places = missing[start : start + ROUND]
            vectors[places] = self._timed([texts[place] for place in places])
        return vectors

    def _timed(self, texts: list[str]) -> Vectors:
        start = time.perf_counter()
        vectors = self.inner.encode(texts, "passage")
        self.passage_seconds += time.perf_counter() - start
        self.encoded += len(texts)
        self.progress(len(texts))
        return vectors
