"""The indexes of one generation of a library: what one search sees from beginning to end."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index import words as lexical
from index.arrays import DamagedCache
from index.carrying import is_carried_over, vectors_of
from index.legs import Dense, Lexical
from index.rows import PassageRow
from index.store import State, Store
from index.tokens import tokenize
from index.vectors import VectorIndex, open_vectors, save_vectors
from index.words import Words

log = logging.getLogger(__name__)

T = TypeVar("T")

ABANDONED_SECONDS = 3600.0
"""After so long a folder that is still being written belongs to a process that was killed."""


@dataclass(frozen=True)
class Snapshot:
    """Passages in order, and the two indexes over their positions in that order."""

    state: State
    passages: list[PassageRow]
    words: Lexical
    vectors: Dense | None

    @property
    def pending(self) -> int:
        """How many passages cannot be found by meaning yet, because they have no vector."""
        return len(self.passages) - (len(self.vectors.positions) if self.vectors else 0)

    @cached_property
    def positions_of_document(self) -> dict[str, NDArray[np.int64]]:
        """The positions of each document's passages."""
        positions: dict[str, list[int]] = {}
        for position, row in enumerate(self.passages):
            positions.setdefault(row.document_id, []).append(position)
        return {name: np.array(found, np.int64) for name, found in positions.items()}

    def is_current(self, store: Store) -> bool:
        """Whether nothing was added, removed or encoded since."""
        return self.state == store.state()


def open_snapshot(store: Store, cache: Path, last: Snapshot | None) -> Snapshot:
    """Open the indexes of the store's state; what is missing, stale or damaged is rebuilt."""
    with store.reading():
        state = store.state()
        if last is not None and last.state.generation == state.generation:
            passages, words = last.passages, last.words
        else:
            passages = store.passages()
            known = last.words if last and isinstance(last.words, Words) else None
            words = _open_words(store, cache, state, passages, known)
        vectors = _open_vectors(store, cache, state, passages, last)
        return Snapshot(state, passages, words, vectors)


def _open_words(
    store: Store, cache: Path, state: State, passages: list[PassageRow], last: Words | None
) -> Words:
    hashes = [passage.text_hash for passage in passages]

    def tokens_of(positions: Sequence[int]) -> Iterable[list[str]]:
        return map(tokenize, store.indexed_texts([passages[i] for i in positions]))

    def build() -> Words:
        known = last or _newest_words(cache)
        if known is None:
            return lexical.build(tokens_of(range(len(passages))), hashes=hashes)
        return lexical.renew(known, hashes, tokens_of)

    return _cached(cache, "words", str(state.generation), lexical.open_words, build, lexical.save)


def _newest_words(cache: Path) -> Words | None:
    """Open the newest word index of an earlier generation that is as it was written, if any is."""
    ages: dict[Path, float] = {}
    for folder in cache.glob("words-*"):
        with suppress(FileNotFoundError):
            ages[folder] = folder.stat().st_mtime
    for folder in sorted(ages, key=ages.__getitem__, reverse=True):
        try:
            return lexical.open_words(folder)
        except (DamagedCache, OSError) as reason:
            log.info("nothing is taken over from %s: %s", folder.name, reason)
    return None


def _open_vectors(
    store: Store, cache: Path, state: State, passages: list[PassageRow], last: Snapshot | None
) -> VectorIndex | None:
    encoder = state.encoder
    if encoder is None or state.embedded == 0:
        return None

    as_announced = last is not None and last.state.embedded == state.embedded
    known = vectors_of(store, encoder, passages, last) if as_announced else None
    if known and is_carried_over(known, last):
        # The vectors of what was added come next, and are written together with these.
        return known

    def build() -> VectorIndex:
        return known or vectors_of(store, encoder, passages, last)

    name = f"{state.generation}-{state.embedded}-{_slug(encoder)}"
    built = _cached(cache, "vectors", name, open_vectors, build, save_vectors)
    return built if len(built.positions) else None


def _slug(name: str) -> str:
    """A file name for an encoder; two encoders never share one."""
    readable = "".join(c if c.isalnum() else "_" for c in name)[-30:]
    return f"{readable}-{crc32(name.encode()):08x}"


def _cached(
    cache: Path,
    kind: str,
    name: str,
    read: Callable[[Path], T],
    build: Callable[[], T],
    save: Callable[[T, Path], None],
) -> T:
    """Open `cache/kind-name`, or build it and leave it there for the next process."""
    folder = cache / f"{kind}-{name}"
    try:
        return read(folder)
    except (DamagedCache, OSError) as reason:
        log.info("building %s: %s", folder.name, reason)
    built = build()
    try:
        save(built, folder)
    except OSError as error:
        # The index in memory is whole; only the next start has to build it again.
        log.warning("%s was not kept (%s)", folder, error.strerror)
        return built
    _sweep(cache, kind, folder)
    return built


def _sweep(cache: Path, kind: str, kept: Path) -> None:
    """Delete the indexes of older generations, and what a killed process left half written."""
    old = [folder for folder in cache.glob(f"{kind}-*") if folder != kept]
    for unfinished in cache.glob(f".{kind}-*"):
        with suppress(FileNotFoundError):
            if time.time() - unfinished.stat().st_mtime > ABANDONED_SECONDS:
                old.append(unfinished)
    for folder in old:
        # An index that another process still reads stays in its memory on POSIX; Windows keeps
        # the file until a later generation removes it.
        rmtree(folder, ignore_errors=True)
