"""The first tab: a question, examples, and the answer with its sources."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ui import render
from ui.desk import Desk
from ui.markup import Html
from ui.panel import PRIVATE, QUIET, panel
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr


class AskTab(NamedTuple):
    """The parts of the tab."""

    question: "gr.Textbox"
    start: "gr.HTML"
    outcome: "gr.HTML"


def ask_tab() -> AskTab:
    """Lay out the tab, in Chinese until the page arrives."""
    import gradio as gr

    question = gr.Textbox(
        label=say("zh", "ask.label"),
        placeholder=say("zh", "ask.placeholder"),
        submit_btn=say("zh", "ask.button"),
        lines=1,
        max_lines=6,
        autofocus=True,
        elem_id="yj-question",
    )
    start = panel("start", "ask_example", "load_samples", "go_to_library")
    outcome = panel("outcome", "open_document")
    return AskTab(question, start, outcome)


def wire_asking(desk: Desk, tab: AskTab, language: "gr.State") -> None:
    """Enter, the button and the examples ask."""
    import gradio as gr

    def ask(question: str, language: Language) -> Iterator[Html]:
        if desk.preparing:
            yield render.notice(say(language, "notice.preparing"))
        yield desk.ask(question, language)

    def example(event: gr.EventData) -> str:
        return str(event.text)

    inputs = [tab.question, language]
    showing = {**PRIVATE, "show_progress": "minimal", "trigger_mode": "always_last"}
    tab.question.submit(ask, inputs, tab.outcome, **showing)
    tab.start.ask_example(example, None, tab.question, **QUIET).then(
        ask, inputs, tab.outcome, **showing
    )
