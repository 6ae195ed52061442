"""What a search is limited to: documents by issuer, region, year, status or id."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from corpus import Document
from corpus.fold import fold_text
from index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Filters:
    """Each value that is given must hold for the document; text is matched in part, folded.

    An empty value is none. `documents` are ids, or how they begin.
    """

    issuer: str | None = None
    region: str | None = None
    year: str | None = None
    status: str | None = None
    documents: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def accepts(self, document: Document, status: str | None) -> bool:
        """Whether a document passes; `status` is its status within its library."""
        metadata = document.metadata
        region = metadata.region.value if metadata.region else None
        date = metadata.date.value if metadata.date else ""
        return (
            _holds(self.issuer, metadata.issuer)
            and _holds(self.region, region)
            and _holds(self.status, status)
            and (not self.year or date.startswith(self.year))
            and (not self.documents or document.id.startswith(self.documents))
        )


def _holds(wanted: str | None, value: str | None) -> bool:
    return not wanted or (value is not None and fold_text(wanted) in fold_text(value))


def allowed_positions(snapshot: Snapshot, documents: set[str]) -> NDArray[np.int64]:
    """Return the positions of the passages of the given documents, ascending."""
    known = snapshot.positions_of_document
    found = [known[document] for document in documents if document in known]
    return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)
