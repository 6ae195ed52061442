"""What a search has to know of every document of a library, kept so that each is read once."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import Document
from index import Library
from index.arrays import DamagedCache, open_arrays, save_arrays
from index.naming import folded_titles, names_for_repeal, names_repealed, work_key_of
from index.versions import issued
from retrieval.catalogue import Called, called
from retrieval.origins import Origin, origin
from retrieval.standing import SUPERSEDED

log = logging.getLogger(__name__)

KIND = "profiles 2"  # raise the number when a field, or how it is read from a document, changes

KEPT_SHARE = 0.01
"""Share of profiles missing below which the file stays as it is: making them costs less."""

# Control characters: folding drops them, so that no name holds one.
_COLUMN, _ROW, _NAME = "\x1d", "\x1e", "\x1f"


class Profile(NamedTuple):
    """What is known of a document, as text; names are folded, several are joined (`names_in`).

    `work` is its `work_key`, `issued` the day its versions are told apart by, `names` those by
    which another may repeal it, `repeals` what it so names itself. `marked` tells, by not being
    "", that what it says of itself may put it out of force. Then `Called` and `Origin`.
    """

    work: str
    issued: str
    names: str
    repeals: str
    marked: str
    number: str
    article: str
    titles: str
    stated: str
    shortened: str


def names_in(joined: str) -> list[str]:
    """Return the names that a field of a profile holds."""
    return joined.split(_NAME) if joined else []


class _Columns(NamedTuple):
    """Profiles by columns, which are read many times as fast as one by one."""

    ids: list[str]
    seals: list[int]
    values: list[list[str]]
    """One list for each field of a profile."""


_NOTHING = _Columns([], [], [[] for _ in Profile._fields])


class Profiles:
    """The profiles of a library's documents, in the order of adding.

    Each holds as long as the checksum over its document's entry does, so a change costs what it
    changed, in this process by `last` and in the next by a file in the library's cache.
    """

    def __init__(self, library: Library, last: "Profiles | None" = None) -> None:
        seals = library.store.entry_seals()
        cache = library.folder / "cache" / "profiles"
        known = last._columns if last else _open(cache)
        kept = dict(zip(known.ids, known.seals, strict=True))
        missing = [name for name, seal in seals.items() if kept.get(name) != seal]
        fresh = _made(list(library.store.entries(missing)))
        same = len(missing) == 0 and known.ids == list(seals)
        self._columns: _Columns = known if same else _renewed(known, seals, fresh)
        if len(missing) > KEPT_SHARE * len(seals):
            _save(cache, self._columns)
        self._place = {name: place for place, name in enumerate(self.ids)}

    @property
    def ids(self) -> list[str]:
        """The documents by id."""
        return self._columns.ids

    def __contains__(self, identity: object) -> bool:
        return identity in self._place

    def __len__(self) -> int:
        return len(self._place)

    def column(self, field: str) -> list[str]:
        """Return the values of one field of `Profile`."""
        return self._columns.values[Profile._fields.index(field)]

    def issued(self, identity: str) -> str:
        """Return the day by which the versions of a document are told apart."""
        return self.column("issued")[self._place[identity]]

    def called(self) -> Iterator[tuple[str, Called]]:
        """Yield the id of each document and what it is called."""
        number, article, titles = map(self.column, ("number", "article", "titles"))
        return zip(self.ids, map(Called, number, article, map(names_in, titles)), strict=True)

    def origins(self) -> Iterator[tuple[str, Origin]]:
        """Yield the id of each document of which it is known where it comes from, and that."""
        columns = map(self.column, ("stated", "shortened"))
        for name, stated, shortened in zip(self.ids, *columns, strict=True):
            if stated:
                yield name, Origin(names_in(stated), names_in(shortened))


def _made(documents: Sequence[Document]) -> dict[str, Profile]:
    titles = folded_titles(documents)
    pairs = zip(documents, titles, strict=True)
    return {document.id: _profile(document, title) for document, title in pairs}


def _profile(document: Document, title: str) -> Profile:
    status, last = document.metadata.status, document.metadata.repealed
    marked = last is not None or (status is not None and status.value in SUPERSEDED)
    names, place = called(document, title), origin(document)
    return Profile(
        work_key_of(title),
        issued(document),
        _NAME.join(names_for_repeal(document)),
        _NAME.join(names_repealed(document)),
        "1" if marked else "",
        names.number,
        names.article,
        _NAME.join(names.titles),
        _NAME.join(place.stated),
        _NAME.join(place.shortened),
    )


def _renewed(known: _Columns, seals: Mapping[str, int], fresh: Mapping[str, Profile]) -> _Columns:
    """The columns of the documents in `seals`: those that are fresh, the others as they were."""
    place = {name: at for at, name in enumerate(known.ids)}
    # What was removed meanwhile is neither.
    ids = [n for n in seals if n in fresh or (n in place and known.seals[place[n]] == seals[n])]
    old = [-1 if name in fresh else place[name] for name in ids]
    values = []
    for field, column in enumerate(known.values):
        new = (fresh[name][field] for name in ids if name in fresh)
        values.append([column[at] if at >= 0 else next(new) for at in old])
    return _Columns(ids, [seals[name] for name in ids], values)


def _open(cache: Path) -> _Columns:
    """The profiles in the cache, none where they are not as they were written."""
    try:
        arrays, _ = open_arrays(cache, KIND)
    except (DamagedCache, OSError) as reason:
        log.info("reading what documents are called: %s", reason)
        return _NOTHING
    ids = json.loads(arrays["ids"].tobytes())
    columns = arrays["values"].tobytes().decode("utf-8", "surrogatepass").split(_COLUMN)
    values = [column.split(_ROW) for column in columns]
    return _Columns(ids, arrays["seals"].tolist(), values)


def _save(cache: Path, columns: _Columns) -> None:
    values = _COLUMN.join(map(_ROW.join, columns.values)).encode("utf-8", "surrogatepass")
    arrays: dict[str, NDArray[Any]] = {
        "ids": np.frombuffer(json.dumps(columns.ids).encode(), np.uint8),
        "seals": np.array(columns.seals, np.int64),
        "values": np.frombuffer(values, np.uint8),
    }
    try:
        save_arrays(cache, KIND, arrays, {})
    except OSError as error:
        # Those in memory are whole; only the next start has to read the documents again.
        log.warning("%s was not kept (%s)", cache, error.strerror)
