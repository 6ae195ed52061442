"""Scores by BM25, from a term-major sparse matrix of finished weights.

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009. The
scores are those of `rank_bm25.BM25Okapi` with the idf of Lucene's BM25Similarity, which is always
above zero: the original gives a term that stands in half of the passages no weight, or less.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.postings import Postings
from index.terms import Vocabulary

COMMON = 8
"""A term in more than one of so many passages is added as a whole row, which is then faster."""
SUMMED = 64
"""Terms added in single precision before the sum is carried on in double."""
SAMPLED = 16
"""One of so many scores is looked at to guess how high the best ones are."""

Tokens = Iterable[str] | Mapping[str, float]
"""What is asked for: each token counts as often as it stands there, or for its weight."""

Positions = NDArray[np.int64]
Scores = NDArray[np.float64]
Weights = NDArray[np.float32]
Hashes = NDArray[np.uint8]


class Term(NamedTuple):
    """A term of a question by its number: how often it was asked for, and whether it is common."""

    number: int
    times: float
    is_common: bool


class Ranked(NamedTuple):
    """Passages by falling score, equal scores by rising id."""

    ids: Positions
    scores: Scores


class Matches(NamedTuple):
    """What a question finds by its words: the best passages, and the score of any others.

    `score_of` takes positions, shape (n,), ascending, and returns their scores.
    """

    best: Ranked
    score_of: Callable[[Positions], Scores]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The weight of every term in every passage that holds it; safe to share between threads.

    `weights` stand beside `postings.ids`. `hashes`, shape (size, bytes), say which text each
    passage was made of, so that a later index can take over what this one knows.
    """

    postings: Postings
    weights: Weights
    hashes: Hashes
    k1: float
    b: float
    _rows: dict[int, Weights] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many passages there are."""
        return self.postings.size

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms and their numbers."""
        return self.postings.vocabulary

    @property
    def starts(self) -> Positions:
        """Where the postings of each term begin, shape (terms + 1,)."""
        return self.postings.starts

    def scores(self, tokens: Tokens) -> Scores:
        """Return the score of each passage, shape (size,); a repeated token counts each time."""
        return summed(self._sum, self._asked(tokens), self.size)

    def attainable(self, tokens: Tokens) -> float:
        """Return what a passage would score that held nothing but each token without end.

        A token that no passage holds counts as the rarest of all.
        """
        asked = times_of(tokens)
        return attainable(asked, self.holding(asked), self.size, self.k1)

    def top(self, tokens: Tokens, k: int, allowed: Positions | None = None) -> Ranked:
        """Return the best `k` of the `allowed` passages (None: of all) that hold any token."""
        return best(self.scores(tokens), k, allowed)

    def matches(self, tokens: Tokens, k: int, allowed: Positions | None = None) -> Matches:
        """Return what `top` does, with a way to score other passages by the same tokens."""
        scores = self.scores(tokens)
        return Matches(best(scores, k, allowed), scores.__getitem__)

    def holding(self, tokens: Iterable[str]) -> Positions:
        """Return how many passages hold each token, shape (tokens,)."""
        starts, numbers = self.postings.starts, map(self.vocabulary.number, tokens)
        return np.array([0 if n is None else starts[n + 1] - starts[n] for n in numbers], np.int64)

    def holders(self, token: str) -> Positions:
        """Return the passages that hold a token, ascending."""
        number = self.vocabulary.number(token)
        if number is None:
            return np.empty(0, np.int64)
        return self.postings.ids[self._held(number)].astype(np.int64)

    def _held(self, number: int) -> slice:
        """Where the postings of a term stand."""
        starts = self.postings.starts.data
        return slice(starts[number], starts[number + 1])

    def _asked(self, tokens: Tokens) -> list[Term]:
        """The known terms of a question, common ones first."""
        number, starts = self.vocabulary.number, self.postings.starts.data
        terms = []
        for token, times in times_of(tokens).items():
            if (known := number(token)) is not None:
                holding = starts[known + 1] - starts[known]
                terms.append(Term(known, times, is_common(holding, self.size)))
        return common_first(terms)

    def _row(self, term: Term) -> Weights:
        """The weights of a common term in all passages, kept once it was asked for."""
        row = self._rows.get(term.number)
        if row is None:
            held = self._held(term.number)
            row = np.zeros(self.size, np.float32)
            row[self.postings.ids[held]] = self.weights[held]
            # Two threads may do it at once: they put the same row.
            self._rows[term.number] = row
        return row

    def _sum(self, asked: Sequence[Term]) -> Weights:
        """The sum over some terms for every passage: rows first, then all postings at once."""
        sums = np.zeros(self.size, np.float32)
        ids, weights = [], []
        for term in asked:
            if term.is_common:
                sums += counted(term, self._row(term))
            else:
                held = self._held(term.number)
                ids.append(self.postings.ids[held])
                weights.append(counted(term, self.weights[held]))
        if ids:
            np.add.at(sums, np.concatenate(ids), np.concatenate(weights))
        return sums


def times_of(tokens: Tokens) -> Mapping[str, float]:
    """Return how often each token is asked for."""
    return tokens if isinstance(tokens, Mapping) else Counter(tokens)


def is_common(holding: int, size: int) -> bool:
    """Whether a term that so many of the passages hold is added as a whole row."""
    return holding > size / COMMON


def common_first(terms: Iterable[Term]) -> list[Term]:
    """Return terms in the order in which they are added, which decides how sums are rounded."""
    return sorted(terms, key=lambda term: not term.is_common)


def counted(term: Term, weights: Weights) -> Weights:
    """Return weights of a term as often as it was asked for."""
    return weights if term.times == 1 else term.times * weights


def summed(add: Callable[[Sequence[Term]], Weights], asked: Sequence[Term], size: int) -> Scores:
    """Sum in single precision, which is faster, and not so many terms that the error shows.

    `add` returns the sum over some terms, shape (size,).
    """
    total = add(asked[:SUMMED]).astype(np.float64) if asked else np.zeros(size)
    for first in range(SUMMED, len(asked), SUMMED):
        total += add(asked[first : first + SUMMED])
    return total


def best(scores: Scores, k: int, allowed: Positions | None = None) -> Ranked:
    """Return the `k` highest scores above zero among `allowed` (None: all), equal ones by id."""
    if allowed is not None:
        kept = np.zeros(len(scores))
        kept[allowed] = scores[allowed]
        scores = kept
    ids = _candidates(scores, k)
    if 0 < k < len(ids):
        # All that reach the k-th score, not just k of them: ties are cut by id, below.
        ids = ids[scores[ids] >= np.partition(scores[ids], -k)[-k]]
    ids = ids[np.argsort(-scores[ids], kind="stable")][:k]
    return Ranked(ids, scores[ids])


def _candidates(scores: Scores, k: int) -> Positions:
    """The passages above zero, or of them the `k` best and few more, as a sample lets guess."""
    sample = scores[::SAMPLED]
    wanted = 2 * k // SAMPLED + SAMPLED
    if wanted < len(sample):
        floor = np.partition(sample, -wanted)[-wanted]
        ids = np.flatnonzero(scores >= floor)
        if floor > 0 and len(ids) >= k:
            return ids
    return np.flatnonzero(scores > 0)


def idf(holding: Positions, size: int) -> Scores:
    """Lucene's inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return np.log1p((size - holding + 0.5) / (holding + 0.5))


def attainable(times: Mapping[str, float], holding: Positions, size: int, k1: float) -> float:
    """Return the limit of a score: every token saturated, those that nothing holds the rarest."""
    return float(idf(holding, size) @ np.array(list(times.values()), np.float64) * (k1 + 1))


def damping(lengths: Scores, k1: float, b: float) -> Scores:
    """K of Robertson and Zaragoza (2009), section 3.4.2; `lengths` in units of the mean length."""
    return k1 * (1 - b + b * lengths)


def saturation(counts: NDArray[np.integer], damped: Scores, k1: float) -> Scores:
    """Robertson and Zaragoza (2009), equation 3.15, where K of each passage is `damped`."""
    return counts * (k1 + 1) / (counts + damped)
