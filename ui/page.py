"""The page: two tabs, the reader, and which action of the user changes what."""

from typing import TYPE_CHECKING, Any

from ui import render
from ui.ask import ask_tab, wire_asking
from ui.desk import Desk
from ui.library import hint, library_tab, wire_library
from ui.markup import Html
from ui.panel import QUIET, panel
from ui.strings import Language, language_of, say

if TYPE_CHECKING:
    import gradio as gr

WAITING = 64
"""Questions that may wait; a page that asks more is not a person's."""


def build_page(desk: Desk) -> "gr.Blocks":
    """Lay the page out and wire it to a desk."""
    import gradio as gr

    page = gr.Blocks(title=say("zh", "title"), analytics_enabled=False)
    with page:
        language = gr.State("zh")
        header = panel("header")
        with gr.Column(elem_id="yj-main"), gr.Tabs() as tabs:
            with gr.Tab(say("zh", "tab.ask"), id="ask") as first:
                asking = ask_tab()
            with gr.Tab(say("zh", "tab.library"), id="library") as second:
                shelf = library_tab()
        reading = panel("reading", "open_document")
        footer = panel("footer")

        wire_asking(desk, asking, language)
        wire_library(desk, shelf, asking.start, footer, language)
        _wire_reading(desk, (asking.outcome, shelf.listing, reading), reading, language)
        asking.start.go_to_library(lambda: gr.Tabs(selected="library"), None, tabs, **QUIET)
        second.select(
            lambda language: desk.overview(language).listing, language, shelf.listing, **QUIET
        )

        def arrive(request: gr.Request) -> list[Any]:
            chosen = language_of(request.query_params.get("lang"))
            return [
                chosen,
                gr.Tab(label=say(chosen, "tab.ask")),
                gr.Tab(label=say(chosen, "tab.library")),
                gr.Textbox(
                    label=say(chosen, "ask.label"),
                    placeholder=say(chosen, "ask.placeholder"),
                    submit_btn=say(chosen, "ask.button"),
                ),
                gr.UploadButton(label=say(chosen, "add.button")),
                render.header(chosen),
                hint(chosen),
                *desk.overview(chosen),
            ]

        labelled = [first, second, asking.question, shelf.files, header, shelf.hint]
        page.load(arrive, None, [language, *labelled, asking.start, shelf.listing, footer], **QUIET)
    page.queue(default_concurrency_limit=4, max_size=WAITING, api_open=False)
    return page


def _wire_reading(
    desk: Desk, panels: tuple["gr.HTML", ...], reading: "gr.HTML", language: "gr.State"
) -> None:
    import gradio as gr

    def read(language: Language, event: gr.EventData) -> Html:
        return desk.open(str(event.document), str(event.spans), language)

    for source in panels:
        source.open_document(read, language, reading, **QUIET)
