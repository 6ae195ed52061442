"""HTML of the bar above a document: back, from place to place, and looking for words in it."""

from typing import NamedTuple

from corpus.markup import NOTHING, Html, element
from ui.strings import Language, say

LONGEST_SOUGHT = 100
"""Characters that may be looked for."""


class Places(NamedTuple):
    """Where a document is read: at what was quoted of it, and at the words looked for."""

    document_id: str
    spans: str
    """What was quoted, as a button names it; kept while words are looked for."""
    quoted: int
    sought: str
    """The words; empty where none are looked for."""
    found: int


def bar(title: str, places: Places, language: Language) -> Html:
    """The bar of a document."""
    return element(
        "div",
        back_button(language),
        element("span", title, class_="yj-bar-title"),
        _to_clause(places, language),
        _steps(places, language),
        _search(places, language),
        class_="yj-bar",
    )


def back_button(language: Language) -> Html:
    """The button that leaves the reader."""
    return element(
        "button", say(language, "reader.back"), type="button", class_="yj-button", data_back="true"
    )


def _to_clause(places: Places, language: Language) -> Html:
    """The way back to what was quoted; several quotations have steps unless words are sought."""
    if not places.quoted or (places.quoted > 1 and not places.sought):
        return NOTHING
    label = say(language, "reader.here")
    return _button(label, label, data_to_clause=True)


def _steps(places: Places, language: Language) -> Html:
    """The way from each of several places to the next, or that the words are nowhere."""
    if not places.sought and places.quoted < 2:
        return NOTHING
    count = places.found if places.sought else places.quoted
    if not count:
        none = say(language, "reader.none", words=places.sought)
        return element("span", none, class_="yj-places", role="status")
    said = say(language, "reader.place", n="{n}", count="{count}")  # the page fills it in
    return element(
        "span",
        _button("↑", say(language, "reader.previous"), data_step="-1"),
        element("output", f"1 / {count}", data_places=said),
        _button("↓", say(language, "reader.next"), data_step="1"),
        class_="yj-places",
        role="group",
        aria_label=say(language, "reader.places"),
    )


def _button(said: str, label: str, **does: str | bool) -> Html:
    return element(
        "button", said, type="button", class_="yj-button", aria_label=label, title=label, **does
    )


def _search(places: Places, language: Language) -> Html:
    label = say(language, "reader.find")
    field = element(
        "input",
        type="search",
        name="sought",
        value=places.sought,
        maxlength=LONGEST_SOUGHT,
        placeholder=label,
        aria_label=label,
        autocomplete="off",
    )
    press = element(
        "button",
        say(language, "reader.find_button"),
        class_="yj-button",
        data_act="find_words",
        data_document=places.document_id,
        data_spans=places.spans,
    )
    return element("form", field, press, role="search", class_="yj-find", data_slot="find")
