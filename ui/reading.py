"""What the reader can do: open a document at some places, and find words in it."""

from collections.abc import Mapping
from itertools import count, islice

from corpus import Document, Span, YoujuError
from corpus.fold import fold, fold_text
from corpus.markup import Html
from corpus.spans import starts_of
from index import Library
from index.references import Resolver
from retrieval import Standing, standings
from ui import reader
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

    def find(self, document_id: str, words: str, language: Language) -> Html:
        """The reader with a document, every place marked where some words stand in it."""
        return self._shown(document_id, "", words[:LONGEST_SOUGHT].strip(), language)

    def _shown(self, document_id: str, spans: str, words: str, language: Language) -> Html:
        try:
            document, known = self._library.document(document_id), standings(self._library)
        except YoujuError as error:
            return reader.cannot_open(explain(error, language), language)
        documents = [one.document for one in known.values()]
        opened = reader.Opened(
            document,
            known[document.id],
            Resolver(documents, self._library.document),
            find_words(words, document.text) or reader.read_spans(spans, len(document.text)),
            words,
            versions_of(document, known),
            next(self._serials),
        )
        return reader.document_view(opened, language)


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
