"""HTML of what a screen shows before there is anything to show."""

from collections.abc import Sequence

from corpus.markup import NOTHING, Html, element, join
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


def nothing_to_read(language: Language) -> Html:
    """What a library without documents says to somebody who adds none."""
    return element(
        "section",
        element("h2", say(language, "empty.title")),
        element("p", say(language, "access.nothing_to_read")),
        class_="yj-empty",
    )


def chips(questions: Sequence[str], language: Language) -> Html:
    """Example questions as buttons."""
    if not questions:
        return NOTHING
    buttons = (
        element(
            "button",
            question,
            type="button",
            class_="yj-chip",
            data_act="ask_example",
            data_question=question,
        )
        for question in questions
    )
    return element(
        "div",
        element("p", say(language, "ask.examples"), class_="yj-hint", id="yj-examples"),
        element("div", *buttons, class_="yj-chips", role="group", aria_labelledby="yj-examples"),
    )


def start(questions: Sequence[str], documents: int, clauses: int, language: Language) -> Html:
    """What the first tab shows before a question: examples, and what is looked through."""
    intro = say(language, "ask.intro", documents=documents, clauses=clauses)
    return join([chips(questions, language), element("p", intro, class_="yj-hint")])
