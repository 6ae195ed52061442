"""The indexes of a library on a Milvus server."""

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.bm25 import Positions
from index.milvus import ledger
from index.milvus.address import Address
from index.milvus.counts import count_passages, counted_keys, forget, is_counted
from index.milvus.line import connect
from index.milvus.passages import READ_WHOLE, Passages
from index.milvus.probe import probe
from index.milvus.sending import compare, send
from index.milvus.server import Server
from index.milvus.unsent import dimension, embedded_ids, has_vectors
from index.milvus.vectors import RemoteVectors
from index.milvus.words import RemoteWords
from index.report import Progress, ignore_progress
from index.rows import PassageRow
from index.snapshot import Snapshot
from index.store import State, Store


class Milvus:
    """Rows on a server, one for each passage that has a vector; all else is in the library.

    They are made from the library and can be made again. The first opening, and the first one
    after anything went wrong, compares them with it and sends what is missing.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        address: Address,
        way: str = "FLAT",
        read_whole: int = READ_WHOLE,
    ) -> None:
        """`way` is the index over vectors of a collection that is made anew: see `server.WAYS`."""
        self.address = address
        self._store = store
        self._folder = folder
        self._way = way
        self._read_whole = read_whole
        self._server: Server | None = None
        self._is_trusted = False
        self._token: str | None = None
        self._lock = threading.RLock()

    def open(self, last: Snapshot | None) -> Snapshot:
        """Return what the library and the server hold at this moment."""
        with self._lock:
            while True:
                count_passages(self._store)
                self._trusted()
                with self._store.reading():
                    if is_counted(self._store):
                        return self._snapshot(last)

    def is_current(self, snapshot: Snapshot) -> bool:
        """Whether the documents, and what is known of the server, are as they were."""
        return (
            self._is_trusted
            and self._server is not None
            and not self._server.is_broken
            and snapshot.is_current(self._store)
            and self._store.meta(ledger.TOKEN) == self._token
        )

    def send(self, progress: Progress = ignore_progress) -> None:
        """Write what the server lacks, and drop what the library no longer has."""
        with self._lock:
            count_passages(self._store)
            self._trusted(progress)
        # Without the lock: who searches meanwhile does not wait for it.
        self._send(progress)

    def clear(self) -> None:
        """Remove the collection from the server, and what the library knows of it."""
        with self._lock:
            known = self._own_collection()
            if known is not None and (rows := self._reached().of(known.name)).exists():
                rows.remove()
            forget_server(self._store)
            self._is_trusted = False

    @property
    def rows(self) -> Server:
        """The rows of the library, as they are known to it."""
        known = ledger.collection_of(self._store)
        return self._reached().of(known.name if known else "")

    def _reached(self) -> Server:
        """The server; connected at the first call, and asked what it can do.

        Once something went wrong, the connection is made anew and the rows are compared again.
        """
        if self._server is not None and self._server.is_broken:
            self._server.close()
            self._server, self._is_trusted = None, False
        if self._server is None:
            server = Server(connect(self.address))
            if ledger.collection_of(self._store) is None:
                probe(server)
            self._server = server
        return self._server

    def _own_collection(self) -> ledger.Collection | None:
        """The library's collection; one of a library that this is a copy of is left to that."""
        known = ledger.collection_of(self._store)
        if known is not None and known.folder != ledger.place(self._folder):
            self._forget_rows()
            return None
        return known

    def _forget_rows(self) -> None:
        with self._store.transaction() as connection:
            ledger.start_anew(connection)

    def _trusted(self, progress: Progress = ignore_progress) -> None:
        """See that the rows on the server were compared with the library, and completed."""
        server, known = self._reached(), self._own_collection()
        if self._is_trusted:
            return
        if known is not None:
            rows = server.of(known.name)
            if rows.exists():
                rows.load()
                compare(self._store, rows)
            else:
                self._forget_rows()
        self._is_trusted = True
        self._send(progress)

    def _send(self, progress: Progress) -> None:
        """Send to the collection of the library's encoder, made where there is none."""
        before, model = self._own_collection(), self._store.state().encoder
        known = before
        if model is not None and has_vectors(self._store, model):
            known = ledger.begin(self._store, model, self._folder, self._make)
        if known is None:
            return
        send(self._store, self._reached().of(known.name), known, progress)
        if before is not None and before.name != known.name:
            self._reached().of(before.name).remove()

    def _make(self, wanted: ledger.Collection) -> None:
        rows = self._reached().of(wanted.name)
        rows.create(dimension(self._store, wanted.model), self._way)
        rows.load()

    def _snapshot(self, last: Snapshot | None) -> Snapshot:
        state = self._store.state()
        is_kept = last is not None and last.state.generation == state.generation
        rows = last.passages if last and is_kept else self._store.passages()
        keys, total = counted_keys(self._store)
        unsent = _positions(rows, ledger.unsent_ids(self._store))
        passages = Passages(self._store, self.rows, rows, keys, unsent, self._read_whole)
        self._token = self._store.meta(ledger.TOKEN)
        return Snapshot(state, rows, RemoteWords(passages, total), self._vectors(state, passages))

    def _vectors(self, state: State, passages: Passages) -> RemoteVectors | None:
        if state.encoder is None or not state.embedded:
            return None
        found = _positions(passages.rows, embedded_ids(self._store, state.encoder))
        known = ledger.collection_of(self._store)
        if known is None or known.model != state.encoder:
            # The server still has the vectors of another encoder: none of them is asked for.
            passages = replace(passages, unsent=np.arange(len(passages.rows)))
        return RemoteVectors(passages, state.encoder, found) if len(found) else None


def forget_server(store: Store) -> str | None:
    """Forget what was sent, and the counts that it was made of; return the collection's name."""
    known = ledger.collection_of(store)
    with store.transaction() as connection:
        ledger.start_anew(connection)
        forget(connection)
    return known.name if known else None


def _positions(rows: list[PassageRow], ids: Positions) -> Positions:
    """Where the passages of some ids stand; both ascend."""
    return np.searchsorted(np.fromiter((row.id for row in rows), np.int64, len(rows)), ids)
