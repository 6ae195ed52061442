"""How near sentences are to a question in meaning; each sentence is encoded once for a while."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoders import Encoder, Vectors
from index.encoders.names import DEFAULT as CALIBRATED
from index.legs import Dense

KEPT = 4096
"""Sentences whose vectors are kept, 6 MB: those of the questions asked last."""
BAND = (0.5, 0.9)
"""Where the cosines of the default encoder lie: chance passages 0.59 in the median, best 0.82."""


SAMPLE = 2000
"""Passages that tell what is chance; drawn evenly, so that a run is repeatable."""


class Background(NamedTuple):
    """The cosines of a question with passages as they come: what is near by chance."""

    mean: float
    deviation: float

    def deviations(self, cosine: float) -> float:
        """How many standard deviations a cosine is above the mean."""
        return (cosine - self.mean) / self.deviation if self.deviation else 0.0


def background(vectors: Dense, question: Vectors) -> Background:
    """Return the mean and the deviation over an even sample; `question` has shape (1, d)."""
    step = max(1, len(vectors.positions) // SAMPLE)
    cosines = vectors.scores(question, vectors.positions[::step])
    return Background(float(cosines.mean()), float(cosines.std()))


class SentenceVectors:
    """The vectors of sentences, the last `KEPT` of which are remembered. Safe to share."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()
        self._encoding = Lock()

    def cosines(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return the cosine of each sentence with the question, shape (len(sentences),)."""
        return self.near(self.encoder.encode([question], "query"), sentences)

    def near(self, question: Vectors, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return the same for the vector of a question, shape (1, dimension)."""
        return np.asarray(self._of(sentences) @ question[0], np.float32)

    def _of(self, sentences: Sequence[str]) -> Vectors:
        known = self._known(sentences)
        if len(known) < len(set(sentences)):
            # One at a time: an encoder uses all cores, and who waits may find its sentences known.
            with self._encoding:
                known = self._known(sentences)
                new = [text for text in dict.fromkeys(sentences) if text not in known]
                if new:
                    known.update(zip(new, self.encoder.encode(new, "passage"), strict=True))
                    self._keep(known)
        return np.stack([known[text] for text in sentences])

    def _known(self, sentences: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that are remembered, which from now on are those used last."""
        with self._lock:
            known = {text: self._kept[text] for text in sentences if text in self._kept}
            for text in known:
                self._kept.move_to_end(text)
        return known

    def _keep(self, vectors: dict[str, Vectors]) -> None:
        with self._lock:
            self._kept.update(vectors)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def is_calibrated(encoder: Encoder) -> bool:
    """Whether the encoder's cosines are those that the figures here were fitted on.

    Another model's cosines lie elsewhere; its sentences are compared with each other only.
    """
    return encoder.name == CALIBRATED


def spread(cosines: NDArray[np.float32], calibrated: bool) -> list[float]:
    """Bring cosines to 0 to 1: by `BAND`, or by their own range where that does not apply."""
    if calibrated:
        return [scaled(float(cosine)) for cosine in cosines]
    low, high = float(cosines.min()), float(cosines.max())
    return [(float(cosine) - low) / ((high - low) or 1.0) for cosine in cosines]


def scaled(cosine: float) -> float:
    """Spread the band in which the default encoder's cosines lie over 0 to 1."""
    low, high = BAND
    return min(1.0, max(0.0, (cosine - low) / (high - low)))
