"""The screen of the library: add files, see what is there, remove."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import LARGEST_FILE
from index.report import Progress
from ui import render
from ui.markup import NOTHING, Html
from ui.panel import PRIVATE, QUIET, panel
from ui.screen import Label, Page
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr

ADDING = {**PRIVATE, "concurrency_limit": 1, "concurrency_id": "adding"}
"""One after the other: two indexings at once would do the same work twice."""


def hint(language: Language) -> Html:
    """What the box for files says."""
    return render.hint(LARGEST_FILE // 2**20, language)


def narrate(bar: "gr.Progress", language: Language) -> Progress:
    """Turn the stages of adding into a progress bar with words."""

    def tell(stage: str, done: int, total: int) -> None:
        share = done / total if total else 1.0
        bar(share, desc=say(language, f"add.{stage}", done=done, total=total))

    return tell


class LibraryScreen:
    """Adds files, shows what is there, removes."""

    name = "library"

    def __init__(self) -> None:
        import gradio as gr

        with gr.Column(elem_id="yj-add"):
            self.hint = panel("hint")
            self.files = gr.UploadButton(
                say("zh", "add.button"), file_count="multiple", variant="primary", size="md"
            )
        self.report = panel("report")
        self.listing = panel(
            "listing", "open_document", "remove_document", "turn_page", "load_samples"
        )
        self.labels: Sequence[Label] = (
            Label(self.files, lambda language: gr.UploadButton(label=say(language, "add.button"))),
            Label(self.hint, hint),
        )
        self.openers: Sequence[gr.HTML] = (self.listing,)

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Adding, removing and turning pages; what follows from the library is drawn anew."""
        self._wire_adding(page)
        self._wire_listing(page)
        tab.select(
            lambda language: page.desk.overview(language).listing,
            page.language,
            self.listing,
            **QUIET,
        )

    def _shown(self, page: Page) -> list["gr.HTML"]:
        return [self.report, page.start, self.listing, page.footer]

    def _wire_adding(self, page: Page) -> None:
        import gradio as gr

        desk, language, no_progress = page.desk, page.language, gr.Progress()

        def add(
            files: list[str] | None, language: Language, bar: gr.Progress = no_progress
        ) -> tuple[Html, ...]:
            paths = [Path(file) for file in files or ()]
            return desk.add(paths, language, narrate(bar, language)), *desk.overview(language)

        def add_samples(language: Language, bar: gr.Progress = no_progress) -> tuple[Html, ...]:
            report = desk.add_samples(language, narrate(bar, language))
            return report, *desk.overview(language)

        shown = self._shown(page)
        self.files.upload(
            add, [self.files, language], shown, show_progress_on=self.report, **ADDING
        )
        for panel_with_samples in (page.start, self.listing):
            panel_with_samples.load_samples(
                add_samples, language, shown, show_progress_on=panel_with_samples, **ADDING
            )

    def _wire_listing(self, page: Page) -> None:
        import gradio as gr

        desk = page.desk

        def remove(language: Language, event: gr.EventData) -> tuple[Html, ...]:
            return desk.remove(str(event.document), language), *desk.overview(language)

        def turn(language: Language, event: gr.EventData) -> tuple[Html, Html]:
            return NOTHING, desk.overview(language, int(event.page)).listing

        self.listing.remove_document(remove, page.language, self._shown(page), **QUIET)
        self.listing.turn_page(turn, page.language, [self.report, self.listing], **QUIET)
