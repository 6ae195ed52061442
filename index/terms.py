"""Terms as numbers, found on disk without reading them all."""

from bisect import bisect_left
from collections.abc import Iterable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


class Vocabulary:
    """The terms by the CRC-32 of their UTF-8 bytes; a term's number is its place.

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

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._letters[self._starts[number] : self._starts[number + 1]])

    def number(self, term: str) -> int | None:
        """Return the number of `term`, or None where no passage holds it."""
        letters = _letters(term)
        key = crc32(letters)
        place = bisect_left(self._keys, key)
        while place < len(self) and self._keys[place] == key:
            if self[place] == letters:
                return place
            place += 1
        return None


def number_terms(terms: Iterable[str]) -> tuple[Vocabulary, NDArray[np.int64]]:
    """Return the vocabulary of distinct `terms`, and the number that each of them got in it."""
    encoded = [_letters(term) for term in terms]
    keys = np.fromiter(map(crc32, encoded), dtype=np.uint32, count=len(encoded))
    order = np.argsort(keys, kind="stable")
    ordered = [encoded[place] for place in order]
    starts = np.cumsum([0, *map(len, ordered)], dtype=np.int64)
    letters = np.frombuffer(b"".join(ordered), dtype=np.uint8)
    # The inverse of a permutation sorts it.
    return Vocabulary(letters, starts, keys[order]), np.argsort(order)


def _letters(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")
