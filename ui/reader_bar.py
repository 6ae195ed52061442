"""HTML of the bar above a document: back, from place to place, and looking for words in it."""

from corpus import Document
from corpus.markup import NOTHING, Html, element
from ui.strings import Language, say

LONGEST_SOUGHT = 100
"""Characters that may be looked for."""


def bar(document: Document, places: int, sought: str, language: Language) -> Html:
    """The bar of a document in which so many places are marked, for `sought` where not empty."""
    return element(
        "div",
        back_button(language),
        element("span", document.label, class_="yj-bar-title"),
        _places(places, sought, language),
        _search(document, sought, language),
        class_="yj-bar",
    )


def back_button(language: Language) -> Html:
    """The button that leaves the reader."""
    return element(
        "button", say(language, "reader.back"), type="button", class_="yj-button", data_back="true"
    )


def _places(places: int, sought: str, language: Language) -> Html:
    """The way to the one place that is marked, or from each of several to the next."""
    if not places:
        none = say(language, "reader.none", words=sought)
        return element("span", none, class_="yj-places", role="status") if sought else NOTHING
    if places == 1 and not sought:
        return _step("0", say(language, "reader.here"), say(language, "reader.here"))
    said = say(language, "reader.place", n="{n}", count="{count}")  # the page fills it in
    return element(
        "span",
        _step("-1", "↑", say(language, "reader.previous")),
        element("output", f"1 / {places}", data_places=said),
        _step("1", "↓", say(language, "reader.next")),
        class_="yj-places",
        role="group",
        aria_label=say(language, "reader.places"),
    )


def _step(by: str, said: str, label: str) -> Html:
    return element(
        "button",
        said,
        type="button",
        class_="yj-button",
        aria_label=label,
        title=label,
        data_step=by,
    )


def _search(document: Document, sought: str, language: Language) -> Html:
    label = say(language, "reader.find")
    field = element(
        "input",
        type="search",
        name="sought",
        value=sought,
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
        data_document=document.id,
    )
    return element("form", field, press, role="search", class_="yj-find", data_slot="find")
