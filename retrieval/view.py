"""What follows from the documents of a library at one moment, kept for the next query."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import Document
from index import Library, LibraryError
from index.snapshot import Snapshot
from retrieval.filters import Filters, allowed_positions
from retrieval.standing import Standing, standings

CACHED_DOCUMENTS = 256
CACHED_CHOICES = 16


class Choice(NamedTuple):
    """What a search may find: passages by position, None for all; and what it leaves out."""

    positions: NDArray[np.int64] | None
    left_out: int
    """Documents that fit, and that a later one replaced or repealed."""


class View:
    """The standing of every document, those read so far, and what filters choose.

    It holds for one generation of the library, where a document may be read anew under its id,
    and for one day, since an act takes effect and runs out.
    """

    def __init__(self, library: Library, snapshot: Snapshot, day: date) -> None:
        self.generation, self.day = snapshot.state.generation, day
        self.standing: Mapping[str, Standing] = standings(library, day)
        self.choose = lru_cache(maxsize=CACHED_CHOICES)(self._choose)
        self._snapshot = snapshot
        self._read = lru_cache(maxsize=CACHED_DOCUMENTS)(library.document)

    def document(self, identity: str) -> Document | None:
        """Return a document, or None where it was removed after the search began."""
        try:
            return self._read(identity) if identity in self.standing else None
        except LibraryError:
            return None

    def _choose(self, filters: Filters) -> Choice:
        fitting = [s for s in self.standing.values() if filters.accepts(s.document, s.status)]
        chosen = [s for s in fitting if filters.asks_for_superseded or not s.is_superseded]
        if len(chosen) == len(self.standing):
            return Choice(None, 0)
        positions = allowed_positions(self._snapshot, {s.document.id for s in chosen})
        return Choice(positions, len(fitting) - len(chosen))
