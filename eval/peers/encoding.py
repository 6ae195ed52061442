"""The one encoder of all peers: counts and times what each has it do, and knows vectors already."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from eval.peers.given import KnownVectors
from eval.peers.peer import PeerError, record_text
from eval.sets import Record
from index.encoders import Encoder, TextKind, Vectors

AGREES = 0.98
"""Cosine of a given vector and a new one of the same text: 8 bits differ a little by machine."""
ROUND = 1024
"""Texts between two reports of progress: what the default encoder takes in at once."""


@dataclass(slots=True)
class MeasuredEncoder:
    """An `Encoder` that is opened when first needed, and that keeps the time."""

    open: Callable[[], Encoder]
    known: KnownVectors = field(default_factory=KnownVectors)
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
        others = self.known.encoders - {self.name}
        text = record_text(record)
        old = self.known.find(text)
        if old is not None and not others:
            new = self.inner.encode([text], "passage")[0]
            if old.shape != new.shape or float(old @ new) < AGREES:
                others = {f"another (record {record.id!r} differs)"}
        if others:
            raise PeerError(
                f"the vectors given are of {', '.join(sorted(others))}, not of {self.name}: "
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
            known = self.known.find(text)
            if known is None:
                missing.append(place)
            else:
                vectors[place] = known
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
