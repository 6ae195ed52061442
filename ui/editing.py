"""The form in which a user says of a document what its text does not, or says otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from corpus import Document, Given, Metadata, YoujuError
from corpus.fields import HAND, LABELS, SEVERAL, field_values
from corpus.given import read_values
from corpus.markup import NOTHING, Html, element
from corpus.metadata.listing import LONGEST_CELL, STATUSES
from corpus.metadata.places import LEVELS
from index import Library
from index.collections import collection_name, collection_of
from ui import render
from ui.errors import explain
from ui.remarks import given_text
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
_CHOICES = {"level": LEVELS, "status": tuple(name for name in STATUSES if name != "不明")}
_DATES = frozenset({"date", "published", "effective", "repealed"})
_SHOWN = 60
"""Characters of the text that are shown as evidence."""


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
        serial = next(self._serials)
        is_edited = any(_of_hand(document.metadata, [name]) != Metadata() for name in FIELDS)
        fields = (
            _field(
                name,
                written[name],
                name in wrong,
                _evidence(document, read, name, language),
                language,
            )
            for name in FIELDS
        )
        form = element(
            "form",
            element("h2", say(language, "edit.label"), id="edit-label"),
            element("p", document.source.rsplit("/", 1)[-1], class_="yj-file"),
            element("p", say(language, "edit.hint"), class_="yj-hint"),
            element("div", *fields, self._collection(document, language), class_="yj-edit-fields"),
            _buttons(document, is_edited, language),
            data_slot="edit",
        )
        return element(
            "dialog", form, class_="yj-dialog", aria_labelledby="edit-label", data_serial=serial
        )

    def _collection(self, document: Document, language: Language) -> Html:
        """What the document is filed under, which decides what readers see it."""
        name = say(language, f"edit.field.{COLLECTION}")
        known = sorted({collection_of(other) for other in self._library.documents()})
        field = element(
            "input",
            type="text",
            name=COLLECTION,
            id=f"edit-{COLLECTION}",
            value=collection_of(document),
            maxlength=LONGEST_CELL,
            autocomplete="off",
            list="edit-collections",
            aria_describedby=f"edit-{COLLECTION}-about",
        )
        return element(
            "div",
            element("label", name, for_=f"edit-{COLLECTION}"),
            field,
            element(
                "datalist",
                *(element("option", value=one) for one in known),
                id="edit-collections",
            ),
            element(
                "p",
                say(language, "edit.collection_hint"),
                id=f"edit-{COLLECTION}-about",
                class_="yj-read",
            ),
        )


def _buttons(document: Document, is_edited: bool, language: Language) -> Html:
    def button(name: str, act: str | None, class_: str, kind: str = "button") -> Html:
        return element(
            "button",
            say(language, name),
            type=kind,
            class_=f"yj-button {class_}".strip(),
            data_act=act,
            data_document=document.id if act else None,
            data_close=act is None,
        )

    return element(
        "div",
        button("edit.save", "save_metadata", "yj-primary", "submit"),
        button("edit.close", None, ""),
        button("edit.take_back", "take_back_metadata", "yj-danger") if is_edited else None,
        class_="yj-actions",
    )


def _field(name: str, written: str, is_wrong: bool, evidence: Html, language: Language) -> Html:
    """A label, the field, and below it what was expected and what the text says."""
    label = LABELS[name] if language == "zh" else say(language, f"edit.field.{name}")
    described = f"edit-{name}-about"
    attributes: dict[str, str | bool | None] = {
        "name": name,
        "id": f"edit-{name}",
        "aria_describedby": described,
        "aria_invalid": "true" if is_wrong else None,
    }
    problem = "edit.bad_date" if name in _DATES else "edit.bad"
    said = element("span", say(language, problem, most=LONGEST_CELL), class_="yj-wrong")
    return element(
        "div",
        element("label", label, for_=f"edit-{name}"),
        _input(name, written, attributes, language),
        element("p", said if is_wrong else None, evidence, id=described, class_="yj-read"),
    )


def _input(
    name: str, written: str, attributes: dict[str, str | bool | None], language: Language
) -> Html:
    if name not in _CHOICES:
        placeholder = say(language, "edit.date") if name in _DATES else None
        several = say(language, "edit.several") if name in SEVERAL else None
        return element(
            "input",
            type="text",
            value=written,
            maxlength=LONGEST_CELL,
            autocomplete="off",
            placeholder=placeholder or several,
            **attributes,
        )
    options = (
        element("option", value, value=value, selected=value == written)
        for value in dict.fromkeys([*_CHOICES[name], *filter(None, [written])])
    )
    nothing = element("option", say(language, "edit.not_said"), value="")
    return element("select", nothing, *options, **attributes)


def _evidence(document: Document, read: Metadata, name: str, language: Language) -> Html:
    """What the text says of a field, or what else gave it; that nothing does."""
    values = field_values(read, name)
    told = "、".join(value.value for value in values)
    if not values:
        return element("span", say(language, "edit.not_stated"))
    first = values[0]
    if isinstance(first, Given):
        return element("span", given_text(first.by, told, language))
    quote = " ".join(document.quote(first.span).split())[:_SHOWN]
    if quote == told[:_SHOWN]:
        return element("span", say(language, "edit.verbatim"))
    return element("span", say(language, "edit.stated", value=told[:_SHOWN], quote=quote))


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
