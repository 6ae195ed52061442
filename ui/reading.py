"""What the reader can do: open a document at some places, and find words in it."""

from collections.abc import Mapping, Sequence
from itertools import count, islice
from urllib.parse import urlencode

from corpus import Document, Span, YoujuError
from corpus.fold import fold, fold_text
from corpus.markup import Html
from corpus.spans import starts_of
from index import Library
from index.references import Resolver
from retrieval import Standing, standings
from ui import reader
from ui.address import AddressError, is_shared, not_here
from ui.errors import explain
from ui.reader_bar import LONGEST_SOUGHT
from ui.strings import Language

MOST_FOUND = 500
"""Places that are marked at once; more of them tell a reader nothing."""


class Reading:
    """Opens the documents of a library. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._serials = count(1)

    def open(self, document_id: str, spans: str, language: Language) -> Html:
        """The reader with a document, the given stretches of it marked (`12-40 55-80`)."""
        return self._shown(document_id, spans, "", language)

    def visit(self, asked: Mapping[str, str], language: Language) -> Html:
        """The reader at what an address asks for; what is not there is said."""
        name, words, marks = (asked.get(one, "") for one in ("doc", "find", "marks"))
        try:
            clause = span_of(self._addressed(name), asked.get("clause", ""))
            if not reader.are_spans(marks):
                raise not_here(marks)
            return self.find(name, words, marks or clause, language)
        except YoujuError as error:
            return reader.cannot_open(explain(error, language), language)

    def _addressed(self, name: str) -> Document:
        """The document that an address names by its id. Raises AddressError where it is not here.

        The page that shows the address cannot help it: an older one was removed, or it was made
        of another library.
        """
        if not (name and self._library.store.matching_ids(name)):
            raise AddressError(
                "the address names a document that is not in the library (it was removed, or the "
                "address comes from another library): look for its title under Library"
            )
        return self._library.document(name)

    def find(self, document_id: str, words: str, spans: str, language: Language) -> Html:
        """The reader with a document, every place marked where some words stand in it.

        What was quoted stays marked; without words it is all that is.
        """
        return self._shown(document_id, spans, words[:LONGEST_SOUGHT].strip(), language)

    def _shown(self, document_id: str, spans: str, words: str, language: Language) -> Html:
        try:
            document, known = self._library.document(document_id), standings(self._library)
        except YoujuError as error:
            return reader.cannot_open(explain(error, language), language)
        documents = [one.document for one in known.values()]
        marks = reader.read_spans(spans, len(document.text))
        opened = reader.Opened(
            document,
            known[document.id],
            Resolver(documents, self._library.document),
            marks,
            words,
            find_words(words, document.text),
            versions_of(document, known),
            address_of(document, marks, words),
            next(self._serials),
        )
        return reader.document_view(opened, language)


def span_of(document: Document, clause_id: str) -> str:
    """Return where a clause stands, as buttons name it; nothing for no clause.

    Raises AddressError for one that the document does not have.
    """
    if not clause_id:
        return ""
    places = {clause.id: clause.span for clause in document.clauses}
    if clause_id not in places:
        raise AddressError(f"the document has no clause {clause_id[:40]!r}: see the link")
    return reader.write_spans([places[clause_id]])


def address_of(document: Document, marks: Sequence[Span], words: str) -> str:
    """Return what an address says to read: the clause of the first mark, and what is marked.

    The words that are looked for come last.
    """
    asked = {"doc": document.id}
    if marks:
        clause = document.clauses[reader.clause_at(document, marks[0].start)]
        asked["clause"] = clause.id
        written = reader.write_spans(marks)
        if list(marks) != [clause.span] and is_shared(written):
            asked["marks"] = written
    if words:
        asked["find"] = words
    return urlencode(asked)


def find_words(words: str, text: str) -> list[Span]:
    """Return where `words` stand in a text, the first of very many.

    As in a search, script, width and spaces make no difference.
    """
    sought, folded = fold_text(words), fold(text)
    starts = islice(starts_of(sought, folded.text, overlapping=False), MOST_FOUND)
    return [folded.original(start, start + len(sought)) for start in starts]


def versions_of(document: Document, known: Mapping[str, Standing]) -> list[Standing]:
    """Return the versions that a document is one of, the oldest first; none where it is alone."""
    newest = _newest(document.id, known)
    versions = [one for one in known.values() if _newest(one.document.id, known) == newest]
    return sorted(versions, key=_issued) if len(versions) > 1 else []


def _newest(document_id: str, known: Mapping[str, Standing]) -> str:
    """The document that in the end replaced one, or itself; dates keep this from going round."""
    while newer := known[document_id].replaced_by:
        document_id = newer.id
    return document_id


def _issued(version: Standing) -> tuple[bool, str, str]:
    day = version.document.metadata.date
    return version.replaced_by is None, day.value if day else "", version.document.id
