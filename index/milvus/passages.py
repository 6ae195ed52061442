"""The passages of a generation, and which of them a server says come into question."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Positions
from index.milvus.expressions import Numbered, expression
from index.milvus.server import MOST, Server
from index.rows import PassageRow
from index.store import Store

SPARE = 200
"""Passages that the server is asked for beside those wanted: its weights are a little others."""
READ_WHOLE = 1000
"""So few allowed passages are all scored, without asking the server which come into question."""

Keys = NDArray[np.int64]
Ask = Callable[[int, str], Keys]
"""Takes how many keys to return at most, and an expression that holds for their rows."""


@dataclass(frozen=True)
class Passages:
    """The passages of one generation by position, and what of them is on the server.

    `keys`, shape (passages,), are theirs on the server; `unsent` are the positions of those that
    it does not have, ascending.
    """

    store: Store
    server: Server
    rows: list[PassageRow]
    keys: Keys
    unsent: Positions
    read_whole: int = READ_WHOLE

    @cached_property
    def ids(self) -> Positions:
        """The ids of the passages, ascending."""
        return np.fromiter((row.id for row in self.rows), np.int64, len(self.rows))

    @cached_property
    def documents(self) -> Numbered:
        """The documents by number."""
        return Numbered.among(self.rows)

    @cached_property
    def _by_key(self) -> Positions:
        return np.argsort(self.keys)

    def in_question(self, ask: Ask, wanted: int, allowed: Positions | None) -> Positions:
        """Return positions, ascending, among which the best `wanted` of the allowed ones are.

        `ask` asks the server. What it does not have yet is among them, and what it has too much
        is made up for: so they are passages of this generation, whatever the server holds.
        """
        if allowed is not None and len(allowed) <= self.read_whole:
            return np.sort(allowed)
        found = self.unsent
        if len(self.unsent) < len(self.rows):
            where = "" if allowed is None else expression(allowed, self.documents, self.keys)
            found = np.union1d(found, self._asked(ask, wanted, where))
        return found if allowed is None else np.intersect1d(found, allowed)

    def _asked(self, ask: Ask, wanted: int, where: str) -> Positions:
        limit = min(MOST, wanted + SPARE)
        while True:
            keys = ask(limit, where)
            found = self._positions_of(keys)
            if len(keys) < limit or len(found) >= wanted or limit == MOST:
                return found
            limit = min(MOST, 2 * limit)

    def _positions_of(self, keys: Keys) -> Positions:
        """The positions of those keys that belong to a passage."""
        places = np.searchsorted(self.keys, keys, sorter=self._by_key)
        found = self._by_key[np.minimum(places, len(self.keys) - 1)]
        known: Positions = found[self.keys[found] == keys]
        return known
