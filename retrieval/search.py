"""One path from a question to clauses, for every mode and every caller."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from time import perf_counter
from typing import NamedTuple

import numpy as np

from corpus import Clause, Document, Span
from index import Library
from index.encoders import Vectors
from index.snapshot import Snapshot
from index.tokens import tokenize
from index.words import Words, idf
from retrieval.filters import Filters
from retrieval.query import checked, expanded
from retrieval.ranking import Mode, Ranking, rank
from retrieval.standing import Standing
from retrieval.view import View


class Scores(NamedTuple):
    """The parts of a score: BM25 and cosine as they are, None where a leg did not take part."""

    bm25: float | None
    dense: float | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found, and the stretch of it that matched best."""

    rank: int
    score: float
    scores: Scores
    document: Document
    standing: Standing
    clause: Clause
    matched: Span


@dataclass(slots=True)
class Results:
    """The hits of one search, best first, with what a reader should know of how it went."""

    query: str
    hits: list[Hit]
    pending: int = 0
    left_out: int = 0
    """Documents that took no part because a later one replaced or repealed them."""
    ms: dict[str, float] = field(default_factory=dict)


class Searcher:
    """Searches a library; what it finds, every answer is made of.

    `today` says on which day a document is to be in force.
    """

    def __init__(self, library: Library, today: Callable[[], date] = date.today) -> None:
        self.library = library
        self._today = today
        self._view: View | None = None

    def search(
        self, query: str, top: int = 10, mode: Mode = "hybrid", filters: Filters | None = None
    ) -> Results:
        """Return the `top` clauses that fit `query` best, ties broken by position.

        Raises QueryError for an empty or overlong query.
        """
        query = checked(query)
        snapshot = self.library.snapshot()
        view = self._viewed(snapshot)
        clock = perf_counter()
        vector = self.encode(query, snapshot, mode)
        encoded = perf_counter()
        choice = view.choose(filters or Filters())
        ranking = rank(snapshot, query, vector, mode, choice.positions)
        hits = list(self._hits(snapshot, ranking, view, top))
        ms = {"encode": _ms(encoded - clock), "search": _ms(perf_counter() - encoded)}
        pending = snapshot.pending if mode != "bm25" else 0
        return Results(query, hits, pending, choice.left_out, ms)

    def _viewed(self, snapshot: Snapshot) -> View:
        view, day = self._view, self._today()
        if view is None or (view.generation, view.day) != (snapshot.state.generation, day):
            self._view = view = View(self.library, snapshot, day)
        return view

    def term_weights(self, text: str) -> dict[str, float]:
        """Return each token of `text` with its idf in the library; unknown ones weigh most."""
        words = self.library.snapshot().words
        tokens = sorted(set(tokenize(text)))
        holding = np.array([_holding(words, token) for token in tokens], np.int64)
        return dict(zip(tokens, idf(holding, words.size).tolist(), strict=True))

    def rank_documents(self, query: str, mode: Mode, top: int) -> dict[str, float]:
        """Return the `top` documents by id, best first; a document scores as its best passage."""
        query = checked(query)
        snapshot = self.library.snapshot()
        ranking = rank(snapshot, query, self.encode(query, snapshot, mode), mode, None)
        scores: dict[str, float] = {}
        for position, score in zip(ranking.positions, ranking.scores, strict=True):
            scores.setdefault(snapshot.passages[position].document_id, float(score))
            if len(scores) == top:
                break
        return scores

    def encode(self, query: str, snapshot: Snapshot, mode: Mode) -> Vectors | None:
        """Return the query's vector, shape (1, dimension), where the mode and the index use it."""
        if mode == "bm25" or snapshot.vectors is None:
            return None
        return self.library.encoder.encode([expanded(query)], "query")

    def _hits(self, snapshot: Snapshot, ranking: Ranking, view: View, top: int) -> Iterator[Hit]:
        seen: set[str] = set()
        for i, position in enumerate(ranking.positions):
            row = snapshot.passages[position]
            if row.clause_id in seen:
                continue
            document = view.document(row.document_id)
            if document is None:
                continue
            seen.add(row.clause_id)
            yield Hit(
                rank=len(seen),
                score=float(ranking.scores[i]),
                scores=Scores(_known(ranking.bm25[i]), _known(ranking.dense[i])),
                document=document,
                standing=view.standing[document.id],
                clause=document.clause(row.clause_id),
                matched=Span(row.start, row.end),
            )
            if len(seen) == top:
                return


def _holding(words: Words, token: str) -> int:
    """How many passages hold `token`."""
    number = words.vocabulary.number(token)
    return 0 if number is None else int(words.starts[number + 1] - words.starts[number])


def _known(score: float) -> float | None:
    return None if np.isnan(score) else float(score)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
