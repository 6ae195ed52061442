"""Hard negatives: passages that an encoder takes for the answer, and that are none."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from training.places import bigrams

NEAREST, FARTHEST = 5, 60
"""Ranks between which negatives are taken. The nearest of all are too often right and unlabelled
(Qu et al., "RocketQA", NAACL 2021)."""
ALIKE = 0.6
"""Share of common bigrams from which a passage counts as the answer in another version."""
QUERIES_AT_ONCE = 64


def mine(
    queries: Vectors, passages: Vectors, texts: Sequence[str], gold: Sequence[set[int]]
) -> list[list[str]]:
    """Return for each query the texts of its hard negatives, the nearest first.

    `queries` has shape (n, dimension), `passages` (len(texts), dimension), both of length 1;
    `gold` holds the places of the passages that answer each query.
    """
    mined = []
    for start in range(0, len(queries), QUERIES_AT_ONCE):
        for row, nearest in enumerate(_nearest(queries[start : start + QUERIES_AT_ONCE], passages)):
            right = gold[start + row]
            answers = [bigrams(texts[place]) for place in right]
            mined.append(
                [
                    texts[place]
                    for place in nearest[NEAREST - 1 : FARTHEST].tolist()
                    if place not in right and not says_the_same(texts[place], answers)
                ]
            )
    return mined


def _nearest(queries: Vectors, passages: Vectors) -> NDArray[np.int64]:
    """Return the places of the FARTHEST nearest passages, or of all, ties in their order."""
    return np.argsort(-(queries @ passages.T), axis=1, kind="stable")[:, :FARTHEST]


def says_the_same(text: str, answers: Sequence[set[str]]) -> bool:
    """Whether a text shares most of its bigrams, or of theirs, with one of the answers."""
    own = bigrams(text)
    shared = ((len(own & other), min(len(own), len(other))) for other in answers)
    return any(0 < common >= ALIKE * shorter for common, shorter in shared)
