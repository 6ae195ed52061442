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
        if last is not None and last.state == state:
            return last
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

    folder = cache / f"words-{state.generation}"
    words = _written(folder, lexical.open_words)
    if words is None:
        known = last or _newest_words(cache)
        words = (
            lexical.build(tokens_of(range(len(passages))), hashes=hashes)
            if known is None
            else lexical.renew(known, hashes, tokens_of)
        )
        _keep(words, folder, lexical.save)
    return words


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

    folder = cache / f"vectors-{state.generation}-{state.embedded}-{_slug(encoder)}"
    vectors = _written(folder, open_vectors)
    if vectors is None:
        vectors = vectors_of(store, encoder, passages, last)
        as_announced = last is not None and last.state.embedded == state.embedded
        # The vectors of what was added come next, and are written together with these.
        if not (as_announced and is_carried_over(vectors, last)):
            _keep(vectors, folder, save_vectors)
    return vectors if len(vectors.positions) else None


def _slug(name: str) -> str:
    """A file name for an encoder; two encoders never share one."""
    readable = "".join(c if c.isalnum() else "_" for c in name)[-30:]
    return f"{readable}-{crc32(name.encode()):08x}"


def _written(folder: Path, read: Callable[[Path], T]) -> T | None:
    """Open the index that this or another process left in `folder`, if it is whole."""
    try:
        return read(folder)
    except (DamagedCache, OSError) as reason:
        log.info("building %s: %s", folder.name, reason)
        return None


def _keep(built: T, folder: Path, save: Callable[[T, Path], None]) -> None:
    """Leave an index in `folder` for the next process, and sweep those before it away."""
    try:
        save(built, folder)
    except OSError as error:
        # The index in memory is whole; only the next start has to build it again.
        log.warning("%s was not kept (%s)", folder, error.strerror)
    else:
        _sweep(folder)


def _sweep(kept: Path) -> None:
    """Delete the indexes of older generations, and what a killed process left half written."""
    cache, kind = kept.parent, kept.name.partition("-")[0]
    old = [folder for folder in cache.glob(f"{kind}-*") if folder != kept]
    for unfinished in cache.glob(f".{kind}-*"):
        with suppress(FileNotFoundError):
            if time.time() - unfinished.stat().st_mtime > ABANDONED_SECONDS:
                old.append(unfinished)
    for folder in old:
        # An index that another process still reads stays in its memory on POSIX; Windows keeps
        # the file until a later generation removes it.
        rmtree(folder, ignore_errors=True)
