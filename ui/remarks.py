"""What was noticed, in the reader's language: of a document as HTML, and of a search."""

from collections.abc import Iterator, Sequence

from corpus import Document, Note
from corpus.fields import FOLDER, HAND, LABELS, as_shown, given_fields
from corpus.markup import Html, element
from index import Near
from retrieval.lines import encoding_name
from retrieval.remarks import Remark
from ui.cards import open_button
from ui.errors import explain
from ui.strings import Language, say

MOST_NOTES = 8
MOST_NEAR = 3

NOTES: dict[str, str] = {
    "damaged": "Places that look damaged in the source: {}",
    "missing": "Figures that the source leaves empty: {} ({})",
    "unnumbered": "No numbered clauses found; searched by paragraph",
    "mended": "“{}” had lost its number and is taken as “{}”",
    "restarted": "Numbering begins again at “{}”",
    "late": "Numbers are missing before “{}”",
    "gap": "Numbering jumps from “{}” to “{}”",
    "repeated": "The number “{}” is repeated",
    "alone": "“{}” stands alone on a line and is joined with “{}” below it",
    "split": "“{}” was split by a line break and is joined again",
    "inline": "“{}” did not begin a line; the text is parted there by its number",
    "more": "Further oddities of numbering, not listed: {}",
    "run_on": "“{}” stands on one line with its text and is taken as its heading",
    "stray": "“{}” at the start of a line is out of sequence and taken as text",
    "furniture": "Lines of the web page around the document that were left out: {}",
    "tracked": "The document has tracked changes; it is read with all of them accepted",
    "contents": "The table of contents made by Word was left out",
    "hidden": "Hidden text was left out",
    "converted": "Converted by LibreOffice; check automatic numbers against the original",
    "embedded": "Files embedded in the document were not read",
    "whole_page": "The document could not be told from the page around it; all text was kept",
    "running_heads": "Running heads, feet and page numbers that were left out: {}",
    "recognised": "Pages recognised from pictures: {}, mean confidence {}; check before citing",
    "unsure": "Recognised lines that are uncertain: {} (confidence below {})",
    "garbled": "The fonts of page {} do not say what they show; it was recognised as a picture",
    "layer": "Page {} is a scan; its text was recognised by another program and may be wrong",
    "unread": "Page {} could not be read: {}",
    "overruled": "metadata.csv gives the {} “{}” where the text has “{}”; the former is used",
}
"""The wording of `corpus.notes` in English."""
_IN_ORDER = frozenset({"furniture", "running_heads", "contents", "tracked", "embedded"})
"""Kinds that say what was done, and ask nothing of the reader."""
_GIVERS = {FOLDER: "list.folder", HAND: "list.hand"}


def remarks(
    document: Document, clauses: int, near: Sequence[Near], language: Language
) -> Iterator[Html]:
    """Yield a line on how it was read, one for each note, one for each near-duplicate."""
    encoding = encoding_name(document.encoding)
    read = [document.format, encoding, say(language, "list.clauses", count=clauses)]
    line = " · ".join([*filter(None, read), *_kept(document, language)])
    yield element("p", line, class_="yj-read")
    yield from _given(document, language)
    yield from notes(document, language)
    yield from (_near(other, language) for other in near[:MOST_NEAR])
    yield from _more("list.more_near", len(near) - MOST_NEAR, language)


def _kept(document: Document, language: Language) -> Iterator[str]:
    """Level, 文种 and the days that were found, beside what every card shows."""
    metadata = document.metadata
    yield from (value.value for value in (metadata.level, metadata.form) if value)
    for name in ("published", "effective", "repealed"):
        day = getattr(metadata, name)
        if day:
            yield say(language, f"list.{name}", day=as_shown(day.value, language))


def _given(document: Document, language: Language) -> Iterator[Html]:
    """What the user gave beside the text, and by what."""
    for by, fields in given_fields(document.metadata).items():
        yield element("p", given_text(by, _named(fields, language), language), class_="yj-read")


def kept_corrections(document: Document, language: Language) -> Iterator[Html]:
    """What the user had said of a file, and holds of its new version too."""
    names = given_fields(document.metadata).get(HAND)
    if names:
        said = say(language, "report.kept", names=_named(names, language))
        yield element("p", said, class_="yj-read")


def _named(fields: Sequence[str], language: Language) -> str:
    return "、".join(fields) if language == "en" else "、".join(map(LABELS.__getitem__, fields))


def given_text(by: str, names: str, language: Language) -> str:
    """Say what gave some values: the user here, a folder's name, or a table."""
    source = say(language, _GIVERS[by]) if by in _GIVERS else by
    return say(language, "list.given", by=source, names=names)


def notes(document: Document, language: Language) -> Iterator[Html]:
    """Yield what the reader of a document should know about its text."""
    for note in document.notes[:MOST_NOTES]:
        class_ = "yj-read" if note.kind in _IN_ORDER else "yj-note"
        yield element("p", note_text(note, language), class_=class_)
    yield from _more("list.more_notes", len(document.notes) - MOST_NOTES, language)


def note_text(note: Note, language: Language) -> str:
    """Return a note in the reader's language; what it quotes stays as written."""
    return note.text if language == "zh" else NOTES[note.kind].format(*note.values)


def remark_text(remark: Remark, language: Language) -> str:
    """Return what a search has to say beside its results; errors in it are explained."""
    if remark.kind.startswith("synonyms"):
        *values, problem = remark.values
        remark = Remark(remark.kind, (*values, explain(problem, language)))
    return remark.said(language)


def _near(near: Near, language: Language) -> Html:
    count = {"common": near.similar.common, "clauses": near.similar.clauses}
    said = say(language, "list.near", **count, share=f"{near.similar.share:.0%}")
    link = open_button(near.document.label, near.document.id, class_="yj-link")
    return element("p", link, " ", said, class_="yj-read")


def _more(name: str, count: int, language: Language) -> Iterator[Html]:
    if count > 0:
        yield element("p", say(language, name, count=count), class_="yj-read")
