"""Whether a document is in force, as far as the library can tell."""

from typing import NamedTuple

from corpus import Document
from index import Library

REPLACED = "已被替代"
REPEALED = "已废止"
SUPERSEDED = frozenset({REPLACED, REPEALED})
"""Statuses of what no longer holds."""


class Standing(NamedTuple):
    """A document, its status within its library, and the later document that replaces it."""

    document: Document
    status: str | None
    replaced_by: Document | None

    @property
    def is_superseded(self) -> bool:
        """Whether a later document replaced or repealed it."""
        return self.status in SUPERSEDED


def standings(library: Library) -> dict[str, Standing]:
    """Return the standing of every document by id."""
    replacements = library.replacements()
    return {
        document.id: _standing(document, replacements.get(document.id))
        for document in library.documents()
    }


def _standing(document: Document, replaced_by: Document | None) -> Standing:
    stated = document.metadata.status
    status = REPLACED if replaced_by else (stated.value if stated else None)
    return Standing(document, status, replaced_by)
