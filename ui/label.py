"""Labelling on the screen of evaluation: write a question, click the passage that answers it."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import YoujuError
from corpus.markup import Html, element
from eval.drafting import propose, sampled
from ui import evaluate_view, label_view, render
from ui.chosen_sets import uploaded
from ui.downloads import file_to_save, save_after
from ui.evaluation import Evaluation
from ui.marking import Drawn, Marking, Open
from ui.panel import PRIVATE, QUIET, panel
from ui.screen import Label, Page
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr

ONE_BY_ONE = {**QUIET, "concurrency_limit": 1, "trigger_mode": "multiple"}
"""Verdicts are given faster than they are answered."""
WAITING = {**PRIVATE, "show_progress": "minimal", "concurrency_limit": 1}
MOST_DRAFTS = 20
"""Questions that are proposed at once."""
OF_QUESTIONS = ("accept_question", "reject_question")
OF_ONE = (*OF_QUESTIONS, "mark_gold", "unmark_gold", "revise_question", "next_question")
OF_LIST = (*OF_QUESTIONS, "open_question", "turn_page")


class Labels:
    """Makes question sets: questions of one's own, and drafts that are accepted or rejected."""

    def __init__(self) -> None:
        import gradio as gr

        with gr.Row(elem_id="yj-label"):
            self.name = gr.Dropdown(
                label=say("zh", "label.set"), choices=[], value=None, allow_custom_value=True
            )
            self.draft = gr.Button(say("zh", "label.draft_button"), size="md")
            self.file = gr.UploadButton(say("zh", "label.upload"), size="md")
        self.hint = panel("label-hint")
        self.form = panel("label-form", "write_question")
        self.said = panel("label-said")
        self.one = panel("label-one", "open_document", *OF_ONE)
        self.listing = panel("label-list", *OF_LIST, "download_set")
        self.saved, self.opened = file_to_save(), gr.State(Open())
        self.labels: Sequence[Label] = (
            Label(self.draft, lambda language: gr.Button(say(language, "label.draft_button"))),
            Label(self.file, lambda language: gr.UploadButton(say(language, "label.upload"))),
            Label(self.hint, _hint),
            Label(self.form, label_view.form),
        )
        self.openers: Sequence[gr.HTML] = (self.one,)

    @property
    def _shown(self) -> list[Any]:
        """What `Marking` draws."""
        return [self.opened, self.said, self.one, self.listing]

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Choosing a set, its questions, and the one that is open."""
        self._wire_sets(page, tab)
        self._wire_questions(page)

    def _wire_sets(self, page: Page, tab: "gr.Tab") -> None:
        import gradio as gr

        def offer(
            name: str | None, opened: Open, language: Language, request: gr.Request
        ) -> tuple[Any, ...]:
            evaluation = page.desk_of(request).evaluation
            names = evaluation.labelling.names() if evaluation.may_change else []
            chosen = name or (names[0] if names else say(language, "label.default"))
            lists = gr.Dropdown(label=say(language, "label.set"), choices=names, value=chosen)
            return lists, *Marking(evaluation).drawn(chosen, opened, language)

        def choose(name: str | None, language: Language, request: gr.Request) -> Drawn:
            return Marking(page.desk_of(request).evaluation).drawn(name, Open(), language)

        def add(file: str, name: str | None, language: Language, request: gr.Request) -> Drawn:
            return added(page.desk_of(request).evaluation, Path(file), name or "", language)

        def draft(name: str | None, language: Language, request: gr.Request) -> Drawn:
            return drafted(page.desk_of(request).evaluation, name or "", language)

        def download(name: str | None, request: gr.Request) -> str:
            labelling, place = page.desk_of(request).evaluation.labelling, self.saved.GRADIO_CACHE
            Path(place).mkdir(parents=True, exist_ok=True)
            return str(labelling.write_file(name or "", Path(tempfile.mkdtemp(dir=place))))

        asked = [self.name, self.opened, page.language]
        tab.select(offer, asked, [self.name, *self._shown], **QUIET)
        self.name.input(choose, [self.name, page.language], self._shown, **QUIET)
        self.draft.click(draft, [self.name, page.language], self._shown, **WAITING)
        self.file.upload(add, [self.file, self.name, page.language], self._shown, **QUIET)
        save_after(self.listing.download_set(download, self.name, self.saved, **QUIET), self.saved)

    def _wire_questions(self, page: Page) -> None:
        """What is done with questions: each change is written, then drawn anew."""
        import gradio as gr

        def bound(act: str) -> Callable[..., Drawn]:
            def handle(
                name: str | None,
                opened: Open,
                language: Language,
                event: gr.EventData,
                request: gr.Request,
            ) -> Drawn:
                marking = Marking(page.desk_of(request).evaluation)
                return marking.act(act, name, opened, language, event)

            return handle

        inputs = [self.name, self.opened, page.language]
        for part, acts in (
            (self.form, ("write_question",)),
            (self.one, OF_ONE),
            (self.listing, OF_LIST),
        ):
            for act in acts:
                getattr(part, act)(bound(act), inputs, self._shown, **ONE_BY_ONE)


def added(evaluation: Evaluation, file: Path, name: str, language: Language) -> Drawn:
    """Add the questions of an uploaded file to a set, drafts among them."""
    try:
        questions = uploaded(file, drafts=True).questions
        count = evaluation.labelling.add(name, questions)
        said = render.notice(say(language, "label.added", count=count))
    except YoujuError as error:
        said = evaluate_view.failed(error, language)
    return Marking(evaluation).drawn(name, Open(), language, said)


def drafted(evaluation: Evaluation, name: str, language: Language) -> Drawn:
    """Propose questions on the documents and add them to a set as drafts; each time others."""
    try:
        labelling, library = evaluation.labelling, evaluation.library
        documents, seed = library.documents(), len(labelling.questions(name))
        about = [library.document(document.id) for document in sampled(documents, seed)]
        count = labelling.add(name, propose(documents, MOST_DRAFTS, seed, about))
        said = render.notice(say(language, "label.added", count=count))
    except YoujuError as error:
        said = evaluate_view.failed(error, language)
    return Marking(evaluation).drawn(name, Open(), language, said)


def _hint(language: Language) -> Html:
    return element("p", say(language, "label.hint"), class_="yj-hint")
