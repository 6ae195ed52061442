"""Whether a document is in force, as far as the library can tell."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from corpus import Document
from corpus.citation import cite
from corpus.spans import Given
from index import Library
from index.versions import DRAFT, find_repeals, find_replacements, has_come, is_past
from retrieval.remarks import Remark

IN_FORCE = "现行"
ON_TRIAL = "试行"
REPEALED = "已废止"
REPLACED = "已被替代"

SUPERSEDED = frozenset({REPLACED, REPEALED})
"""Statuses of what no longer holds."""

_NOTICES = {DRAFT: Remark("draft"), REPEALED: Remark("repealed")}

STATUSES = (IN_FORCE, DRAFT, ON_TRIAL, REPEALED, REPLACED)
"""What a standing may say; it says nothing (不明) where neither text nor library tells."""


class Standing(NamedTuple):
    """A document, its status within its library, and the later document that replaces it.

    `status` is one of `STATUSES`, or None where it is not known (不明).
    """

    document: Document
    status: str | None
    replaced_by: Document | None

    @property
    def is_superseded(self) -> bool:
        """Whether it no longer holds: a later document replaced or repealed it, or it ran out."""
        return self.status in SUPERSEDED

    @property
    def notice(self) -> Remark | None:
        """What to know before relying on the document: a draft, repealed, or replaced by which."""
        if self.replaced_by is not None:
            return Remark("replaced", (cite(self.replaced_by),))
        return _NOTICES.get(self.status or "")


def standings(library: Library, today: date | None = None) -> dict[str, Standing]:
    """Return the standing of every document by id, as of `today`.

    In this order: what the user says of it; replaced by a later document of the library; repealed
    by one, or past its own last day; what it says of itself (a draft, on trial, or what a table
    above it says); in force where the day it takes effect is stated and has come.
    """
    return standings_of(library.documents(), today or date.today())


def standings_of(documents: Sequence[Document], day: date) -> dict[str, Standing]:
    """Return the standing of each document by id, where there are no others."""
    replaced, repealed = find_replacements(documents, day), find_repeals(documents, day)
    return {
        document.id: _standing(document, day, replaced.get(document.id), document.id in repealed)
        for document in documents
    }


def standing_alone(document: Document, day: date) -> Standing:
    """Return the standing of a document that no other one replaces or repeals."""
    return _standing(document, day, None, False)


def _standing(
    document: Document, day: date, replaced_by: Document | None, repealed: bool
) -> Standing:
    status = _status(document, day, replaced_by is not None, repealed)
    # What the user says of a document overrules what the library makes of its dates.
    overruled = isinstance(document.metadata.status, Given) and status != REPLACED
    return Standing(document, status, None if overruled else replaced_by)


def _status(document: Document, day: date, replaced: bool, repealed: bool) -> str | None:
    stated, effective = document.metadata.status, document.metadata.effective
    if isinstance(stated, Given):
        return stated.value
    if replaced:
        return REPLACED
    if repealed or is_past(document, day):
        return REPEALED
    if stated:
        return stated.value
    took_effect = effective is not None and not effective.value.startswith("--")
    return IN_FORCE if effective and took_effect and has_come(effective.value, day) else None
