"""What a search asks of the two indexes, wherever they are kept."""

from collections.abc import Iterable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Matches, Positions, Ranked, Tokens
from index.encoders import Vectors


class Lexical(Protocol):
    """Passages by their words: BM25."""

    @property
    def size(self) -> int:
        """How many passages there are."""

    def top(self, tokens: Tokens, k: int, allowed: Positions | None = None) -> Ranked:
        """Return the best `k` of the `allowed` passages (None: of all) that hold any token."""

    def matches(self, tokens: Tokens, k: int, allowed: Positions | None = None) -> Matches:
        """Return what `top` does, with a way to score other passages by the same tokens."""

    def attainable(self, tokens: Tokens) -> float:
        """Return what a passage would score that held nothing but each token without end."""

    def holding(self, tokens: Iterable[str]) -> Positions:
        """Return how many passages hold each token, shape (tokens,)."""

    def holders(self, token: str) -> Positions:
        """Return the positions of the passages that hold a token, ascending."""


class Dense(Protocol):
    """Passages by their vectors: cosines."""

    @property
    def positions(self) -> Positions:
        """The passages that have a vector, ascending."""

    def top(
        self, query: Vectors, k: int, allowed: Positions | None = None
    ) -> tuple[Positions, NDArray[np.float32]]:
        """Return positions and cosines of the k nearest passages, best first, ties by position.

        `query` has shape (1, dimension). Only passages in `allowed` are considered, when given.
        """

    def scores(self, query: Vectors, positions: Positions) -> NDArray[np.float32]:
        """Return the cosine of each given passage; NaN where it has no vector yet."""

    def read(self, positions: Positions) -> Vectors:
        """Return the vectors of passages that have one, shape (len(positions), dimension)."""
