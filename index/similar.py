"""Near-duplicates: copies that were passed on (转发), versions, plans made after one model.

Documents are first compared by MinHash signatures (Broder 1997), which say which pairs are worth
a look; a look counts the clauses that two documents have in common.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Kind
from corpus.fold import fold_text

Signatures = NDArray[np.uint32]

PERMUTATIONS = 128
"""Hash functions of a signature: an overlap is estimated to within 0.09 (1 / sqrt(128))."""
SHINGLE = 5
"""Characters of the pieces that texts are compared by."""
WORTH_A_LOOK = 0.5
"""Estimated share of the shorter text above which two documents are compared clause by clause."""
SAME = 0.8
"""A clause is common where one clause of the other document holds this share of its pieces."""
NEAR = 0.5
"""Documents are near-duplicates where either has this share of its clauses in common."""

_COMPARED: frozenset[Kind] = frozenset({"article", "item", "lead", "preamble"})
_SILENT = re.compile(r"[\W_]+")


class Similar(NamedTuple):
    """A near-duplicate: `common` of `clauses` clauses of the document stand in it too."""

    document_id: str
    common: int
    clauses: int

    @property
    def share(self) -> float:
        """How much of the document the other one holds, 0 to 1."""
        return self.common / self.clauses


class Sketch(NamedTuple):
    """What is kept of a document to compare it: the number of its pieces and their signature."""

    pieces: int
    signature: Signatures


def sketch(document: Document) -> Sketch:
    """Return the sketch of a document; its signature has PERMUTATIONS numbers."""
    pieces = set().union(*_clause_pieces(document))
    return Sketch(len(pieces), _signature(pieces))


def _clause_pieces(document: Document) -> list[frozenset[str]]:
    """The pieces of each clause that says something, without marks, white space and script."""
    texts = (
        _SILENT.sub("", fold_text(document.quote(clause.span)))
        for clause in document.clauses
        if clause.kind in _COMPARED
    )
    return [pieces for text in texts if (pieces := _pieces(text))]


def _pieces(text: str) -> frozenset[str]:
    return frozenset(text[n : n + SHINGLE] for n in range(len(text) - SHINGLE + 1))


def _signature(pieces: set[str]) -> Signatures:
    from datasketch import MinHash

    hashed = MinHash(num_perm=PERMUTATIONS, seed=1, scheme="affine32")
    hashed.update_batch([piece.encode() for piece in pieces])
    return np.asarray(hashed.hashvalues, np.uint32)


def overlaps(one: Sketch, pieces: NDArray[np.int64], signatures: Signatures) -> NDArray[np.float64]:
    """Estimate which share of the shorter text each of n documents has in common with `one`.

    `pieces` is (n,), `signatures` (n, PERMUTATIONS). The share of equal numbers estimates the
    Jaccard coefficient J of the piece sets; their intersection is J / (1 + J) of both sizes.
    """
    jaccard = (signatures == one.signature).mean(axis=1)
    shared = jaccard / (1 + jaccard) * (pieces + one.pieces)
    return np.asarray(shared / np.maximum(1, np.minimum(pieces, one.pieces)))


class Compared:
    """A document made ready to be compared with others clause by clause."""

    def __init__(self, document: Document) -> None:
        self.id = document.id
        self._clauses = _clause_pieces(document)
        self._holders = _holders(self._clauses)

    def within(self, other: "Compared") -> Similar:
        """Count the clauses that stand in `other` too, word for word or nearly."""
        common = sum(
            _most_held(pieces, other._holders) >= SAME * len(pieces) for pieces in self._clauses
        )
        return Similar(other.id, common, len(self._clauses))


def _holders(clauses: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    """For each piece the clauses that hold it."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, pieces in enumerate(clauses):
        for piece in pieces:
            holders[piece].append(number)
    return holders


def _most_held(pieces: frozenset[str], holders: dict[str, list[int]]) -> int:
    """How many of the pieces stand together in one clause of the other document."""
    counts = Counter(number for piece in pieces for number in holders.get(piece, ()))
    return max(counts.values(), default=0)


def are_near(one: Similar, other: Similar) -> bool:
    """Whether two documents, each seen from its own side, are near-duplicates."""
    return any(side.clauses and side.share >= NEAR for side in (one, other))
