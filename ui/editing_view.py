"""HTML of the form for what the user says of a document."""

from collections.abc import Sequence

from corpus import Document, Given, Metadata
from corpus.fields import LABELS, SEVERAL, field_values
from corpus.markup import Html, element
from corpus.metadata.listing import LONGEST_CELL, STATUSES
from corpus.metadata.places import LEVELS
from ui.remarks import given_text
from ui.strings import Language, say

_CHOICES = {"level": LEVELS, "status": tuple(name for name in STATUSES if name != "不明")}
_DATES = frozenset({"date", "published", "effective", "repealed"})
_SHOWN = 60
"""Characters of the text that are shown as evidence."""


def dialog(
    document: Document, fields: Sequence[Html], is_edited: bool, serial: int, language: Language
) -> Html:
    """The form with its fields, in a box over the page; `serial` tells one opening from another."""
    form = element(
        "form",
        element("h2", say(language, "edit.label"), id="edit-label"),
        element("p", document.source.rsplit("/", 1)[-1], class_="yj-file"),
        element("p", say(language, "edit.hint"), class_="yj-hint"),
        element("div", *fields, class_="yj-edit-fields"),
        _buttons(document, is_edited, language),
        data_slot="edit",
    )
    return element(
        "dialog", form, class_="yj-dialog", aria_labelledby="edit-label", data_serial=serial
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


def field(name: str, written: str, is_wrong: bool, told: Html, language: Language) -> Html:
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
        element("p", said if is_wrong else None, told, id=described, class_="yj-read"),
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


def suggested(name: str, value: str, known: Sequence[str], language: Language) -> Html:
    """A field for one of the values that are known, or another, with a line on what it is for."""
    field = element(
        "input",
        type="text",
        name=name,
        id=f"edit-{name}",
        value=value,
        maxlength=LONGEST_CELL,
        autocomplete="off",
        list=f"edit-{name}s",
        aria_describedby=f"edit-{name}-about",
    )
    hint = say(language, f"edit.{name}_hint")
    return element(
        "div",
        element("label", say(language, f"edit.field.{name}"), for_=f"edit-{name}"),
        field,
        element("datalist", *(element("option", value=one) for one in known), id=f"edit-{name}s"),
        element("p", hint, id=f"edit-{name}-about", class_="yj-read"),
    )


def evidence(document: Document, read: Metadata, name: str, language: Language) -> Html:
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
