"""Which documents of a library still hold, found without reading those that no other touches."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from corpus import Document
from retrieval.profiles import Profile, Profiles
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
        return iter(self._profiles)

    def __len__(self) -> int:
        return len(self._profiles)


def in_question(profiles: Mapping[str, Profile]) -> list[str]:
    """Return, in order, the documents that may not hold, and those that may be the reason.

    They may be versions of one work, of which one tells its day; be repealed by name, or do so;
    or say of themselves that they do not hold. Every other document holds as it stands.
    """
    works: dict[str, list[str]] = defaultdict(list)
    for name, profile in profiles.items():
        if profile.work:
            works[profile.work].append(name)
    several = (names for names in works.values() if len(names) > 1)
    found = {n for names in several if any(profiles[m].issued for m in names) for n in names}
    repealed = {name for profile in profiles.values() for name in profile.repeals}
    found |= {
        name
        for name, profile in profiles.items()
        if profile.is_marked or profile.repeals or not repealed.isdisjoint(profile.names)
    }
    return [name for name in profiles if name in found]
