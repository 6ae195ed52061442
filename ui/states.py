"""HTML of what a screen shows before there is anything to show."""

from corpus.markup import Html, element
from ui.strings import Language, say


def without_documents(body: str, language: Language) -> Html:
    """The state of a screen whose library is empty: what it is for, and the way to the library."""
    add = element(
        "button",
        say(language, "empty.add"),
        type="button",
        class_="yj-button yj-primary",
        data_act="go_to_library",
    )
    return element(
        "section",
        element("h2", say(language, "empty.title")),
        element("p", say(language, body)),
        element("div", add, class_="yj-actions"),
        class_="yj-empty",
    )
