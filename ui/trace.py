"""The screen of tracing: a list of requirements, and the clauses behind each."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus import YoujuError
from corpus.markup import NOTHING, Html, element, join
from retrieval.shapes import Json
from retrieval.tables import TableError
from retrieval.trace import Requirement, Tracer
from retrieval.trace.export import TITLE
from retrieval.trace.files import MOST_REQUIREMENTS
from ui import render, trace_view
from ui.desk import Desk
from ui.downloads import file_to_save, save_after, written
from ui.errors import explain
from ui.panel import PRIVATE, QUIET, panel
from ui.requirements import (
    NOTHING_TRACED,
    Verdicts,
    grown,
    judged,
    pasted,
    reviewed_table,
    uploaded,
)
from ui.screen import Label, Page
from ui.states import without_documents
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr

ONE_BY_ONE = {**QUIET, "concurrency_limit": 1, "trigger_mode": "multiple"}
"""Verdicts are given faster than they are answered, and each builds on the one before."""


class Step(NamedTuple):
    """What there is to show of a trace that goes on; None leaves what stands there."""

    traced: Json | None
    progress: Html
    summary: Html | None = None
    table: Html | None = None


class TraceScreen:
    """Traces requirements, takes verdicts on what was found, exports the table."""

    name = "trace"

    def __init__(self) -> None:
        import gradio as gr

        with gr.Column(elem_id="yj-demands"):
            self.text = gr.Textbox(**_words("zh"), lines=4, max_lines=12, elem_id="yj-list")
            with gr.Row(elem_id="yj-give"):
                self.start = gr.Button(say("zh", "trace.button"), variant="primary", size="md")
                self.file = gr.UploadButton(say("zh", "trace.upload"), size="md")
                self.hint = panel("trace-hint")
        self.progress = panel("trace-progress", "cancel_trace")
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

        self._wire_tracing(page)
        self._wire_rows(page)
        self.outcome.go_to_library(lambda: gr.Tabs(selected="library"), None, page.tabs, **QUIET)

    def _wire_tracing(self, page: Page) -> None:
        import gradio as gr

        def run(
            read: Callable[[], Sequence[Requirement]], language: Language, request: gr.Request
        ) -> Iterator[Any]:
            for step in steps(page.desk_of(request), read, language):
                fresh: Verdicts | None = None if step.traced is None else {}
                parts = (step.traced, fresh, step.progress, step.summary, step.table)
                yield tuple(gr.skip() if part is None else part for part in parts)

        def run_text(text: str, language: Language, request: gr.Request) -> Iterator[Any]:
            yield from run(lambda: pasted(text), language, request)

        def run_file(file: str, language: Language, request: gr.Request) -> Iterator[Any]:
            yield from run(lambda: uploaded(Path(file)), language, request)

        shown = [self.traced, self.verdicts, self.progress, self.summary, self.outcome]
        started = (
            self.start.click(run_text, [self.text, page.language], shown, **QUIET),
            self.file.upload(run_file, [self.file, page.language], shown, **QUIET),
        )

        def stop(traced: Json, language: Language) -> tuple[Html, Html, Html]:
            said = say(language, "trace.stopped", done=len(traced["rows"]))
            return render.notice(said), *_drawn(traced, {}, language)

        self.progress.cancel_trace(
            stop,
            [self.traced, page.language],
            [self.progress, self.summary, self.outcome],
            cancels=list(started),
            **QUIET,
        )

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


def steps(
    desk: Desk, read: Callable[[], Sequence[Requirement]], language: Language
) -> Iterator[Step]:
    """Trace what `read` gives, and yield what there is to show after each requirement.

    A list that cannot be read leaves what was traced before it. The table is drawn anew while its
    first page fills, and when all is done.
    """
    try:
        demands = read()
        if not desk.library.documents():
            empty = without_documents("trace.empty", language)
            yield Step(NOTHING_TRACED, NOTHING, NOTHING, empty)
            return
    except YoujuError as error:
        yield Step(None, render.error(explain(error, language)))
        return
    yield from _traced(Tracer(desk.searcher), demands, language)


def _traced(tracer: Tracer, demands: Sequence[Requirement], language: Language) -> Iterator[Step]:
    traced: Json = NOTHING_TRACED
    end = NOTHING
    try:
        yield Step(traced, trace_view.progress(0, len(demands), language), NOTHING, NOTHING)
        for done, row in enumerate(tracer.trace_all(demands), start=1):
            traced = grown(traced, row, language)
            is_shown = done <= trace_view.PAGE
            table = trace_view.table(traced, None, 1, language) if is_shown else None
            yield Step(traced, trace_view.progress(done, len(demands), language), table=table)
    except YoujuError as error:
        end = render.error(explain(error, language))
    yield Step(traced, end, *_drawn(traced, {}, language))


def _drawn(traced: Json, verdicts: Verdicts, language: Language) -> tuple[Html, Html]:
    """The summary and the first page of the table; neither where nothing was traced."""
    if not traced["rows"]:
        return NOTHING, NOTHING
    return (
        trace_view.summary(traced, verdicts, language),
        trace_view.table(traced, verdicts, 1, language),
    )


def _hint(language: Language) -> Html:
    return element("p", say(language, "trace.hint", most=MOST_REQUIREMENTS), class_="yj-hint")


def _words(language: Language) -> dict[str, Any]:
    """What the box for the requirements says."""
    return {
        "label": say(language, "trace.label"),
        "placeholder": say(language, "trace.placeholder"),
    }
