"""The passages of what a question names: found by address, 文号 or title, not by ranking."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import isnan, nan
from typing import Literal, NamedTuple

import numpy as np

from retrieval.catalogue import Entries, Entry
from retrieval.earlier import NONE, Earlier
from retrieval.filters import Filters
from retrieval.lookup import By, Lookup, Named, clauses_at
from retrieval.mentions import Address
from retrieval.ranking import Positions, Ranking
from retrieval.remarks import Remark
from retrieval.view import View

MOST_READ = 50
"""Documents of one name in which an address is looked for."""

MOST_PASSAGES = 1000
"""Passages of one name that come before the others."""

FoundBy = Literal["address", "number", "title", "words", "meaning", "both"]
"""How a clause was found: by what the question names, by its words, its meaning, or both."""


class Candidate(NamedTuple):
    """A passage that may be shown, before its document is read; NaN where a leg has no score."""

    position: int
    score: float
    bm25: float
    dense: float
    reread: float = nan
    by: By | None = None
    """What in the question names it, None where it was ranked."""
    address: Address | None = None

    @property
    def found_by(self) -> FoundBy:
        """How it was found, the name before words and meaning."""
        if self.by:
            return self.by
        if isnan(self.dense):
            return "words"
        return "both" if self.bm25 > 0 else "meaning"


@dataclass(frozen=True, slots=True)
class Exact:
    """What is known of a search when names are looked up.

    `rank` ranks some passages by the rest of the question; `best` is the score that what was
    found exactly has, that of the best passage otherwise found; `top` is how many are wanted;
    `earlier` is what the question asks for of what no longer holds.
    """

    view: View
    filters: Filters
    rank: Callable[[Positions], Ranking]
    best: float
    top: int
    earlier: Earlier = NONE

    def find(self, lookup: Lookup, remarks: list[Remark]) -> Iterator[Candidate]:
        """Yield what `lookup` names, its clauses first; `remarks` takes what is not there."""
        remarks += lookup.remarks
        for named in lookup.named:
            if named.address is None:
                yield from self._best_of(named, lookup.rest)
            elif named.entries is None:
                yield from self._addressed(named.address, lookup.rest, remarks)
            else:
                yield from self._clauses(named, named.address, lookup.rest, remarks)
        remarks += filter(None, (self._left_out(n.entries, n.shown) for n in lookup.named))

    def _addressed(self, address: Address, rest: str, remarks: list[Remark]) -> Iterator[Candidate]:
        """An address of no document in particular."""
        at = self._allowed(self.view.at_address(address))
        if not len(at):
            remarks.append(Remark("no_address", (address.shown,)))
        yield from self._candidates(at, "address", bool(rest), address)

    def _best_of(self, named: Named, rest: str) -> Iterator[Candidate]:
        """The best of a document that is named without an address: half of what is wanted."""
        ids = [entry.id for entry in self._in_order(named.entries or ())]
        found = self._candidates(self._positions(ids), named.by, bool(rest))
        clauses: set[str] = set()
        for candidate in found:
            clauses.add(self.view.passages[candidate.position].clause_id)
            if len(clauses) > max(1, self.top // 2):
                return
            yield candidate

    def _clauses(
        self, named: Named, address: Address, rest: str, remarks: list[Remark]
    ) -> Iterator[Candidate]:
        entries = self._in_order(named.entries or ())
        found = self._at(entries, address)
        if len(found):
            yield from self._candidates(found, "address", False, address)
            return
        remarks.append(Remark("no_clause", (named.shown, address.shown)))
        # 第十二条第五款 of an article with two 款: the article is the nearest thing to show.
        article = address._replace(levels=address.levels[:1])
        near = self._at(entries, article) if len(address.levels) > 1 else found
        yield from self._candidates(near, "title", False)
        yield from self._best_of(named._replace(by="title", address=None), rest)

    def _at(self, entries: Iterable[Entry], address: Address) -> Positions:
        """The passages of an address in some documents, in their order."""
        name = address.levels[0].written if address.levels else None
        parts = [
            self._positions([entry.id]) if entry.article else self._within(entry.id, address)
            for entry in islice((e for e in entries if e.article in (None, name)), MOST_READ)
        ]
        return np.concatenate(parts) if parts else _NONE

    def _within(self, document_id: str, address: Address) -> Positions:
        document = self.view.document(document_id)
        clauses = {c.id for c in clauses_at(document, address)} if document else set()
        if not clauses:
            return _NONE
        passages, at = self.view.passages, self._positions([document_id])
        return np.array([p for p in at if passages[p].clause_id in clauses], np.int64)

    def _candidates(
        self, at: Positions, by: By, ranked: bool, address: Address | None = None
    ) -> Iterator[Candidate]:
        """The passages at some positions, by rank or in their order, with the scores they have."""
        if not len(at):
            return
        ranking = self.rank(at)
        scores = zip(ranking.bm25.tolist(), ranking.dense.tolist(), strict=True)
        known = dict(zip(ranking.positions.tolist(), scores, strict=True))
        order = [*known, *(p for p in at.tolist() if p not in known)] if ranked else at.tolist()
        for position in order[:MOST_PASSAGES]:
            bm25, dense = known.get(position, (np.nan, np.nan))
            yield Candidate(position, self.best, bm25, dense, by=by, address=address)

    def _in_order(self, entries: Entries) -> list[Entry]:
        """What holds before what does not, then the newest first.

        Where earlier versions are asked for alone, only these, if they are among the documents.
        """
        known = [entry for entry in entries if entry.id in self.view.standing]
        if self.earlier.alone:
            known = [e for e in known if e.id in self.earlier.documents] or known
        known.sort(key=lambda entry: self.view.issued(entry.id), reverse=True)
        return sorted(known, key=lambda entry: self.view.is_superseded(entry.id))

    def _positions(self, ids: Iterable[str]) -> Positions:
        return self._allowed(self.view.positions(ids))

    def _allowed(self, positions: Positions) -> Positions:
        allowed = self.view.choose(self.filters, self.earlier.documents).positions
        return positions if allowed is None else positions[np.isin(positions, allowed)]

    def _left_out(self, entries: Entries | None, shown: str) -> Remark | None:
        """A remark where none of the documents that are named takes part in the search."""
        ids = [entry.id for entry in entries or () if entry.id in self.view.standing]
        if not ids or len(self._positions(ids)):
            return None
        superseded = all(map(self.view.is_superseded, ids))
        hidden = superseded and not self.filters.asks_for_superseded
        return Remark("superseded" if hidden else "filtered", (shown,))


_NONE = np.empty(0, np.int64)
