"""The first screen: a question, examples, and the answer with its sources."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ui import render
from ui.markup import Html
from ui.panel import PRIVATE, QUIET, panel
from ui.screen import Label, Page
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr


class AskScreen:
    """Asks, and shows what is answered."""

    name = "ask"

    def __init__(self) -> None:
        import gradio as gr

        self.question = gr.Textbox(
            **_words("zh"), lines=1, max_lines=6, autofocus=True, elem_id="yj-question"
        )
        self.start = panel("start", "ask_example", "load_samples", "go_to_library")
        self.outcome = panel("outcome", "open_document")
        self.labels: Sequence[Label] = (
            Label(self.question, lambda language: gr.Textbox(**_words(language))),
        )
        self.openers: Sequence[gr.HTML] = (self.outcome,)

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Enter, the button and the examples ask."""
        import gradio as gr

        desk = page.desk

        def ask(question: str, language: Language) -> Iterator[Html]:
            if desk.preparing:
                yield render.notice(say(language, "notice.preparing"))
            yield desk.ask(question, language)

        def example(event: gr.EventData) -> str:
            return str(event.text)

        inputs = [self.question, page.language]
        showing = {**PRIVATE, "show_progress": "minimal", "trigger_mode": "always_last"}
        self.question.submit(ask, inputs, self.outcome, **showing)
        self.start.ask_example(example, None, self.question, **QUIET).then(
            ask, inputs, self.outcome, **showing
        )
        self.start.go_to_library(lambda: gr.Tabs(selected="library"), None, page.tabs, **QUIET)


def _words(language: Language) -> dict[str, Any]:
    """What the box for the question says."""
    return {
        "label": say(language, "ask.label"),
        "placeholder": say(language, "ask.placeholder"),
        "submit_btn": say(language, "ask.button"),
    }
