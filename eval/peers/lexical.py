"""bm25s and rank-bm25, as their own pages show them, over jieba's words of whole records."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from eval.peers.peer import Scored, jieba, record_text, words
from eval.sets import Record
from index.encoders import Encoder


class Bm25s:
    """bm25s with its defaults: Lucene's BM25, k1 1.5, b 0.75."""

    def __init__(self) -> None:
        import bm25s

        jieba()
        self._bm25: Any = bm25s.BM25()
        self._ids: list[str] = []

    def index(self, records: Sequence[Record], encoder: Encoder) -> None:
        """Cut and count; the encoder is not used."""
        self._ids = [record.id for record in records]
        self._bm25.index([words(record_text(record)) for record in records], show_progress=False)

    def search(self, query: str, k: int) -> list[Scored]:
        """Return the best `k`."""
        asked = [words(query)]
        found, scores = self._bm25.retrieve(asked, k=min(k, len(self._ids)), show_progress=False)
        return [
            Scored(self._ids[row], float(score))
            for row, score in zip(found[0], scores[0], strict=True)
        ]


class RankBm25:
    """BM25Okapi of rank-bm25 with its defaults: k1 1.5, b 0.75, epsilon 0.25."""

    def __init__(self) -> None:
        import rank_bm25

        jieba()
        self._okapi = rank_bm25.BM25Okapi
        self._bm25: Any = None
        self._ids: list[str] = []

    def index(self, records: Sequence[Record], encoder: Encoder) -> None:
        """Cut and count; the encoder is not used."""
        self._ids = [record.id for record in records]
        self._bm25 = self._okapi([words(record_text(record)) for record in records])

    def search(self, query: str, k: int) -> list[Scored]:
        """Return the best `k`, as `BM25Okapi.get_top_n` picks them, with their scores."""
        scores = self._bm25.get_scores(words(query))
        return [Scored(self._ids[row], float(scores[row])) for row in np.argsort(scores)[::-1][:k]]
