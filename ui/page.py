"""The page: its screens, one tab each, and the reader that all of them open."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from corpus.markup import Html
from ui import frame
from ui.api import Calls, add_endpoints
from ui.ask import AskScreen
from ui.check import CheckScreen
from ui.compare import CompareScreen
from ui.desk import Desk
from ui.evaluate import EvaluateScreen
from ui.library import LibraryScreen
from ui.panel import QUIET, panel
from ui.screen import Label, Page, Screen, viewer_of
from ui.strings import Language, language_of, say
from ui.trace import TraceScreen
from ui.visiting import Visiting

if TYPE_CHECKING:
    import gradio as gr

WAITING = 64
"""Questions that may wait; a page that asks more is not a person's."""


def build_page(desk: Desk) -> "gr.Blocks":
    """Lay the page out and wire it to a desk."""
    import gradio as gr

    page = gr.Blocks(title=say("zh", "title"), analytics_enabled=False)
    with page:
        add_endpoints(lambda request: Calls(desk.for_viewer(viewer_of(request)).searcher))
        language, header, visiting = gr.State("zh"), panel("header"), Visiting()
        with gr.Column(elem_id="yj-main"), gr.Tabs() as tabs:
            laid_out = _lay_out()
            (_, asking), *_, (_, shelf) = laid_out
        reading, footer = panel("reading", "open_document", "find_words"), panel("footer")
        shared = Page(desk, language, tabs, asking.start, footer, [], {}, [], [])
        for tab, screen in laid_out:
            screen.wire(shared, tab)
            js = f"() => youju.address.open('{screen.name}')"
            tab.select(None, None, None, js=js, **QUIET)
        openers = [opener for _, screen in laid_out for opener in screen.openers]
        _wire_reading(shared, [*openers, reading], reading)
        labels = list(_labels(laid_out))
        drawn = [asking.start, shelf.listing, footer]

        def arrive(request: gr.Request) -> list[Any]:
            chosen = language_of(request.query_params.get("lang"))
            said = [
                frame.header(chosen, viewer_of(request)),
                *(one.said(chosen) for one in labels),
            ]
            sitting = shared.desk_of(request)
            besides = [one for drawing in shared.drawings for one in drawing.drawn(sitting, chosen)]
            return [chosen, *said, *sitting.overview(chosen), *besides]

        components = [header, *(label.component for label in labels)]
        besides = [one for drawing in shared.drawings for one in drawing.components]
        outputs = [language, *components, *drawn, *besides]
        arrived = page.load(arrive, None, outputs, **QUIET)
        for arrival in (visiting.wire(shared, reading), *shared.arrivals):
            arrived = arrived.then(**arrival)
    page.queue(default_concurrency_limit=4, max_size=WAITING, api_open=False)
    return page


def _lay_out() -> tuple[tuple["gr.Tab", Any], ...]:
    """The screens, each in its tab: asking comes first, the library last."""
    return (
        _in_tab(AskScreen),
        _in_tab(TraceScreen),
        _in_tab(CompareScreen),
        _in_tab(CheckScreen),
        _in_tab(EvaluateScreen),
        _in_tab(LibraryScreen),
    )


def _in_tab(screen: type[Screen]) -> tuple["gr.Tab", Any]:
    import gradio as gr

    with gr.Tab(say("zh", f"tab.{screen.name}"), id=screen.name) as tab:
        return tab, screen()


def _labels(laid_out: Iterable[tuple["gr.Tab", Screen]]) -> list[Label]:
    """The titles of the tabs, and what is labelled within them."""
    labels: list[Label] = []
    for tab, screen in laid_out:
        labels += (Label(tab, _title(screen.name)), *screen.labels)
    return labels


def _title(name: str) -> Any:
    import gradio as gr

    return lambda language: gr.Tab(label=say(language, f"tab.{name}"))


def _wire_reading(page: Page, panels: Sequence["gr.HTML"], reading: "gr.HTML") -> None:
    import gradio as gr

    def read(language: Language, event: gr.EventData, request: gr.Request) -> Html:
        reader = page.desk_of(request).reading
        return reader.open(str(event.document), str(event.spans), language)

    def find(language: Language, event: gr.EventData, request: gr.Request) -> Html:
        reader = page.desk_of(request).reading
        return reader.find(str(event.document), str(event.sought), str(event.spans), language)

    for source in panels:
        source.open_document(read, page.language, reading, **QUIET)
    reading.find_words(find, page.language, reading, **QUIET)
