"""Which documents can be set against each other: all of them, and the versions of one."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePath

from corpus import Document
from index import Library
from index.versions import works
from retrieval import standings
from retrieval.compare import CompareError, compare_documents, find_document
from retrieval.compare.shapes import comparison_shape
from retrieval.shapes import Json

MOST_CHOICES = 1_000
"""Documents that are offered in a list; any other is found by its title."""

Choice = tuple[str, str]
"""What people read, and what is chosen."""
_BETWEEN = " "


def documents(library: Library) -> list[Choice]:
    """The documents that were added last, the newest first, by id."""
    newest = list(reversed(library.documents()))[:MOST_CHOICES]
    return [(_named(document), document.id) for document in newest]


def versions(library: Library) -> list[Choice]:
    """Each version with the one before it, by the ids of both, the older first."""
    return list(_versions(library.documents()))[:MOST_CHOICES]


def _versions(held: Sequence[Document]) -> Iterator[Choice]:
    for work in works(held):
        for newer, older in pairwise(work.versions):
            name = f"{newer.label}（{_known_by(older)} → {_known_by(newer)}）"
            yield name, f"{older.id}{_BETWEEN}{newer.id}"


def _named(document: Document) -> str:
    return f"{document.label}（{_known_by(document)}）"


def _known_by(document: Document) -> str:
    """What tells a document from others of its title: its 文号, its day, or its file."""
    metadata = document.metadata
    stated = [value.value for value in (metadata.number, metadata.date) if value]
    # --05-23 tells no year, and so no document from another.
    named = [value for value in stated if not value.startswith("--")]
    return named[0] if named else PurePath(document.source).name


def compared(library: Library, old: str, new: str) -> Json:
    """Return what changed between two documents, each an id or what people call it.

    Raises CompareError where one is not there, or both are the same.
    """
    first, second = (find_document(library, name) for name in (old, new))
    if first.id == second.id:
        raise CompareError("both are the same document: choose another one")
    return comparison_shape(compare_documents(first, second), standings(library))


def of_versions(chosen: str) -> dict[str, str]:
    """Return the two documents of what `versions` offers, by the names that `compared` has."""
    old, _, new = chosen.partition(_BETWEEN)
    return {"old": old, "new": new}


def versions_of(given: Mapping[str, str]) -> str:
    """Return two documents as `versions` offers them, whether it does or not."""
    return f"{given.get('old', '')}{_BETWEEN}{given.get('new', '')}"
