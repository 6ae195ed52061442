"""The first passages of a ranking put in order anew by a model that reads query and passage."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus import Span
from index.encoders.transformer import open_model
from index.passages import indexed_text
from retrieval.fusion import Floats
from retrieval.ranking import Ranking
from retrieval.view import View

RERANKED = 20
"""Passages that are read again: each costs as much as encoding it."""


class Reranker(Protocol):
    """Says how well passages answer a query, reading both together."""

    @property
    def name(self) -> str:
        """What a person calls it."""
        ...

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """Return a score for each text, shape (len(texts),); higher is better."""
        ...


class CrossEncoder:
    """Any cross-encoder of sentence-transformers, by name or by folder; a `Reranker`."""

    def __init__(self, model: str) -> None:
        """Open the model. Raises EncoderError where it cannot be had."""
        folder = Path(model).expanduser()
        self.name = str(folder.resolve()) if folder.is_dir() else model
        self._model = open_model(self.name, "CrossEncoder")

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """Return the model's score of each text, as it is."""
        if not texts:
            return np.empty(0)
        pairs = [(query, text) for text in texts]
        scores = self._model.predict(pairs, show_progress_bar=False)
        return np.asarray(scores, np.float64).reshape(len(texts))


def reread(reranker: Reranker, query: str, ranking: Ranking, view: View) -> Ranking:
    """Let a reranker read the first passages of a ranking as they are indexed.

    A ranking stays as it was behind a passage whose document was removed meanwhile.
    """
    texts = []
    for position in ranking.positions[:RERANKED].tolist():
        row = view.passages[position]
        document = view.document(row.document_id)
        if document is None:
            break
        clause = document.clause(row.clause_id)
        texts.append(indexed_text(document, clause, Span(row.start, row.end)))
    return rerank(ranking, reranker.scores(query, texts))


def rerank(ranking: Ranking, scores: Floats) -> Ranking:
    """Put the first `len(scores)` passages in the order of `scores`; the rest follow as before.

    `scores` belong to the first passages of the ranking, in its order. Equal ones stay as they
    were. The scores of the ranking itself are handed out anew, so that they go on falling.
    """
    read = len(scores)
    order = np.concatenate(
        [np.argsort(-scores, kind="stable"), np.arange(read, len(ranking.scores))]
    )
    reread = ranking.reread.copy()
    reread[:read] = scores
    return ranking._replace(reread=reread).ordered(order)._replace(scores=ranking.scores)
