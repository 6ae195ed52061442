"""The second tab: add files, see what is there, remove."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus import LARGEST_FILE
from index.report import Progress
from ui import render
from ui.desk import Desk
from ui.markup import NOTHING, Html
from ui.panel import PRIVATE, QUIET, panel
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr

ADDING = {**PRIVATE, "concurrency_limit": 1, "concurrency_id": "adding"}
"""One after the other: two indexings at once would do the same work twice."""


class LibraryTab(NamedTuple):
    """The parts of the tab."""

    hint: "gr.HTML"
    files: "gr.UploadButton"
    report: "gr.HTML"
    listing: "gr.HTML"


def library_tab() -> LibraryTab:
    """Lay out the tab, in Chinese until the page arrives."""
    import gradio as gr

    with gr.Column(elem_id="yj-add"):
        hint = panel("hint")
        files = gr.UploadButton(
            say("zh", "add.button"), file_count="multiple", variant="primary", size="md"
        )
    report = panel("report")
    listing = panel("listing", "open_document", "remove_document", "turn_page", "load_samples")
    return LibraryTab(hint, files, report, listing)


def hint(language: Language) -> Html:
    """What the box for files says."""
    return render.hint(LARGEST_FILE // 2**20, language)


def narrate(bar: "gr.Progress", language: Language) -> Progress:
    """Turn the stages of adding into a progress bar with words."""

    def tell(stage: str, done: int, total: int) -> None:
        share = done / total if total else 1.0
        bar(share, desc=say(language, f"add.{stage}", done=done, total=total))

    return tell


def wire_library(
    desk: Desk, tab: LibraryTab, start: "gr.HTML", footer: "gr.HTML", language: "gr.State"
) -> None:
    """Adding, removing and turning pages; what follows from the library is drawn anew."""
    import gradio as gr

    shown = [tab.report, start, tab.listing, footer]
    no_progress = gr.Progress()

    def add(
        files: list[str] | None, language: Language, bar: gr.Progress = no_progress
    ) -> tuple[Html, ...]:
        report = desk.add([Path(file) for file in files or ()], language, narrate(bar, language))
        return report, *desk.overview(language)

    def add_samples(language: Language, bar: gr.Progress = no_progress) -> tuple[Html, ...]:
        report = desk.add_samples(language, narrate(bar, language))
        return report, *desk.overview(language)

    def remove(language: Language, event: gr.EventData) -> tuple[Html, ...]:
        return desk.remove(str(event.document), language), *desk.overview(language)

    def turn(language: Language, event: gr.EventData) -> tuple[Html, Html]:
        return NOTHING, desk.overview(language, int(event.page)).listing

    tab.files.upload(add, [tab.files, language], shown, show_progress_on=tab.report, **ADDING)
    for panel_with_samples in (start, tab.listing):
        panel_with_samples.load_samples(
            add_samples, language, shown, show_progress_on=panel_with_samples, **ADDING
        )
    tab.listing.remove_document(remove, language, shown, **QUIET)
    tab.listing.turn_page(turn, language, [tab.report, tab.listing], **QUIET)
