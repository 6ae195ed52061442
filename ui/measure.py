"""Measuring on the screen of evaluation: choose, run, look at what came of it, take it away."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import YoujuError
from corpus.markup import NOTHING, Html, element, join
from eval.sets import QuestionSet
from ui import chosen_sets, render
from ui import evaluate_view as view
from ui.address import Address
from ui.chosen_sets import UPLOADED
from ui.desk import Desk
from ui.downloads import file_to_save, save_after
from ui.evaluate_export import written
from ui.evaluate_view import Chosen
from ui.evaluating import Look
from ui.evaluation import Evaluation
from ui.measure_lists import NAMES, choices_of, lists_of
from ui.panel import PRIVATE, QUIET, panel
from ui.screen import Drawing, Label, Page, Shown
from ui.states import without_documents
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr

WATCHING = {**QUIET, "concurrency_limit": 16, "concurrency_id": "watching"}
CHOSEN = f"""(set, first, second) => youju.address.choose(
    "evaluate", {{ set: set === "{UPLOADED}" ? "" : set, first, second }})"""
"""Puts what is chosen into the address; a file that was uploaded is nowhere else."""


class Measure:
    """Runs a question set under one configuration or two."""

    def __init__(self) -> None:
        import gradio as gr

        with gr.Row(elem_id="yj-measure"):
            self.lists = [
                gr.Dropdown(label=say("zh", f"measure.{name}"), choices=[], value=None)
                for name in NAMES
            ]
            self.start = gr.Button(say("zh", "measure.button"), variant="primary", size="md")
        with gr.Row(elem_id="yj-measure-more"):
            self.file = gr.UploadButton(say("zh", "measure.upload"), size="md")
            self.hint = panel("measure-hint")
        self.progress = panel("measure-progress", "stop_evaluation", "go_to_library")
        self.results = panel("measure-results", "export_results")
        self.wrong = panel("measure-wrong", "open_document", "choose_run", "turn_page")
        self.saved = file_to_save()
        self.uploaded, self.chosen = gr.State(None), gr.State(Chosen())
        self.labels: Sequence[Label] = (
            Label(self.start, lambda language: gr.Button(say(language, "measure.button"))),
            Label(self.file, lambda language: gr.UploadButton(say(language, "measure.upload"))),
            Label(self.hint, _hint),
        )
        self.openers: Sequence[gr.HTML] = (self.wrong,)

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Choosing, running, looking and exporting."""
        import gradio as gr

        self._wire_choosing(page, tab)
        self._wire_running(page)
        self._wire_looking(page)
        self.progress.go_to_library(lambda: gr.Tabs(selected="library"), None, page.tabs, **QUIET)

    def visit(self, asked: Address, desk: Desk, language: Language) -> Iterator[Shown]:
        """Choose what the address names; nothing is run."""
        # Whoever may not evaluate is told so.
        _ = desk.evaluation.runs
        drawn = lists_of(desk.evaluation, language, asked.values)
        yield dict(zip(self.lists, drawn, strict=True))

    def _wire_choosing(self, page: Page, tab: "gr.Tab") -> None:
        """The sets and configurations to choose from; a file adds one."""
        import gradio as gr

        def offer(given: QuestionSet | None, language: Language, request: gr.Request) -> list[Any]:
            evaluation = page.desk_of(request).evaluation
            told = before(evaluation, language)
            choices = choices_of(evaluation, given, language)
            lists = (gr.Dropdown(choices=found) for found in choices)
            return [*lists, gr.skip() if told is None else told]

        def draw(desk: Desk, language: Language) -> list[Any]:
            return lists_of(desk.evaluation, language)

        def take(file: str, language: Language, request: gr.Request) -> tuple[Any, ...]:
            try:
                questions = chosen_sets.uploaded(Path(file))
                labelling = page.desk_of(request).evaluation.labelling
            except YoujuError as error:
                return gr.skip(), gr.skip(), view.failed(error, language)
            choices = chosen_sets.sets(labelling, questions, language)
            told = say(language, "measure.read", count=len(questions.questions))
            offered = gr.Dropdown(choices=choices, value=UPLOADED)
            return questions, offered, render.notice(told)

        shown = [*self.lists, self.progress]
        tab.select(offer, [self.uploaded, page.language], shown, **QUIET)
        page.drawings.append(Drawing(self.lists, draw))
        for chosen in self.lists:
            chosen.input(None, self.lists, None, js=CHOSEN, **QUIET)
        taken = [self.uploaded, self.lists[0], self.progress]
        self.file.upload(take, [self.file, page.language], taken, **QUIET)

    def _wire_running(self, page: Page) -> None:
        """Beginning an evaluation, watching it, stopping it."""
        import gradio as gr

        def begin(
            chosen: str | None,
            first: str,
            second: str,
            given: QuestionSet | None,
            language: Language,
            request: gr.Request,
        ) -> Html:
            evaluation = page.desk_of(request).evaluation
            return begun(evaluation, (chosen, first, second), given, language)

        def watch(language: Language, request: gr.Request) -> Iterator[tuple[Any, ...]]:
            yield (gr.skip(),) * 4
            evaluation = page.desk_of(request).evaluation
            for look in evaluation.runs.watch() if evaluation.may_change else ():
                if look.running:
                    yield view.progress(look, language), *(gr.skip(),) * 3
                else:
                    yield ended(look, language), *drawn(evaluation, look, language), Chosen()

        def resume(language: Language, request: gr.Request) -> Iterator[tuple[Any, ...]]:
            """A page that comes later finds what the last evaluation came to."""
            evaluation = page.desk_of(request).evaluation
            look = evaluation.runs.look() if evaluation.may_change else None
            if look and look.judged:
                yield gr.skip(), *drawn(evaluation, look, language), gr.skip()
            yield from watch(language, request)

        def stop(language: Language, request: gr.Request) -> Html:
            runs = page.desk_of(request).evaluation.runs
            runs.cancel()
            look = runs.look()
            return view.progress(look, language) if look.running else NOTHING

        shown = [self.progress, self.results, self.wrong, self.chosen]
        inputs = [*self.lists, self.uploaded, page.language]
        started = self.start.click(begin, inputs, self.progress, **QUIET)
        started.then(watch, page.language, shown, **WATCHING)
        self.progress.stop_evaluation(stop, page.language, self.progress, **QUIET)
        page.arrivals.append({"fn": resume, "inputs": page.language, "outputs": shown, **WATCHING})

    def _wire_looking(self, page: Page) -> None:
        """The questions that went wrong, and the files to take away."""
        import gradio as gr

        def look_at(chosen: Chosen, language: Language, request: gr.Request) -> tuple[Chosen, Html]:
            evaluation = page.desk_of(request).evaluation
            judged = evaluation.runs.look().judged
            return chosen, view.wrong(judged, evaluation.library, chosen, language)

        def turn(
            chosen: Chosen, language: Language, event: gr.EventData, request: gr.Request
        ) -> tuple[Chosen, Html]:
            return look_at(chosen._replace(page=int(event.page)), language, request)

        def choose(
            chosen: Chosen, language: Language, event: gr.EventData, request: gr.Request
        ) -> tuple[Chosen, Html]:
            return look_at(Chosen(int(event.run)), language, request)

        def export(
            chosen: Chosen, language: Language, event: gr.EventData, request: gr.Request
        ) -> tuple[str | None, Html]:
            evaluation, folder = page.desk_of(request).evaluation, Path(self.saved.GRADIO_CACHE)
            look = evaluation.runs.look()
            results, format_ = view.results(look, language), str(event.format)
            try:
                file = written(look, chosen.run, format_, folder, evaluation.library, language)
            except YoujuError as error:
                return None, join([view.failed(error, language), results])
            return str(file), results

        kept = [self.chosen, page.language]
        self.wrong.turn_page(turn, kept, [self.chosen, self.wrong], **QUIET)
        self.wrong.choose_run(choose, kept, [self.chosen, self.wrong], **QUIET)
        exported = self.results.export_results(export, kept, [self.saved, self.results], **PRIVATE)
        save_after(exported, self.saved)


def before(evaluation: Evaluation, language: Language) -> Html | None:
    """What stands there when the screen is chosen; None leaves what is said of an evaluation."""
    try:
        look = evaluation.runs.look()
        if not evaluation.library.documents():
            return without_documents("measure.empty", language)
    except YoujuError as error:
        return view.failed(error, language)
    return None if look.running or look.error else NOTHING


def begun(
    evaluation: Evaluation,
    choice: tuple[str | None, str | None, str | None],
    given: QuestionSet | None,
    language: Language,
) -> Html:
    """Begin an evaluation of a set in one configuration or two, or say why there is none."""
    chosen, *names = choice
    try:
        labelling = evaluation.labelling
        if not evaluation.library.documents():
            return without_documents("measure.empty", language)
        asked = chosen_sets.asked(labelling, chosen, [name or "" for name in names], given)
        if asked is None or not asked.configurations:
            return render.notice(say(language, "measure.choose"))
        evaluation.start(*asked)
    except YoujuError as error:
        return view.failed(error, language)
    return view.progress(evaluation.runs.look(), language)


def ended(look: Look, language: Language) -> Html:
    """How an evaluation ended, where it did not end well."""
    if look.error is not None:
        return view.failed(look.error, language)
    return NOTHING if look.judged else render.notice(say(language, "measure.stopped"))


def drawn(evaluation: Evaluation, look: Look, language: Language) -> tuple[Html, Html]:
    """The figures, and the first page of what went wrong."""
    wrong = view.wrong(look.judged, evaluation.library, Chosen(), language)
    return view.results(look, language), wrong


def _hint(language: Language) -> Html:
    return element("p", say(language, "measure.hint"), class_="yj-hint")
