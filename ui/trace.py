"""The screen of tracing: a list of requirements, and the clauses behind each."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.markup import NOTHING, Html, element, join
from retrieval.shapes import Json
from retrieval.tables import TableError
from retrieval.trace import Requirement
from retrieval.trace.export import TITLE
from retrieval.trace.files import MOST_REQUIREMENTS
from ui import render, trace_view
from ui.address import LONGEST, Address
from ui.comparing import Asked
from ui.desk import Desk
from ui.downloads import file_to_save, save_after, written
from ui.errors import explain
from ui.filter_form import FilterForm, filters_form
from ui.filtering import filters_in
from ui.panel import PRIVATE, QUIET, panel, raises
from ui.requirements import (
    NOTHING_TRACED,
    Verdicts,
    judged,
    pasted,
    reviewed_table,
    uploaded,
)
from ui.screen import Label, Page, Shown, Visit
from ui.strings import Language, say
from ui.tracing import asked_of, drawn, steps

if TYPE_CHECKING:
    import gradio as gr

ONE_BY_ONE = {**QUIET, "concurrency_limit": 1, "trigger_mode": "multiple"}
"""Verdicts are given faster than they are answered, and each builds on the one before."""
AT_FIRST: tuple[Any, ...] = (NOTHING_TRACED, {}, NOTHING, NOTHING, NOTHING)
"""What there is to show before anything is traced."""


class TraceScreen:
    """Traces requirements, takes verdicts on what was found, exports the table."""

    name = "trace"

    def __init__(self) -> None:
        import gradio as gr

        with gr.Column(elem_id="yj-demands"):
            self.text = gr.Textbox(**_words("zh"), lines=4, max_lines=12, elem_id="yj-list")
            self.filters = FilterForm("trace-filters")
            with gr.Row(elem_id="yj-give"):
                self.start = gr.Button(say("zh", "trace.button"), variant="primary", size="md")
                self.file = gr.UploadButton(say("zh", "trace.upload"), size="md")
                self.hint = panel("trace-hint")
        self.progress = panel("trace-progress", "cancel_trace")
        # Apart from what a running trace draws, which would take its place.
        self.visited = panel("trace-visited", "trace_given", "trace_left")
        self.summary = panel("trace-summary", "export_table")
        self.outcome = panel(
            "trace-outcome", "open_document", "judge_match", "turn_page", "go_to_library"
        )
        self.saved = file_to_save()
        self.traced, self.verdicts = gr.State(NOTHING_TRACED), gr.State({})
        self.labels: Sequence[Label] = (
            Label(self.text, lambda language: gr.Textbox(**_words(language))),
            Label(self.start, lambda language: gr.Button(say(language, "trace.button"))),
            Label(self.file, lambda language: gr.UploadButton(say(language, "trace.upload"))),
            Label(self.hint, _hint),
        )
        self.openers: Sequence[gr.HTML] = (self.outcome,)

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Tracing a text or a file, stopping it, and what is done with the rows."""
        import gradio as gr

        self.filters.wire(page)
        self._wire_tracing(page)
        self._wire_rows(page)
        outputs = [self.text, self.filters.panel, self.visited, *self._shown]
        page.visits[self.name] = Visit(self._visit, outputs)
        self.outcome.go_to_library(lambda: gr.Tabs(selected="library"), None, page.tabs, **QUIET)

    @property
    def _shown(self) -> list[Any]:
        return [self.traced, self.verdicts, self.progress, self.summary, self.outcome]

    def _visit(self, asked: Address, desk: Desk, language: Language, _: None) -> Iterator[Shown]:
        """Write what the address says; the page then has it traced, so that it can be stopped.

        Where it says nothing to trace, the page has what it was tracing stopped.
        """
        text = asked.values.get("text", "")
        form = filters_form(desk.library, filters_in(asked.values), language)
        raised = raises("trace_given" if text else "trace_left")
        shown = dict(zip(self._shown, AT_FIRST, strict=True))
        yield {self.text: text, self.filters.panel: form, self.visited: raised, **shown}

    def _wire_tracing(self, page: Page) -> None:
        import gradio as gr

        def run(
            desk: Desk,
            read: Callable[[], Sequence[Requirement]],
            asked: Callable[[], Asked],
            language: Language,
        ) -> Iterator[Any]:
            for step in steps(desk, read, language, asked):
                fresh: Verdicts | None = None if step.traced is None else {}
                parts = (step.traced, fresh, step.progress, step.summary, step.table)
                yield tuple(gr.skip() if part is None else part for part in parts)

        def run_text(
            text: str, chosen: str, language: Language, request: gr.Request
        ) -> Iterator[Any]:
            desk, given = page.desk_of(request), {"text": text.strip()}
            yield from run(desk, lambda: pasted(text), lambda: asked_of(given, chosen), language)

        def run_file(
            file: str, chosen: str, language: Language, request: gr.Request
        ) -> Iterator[Any]:
            desk, read = page.desk_of(request), lambda: uploaded(Path(file))
            yield from run(desk, read, lambda: asked_of({}, chosen), language)

        def bound(event: Any, run_: Callable[..., Any], source: Any, **how: Any) -> Any:
            inputs = [source, self.filters.panel, page.language]
            return event(run_, inputs, self._shown, **QUIET, **self.filters.sent(inputs), **how)

        started = [
            bound(self.start.click, run_text, self.text),
            bound(self.file.upload, run_file, self.file),
        ]
        again = {"trigger_mode": "always_last", "cancels": [*started]}
        started.append(bound(self.visited.trace_given, run_text, self.text, **again))

        def stop(traced: Json, language: Language) -> tuple[Html, Html, Html]:
            said = say(language, "trace.stopped", done=len(traced["rows"]))
            return render.notice(said), *drawn(traced, {}, language)

        self.progress.cancel_trace(
            stop,
            [self.traced, page.language],
            [self.progress, self.summary, self.outcome],
            cancels=started,
            **QUIET,
        )
        # What was still drawn before it was stopped goes.
        left = {"fn": lambda: AT_FIRST, "inputs": None, "outputs": self._shown}
        self.visited.trace_left(**left, cancels=started, **QUIET)

    def _wire_rows(self, page: Page) -> None:
        import gradio as gr

        kept = [self.traced, self.verdicts, page.language]

        def turn(traced: Json, verdicts: Verdicts, language: Language, event: gr.EventData) -> Html:
            return trace_view.table(traced, verdicts, int(event.page), language)

        def judge(
            traced: Json, verdicts: Verdicts, language: Language, event: gr.EventData
        ) -> tuple[Verdicts, Html]:
            place = int(event.row), int(event.match)
            given = judged(verdicts, place, str(event.verdict), event.pressed == "true")
            return given, trace_view.summary(traced, given, language)

        def export(
            traced: Json, verdicts: Verdicts, language: Language, event: gr.EventData
        ) -> tuple[str | None, Html]:
            summary = trace_view.summary(traced, verdicts, language)
            table = reviewed_table(traced, verdicts, language)
            try:
                folder = self.saved.GRADIO_CACHE
                return str(written(table, TITLE, str(event.format), folder)), summary
            except TableError as error:
                return None, join([summary, render.error(explain(error, language))])

        self.outcome.turn_page(turn, kept, self.outcome, **QUIET)
        self.outcome.judge_match(judge, kept, [self.verdicts, self.summary], **ONE_BY_ONE)
        exported = self.summary.export_table(export, kept, [self.saved, self.summary], **PRIVATE)
        save_after(exported, self.saved)


def _hint(language: Language) -> Html:
    said = say(language, "trace.hint", most=MOST_REQUIREMENTS, shared=LONGEST)
    return element("p", said, class_="yj-hint")


def _words(language: Language) -> dict[str, Any]:
    """What the box for the requirements says."""
    return {
        "label": say(language, "trace.label"),
        "placeholder": say(language, "trace.placeholder"),
    }
