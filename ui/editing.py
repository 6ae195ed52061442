"""The form in which a user says of a document what its text does not, or says otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from corpus import Document, Given, Metadata, YoujuError
from corpus.fields import HAND, LABELS, field_values
from corpus.given import read_values
from corpus.markup import NOTHING, Html
from index import Library
from index.collections import collection_name, collection_of
from ui import render
from ui.editing_view import dialog, evidence, field, suggested
from ui.errors import explain
from ui.strings import Language, say

FIELDS = (
    "title",
    "issuers",
    "number",
    "date",
    "published",
    "effective",
    "repealed",
    "level",
    "region",
    "status",
)
"""What can be said, in the order of the form; all else stays as it was read."""
COLLECTION = "collection"
"""What a document is filed under; it is no metadata."""


class Saved(NamedTuple):
    """What came of it: the form again with what is wrong, or none; and what to say."""

    form: Html
    said: Html
    is_changed: bool = False


class Editing:
    """Shows the form of a document and keeps what is said in it. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._serials = count(1)

    def form(self, document_id: str, language: Language) -> Saved:
        """The form with what is known of a document."""
        try:
            document = self._library.document(document_id)
            read = self._library.as_read(document_id)
        except YoujuError as error:
            return Saved(NOTHING, render.error(explain(error, language)))
        written = {name: _written(document.metadata, name) for name in FIELDS}
        return Saved(self._form(document, read, written, {}, language), NOTHING)

    def save(self, document_id: str, written: Mapping[str, str], language: Language) -> Saved:
        """Keep what is written; what is as it was read, or empty, is not said by the user."""
        cells = {name: written.get(name, "") for name in FIELDS}
        filed = written.get(COLLECTION, "").strip()
        try:
            document = self._library.document(document_id)
            if filed:
                filed = collection_name(filed)
            read = self._library.as_read(document_id)
            own = {name: cell for name, cell in cells.items() if cell != _written(read, name)}
            values, wrong = read_values(own, HAND)
            if wrong:
                return Saved(self._form(document, read, cells, wrong, language), NOTHING)
            before = _of_hand(document.metadata, FIELDS)
            others = _of_hand(document.metadata, [name for name in LABELS if name not in FIELDS])
            is_moved = filed not in ("", collection_of(document))
            if values == before and not is_moved:
                return Saved(NOTHING, render.notice(say(language, "edit.unchanged")))
            said = {name: getattr(values, name) for name in FIELDS}
            edited = self._library.give(document_id, replace(others, **said))
            if is_moved:
                edited = self._library.file_under(document_id, filed)
        except YoujuError as error:
            return Saved(NOTHING, render.error(explain(error, language)))
        notice = render.notice(say(language, "edit.saved", title=edited.label))
        return Saved(NOTHING, notice, is_changed=True)

    def take_back(self, document_id: str, language: Language) -> Saved:
        """Forget all that the user said of a document."""
        try:
            document = self._library.give(document_id, Metadata())
        except YoujuError as error:
            return Saved(NOTHING, render.error(explain(error, language)))
        notice = render.notice(say(language, "edit.taken_back", title=document.label))
        return Saved(NOTHING, notice, is_changed=True)

    def _form(
        self,
        document: Document,
        read: Metadata,
        written: Mapping[str, str],
        wrong: Mapping[str, str],
        language: Language,
    ) -> Html:
        told = {name: evidence(document, read, name, language) for name in FIELDS}
        fields = [
            field(name, written[name], name in wrong, told[name], language) for name in FIELDS
        ]
        known = sorted({collection_of(other) for other in self._library.documents()})
        # It decides what readers see the document.
        filed = suggested(COLLECTION, collection_of(document), known, language)
        is_edited = any(_of_hand(document.metadata, [name]) != Metadata() for name in FIELDS)
        return dialog(document, [*fields, filed], is_edited, next(self._serials), language)


def _written(metadata: Metadata, name: str) -> str:
    return "、".join(value.value for value in field_values(metadata, name))


def _of_hand(metadata: Metadata, names: "list[str] | tuple[str, ...]") -> Metadata:
    """What the user said of some fields."""
    said = {
        name: getattr(metadata, name)
        for name in names
        if any(isinstance(v, Given) and v.by == HAND for v in field_values(metadata, name))
    }
    return Metadata(**said)
