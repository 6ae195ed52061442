"""What a search has to know of every document of a library, kept so that each is read once."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from corpus import Document
from index import Library
from index.arrays import DamagedCache, open_arrays, save_arrays
from index.naming import folded_titles, names_for_repeal, names_repealed, work_key_of
from index.versions import issued
from retrieval.catalogue import Called, called
from retrieval.origins import Origin, origin
from retrieval.standing import SUPERSEDED

log = logging.getLogger(__name__)

KIND = "profiles 1"  # raise the number when a field, or how it is read from a document, changes

KEPT_SHARE = 0.01
"""Share of profiles missing below which the file stays as it is: making them costs less."""


class Profile(NamedTuple):
    """What is known of one document; names are folded.

    `work` is its `work_key`, `issued` the day its versions are told apart by, `names` those by
    which another may repeal it, `repeals` what it names so itself. `is_marked` tells that it may
    be out of force by what it says of itself.
    """

    work: str
    issued: str
    names: tuple[str, ...]
    repeals: tuple[str, ...]
    is_marked: bool
    called: Called
    origin: Origin


class Profiles(Mapping[str, Profile]):
    """The profile of each document by id, in the order of adding.

    Each holds as long as the checksum over its document's entry does, so a change costs what it
    changed, in this process by `last` and in the next by a file in the library's cache.
    """

    def __init__(self, library: Library, last: "Profiles | None" = None) -> None:
        seals = library.store.entry_seals()
        cache = library.folder / "cache" / "profiles"
        known = last._known if last else _open(cache)
        missing = [name for name, seal in seals.items() if known.get(name, _NONE)[0] != seal]
        fresh = _made(list(library.store.entries(missing)))
        self._known: _Known = {
            name: (seal, fresh[name]) if name in fresh else known[name]
            for name, seal in seals.items()
            if name in fresh or known.get(name, _NONE)[0] == seal
        }
        if len(missing) > KEPT_SHARE * len(seals):
            _save(cache, self._known)

    def __getitem__(self, identity: str) -> Profile:
        return self._known[identity][1]

    def __contains__(self, identity: object) -> bool:
        return identity in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


_NONE: tuple[int | None, None] = (None, None)

_Known = dict[str, tuple[int, Profile]]


def _made(documents: Sequence[Document]) -> dict[str, Profile]:
    titles = folded_titles(documents)
    pairs = zip(documents, titles, strict=True)
    return {document.id: _profile(document, title) for document, title in pairs}


def _profile(document: Document, title: str) -> Profile:
    status, last = document.metadata.status, document.metadata.repealed
    return Profile(
        work_key_of(title),
        issued(document),
        names_for_repeal(document),
        names_repealed(document),
        last is not None or (status is not None and status.value in SUPERSEDED),
        called(document, title),
        origin(document),
    )


def _open(cache: Path) -> _Known:
    """The profiles in the cache, none where they are not as they were written."""
    try:
        arrays, _ = open_arrays(cache, KIND)
    except (DamagedCache, OSError) as reason:
        log.info("reading what documents are called: %s", reason)
        return {}
    ids, seals, *columns = json.loads(arrays["columns"].tobytes())
    return dict(zip(ids, zip(seals, _of_columns(columns), strict=True), strict=True))


def _save(cache: Path, known: _Known) -> None:
    seals = [seal for seal, _ in known.values()]
    columns = [list(known), seals, *_columns(profile for _, profile in known.values())]
    written = np.frombuffer(json.dumps(columns).encode(), np.uint8)
    try:
        save_arrays(cache, KIND, {"columns": written}, {})
    except OSError as error:
        # Those in memory are whole; only the next start has to read the documents again.
        log.warning("%s was not kept (%s)", cache, error.strerror)


def _columns(profiles: Iterable[Profile]) -> list[list[Any]]:
    """One list for each value of a profile: read three times as fast as profiles one by one."""
    rows = [(*p[:5], *p.called, *p.origin) for p in profiles]
    return [list(column) for column in zip(*rows, strict=True)]


def _of_columns(columns: Sequence[list[Any]]) -> Iterator[Profile]:
    work, day, names, repeals, marked, number, article, titles, stated, shortened = columns
    names_of_one = map(Called, number, article, map(tuple, titles))
    origins = map(Origin, map(tuple, stated), map(tuple, shortened))
    tuples = map(tuple, names), map(tuple, repeals)
    return map(Profile, work, day, *tuples, marked, names_of_one, origins)
