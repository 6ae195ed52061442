"""What came of a comparison or a check: its panel, its pages, and the table to take away."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from corpus import YoujuError
from corpus.markup import NOTHING, Html, join
from retrieval import Filters
from retrieval.shapes import Json
from retrieval.tables import Table, TableError
from ui import render
from ui.address import names
from ui.desk import Desk
from ui.downloads import file_to_save, save_after, with_limits, written
from ui.errors import explain
from ui.filtering import chosen_values, filters_in, limited
from ui.pager import MAIN, page_of, turned_to
from ui.panel import PRIVATE, QUIET, panel
from ui.screen import Page
from ui.states import without_documents
from ui.strings import Language

if TYPE_CHECKING:
    import gradio as gr

WAITING = {**PRIVATE, "show_progress": "minimal", "trigger_mode": "always_last"}


Drawn = tuple[Json | None, Html]
"""What is kept of an outcome, and what is shown of it."""


class Kind(NamedTuple):
    """A way to compare: how one page of its result is drawn, and how it goes into a file."""

    name: str
    view: Callable[[Json, int, Language], Html]
    table: Callable[[Json, Language], Table]
    file_name: str
    empty: str = "compare.empty"
    """What is said of an empty library."""


class Asked(NamedTuple):
    """What was asked: the address that asks it again, and what it was limited to."""

    address: str
    filters: Filters = Filters()


def limits_of(shape: Json) -> Filters:
    """What a result was limited to, where it remembers it."""
    return filters_in(shape["asked"]["filters"]) if "asked" in shape else Filters()


IS_EMPTY: Json = {}
"""Kept while nothing is shown but that the library is empty."""


class Outcome:
    """Where a result is shown; `kept` holds it, None before there is one."""

    def __init__(self, kind: Kind) -> None:
        import gradio as gr

        self.kind = kind
        self.panel = panel(
            f"{kind.name}-outcome", "open_document", "turn_page", "export_table", "go_to_library"
        )
        self.saved = file_to_save()
        self.kept = gr.State(None)

    @property
    def shown(self) -> list["gr.State | gr.HTML"]:
        """What `drawn` gives."""
        return [self.kept, self.panel]

    def drawn(
        self,
        compare: Callable[[], Json],
        desk: Desk,
        language: Language,
        asked: Asked | None = None,
    ) -> Drawn:
        """The result and its first page, or why there is none.

        The result remembers what was `asked`, where an address can ask it again.
        """
        try:
            if not desk.library.documents():
                return IS_EMPTY, without_documents(self.kind.empty, language)
            shape = compare()
        except YoujuError as error:
            return None, render.error(explain(error, language))
        if asked:
            told = {"address": asked.address, "filters": chosen_values(asked.filters)}
            shape = {**shape, "asked": told}
        return shape, self._page(shape, language)

    def _page(self, shape: Json, language: Language) -> Html:
        """The pages of a result that are open; where it was limited, to what."""
        drawn = self.kind.view(shape, page_of(shape), language)
        if "asked" not in shape:
            return drawn
        limits = limited(limits_of(shape), language)
        return join([names(shape["asked"]["address"]), limits, drawn])

    def table(self, shape: Json, language: Language) -> Table:
        """The result as it goes into a file; where it was limited, it says to what."""
        return with_limits(self.kind.table(shape, language), limits_of(shape), language)

    def wire(self, page: Page) -> None:
        """Turning pages, and exporting."""
        import gradio as gr

        kept = [self.kept, page.language]

        def turn(shape: Json, language: Language, event: gr.EventData) -> Drawn:
            turned = turned_to(shape, int(event.page), getattr(event, "view", MAIN))
            return turned, self._page(turned, language)

        def export(shape: Json, language: Language, event: gr.EventData) -> tuple[str | None, Html]:
            extension, folder = str(event.format), self.saved.GRADIO_CACHE
            drawn = self._page(shape, language)
            try:
                table = self.table(shape, language)
                return str(written(table, self.kind.file_name, extension, folder)), drawn
            except TableError as error:
                return None, join([render.error(explain(error, language)), drawn])

        self.panel.turn_page(turn, kept, self.shown, **QUIET)
        exported = self.panel.export_table(export, kept, [self.saved, self.panel], **QUIET)
        save_after(exported, self.saved)
        self.panel.go_to_library(lambda: gr.Tabs(selected="library"), None, page.tabs, **QUIET)

    def before(self, kept: Json | None, is_empty: bool, language: Language) -> Drawn | None:
        """What stands there when the screen is chosen; None leaves what is there."""
        if is_empty:
            return IS_EMPTY, without_documents(self.kind.empty, language)
        return (None, NOTHING) if kept == IS_EMPTY else None
