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


class _Asked(NamedTuple):
    """A term of a question: how often it was asked for, and where its postings stand."""

    number: int
    times: float
    held: slice
    is_common: bool


class Ranked(NamedTuple):
    """Passages by falling score, equal scores by rising id."""

    ids: Positions
    scores: Scores


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
        return _summed(self._sum, self._asked(tokens), self.size)

    def attainable(self, tokens: Tokens) -> float:
        """Return what a passage would score that held nothing but each token without end.

        A token that no passage holds counts as the rarest of all.
        """
        starts, asked = self.postings.starts, _weights(tokens)
        numbers = map(self.vocabulary.number, asked)
        holding = [0 if n is None else int(starts[n + 1] - starts[n]) for n in numbers]
        rarity = idf(np.array(holding, np.int64), self.size)
        return float(rarity @ np.array(list(asked.values()), np.float64) * (self.k1 + 1))

    def top(self, tokens: Tokens, k: int, allowed: Positions | None = None) -> Ranked:
        """Return the best `k` of the `allowed` passages (None: of all) that hold any token."""
        return best(self.scores(tokens), k, allowed)

    def _asked(self, tokens: Tokens) -> list[_Asked]:
        """The known terms of a question, common ones first."""
        number, starts = self.vocabulary.number, self.postings.starts.data
        most = self.size / COMMON
        rare: list[_Asked] = []
        common: list[_Asked] = []
        for token, times in _weights(tokens).items():
            if (known := number(token)) is not None:
                begin, end = starts[known], starts[known + 1]
                is_common = end - begin > most
                term = _Asked(known, times, slice(begin, end), is_common)
                (common if is_common else rare).append(term)
        return common + rare

    def _row(self, term: _Asked) -> Weights:
        """The weights of a common term in all passages, kept once it was asked for."""
        row = self._rows.get(term.number)
        if row is None:
            row = np.zeros(self.size, np.float32)
            row[self.postings.ids[term.held]] = self.weights[term.held]
            # Two threads may do it at once: they put the same row.
            self._rows[term.number] = row
        return row

    def _sum(self, asked: Sequence[_Asked]) -> Weights:
        """The sum over some terms for every passage: rows first, then all postings at once."""
        sums = np.zeros(self.size, np.float32)
        ids, weights = [], []
        for term in asked:
            if term.is_common:
                sums += _times(term, self._row(term))
            else:
                ids.append(self.postings.ids[term.held])
                weights.append(_times(term, self.weights[term.held]))
        if ids:
            np.add.at(sums, np.concatenate(ids), np.concatenate(weights))
        return sums


def _weights(tokens: Tokens) -> Mapping[str, float]:
    return tokens if isinstance(tokens, Mapping) else Counter(tokens)


def _times(term: _Asked, weights: Weights) -> Weights:
    return weights if term.times == 1 else term.times * weights


def _summed(
    add: Callable[[Sequence[_Asked]], Weights], asked: Sequence[_Asked], size: int
) -> Scores:
    """Sum in single precision, which is faster, and not so many terms that the error shows."""
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


def damping(lengths: Scores, k1: float, b: float) -> Scores:
    """K of Robertson and Zaragoza (2009), section 3.4.2; `lengths` in units of the mean length."""
    return k1 * (1 - b + b * lengths)


def saturation(counts: NDArray[np.integer], damped: Scores, k1: float) -> Scores:
    """Robertson and Zaragoza (2009), equation 3.15, where K of each passage is `damped`."""
    return counts * (k1 + 1) / (counts + damped)
