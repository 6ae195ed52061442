"""Terms as numbers, found on disk without reading them all."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

NUMBERS_KEPT = 1 << 14
"""Terms whose numbers are remembered, once they were asked for."""

Numbers = NDArray[np.int64]


class Vocabulary:
    """The terms by the CRC-32 of their UTF-8 bytes, equal ones by these; a number is a place.

    `letters` is uint8, all terms joined; `starts` is int64, shape (terms + 1,); `keys` is uint32,
    rising, the CRC-32 of each term: finding a term compares integers, and letters only once.
    """

    def __init__(
        self,
        letters: NDArray[np.uint8],
        starts: NDArray[np.int64],
        keys: NDArray[np.uint32],
    ) -> None:
        self.letters = letters
        self.starts = starts
        self.keys = keys
        # Views give plain ints and bytes, several times faster than numpy's scalars.
        self._letters, self._starts, self._keys = letters.data, starts.data, keys.data
        self._known: dict[str, int | None] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._letters[self._starts[number] : self._starts[number + 1]])

    def number(self, term: str) -> int | None:
        """Return the number of `term`, or None where no passage holds it."""
        # Questions share most of their words: a known number takes a twentieth of finding it.
        known = self._known
        if term not in known:
            letters = _letters(term)
            place, is_known = self.find(crc32(letters), letters)
            if len(known) >= NUMBERS_KEPT:
                # Another one, so that no thread finds emptied what it just looked into.
                known = self._known = {}
            known[term] = place if is_known else None
        return known[term]

    def find(self, key: int, letters: bytes) -> tuple[int, bool]:
        """Return where the term of this CRC-32 stands or would stand, and whether it does."""
        place = bisect_left(self._keys, key)
        while place < len(self) and self._keys[place] == key and self[place] < letters:
            place += 1
        known = place < len(self) and self._keys[place] == key and self[place] == letters
        return place, known

    def select(self, chosen: NDArray[np.bool_]) -> "Vocabulary":
        """Return the `chosen` terms, shape (terms,), in their order."""
        if chosen.all():
            return self
        lengths = np.diff(self.starts)
        letters = self.letters[np.repeat(chosen, lengths)]
        return Vocabulary(letters, _begins(lengths[chosen]), self.keys[chosen])


def number_terms(terms: Iterable[str]) -> tuple[Vocabulary, Numbers]:
    """Return the vocabulary of distinct `terms`, and the number that each of them got in it."""
    encoded = [_letters(term) for term in terms]
    keys = np.fromiter(map(crc32, encoded), dtype=np.uint32, count=len(encoded))
    by_letters = np.array(sorted(range(len(encoded)), key=encoded.__getitem__), dtype=np.int64)
    order = by_letters[np.argsort(keys[by_letters], kind="stable")]
    ordered = [encoded[place] for place in order]
    letters = np.frombuffer(b"".join(ordered), dtype=np.uint8)
    lengths = np.fromiter(map(len, ordered), dtype=np.int64, count=len(ordered))
    # The inverse of a permutation sorts it.
    return Vocabulary(letters, _begins(lengths), keys[order]), np.argsort(order)


def unite(large: Vocabulary, small: Vocabulary) -> tuple[Vocabulary, Numbers, Numbers]:
    """Return the terms of both, and for each the numbers that its terms got.

    Each term of `small` is looked up; what they do not have in common is put between the others.
    """
    found = [large.find(key, small[n]) for n, key in enumerate(small.keys.tolist())]
    places = np.array([place for place, _ in found], dtype=np.int64)
    is_new = np.array([not is_known for _, is_known in found], dtype=np.bool_)
    cuts = places[is_new]
    united = _inserted(large, cuts, small.select(is_new)) if len(cuts) else large
    of_large = np.arange(len(large)) + np.searchsorted(cuts, np.arange(len(large)), "right")
    # Each stands where it was found, behind the new ones before it.
    return united, of_large, places + np.cumsum(is_new) - is_new


def _inserted(large: Vocabulary, cuts: Numbers, others: Vocabulary) -> Vocabulary:
    """`large` with the i-th of the others put before the term at `cuts[i]`."""
    letters = [large.letters[: large.starts[cuts[0]]]]
    for number, (cut, following) in enumerate(pairwise([*cuts.tolist(), len(large)])):
        letters.append(others.letters[others.starts[number] : others.starts[number + 1]])
        letters.append(large.letters[large.starts[cut] : large.starts[following]])
    lengths = np.insert(np.diff(large.starts), cuts, np.diff(others.starts))
    keys = np.insert(large.keys, cuts, others.keys)
    return Vocabulary(np.concatenate(letters), _begins(lengths), keys)


def _begins(lengths: Numbers) -> Numbers:
    """Where stretches of these lengths begin, and where the last one ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))


def _letters(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")
