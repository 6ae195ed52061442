"""The screen of checking: a draft, and what the library has of all that it cites and quotes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import read_file
from corpus.markup import Html, element
from retrieval import Searcher
from retrieval.drafts import check_draft
from retrieval.drafts.export import check_table
from retrieval.drafts.shapes import check_shape
from retrieval.shapes import Json
from ui import render
from ui.check_view import check_view
from ui.comparing import WAITING, Kind, Outcome
from ui.desk import Desk
from ui.panel import panel
from ui.screen import Label, Page
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr

CHECK = Kind(
    "check", check_view, lambda shape, _: check_table(shape), "文稿引用核对表", "check.empty"
)


class CheckScreen:
    """Checks a draft that is pasted or uploaded; it does not become part of the library."""

    name = "check"

    def __init__(self) -> None:
        import gradio as gr

        with gr.Column(elem_id="yj-drafted"):
            self.text = gr.Textbox(**_words("zh"), lines=5, max_lines=12, elem_id="yj-draft")
            with gr.Row(elem_id="yj-draft-acts"):
                self.start = gr.Button(say("zh", "check.button"), variant="primary", size="md")
                self.file = gr.UploadButton(say("zh", "check.upload"), size="md")
                self.hint = panel("draft-hint")
        self.outcome = Outcome(CHECK)
        self.labels: Sequence[Label] = (
            Label(self.text, lambda language: gr.Textbox(**_words(language))),
            Label(self.start, lambda language: gr.Button(say(language, "check.button"))),
            Label(self.file, lambda language: gr.UploadButton(say(language, "check.upload"))),
            Label(self.hint, _hint),
        )
        self.openers: Sequence[gr.HTML] = (self.outcome.panel,)

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Checking a text or a file, and what is done with the outcome."""
        self.outcome.wire(page)

        import gradio as gr

        Checked = tuple[Json | None, Html]

        def checked(read: Callable[[], str], desk: Desk, language: Language) -> Checked:
            return self.outcome.drawn(lambda: checked_draft(desk.searcher, read()), desk, language)

        def check_text(text: str, language: Language, request: gr.Request) -> Checked:
            if not text.strip():
                return None, render.notice(say(language, "check.blank"))
            return checked(lambda: text, page.desk_of(request), language)

        def check_file(file: str, language: Language, request: gr.Request) -> Checked:
            return checked(lambda: uploaded_draft(Path(file)), page.desk_of(request), language)

        shown = self.outcome.shown
        self.start.click(check_text, [self.text, page.language], shown, **WAITING)
        self.file.upload(check_file, [self.file, page.language], shown, **WAITING)


def checked_draft(searcher: Searcher, draft: str) -> Json:
    """Return what becomes of all that a draft cites and quotes, its notes in both languages.

    `notes` are Chinese, as in every JSON and file, `english` says the same to who reads English.
    Raises DraftError for a draft beyond the limits.
    """
    findings = check_draft(searcher, draft)
    shape = check_shape(draft, findings, searcher.library.snapshot().pending)
    for told, finding in zip(shape["findings"], findings, strict=True):
        told["english"] = [note.said("en") for note in finding.notes]
    return shape


def uploaded_draft(path: Path) -> str:
    """Return the text of a file that a browser sent, and delete it.

    Raises ReadError where it cannot be read.
    """
    try:
        return read_file(path).text
    finally:
        path.unlink(missing_ok=True)


def _hint(language: Language) -> Html:
    return element("p", say(language, "check.hint"), class_="yj-hint")


def _words(language: Language) -> dict[str, Any]:
    """What the box for the draft says."""
    return {
        "label": say(language, "check.label"),
        "placeholder": say(language, "check.placeholder"),
    }
