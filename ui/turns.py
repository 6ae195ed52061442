"""HTML of a conversation: the latest turn in full, the earlier ones folded below it."""

from collections.abc import Sequence

from corpus.markup import NOTHING, Html, Mark, element, join
from ui import opinion, render
from ui.address import address
from ui.answer_export import FORMATS
from ui.cards import notice_of, open_button
from ui.conversation import Conversation, Turn
from ui.filtering import chosen_values, limited
from ui.strings import Language, say


def latest(turn: Turn, notices: Sequence[Html], language: Language) -> Html:
    """The question as it was understood, and what the documents say to it."""
    found, foot = turn.found, _foot(language)
    shown = (
        render.answered(found, language, foot)
        if found.status == "answered"
        else render.missing(found, turn.documents, language, foot)
    )
    return element(
        "article",
        element("h2", turn.typed, class_="yj-asked"),
        _understood(turn, language),
        limited(turn.filters, language),
        *notices,
        shown,
        class_="yj-turn",
        data_turn=turn.key,
        data_address=address("ask", {"q": turn.understood, **chosen_values(turn.filters)}),
    )


def _understood(turn: Turn, language: Language) -> Html:
    """How a follow-up was completed, and the way to have it taken as it stands."""
    if turn.typed == turn.understood:
        return NOTHING
    as_typed = element(
        "button",
        say(language, "turn.as_typed"),
        type="button",
        class_="yj-link",
        data_act="ask_as_typed",
    )
    text = say(language, "turn.understood", question=turn.understood)
    return element("p", element("span", text), as_typed, class_="yj-understood")


def _foot(language: Language) -> Html:
    """What can be done with an answer: keep it, judge it, see how it was found."""
    saves = (
        element(
            "button",
            say(language, f"turn.save.{made}"),
            type="button",
            class_="yj-link",
            data_act="save_answer",
            data_format=made,
        )
        for made in FORMATS
    )
    summary = element("summary", say(language, "trail.label"), data_act="show_trail")
    waiting = element("p", say(language, "trail.waiting"), class_="yj-read")
    return join(
        [
            element("p", *saves, class_="yj-saves"),
            slot("opinion", opinion.unasked(language)),
            element("details", summary, slot("trail", waiting), class_="yj-trail"),
        ]
    )


def slot(name: str, content: Html) -> Html:
    """A place in the answer that a reply from the server takes."""
    return element("div", content, data_slot=name)


def reply(name: str, content: Html, serial: int) -> Html:
    """What goes into a slot; `serial` differs each time, so that the browser sees it."""
    return element("div", content, data_into=name, data_serial=serial)


# --- earlier turns -----------------------------------------------------------------------------


def earlier(conversation: Conversation, language: Language) -> Html:
    """The turns of a conversation, the latest first, each folded to its question."""
    if not conversation.turns:
        return NOTHING
    over = element(
        "button",
        say(language, "turn.start_over"),
        type="button",
        class_="yj-link",
        data_act="start_over",
    )
    return element(
        "section",
        element("h2", say(language, "turn.earlier"), over),
        *(_folded(turn, language) for turn in reversed(conversation.turns)),
        class_="yj-earlier",
    )


def _folded(turn: Turn, language: Language) -> Html:
    again = element(
        "button",
        say(language, "turn.again"),
        type="button",
        class_="yj-link",
        data_act="ask_again",
        data_question=turn.understood,
        aria_label=say(language, "turn.again_label", question=turn.understood),
    )
    return element(
        "details",
        element("summary", turn.understood),
        limited(turn.filters, language),
        *_sentences(turn, language),
        element("p", again),
    )


def _sentences(turn: Turn, language: Language) -> list[Html]:
    """What was said, each sentence with its sources, which open the document."""
    if not turn.found.citations:
        reason = turn.found.reason
        said_then = reason.said(language) if reason else say(language, "missing.title")
        return [element("p", said_then)]
    cited = {citation.n: citation for citation in turn.found.citations}
    lines = []
    for sentence in turn.found.sentences:
        sources = [cited[n] for n in sentence.citations]
        lines.append(element("p", render.unbroken(sentence.text), class_="yj-sentence"))
        for citation in sources:
            name = f"[{citation.n}] {citation.document.label} {citation.address}"
            mark = Mark(citation.n, citation.span)
            link = open_button(name, citation.document.id, (mark,), class_="yj-link")
            lines.append(join([element("p", link), notice_of(citation.standing, language)]))
    return lines
