"""What the targets of a run say: gold and what was found instead, with text and address."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from corpus import Document, Span
from corpus.citation import cite
from index import Library
from index.schema import LibraryError

LONGEST = 240
"""Characters of a clause that are shown."""


class Shown(NamedTuple):
    """A clause, or a document that is a target as a whole."""

    document_id: str
    citation: str
    """As officials write it: 《title》（文号）第十二条."""
    span: Span
    text: str
    """What it says, shortened."""


def shown(library: Library, targets: Iterable[str]) -> dict[str, Shown]:
    """Return what a library has of some targets; one that is not there any more is left out.

    A target is the id of a clause, which begins with that of its document, or of a document.
    """
    found: dict[str, Shown] = {}
    documents: dict[str, Document | None] = {}
    for target in sorted(targets):
        for name in (target, target.rpartition("-")[0]):
            if name not in documents:
                documents[name] = _document(library, name)
            document = documents[name]
            place = _shown(document, target) if document else None
            if place:
                found[target] = place
                break
    return found


def _document(library: Library, name: str) -> Document | None:
    try:
        document = library.document(name)
    except LibraryError:
        return None
    return document if document.id == name else None


def _shown(document: Document, target: str) -> Shown | None:
    if target == document.id:
        span = Span(0, len(document.text))
        return Shown(document.id, cite(document), span, shortened(document.text))
    clause = next((clause for clause in document.clauses if clause.id == target), None)
    if clause is None:
        return None
    text = shortened(document.quote(clause.span))
    return Shown(document.id, cite(document, clause), clause.span, text)


def shortened(text: str) -> str:
    """Return the lines of a text without the white space around them, and at most LONGEST of it."""
    lines = (line.strip() for line in text.splitlines())
    told = "\n".join(line for line in lines if line)
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}……"


Places = Mapping[str, Shown]
"""By target."""
