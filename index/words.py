"""BM25 over tokenised passages, as a term-major sparse matrix of finished weights.

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009. The
scores are those of `rank_bm25.BM25Okapi` with the idf of Lucene's BM25Similarity, which is always
above zero: the original gives a term that stands in half of the passages no weight, or less.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.arrays import open_arrays, save_arrays
from index.terms import Vocabulary, number_terms

# Within 0.004 of the best on both development sets, of k1 from 0.6 to 2 and b from 0.2 to 0.9
# (docs/benchmarks.md).
K1 = 0.9
B = 0.75

KIND = "words 1"  # raise the number when the arrays, the tokens or the folding change
BATCH = 1 << 21  # tokens counted at once while building: about 100 MB at the peak

Ids = NDArray[np.int32]
Scores = NDArray[np.float64]

_NO_IDS = np.empty(0, dtype=np.int32)
_NO_WEIGHTS = np.empty(0, dtype=np.float32)


class Ranked(NamedTuple):
    """Passages by falling score, equal scores by rising id."""

    ids: NDArray[np.int64]
    scores: Scores


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The weight of every term in every passage that holds it.

    The passages with term t are `ids[starts[t]:starts[t + 1]]`, rising; `weights` beside them.
    """

    vocabulary: Vocabulary
    starts: NDArray[np.int64]
    ids: Ids
    weights: NDArray[np.float32]
    size: int
    k1: float
    b: float

    def scores(self, tokens: Iterable[str]) -> Scores:
        """Return the score of each passage, shape (size,); a repeated token counts each time."""
        ids, weights = [_NO_IDS], [_NO_WEIGHTS]
        for token, times in Counter(tokens).items():
            number = self.vocabulary.number(token)
            if number is not None:
                held = slice(self.starts[number], self.starts[number + 1])
                ids.append(self.ids[held])
                weights.append(times * self.weights[held])
        # Faster than adding term by term, and in double precision.
        scores = np.bincount(np.concatenate(ids), np.concatenate(weights), self.size)
        return scores.astype(np.float64, copy=False)

    def top(
        self, tokens: Iterable[str], k: int, allowed: NDArray[np.int64] | None = None
    ) -> Ranked:
        """Return the best `k` of the `allowed` passages (None: of all) that hold any token."""
        return best(self.scores(tokens), k, allowed)


def best(scores: Scores, k: int, allowed: NDArray[np.int64] | None = None) -> Ranked:
    """Return the `k` highest scores above zero among `allowed` (None: all), equal ones by id."""
    if allowed is not None:
        kept = np.zeros(len(scores))
        kept[allowed] = scores[allowed]
        scores = kept
    ids = np.flatnonzero(scores > 0)
    if k < len(ids):
        # All that reach the k-th score, not just k of them: ties are cut by id, below.
        ids = ids[scores[ids] >= np.partition(scores[ids], -k)[-k]]
    ids = ids[np.argsort(-scores[ids], kind="stable")][:k]
    return Ranked(ids, scores[ids])


def idf(holding: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """Lucene's inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return np.log1p((size - holding + 0.5) / (holding + 0.5))


def saturation(
    counts: NDArray[np.int32], lengths: NDArray[np.float64], k1: float, b: float
) -> NDArray[np.float64]:
    """Robertson and Zaragoza (2009), equation 3.15; `lengths` are in units of the mean length."""
    return counts * (k1 + 1) / (counts + k1 * (1 - b + b * lengths))


class _Batch(NamedTuple):
    """The postings of some passages in a row, by term, and within a term by passage.

    `terms` are distinct numbers in the order first seen; `holding` says how many of `ids` and
    `counts` (how often the term stands in that passage) belong to each.
    """

    terms: NDArray[np.int64]
    holding: NDArray[np.int64]
    ids: Ids
    counts: NDArray[np.int32]


def build(
    token_lists: Iterable[Sequence[str]], k1: float = K1, b: float = B, batch: int = BATCH
) -> Words:
    """Index the tokens of each passage; a passage's id is its place in `token_lists`.

    The lists are read once, one at a time. A term of a passage takes 8 bytes in the index and
    8 more while it is built; `batch` tokens are counted at once.
    """
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    lengths = array("i")
    batches = list(_batches(token_lists, numbers, lengths, batch))
    vocabulary, rank = number_terms(numbers)
    ranked = [counted._replace(terms=rank[counted.terms]) for counted in batches]
    return _join(ranked, vocabulary, np.array(lengths, dtype=np.int64), k1, b)


def _batches(
    token_lists: Iterable[Sequence[str]],
    numbers: defaultdict[str, int],
    lengths: "array[int]",
    batch: int,
) -> Iterator[_Batch]:
    """Number the tokens, note the lengths, and count about `batch` tokens at a time."""
    waiting, first = array("i"), 0
    for tokens in token_lists:
        waiting.extend(map(numbers.__getitem__, tokens))
        lengths.append(len(tokens))
        if len(waiting) >= batch:
            yield _count(waiting, lengths, first)
            waiting, first = array("i"), len(lengths)
    yield _count(waiting, lengths, first)


def _count(terms: "array[int]", lengths: "array[int]", first: int) -> _Batch:
    """Count `terms`, those of the passages from `first` on, joined."""
    ids = np.repeat(np.arange(first, len(lengths)), lengths[first:])
    # One sort of term and passage in one integer groups and counts at once.
    keys, counts = np.unique(np.array(terms, dtype=np.int64) << 32 | ids, return_counts=True)
    begins = np.flatnonzero(np.diff(keys >> 32, prepend=-1))
    return _Batch(
        terms=keys[begins] >> 32,
        holding=np.diff(begins, append=len(keys)),
        ids=(keys & 0xFFFFFFFF).astype(np.int32),
        counts=counts.astype(np.int32),
    )


def _join(
    batches: list[_Batch], vocabulary: Vocabulary, lengths: NDArray[np.int64], k1: float, b: float
) -> Words:
    """Put the postings of all batches in place, term after term, and weigh them."""
    holding = np.zeros(len(vocabulary), dtype=np.int64)
    for batch in batches:
        holding[batch.terms] += batch.holding
    starts = np.concatenate(([0], np.cumsum(holding)))
    ids = np.empty(starts[-1], dtype=np.int32)
    weights = np.empty(starts[-1], dtype=np.float32)
    rarity = idf(holding, len(lengths))
    relative = lengths / max(1.0, lengths.sum()) * len(lengths)
    free = starts[:-1].copy()
    for batch in batches:
        begins = np.cumsum(batch.holding) - batch.holding
        places = np.arange(len(batch.ids)) + np.repeat(free[batch.terms] - begins, batch.holding)
        free[batch.terms] += batch.holding
        ids[places] = batch.ids
        weights[places] = np.repeat(rarity[batch.terms], batch.holding) * saturation(
            batch.counts, relative[batch.ids], k1, b
        )
    return Words(vocabulary, starts, ids, weights, len(lengths), k1, b)


def save(words: Words, folder: Path) -> None:
    """Write the index as `folder`, whole or not at all."""
    arrays: dict[str, NDArray[Any]] = {
        "letters": words.vocabulary.letters,
        "letter_starts": words.vocabulary.starts,
        "keys": words.vocabulary.keys,
        "starts": words.starts,
        "ids": words.ids,
        "weights": words.weights,
    }
    save_arrays(folder, KIND, arrays, {"size": words.size, "k1": words.k1, "b": words.b})


def open_words(folder: Path) -> Words:
    """Open the index in `folder`, mapped from disk; DamagedCache where it is not as written."""
    arrays, facts = open_arrays(folder, KIND)
    vocabulary = Vocabulary(arrays["letters"], arrays["letter_starts"], arrays["keys"])
    return Words(vocabulary, arrays["starts"], arrays["ids"], arrays["weights"], **facts)
