"""Which documents of a library still hold, found without reading those that no other touches."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from corpus import Document
from retrieval.profiles import Profiles, names_in
from retrieval.standing import Standing, standing_alone, standings_of

Read = Callable[[str], Document | None]
Entries = Callable[[Iterable[str]], Iterable[Document]]


class Holding(Mapping[str, Standing]):
    """The standing of each document by id, as `standings` tells it; most are told when asked for.

    `entries` yields documents without their texts, `read` one with its text.
    """

    def __init__(self, profiles: Profiles, day: date, entries: Entries, read: Read) -> None:
        self._profiles, self._day, self._read = profiles, day, read
        self._known = standings_of(list(entries(in_question(profiles))), day)
        self.superseded = frozenset(n for n, found in self._known.items() if found.is_superseded)
        """Documents that no longer hold, by id."""

    def of(self, document: Document) -> Standing:
        """Return the standing of a document of the library."""
        return self._known.get(document.id) or standing_alone(document, self._day)

    def __getitem__(self, identity: str) -> Standing:
        if identity in self._known:
            return self._known[identity]
        document = self._read(identity) if identity in self._profiles else None
        if document is None:
            raise KeyError(identity)
        return standing_alone(replace(document, text="", clauses=()), self._day)

    def __contains__(self, identity: object) -> bool:
        return identity in self._profiles

    def __iter__(self) -> Iterator[str]:
        return iter(self._profiles.ids)

    def __len__(self) -> int:
        return len(self._profiles)


def in_question(profiles: Profiles) -> list[str]:
    """Return, in order, the documents that may not hold, and those that may be the reason.

    They may be versions of one work, of which one tells its day; be repealed by name, or do so;
    or say of themselves that they do not hold. Every other document holds as it stands.
    """
    works, days, names, repeals, marks = map(
        profiles.column, ("work", "issued", "names", "repeals", "marked")
    )
    several = {work for work, count in Counter(works).items() if work and count > 1}
    renewed = {work for work, day in zip(works, days, strict=True) if day and work in several}
    repealed = {name for joined in repeals if joined for name in names_in(joined)}
    rows = zip(profiles.ids, works, names, repeals, marks, strict=True)
    return [
        identity
        for identity, work, called, repealing, mark in rows
        if mark or repealing or work in renewed or not repealed.isdisjoint(names_in(called))
    ]
