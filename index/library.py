"""A library: documents in SQLite, and the two indexes that are built from them."""

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import Document, Metadata
from index import edits
from index.adding import put
from index.backend import open_engine, settle
from index.built_with import BuiltWith, OpenEncoder
from index.collections import collection_name
from index.database import check_folder
from index.embedding import make_vectors
from index.encoders import Encoder
from index.relations import Relations
from index.report import Failure, Near, Progress, Report, Stop, ignore_progress, never
from index.restoring import finish_restore
from index.schema import LibraryError
from index.snapshot import Snapshot
from index.store import Store

if TYPE_CHECKING:
    from corpus.intake import Source


def readable(path: Path) -> str:
    """Return a path as text: a name in an old encoding is shown with its bytes spelt out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class Library:
    """One folder of documents that can be searched. Safe to share between threads.

    `open_encoder` turns the name that the library remembers, or None for the default, into an
    Encoder; it is called when vectors are first needed, never before. `backend` names the engine
    of an empty library, or has to be the one that the library remembers: see `index.backend`.
    """

    is_whole = True
    """Whether every document of the folder is seen; see `index.within`."""

    def __init__(
        self,
        folder: Path,
        open_encoder: OpenEncoder,
        model: str | None = None,
        create: bool = True,
        backend: str | None = None,
    ) -> None:
        self.folder = folder
        finish_restore(folder)
        check_folder(folder, create)
        self.store = Store(folder)
        settle(self.store, folder, backend)
        self.engine = open_engine(self.store, folder, backend)
        self.relations = Relations(self.store)
        self._built_with = BuiltWith(self.store, folder, open_encoder, model)
        self._snapshot: Snapshot | None = None
        self._lock = threading.RLock()
        # The same text is not encoded twice where two threads add at once.
        self._embedding = threading.Lock()

    # --- encoder ---------------------------------------------------------------------------

    @property
    def encoder(self) -> Encoder:
        """The encoder that the library was built with; loaded at the first use.

        Raises LibraryError where another one was asked for.
        """
        return self._built_with.encoder()

    @property
    def advice(self) -> str | None:
        """What to do about an encoder that is no longer the default; None where nothing is."""
        return self._built_with.advice

    def reencode(self, model: str | None, progress: Progress = ignore_progress) -> None:
        """Encode every passage with another model, which the library then remembers."""
        self._built_with.change(model)
        self.embed(progress)

    # --- documents -------------------------------------------------------------------------

    def add(
        self,
        paths: Sequence[Path],
        progress: Progress = ignore_progress,
        vectors: bool = True,
        collection: str | None = None,
    ) -> Report:
        """Add files and folders; what fails is reported and stops nothing else.

        A file whose bytes are known is left alone; a file that changed replaces its old self.
        The documents are searchable by words before the first vector is made. They are filed
        under `collection`, or where they were. Raises LibraryError for what is no name of one.
        """
        from corpus.files import find_unreadable
        from corpus.intake import Source, find_sources

        filed = collection_name(collection) if collection is not None else None
        paths = [Path(os.path.abspath(path)) for path in paths]
        found = find_sources(paths)
        if vectors and (self._built_with.model or self.advice):
            # A model that does not fit or cannot be had is refused before anything is added.
            self._built_with.encoder()
        report = Report(passed_over=[readable(path) for path in find_unreadable(paths)])
        if self.advice:
            report.warnings.append(Failure(readable(self.folder), self.advice))
        sources = [Source(path, readable(path), root) for path, root in found.items()]
        self.add_sources(sources, report, progress, collection=filed)
        if vectors:
            self.embed(progress)
        return report

    def add_sources(
        self,
        sources: "Sequence[Source]",
        report: Report,
        progress: Progress = ignore_progress,
        source_of: Callable[[Document], str] = attrgetter("source"),
        stop: Stop = never,
        collection: str | None = None,
    ) -> None:
        """Add files under the given names, noting in `report` what became of each.

        `source_of` may rename a document before it is written: one of the same source is
        replaced. They are filed under `collection`, or where they were, and are then searchable by
        words; `embed` makes their vectors. Where it is stopped, what was added stays, and the
        report names the files that are left out.
        """
        from index.reading import read_sources

        for document in read_sources(sources, report, progress, stop):
            source = source_of(document)
            self.put(replace(document, source=source, collection=collection), report)
        self.store.settle()
        self.refresh()
        progress("words", 1, 1)
        self.relations.update(progress, stop)
        near = self.near_duplicates()
        report.near = {name: near[name] for name in report.counts if name in near}

    def put(self, document: Document, report: Report) -> None:
        """Write one document unless its bytes are known already, and note what became of it."""
        put(self.store, document, report)

    def put_all(self, documents: Iterable[Document]) -> Report:
        """Write documents that were made elsewhere; `refresh` and `embed` make them searchable."""
        report = Report()
        for document in documents:
            self.put(document, report)
        return report

    def remove(self, ids: Iterable[str]) -> list[Document]:
        """Remove documents by id or unambiguous beginning of an id; returns what was removed.

        Raises LibraryError, and removes nothing, where one of them is not there.
        """
        documents = {found.id: found for found in map(self.document, ids)}
        self.store.delete(list(documents))
        self.refresh()
        self.engine.send(ignore_progress)
        return list(documents.values())

    def give(self, name: str, values: Metadata) -> Document:
        """Say of a document what its text does not, or says otherwise; return it as it is then.

        Each value is a `Given`. They take the place of what was said before, so that an empty
        `Metadata` takes all of it back. What was read stays beside it (`as_read`). What is said
        survives that the same file is added again, or a new version of it (`index.corrections`).
        """
        found = self.document(name)
        edits.give(self.store, found.id, values)
        self.refresh()
        return self.document(found.id)

    def file_under(self, name: str, collection: str) -> Document:
        """File a document under a collection, whose readers then see it; return it as it is then.

        Raises LibraryError for what is no name of a collection.
        """
        found = self.document(name)
        edits.file_under(self.store, found.id, collection)
        self.refresh()
        return self.document(found.id)

    def as_read(self, name: str) -> Metadata:
        """Return what was read of a document or stood beside its file, whatever `give` said."""
        return edits.as_read(self.store, self.document(name).id)

    def document(self, name: str) -> Document:
        """Return the document of an id or its beginning. Raises LibraryError for no such one."""
        matching = self.store.matching_ids(name) if name else []
        is_clear = len(matching) == 1 or name in matching
        document = self.store.document(matching[0]) if is_clear else None
        if document is None:
            found = "several documents" if matching else "no document"
            raise LibraryError(f"{found} with an id beginning {name!r}: see `youju list`")
        return document

    def documents(self) -> list[Document]:
        """Return all documents, without their texts and clauses, in the order of adding."""
        return self.store.documents()

    def near_duplicates(self) -> dict[str, list[Near]]:
        """Return the near-duplicates of each document that has any, the nearest first."""
        return self.relations.near_duplicates()

    # --- indexes ---------------------------------------------------------------------------

    def embed(self, progress: Progress = ignore_progress, stop: Stop = never) -> None:
        """Make the vectors that are missing, keeping each batch as soon as it is made.

        Where it is stopped, the next call goes on from there.
        """
        with self._embedding:
            made = make_vectors(self.store, self.encoder, self.engine, progress, stop)
            # A process that was killed may have left vectors that nobody was told of.
            if made or self.snapshot().pending:
                self.store.announce_vectors()
            self.engine.send(progress)
            self.snapshot()

    def refresh(self) -> Snapshot:
        """Build or open the indexes of the newest generation, and return them."""
        with self._lock:
            self._snapshot = self.engine.open(self._snapshot)
            return self._snapshot

    def snapshot(self) -> Snapshot:
        """Return the indexes as they are now; another process's changes are taken in."""
        with self._lock:
            if self._snapshot is None or not self.engine.is_current(self._snapshot):
                return self.refresh()
            return self._snapshot

    def clear_cache(self) -> None:
        """Delete the indexes; they are built again from the documents when next needed."""
        with self._lock:
            self._snapshot = None
            self.engine.clear()
