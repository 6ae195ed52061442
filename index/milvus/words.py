"""BM25 over the passages of a server, to the last bit as over those of the embedded index."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index import bm25
from index.bm25 import Matches, Positions, Ranked, Scores, Term, Tokens, Weights
from index.milvus.counts import Bags, known_terms, read_bags
from index.milvus.passages import Passages
from index.words import K1, B

_NOTHING = Ranked(np.empty(0, np.int64), np.empty(0))


class RemoteWords:
    """Passages by their words; see `index.legs.Lexical`. Safe to share between threads.

    The server chooses which passages are scored, from weights with a fixed mean length; the scores
    come from the counts that the library holds.
    """

    def __init__(self, passages: Passages, total: int) -> None:
        """Take the passages, and how many tokens they have together."""
        self._passages = passages
        self._total = total

    @property
    def size(self) -> int:
        """How many passages there are."""
        return len(self._passages.rows)

    def top(self, tokens: Tokens, k: int, allowed: Positions | None = None) -> Ranked:
        """Return the best `k` of the `allowed` passages (None: of all) that hold any token."""
        return self.matches(tokens, k, allowed).best

    def matches(self, tokens: Tokens, k: int, allowed: Positions | None = None) -> Matches:
        """Return what `top` does, with a way to score other passages by the same tokens."""
        asked = _Question(self._passages, tokens, self._total)
        places = asked.places(k, allowed) if asked.terms else _NOTHING.ids
        found = bm25.best(asked.scores(places), k)
        return Matches(Ranked(places[found.ids], found.scores), asked.scores)

    def attainable(self, tokens: Tokens) -> float:
        """Return what a passage would score that held nothing but each token without end."""
        times = bm25.times_of(tokens)
        return bm25.attainable(times, self.holding(times), self.size, K1)

    def holding(self, tokens: Iterable[str]) -> Positions:
        """Return how many passages hold each token, shape (tokens,)."""
        tokens = list(tokens)
        with self._passages.store.connect() as connection:
            holding = known_terms(connection, tokens).holding
        return np.array([holding.get(token, 0) for token in tokens], np.int64)

    def holders(self, token: str) -> Positions:
        """Return the passages that hold a token, ascending; of very many those that count most."""
        asked = _Question(self._passages, [token], self._total)
        if not asked.terms:
            return _NOTHING.ids
        places = asked.places(int(asked.holding[0]), None)
        return places[asked.scores(places) > 0]


class _Question:
    """The known terms of a question, in the order in which the embedded index adds them."""

    def __init__(self, passages: Passages, tokens: Tokens, total: int) -> None:
        self._passages = passages
        self._total = total
        times, size = bm25.times_of(tokens), len(passages.rows)
        with passages.store.connect() as connection:
            known = known_terms(connection, times)
        held = {t: known.holding[t] for t in times if known.holding.get(t)}
        self.terms = bm25.common_first(
            Term(known.numbers[t], times[t], bm25.is_common(n, size)) for t, n in held.items()
        )
        by_number = {known.numbers[token]: n for token, n in held.items()}
        self.holding = np.array([by_number[term.number] for term in self.terms], np.int64)
        self._rarity = bm25.idf(self.holding, size)

    def places(self, wanted: int, allowed: Positions | None) -> Positions:
        """Return positions, ascending, among which the best `wanted` are."""
        query = {t.number: t.times * r for t, r in zip(self.terms, self._rarity, strict=True)}
        server = self._passages.server
        return self._passages.in_question(
            lambda limit, where: server.by_words(query, limit, where), wanted, allowed
        )

    def scores(self, positions: Positions) -> Scores:
        """Return the score of each passage, shape (len(positions),); the positions ascend."""
        scores = np.zeros(len(positions))
        if not self.terms:
            return scores
        ids = self._passages.ids[positions]
        with self._passages.store.connect() as connection:
            bags = read_bags(connection, ids)
        weights = self._weights(bags)

        def add(part: Sequence[Term]) -> Weights:
            sums = np.zeros(len(bags.ids), np.float32)
            for term in part:
                sums += bm25.counted(term, weights[place[term.number]])
            return sums

        place = {term.number: row for row, term in enumerate(self.terms)}
        # A passage that was removed after the search began has no words any more.
        scores[np.searchsorted(ids, bags.ids)] = bm25.summed(add, self.terms, len(bags.ids))
        return scores

    def _weights(self, bags: Bags) -> NDArray[np.float32]:
        """The weight of each term in each passage, shape (terms, passages)."""
        numbers = np.array([term.number for term in self.terms], np.int64)
        row_of = np.full(int(numbers.max()) + 2, -1, np.int32)
        row_of[numbers] = np.arange(len(numbers))
        rows = row_of[np.minimum(bags.postings["term"], len(row_of) - 1)]
        held = np.flatnonzero(rows >= 0)
        counts = np.zeros((len(numbers), len(bags.ids)), np.int64)
        counts[rows[held], bags.owners[held]] = bags.postings["times"][held]
        size = len(self._passages.rows)
        damped = bm25.damping(bags.lengths / max(1, self._total) * size, K1, B)
        return (self._rarity[:, None] * bm25.saturation(counts, damped, K1)).astype(np.float32)
