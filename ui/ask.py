"""The first screen: a question, its filters, the answer with its sources, and what came before."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import YoujuError
from corpus.markup import NOTHING, Html
from ui import render
from ui.address import Address
from ui.asking import Asking, Said
from ui.conversation import Conversation
from ui.desk import Desk
from ui.downloads import file_to_save, save_after
from ui.errors import explain
from ui.filter_form import FilterForm, filters_form
from ui.filtering import filters_in, read_form
from ui.panel import PRIVATE, QUIET, panel
from ui.screen import Label, Page, Shown, Visit
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr

SHOWING: dict[str, Any] = {**PRIVATE, "show_progress": "minimal", "trigger_mode": "always_last"}


class AskScreen:
    """Asks, shows what is answered, and keeps the conversation."""

    name = "ask"

    def __init__(self) -> None:
        import gradio as gr

        self.question = gr.Textbox(
            **_words("zh"), lines=1, max_lines=6, autofocus=True, elem_id="yj-question"
        )
        self.filters = FilterForm("filters")
        self.start = panel("start", "ask_example", "load_samples", "go_to_library")
        acts = ("ask_as_typed", "rate", "show_trail", "save_answer")
        self.outcome = panel("outcome", "open_document", *acts)
        self.reply = panel("reply")
        self.earlier = panel("earlier", "open_document", "ask_again", "start_over")
        self.saved = file_to_save()
        self.conversation = gr.State(Conversation())
        self.labels: Sequence[Label] = (
            Label(self.question, lambda language: gr.Textbox(**_words(language))),
        )
        self.openers: Sequence[gr.HTML] = (self.outcome, self.earlier)

    @property
    def _shown(self) -> list[Any]:
        return [self.outcome, self.earlier, self.conversation]

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Enter, the button, the examples and the address of the page ask."""
        import gradio as gr

        self._wire_asking(page)
        self._wire_turns(page)
        self.filters.wire(page)
        outputs = [self.filters.panel, self.question, *self._shown]
        page.visits[self.name] = Visit(self._visit, outputs, self.conversation, [self.outcome])
        self.start.go_to_library(lambda: gr.Tabs(selected="library"), None, page.tabs, **QUIET)

    def _wire_asking(self, page: Page) -> None:
        import gradio as gr

        def ask(
            question: str,
            chosen: str,
            language: Language,
            conversation: Conversation,
            request: gr.Request,
            leaning: bool = True,
        ) -> Iterator[tuple[Any, ...]]:
            desk = page.desk_of(request)
            if desk.preparing:
                yield render.notice(say(language, "notice.preparing")), gr.skip(), gr.skip()
            yield _asked(desk.asking, question, chosen, language, conversation, leaning)

        def ask_whole(
            question: str,
            chosen: str,
            language: Language,
            conversation: Conversation,
            request: gr.Request,
        ) -> Iterator[tuple[Any, ...]]:
            yield from ask(question, chosen, language, conversation, request, leaning=False)

        def ask_as_typed(
            _: str,
            chosen: str,
            language: Language,
            conversation: Conversation,
            request: gr.Request,
        ) -> Said:
            asking = page.desk_of(request).asking
            latest, before = conversation.latest, conversation.without_latest
            typed = latest.typed if latest else ""
            return _asked(asking, typed, chosen, language, before, leaning=False)

        def named(event: gr.EventData) -> str:
            return str(event.question)

        inputs = [self.question, self.filters.panel, page.language, self.conversation]
        asked = {**SHOWING, "show_progress_on": self.outcome, **self.filters.sent(inputs)}
        self.question.submit(ask, inputs, self._shown, **asked)
        self.outcome.ask_as_typed(ask_as_typed, inputs, self._shown, **asked)
        for raised in (self.start.ask_example, self.earlier.ask_again):
            raised(named, None, self.question, **QUIET).then(
                ask_whole, inputs, self._shown, **asked
            )

    def _wire_turns(self, page: Page) -> None:
        """What is done with the latest turn, and with all of them."""
        import gradio as gr

        def trail(language: Language, conversation: Conversation, request: gr.Request) -> Html:
            turn = conversation.latest
            return page.desk_of(request).asking.trail(turn, language) if turn else NOTHING

        def rate(
            language: Language,
            conversation: Conversation,
            event: gr.EventData,
            request: gr.Request,
        ) -> Html:
            turn = conversation.latest
            if turn is None:
                return NOTHING
            asking = page.desk_of(request).asking
            return asking.rate(turn, str(event.verdict), str(event.remark), language)

        def save(language: Language, conversation: Conversation, event: gr.EventData) -> str | None:
            turn = conversation.latest
            if turn is None:
                return None
            folder = Path(self.saved.GRADIO_CACHE)
            return str(page.desk.asking.save(turn, str(event.format), folder, language))

        kept = [page.language, self.conversation]
        self.outcome.show_trail(trail, kept, self.reply, **QUIET)
        self.outcome.rate(rate, kept, self.reply, **QUIET)
        save_after(self.outcome.save_answer(save, kept, self.saved, **QUIET), self.saved)
        self.earlier.start_over(
            lambda: (NOTHING, NOTHING, Conversation(), ""),
            None,
            [*self._shown, self.question],
            js="() => { youju.address.forget('ask'); return []; }",
            **QUIET,
        )

    def _visit(
        self, address: Address, desk: Desk, language: Language, before: Conversation
    ) -> Iterator[Shown]:
        """Ask what the address asks; a question of this conversation is shown as it was."""
        question, filters = address.values.get("q", ""), filters_in(address.values)
        form = filters_form(desk.library, filters, language)
        yield {self.filters.panel: form, self.question: question}
        if not question:
            said = Said(NOTHING, NOTHING, Conversation())
        elif known := before.up_to(question, filters):
            said = desk.asking.shown(known, language)
        else:
            if desk.preparing:
                yield {self.outcome: render.notice(say(language, "notice.preparing"))}
            said = desk.asking.ask(question, language, filters, before, leaning=False)
        yield dict(zip(self._shown, said, strict=True))


def _asked(
    asking: Asking,
    question: str,
    chosen: str,
    language: Language,
    before: Conversation,
    leaning: bool,
) -> Said:
    try:
        filters = read_form(chosen)
    except YoujuError as error:
        return asking.unanswered(render.error(explain(error, language)), before, language)
    return asking.ask(question, language, filters, before, leaning)


def _words(language: Language) -> dict[str, Any]:
    """What the box for the question says."""
    return {
        "label": say(language, "ask.label"),
        "placeholder": say(language, "ask.placeholder"),
        "submit_btn": say(language, "ask.button"),
    }
