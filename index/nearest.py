"""Which rows of many unit vectors may be nearest to a query: a shortlist, to be scored from floats.

A float vector of 384 numbers is 1,536 bytes, and memory gives one core some ten gigabytes a second:
92,000 of them take ten milliseconds. So FAISS looks through something smaller, and by how many
vectors there are (`kind_for`) that is

- nothing: all are compared as they are;
- bytes, a quarter of the floats: with a bound for what a byte cannot say, so that the nearest found
  are the nearest there are;
- trained codes, a sixteenth of the floats, without a bound: where there is no time for bytes.
"""

from typing import Any, ClassVar, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors

Rows = NDArray[np.int64]
Saved = tuple[dict[str, NDArray[Any]], dict[str, int | float | str]]

COMPARED_ROWS = 10_000
"""So few vectors are compared with the query as they are, in one or two milliseconds."""

SCANNED_ROWS = 300_000
"""So many are looked through as bytes, in ten milliseconds or so."""


class Shortlist(NamedTuple):
    """Rows that may be nearest, and what the cosine of every other row stays below.

    `ceiling` is -inf where no other row was allowed, or where none is known.
    """

    rows: Rows
    ceiling: float


class Nearest(Protocol):
    """Vectors in a form that is looked through faster than they are."""

    kind: ClassVar[str]
    ahead: ClassVar[int]
    """How many times as many rows as are wanted should be on the list, to begin with."""

    def shortlist(self, query: Vectors, length: int, allowed: Rows | None) -> Shortlist:
        """Return `length` rows among `allowed` (None: all); `query` has shape (1, dimension)."""

    def saved(self) -> Saved:
        """Return arrays and numbers that hold this index, for `opened` of its class."""


def kind_for(rows: int) -> str | None:
    """Say in what form so many vectors are looked through; None: as they are."""
    if rows <= COMPARED_ROWS:
        return None
    return "bytes" if rows <= SCANNED_ROWS else "codes"


def one_thread() -> None:
    """Let FAISS work in the calling thread.

    One query is work for one thread: a team of them only waits for each other, the longer the
    busier the machine is. The setting holds for the calling thread alone.
    """
    import faiss

    faiss.omp_set_num_threads(1)


def only(allowed: Rows | None, rows: int) -> dict[str, Any]:
    """Return the search parameter that keeps FAISS to the allowed ones of so many rows."""
    import faiss

    if allowed is None:
        return {}
    chosen = np.zeros(rows, bool)
    chosen[allowed] = True
    selector: Any = faiss.IDSelectorBitmap  # takes an array, which its annotation does not know
    return {"sel": selector(np.packbits(chosen, bitorder="little"))}
