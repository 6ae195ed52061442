"""HTML of what was noticed about a document: how it was read, what is odd, what is alike."""

from collections.abc import Iterator, Sequence

from corpus import Document, Note
from index import Near
from ui.cards import open_button
from ui.markup import Html, element
from ui.strings import NOTES, Language, say

MOST_NOTES = 8
MOST_NEAR = 3


def remarks(
    document: Document, clauses: int, near: Sequence[Near], language: Language
) -> Iterator[Html]:
    """Yield a line with format and size, one for each note, one for each near-duplicate."""
    read = [document.format, document.encoding, say(language, "list.clauses", count=clauses)]
    yield element("p", " · ".join(filter(None, read)), class_="yj-read")
    yield from notes(document, language)
    yield from (_near(other, language) for other in near[:MOST_NEAR])
    yield from _more("list.more_near", len(near) - MOST_NEAR, language)


def notes(document: Document, language: Language) -> Iterator[Html]:
    """Yield what the reader of a document should know about its text."""
    for note in document.notes[:MOST_NOTES]:
        yield element("p", note_text(note, language), class_="yj-note")
    yield from _more("list.more_notes", len(document.notes) - MOST_NOTES, language)


def note_text(note: Note, language: Language) -> str:
    """Return a note in the reader's language; what it quotes stays as written."""
    return note.text if language == "zh" else NOTES[note.kind].format(*note.values)


def _near(near: Near, language: Language) -> Html:
    count = {"common": near.similar.common, "clauses": near.similar.clauses}
    said = say(language, "list.near", **count, share=f"{near.similar.share:.0%}")
    link = open_button(near.document.label, near.document.id, class_="yj-link")
    return element("p", link, " ", said, class_="yj-read")


def _more(name: str, count: int, language: Language) -> Iterator[Html]:
    if count > 0:
        yield element("p", say(language, name, count=count), class_="yj-read")
