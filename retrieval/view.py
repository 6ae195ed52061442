"""What follows from the documents of a library at one moment, kept for the next query."""

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import Document
from index import Library
from index.addresses import levels_of
from index.rows import PassageRow
from index.snapshot import Snapshot
from retrieval.catalogue import Catalogue
from retrieval.filters import Filters
from retrieval.holding import Holding
from retrieval.lookup import address_numbers
from retrieval.mentions import Address
from retrieval.origins import Origins
from retrieval.profiles import Profiles

CACHED_DOCUMENTS = 256
CACHED_CHOICES = 16

AddressKey = str | tuple[int, ...]
"""第十二条, or the numbers of an item."""

_NONE = np.empty(0, np.int64)
_NO_DOCUMENTS: frozenset[str] = frozenset()


class Choice(NamedTuple):
    """What a search may find: passages by position, None for all; and what it leaves out."""

    positions: NDArray[np.int64] | None
    left_out: int
    """Documents that fit, and that a later one replaced or repealed."""
    documents: int
    """Documents that take part."""


class View:
    """The standing of every document, those read so far, and what filters choose.

    It holds for one generation of the library, where a document may be read anew under its id,
    and for one day, since an act takes effect and runs out. What `last` knew of the documents
    that stayed as they were is taken over from it. Of a library within some
    collections it knows their documents alone, and lets a search find no passage of another.
    """

    def __init__(
        self, library: Library, snapshot: Snapshot, day: date, last: "View | None" = None
    ) -> None:
        self.generation, self.day = snapshot.state.generation, day
        self.profiles: Profiles = Profiles(library, last.profiles if last else None)
        self.choose = lru_cache(maxsize=CACHED_CHOICES)(self._choose)
        self._library = library
        self._snapshot = snapshot
        self._read = lru_cache(maxsize=CACHED_DOCUMENTS)(library.store.document)
        self.standing = Holding(self.profiles, day, library.store.entries, self.document)

    @property
    def passages(self) -> list[PassageRow]:
        """The passages by position."""
        return self._snapshot.passages

    def document(self, identity: str) -> Document | None:
        """Return a document, or None where it was removed after the search began.

        Raises LibraryError where it is damaged: nobody should take it for one that is not there.
        """
        return self._read(identity) if identity in self.standing else None

    def issued(self, identity: str) -> str:
        """Return the day of a document by which its versions are told apart."""
        return self.profiles.issued(identity)

    def is_superseded(self, identity: str) -> bool:
        """Whether a document no longer holds."""
        return identity in self.standing.superseded

    def positions(self, ids: Iterable[str]) -> NDArray[np.int64]:
        """Return the positions of the passages of some documents, in the order of `ids`."""
        found = [self._runs[name] for name in ids if name in self._runs]
        return np.concatenate([np.arange(*run) for run in found]) if found else _NONE

    @cached_property
    def _runs(self) -> dict[str, tuple[int, int]]:
        """Where the passages of each document begin and end: they were written at once."""
        runs: dict[str, tuple[int, int]] = {}
        for position, row in enumerate(self.passages):
            first, _ = runs.get(row.document_id, (position, position))
            runs[row.document_id] = first, position + 1
        return runs

    # --- what questions name, looked through once for each view ------------------------------

    @cached_property
    def catalogue(self) -> Catalogue:
        """The documents by title and 文号."""
        return Catalogue(self.profiles.called())

    @cached_property
    def origins(self) -> Origins:
        """The documents by place and issuer."""
        return Origins(self.profiles.origins())

    def at_address(self, address: Address) -> NDArray[np.int64]:
        """Return the positions of every passage at an address, of whatever document, ascending."""
        key = address.levels[0].written if address.levels else address.numbers
        return self._addresses.get(key, _NONE)

    @cached_property
    def _addresses(self) -> dict[AddressKey, NDArray[np.int64]]:
        """The positions at each address; documents repeat addresses, so few are taken apart."""
        named = self._library.store.clause_places("article", "item")
        keys = {place: _address_key(*place) for place in set(named.values())}
        positions: dict[AddressKey, list[int]] = defaultdict(list)
        for position, row in enumerate(self.passages):
            key = keys[named[row.clause_id]] if row.clause_id in named else None
            if key:
                positions[key].append(position)
        return {key: np.array(found, np.int64) for key, found in positions.items()}

    def _choose(self, filters: Filters, opened: frozenset[str] = _NO_DOCUMENTS) -> Choice:
        """What filters leave; `opened` takes part although it no longer holds."""
        fitting = self._fitting(filters)
        out = frozenset() if filters.asks_for_superseded else self.standing.superseded - opened
        chosen = fitting - out
        if len(chosen) == len(self.profiles) and self._library.is_whole:
            return Choice(None, 0, len(chosen))
        within = [row.document_id in chosen for row in self.passages]
        return Choice(np.flatnonzero(within), len(fitting) - len(chosen), len(chosen))

    def _fitting(self, filters: Filters) -> Set[str]:
        """The documents that pass the filters, whether they hold or not."""
        if not replace(filters, superseded=False):
            return set(self.profiles.ids)
        if filters.documents:
            ids = [name for name in self.profiles.ids if name.startswith(filters.documents)]
            documents = list(self._library.store.entries(ids))
        else:
            documents = self._library.documents()
        known = (document for document in documents if document.id in self.profiles)
        return {d.id for d in known if filters.accepts(d, self.standing.of(d).status)}


def _address_key(kind: str, address: str) -> AddressKey | None:
    if kind == "item":
        return address_numbers(address) or None
    levels = levels_of(address)
    return levels[0].written if levels else None
