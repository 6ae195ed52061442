"""HTML of the questions of a set, and the buttons that a question has wherever it stands."""

from collections.abc import Iterator, Sequence

from corpus.markup import Html, element
from eval.report.words import kind_name
from eval.sets import Question
from ui.pager import paged, pager
from ui.strings import Language, say

PAGE = 20
"""Questions shown at once."""


def button(name: str, act: str, language: Language, label: str | None = None, **more: str) -> Html:
    """A button that raises `act`; what it is about goes into `data-…`."""
    data = {f"data_{key}": value for key, value in more.items() if key != "class_"}
    return element(
        "button",
        say(language, name),
        type="button",
        class_=more.get("class_", "yj-button"),
        aria_label=label,
        data_act=act,
        **data,
    )


# --- the questions of a set ---------------------------------------------------------------------


def listing(questions: Sequence[Question], page: int, language: Language) -> Html:
    """A page of the questions, drafts first as they are what is to be done."""
    if not questions:
        return element("p", say(language, "label.none"), class_="yj-hint")
    ordered = sorted(questions, key=lambda one: not one.draft)
    at = paged(len(ordered), page, PAGE)
    drafts = sum(one.draft for one in questions)
    counts = {"count": len(questions), "accepted": len(questions) - drafts, "drafts": drafts}
    download = button("label.download", "download_set", language)
    return element(
        "section",
        element(
            "header",
            element("h2", say(language, "label.count", **counts)),
            element("div", download, class_="yj-export"),
            class_="yj-summary",
        ),
        element("ol", *(_row(one, language) for one in at.cut(ordered))),
        pager(at, language),
        class_="yj-labels yj-paged",
    )


def _row(one: Question, language: Language) -> Html:
    name = say(language, "label.open_label", question=one.text)
    title = element(
        "button",
        one.text,
        type="button",
        class_="yj-title",
        aria_label=name,
        data_act="open_question",
        data_question=one.id,
    )
    return element(
        "li",
        element("div", title, facts(one, language)),
        element("div", *verdict(one, language), class_="yj-acts"),
        data_draft="true" if one.draft else None,
    )


def facts(one: Question, language: Language) -> Html:
    """Whether it was accepted, its kind, and how many places answer it."""
    state = "label.draft" if one.draft else "label.accepted"
    gold = (
        say(language, "label.gold_count", count=len(one.gold))
        if one.gold or one.draft
        else say(language, "label.unanswerable")
    )
    return element(
        "p",
        element("span", say(language, state), class_="yj-badge yj-state"),
        element("span", kind_name(one.kind, language)),
        element("span", gold),
        class_="yj-facts",
    )


def verdict(one: Question, language: Language) -> Iterator[Html]:
    """Accepting, which a question that is accepted needs no more, and rejecting."""
    about = {"question": one.text}
    if one.draft:
        name = "label.accept" if one.answerable else "label.accept_none"
        label = say(language, "label.accept_label", **about)
        yield button(name, "accept_question", language, label, question=one.id)
    label = say(language, "label.reject_label", **about)
    quiet = {"question": one.id, "class_": "yj-quiet"}
    yield button("label.reject", "reject_question", language, label, **quiet)
