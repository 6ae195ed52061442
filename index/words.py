"""The word index: made, renewed, kept on disk.

A change costs the words of what changed: the counts of all other passages are carried over, and
only the weights, which hang on all of them, are worked out again.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import open_arrays, save_arrays
from index.bm25 import Hashes, Positions, Ranked, Words, best, damping, idf, saturation
from index.postings import BATCH, Postings, carry_over, count_postings
from index.terms import Vocabulary

__all__ = ["K1", "B", "Ranked", "Words", "best", "build", "idf", "open_words", "renew", "save"]

# Within 0.004 of the best on both development sets, of k1 from 0.6 to 2 and b from 0.2 to 0.9
# (docs/benchmarks.md).
K1 = 0.9
B = 0.75

KIND = "words 2"  # raise the number when the arrays, the tokens or the folding change
HASH_BYTES = 16
CACHED = 1 << 16  # postings weighed at once: what stays in a processor's own memory


def build(
    token_lists: Iterable[Sequence[str]],
    k1: float = K1,
    b: float = B,
    hashes: Sequence[bytes] = (),
    batch: int = BATCH,
) -> Words:
    """Index the tokens of each passage; a passage's id is its place in `token_lists`.

    `hashes` are those of the texts, of HASH_BYTES each; without them `renew` finds nothing again.
    """
    return _weigh(count_postings(token_lists, batch), _as_rows(hashes), k1, b)


def renew(
    old: Words,
    hashes: Sequence[bytes],
    tokens_of: Callable[[Sequence[int]], Iterable[Sequence[str]]],
    k1: float = K1,
    b: float = B,
) -> Words:
    """Index passages, known by the hashes of their texts, of which `old` holds some.

    `tokens_of` is asked for the tokens of the positions that it does not hold. The index is the
    one that `build` makes of all their tokens, bit for bit.
    """
    rows = _as_rows(hashes)
    sources = _sources(old.hashes, rows)
    tokens = tokens_of(np.flatnonzero(sources < 0).tolist())
    return _weigh(carry_over(old.postings, sources, tokens), rows, k1, b)


def _sources(known: Hashes, hashes: Hashes) -> Positions:
    """For each hash a passage of its own that has it, the first one first, or -1."""
    kind = np.dtype((np.bytes_, HASH_BYTES))
    old, new = known.view(kind).ravel(), hashes.view(kind).ravel()
    of_old, of_new = np.argsort(old, kind="stable"), np.argsort(new, kind="stable")
    old, new = old[of_old], new[of_new]
    # The second of two equal texts is looked for behind the first, and so on.
    place = np.searchsorted(old, new) + np.arange(len(new)) - np.searchsorted(new, new)
    found = np.flatnonzero(place < len(old))
    found = found[old[place[found]] == new[found]]
    sources = np.full(len(new), -1, dtype=np.int64)
    sources[of_new[found]] = of_old[place[found]]
    return sources


def _as_rows(hashes: Sequence[bytes]) -> Hashes:
    return np.frombuffer(b"".join(hashes), np.uint8).reshape(len(hashes), HASH_BYTES)


def _weigh(postings: Postings, hashes: Hashes, k1: float, b: float) -> Words:
    """Weigh every term in every passage."""
    starts, lengths = postings.starts, postings.lengths
    holding = np.diff(starts)
    rarity = idf(holding, postings.size)
    damped = damping(lengths / max(1, lengths.sum()) * len(lengths), k1, b)
    weights = np.empty(len(postings.ids), np.float32)
    for first, end in postings.spans(CACHED):
        held = slice(starts[first], starts[end])
        weights[held] = np.repeat(rarity[first:end], holding[first:end]) * saturation(
            postings.counts[held], damped[postings.ids[held]], k1
        )
    return Words(postings, weights, hashes, k1, b)


def save(words: Words, folder: Path) -> None:
    """Write the index as `folder`, whole or not at all."""
    arrays: dict[str, NDArray[Any]] = {
        "letters": words.vocabulary.letters,
        "letter_starts": words.vocabulary.starts,
        "keys": words.vocabulary.keys,
        "starts": words.postings.starts,
        "ids": words.postings.ids,
        "counts": words.postings.counts,
        "lengths": words.postings.lengths,
        "weights": words.weights,
        "hashes": words.hashes,
    }
    save_arrays(folder, KIND, arrays, {"k1": words.k1, "b": words.b})


def open_words(folder: Path) -> Words:
    """Open the index in `folder`, mapped from disk; DamagedCache where it is not as written."""
    mapped, facts = open_arrays(folder, KIND)
    # Slices of a plain array are made twice as fast as those of the mapped kind.
    arrays = {name: values.view(np.ndarray) for name, values in mapped.items()}
    vocabulary = Vocabulary(arrays["letters"], arrays["letter_starts"], arrays["keys"])
    held = (arrays[name] for name in ("starts", "ids", "counts", "lengths"))
    return Words(Postings(vocabulary, *held), arrays["weights"], arrays["hashes"], **facts)
