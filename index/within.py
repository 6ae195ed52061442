"""A library as it is for somebody who may see some of its collections only, and change nothing."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import Connection
from typing import Any

from corpus.document import Document
from index.collections import collection_of, column_of
from index.library import Library
from index.relations import Relations
from index.report import Near, Progress, Stop, ignore_progress, never
from index.rows import DocumentRow, PassageRow
from index.schema import LibraryError
from index.snapshot import Snapshot
from index.store import Store

READ_ONLY = "this view of the library is for reading: ask somebody who may change it"


class StoreWithin(Store):
    """The documents of a store that are in some collections: the others are not there.

    Whatever names or yields a document is limited here; what is written is refused.
    """

    def __init__(self, whole: Store, collections: frozenset[str]) -> None:
        # The connections are those of the whole, one a thread for everybody.
        vars(self).update(vars(whole))
        self._whole = whole
        self._collections = collections

    def _has(self, document: Document) -> bool:
        return collection_of(document) in self._collections

    def document(self, document_id: str) -> Document | None:
        """Return a document with its clauses, or None."""
        found = self._whole.document(document_id)
        return found if found and self._has(found) else None

    def row(self, document_id: str) -> DocumentRow | None:
        """Return the row of a document, or None."""
        return self._whole.row(document_id) if document_id in self.entry_seals() else None

    def documents(self) -> list[Document]:
        """Return the documents without texts and clauses, in the order they were added."""
        return [document for document in self._whole.documents() if self._has(document)]

    def entries(self, ids: Iterable[str]) -> Iterator[Document]:
        """Yield those of the given documents that are there, without texts and clauses."""
        return (document for document in self._whole.entries(ids) if self._has(document))

    def entry_seals(self) -> dict[str, int]:
        """Return a checksum over what is known of each document, in the order of adding."""
        found = self._each(
            "SELECT position, id, facts_seal FROM documents INDEXED BY documents_by_collection"
            " WHERE collection IS ?"
        )
        return {name: facts_seal for _, name, facts_seal in sorted(found)}

    def has_documents(self) -> bool:
        """Whether there is any document."""
        return bool(self.entry_seals())

    def clause_counts(self) -> dict[str, int]:
        """Return how many clauses each document has."""
        seen = self.entry_seals()
        return {name: n for name, n in self._whole.clause_counts().items() if name in seen}

    def ids_of_source(self, source: str) -> list[str]:
        """Return the ids of the documents that were read from `source`."""
        seen = self.entry_seals()
        return [name for name in self._whole.ids_of_source(source) if name in seen]

    def matching_ids(self, prefix: str) -> list[str]:
        """Return the document ids that begin with `prefix`, in order, at most two."""
        found = self._each(
            "SELECT id FROM documents INDEXED BY documents_by_collection"
            " WHERE collection IS ? AND id BETWEEN ? AND ? ORDER BY id LIMIT 2",
            prefix,
            prefix + chr(0x10FFFF),
        )
        return sorted(name for (name,) in found)[:2]

    def passages(self) -> list[PassageRow]:
        """Return the passages in the order of the documents and of their text."""
        seen = self.entry_seals()
        return [row for row in self._whole.passages() if row.document_id in seen]

    def clause_places(self, *kinds: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the address of each clause of some kinds, by its id."""
        seen = self.entry_seals()
        found = self._whole.clause_places(*kinds)
        # The id of a clause is that of its document, and its place there.
        return {name: place for name, place in found.items() if name.rpartition("-")[0] in seen}

    @contextmanager
    def transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[Connection]:
        """Read in one state of the library; raises LibraryError where anything is to be written."""
        if begin != "BEGIN":
            raise LibraryError(READ_ONLY)
        with self._whole.transaction(begin) as connection:
            yield connection

    def _each(self, query: str, *values: str) -> list[Any]:
        """The rows of a query for each of the collections."""
        with self.connect() as connection:
            return [
                row
                for collection in sorted(self._collections)
                for row in connection.execute(query, (column_of(collection), *values))
            ]


class LibraryWithin(Library):
    """The documents of a library that are in some collections, to be read.

    It is as if there were no others: neither id nor title, list nor count tells of them, and a
    document that one of them replaces holds here. What words are worth is weighed in the whole
    library (`snapshot`), whose positions a search is limited to before it begins.
    """

    is_whole = False

    def __init__(self, whole: Library, collections: frozenset[str]) -> None:
        vars(self).update(vars(whole))
        self._whole = whole
        self.store = StoreWithin(whole.store, collections)
        self.relations = Relations(self.store)

    def near_duplicates(self) -> dict[str, list[Near]]:
        """Return the near-duplicates of each document that has any, the nearest first."""
        seen = self.store.entry_seals()
        found = super().near_duplicates()
        return {name: near for name, near in found.items() if name in seen and near}

    def snapshot(self) -> Snapshot:
        """Return the indexes of the whole library as they are now."""
        return self._whole.snapshot()

    def refresh(self) -> Snapshot:
        """Build or open the indexes of the whole library, and return them."""
        return self._whole.refresh()

    def embed(self, progress: Progress = ignore_progress, stop: Stop = never) -> None:
        """Raise LibraryError: vectors are made by who keeps the library."""
        raise LibraryError(READ_ONLY)

    def reencode(self, model: str | None, progress: Progress = ignore_progress) -> None:
        """Raise LibraryError: the model belongs to the whole library."""
        raise LibraryError(READ_ONLY)

    def clear_cache(self) -> None:
        """Raise LibraryError: the cache belongs to the whole library."""
        raise LibraryError(READ_ONLY)


def within(library: Library, collections: Sequence[str] | frozenset[str] | None) -> Library:
    """Return a library as somebody who may see these collections sees it; None is all of them."""
    return library if collections is None else LibraryWithin(library, frozenset(collections))
