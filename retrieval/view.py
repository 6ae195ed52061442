"""What follows from the documents of a library at one moment, kept for the next query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import Document
from index import Library, LibraryError
from index.addresses import levels_of
from index.rows import PassageRow
from index.snapshot import Snapshot
from index.versions import issued
from retrieval.catalogue import Catalogue
from retrieval.filters import Filters, allowed_positions
from retrieval.lookup import address_numbers
from retrieval.mentions import Address
from retrieval.origins import Origins
from retrieval.standing import Standing, standings

CACHED_DOCUMENTS = 256
CACHED_CHOICES = 16

AddressKey = str | tuple[int, ...]
"""第十二条, or the numbers of an item."""

_NONE = np.empty(0, np.int64)


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
        self._library = library
        self._snapshot = snapshot
        self._read = lru_cache(maxsize=CACHED_DOCUMENTS)(library.document)

    @property
    def passages(self) -> list[PassageRow]:
        """The passages by position."""
        return self._snapshot.passages

    def document(self, identity: str) -> Document | None:
        """Return a document, or None where it was removed after the search began."""
        try:
            return self._read(identity) if identity in self.standing else None
        except LibraryError:
            return None

    def issued(self, identity: str) -> str:
        """Return the day of a document by which its versions are told apart."""
        return issued(self.standing[identity].document)

    def positions(self, ids: Iterable[str]) -> NDArray[np.int64]:
        """Return the positions of the passages of some documents, in the order of `ids`."""
        known = self._snapshot.positions_of_document
        found = [known[name] for name in ids if name in known]
        return np.concatenate(found) if found else _NONE

    # --- what questions name, looked through once for each view ------------------------------

    @cached_property
    def catalogue(self) -> Catalogue:
        """The documents by title and 文号."""
        return Catalogue(standing.document for standing in self.standing.values())

    @cached_property
    def origins(self) -> Origins:
        """The documents by place and issuer."""
        return Origins(standing.document for standing in self.standing.values())

    def at_address(self, address: Address) -> NDArray[np.int64]:
        """Return the positions of every passage at an address, of whatever document, ascending."""
        key = address.levels[0].written if address.levels else address.numbers
        return self._addresses.get(key, _NONE)

    @cached_property
    def _addresses(self) -> dict[AddressKey, NDArray[np.int64]]:
        """The positions at each address; documents repeat addresses, so few are taken apart."""
        with self._library.store.connect() as connection:
            rows = connection.execute(
                "SELECT id, kind, address FROM clauses WHERE kind IN ('article', 'item')"
            )
            named = {name: (kind, address) for name, kind, address in rows}
        keys = {place: _address_key(*place) for place in set(named.values())}
        positions: dict[AddressKey, list[int]] = defaultdict(list)
        for position, row in enumerate(self.passages):
            key = keys[named[row.clause_id]] if row.clause_id in named else None
            if key:
                positions[key].append(position)
        return {key: np.array(found, np.int64) for key, found in positions.items()}

    def _choose(self, filters: Filters) -> Choice:
        fitting = [s for s in self.standing.values() if filters.accepts(s.document, s.status)]
        chosen = [s for s in fitting if filters.asks_for_superseded or not s.is_superseded]
        if len(chosen) == len(self.standing):
            return Choice(None, 0)
        positions = allowed_positions(self._snapshot, {s.document.id for s in chosen})
        return Choice(positions, len(fitting) - len(chosen))


def _address_key(kind: str, address: str) -> AddressKey | None:
    if kind == "item":
        return address_numbers(address) or None
    levels = levels_of(address)
    return levels[0].written if levels else None
