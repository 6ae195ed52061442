"""The screen of the library: add files, see what is there, say more of it, remove."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import LARGEST_FILE
from corpus.markup import NOTHING, Html
from ui import render, sieve
from ui.adding_view import adding
from ui.address import Address
from ui.desk import Desk
from ui.editing import COLLECTION, FIELDS, Saved
from ui.panel import QUIET, panel
from ui.screen import Label, Page, Shown, Visit
from ui.sieve import SIFTED, VIEWS, Sought
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr

WATCHING = {**QUIET, "concurrency_limit": 16, "concurrency_id": "watching"}
"""Pages that are told at once how far an adding has come; others are told when it has ended."""


def hint(language: Language) -> Html:
    """What the box for files says."""
    return render.hint(LARGEST_FILE // 2**20, language)


def _fields(event: "gr.EventData", names: Iterable[str]) -> dict[str, str]:
    """What was written or chosen beside the button that was pressed."""
    return {name: str(getattr(event, name, "")) for name in names}


class LibraryScreen:
    """Adds files, shows what is there, takes what the user says of it, removes."""

    name = "library"

    def __init__(self) -> None:
        import gradio as gr

        with gr.Column(elem_id="yj-add"):
            self.hint = panel("hint")
            self.files = gr.UploadButton(
                say("zh", "add.button"), file_count="multiple", variant="primary", size="md"
            )
        self.report = panel("report", "open_document", "cancel_adding")
        self.listing = panel(
            "listing",
            *("open_document", "remove_document", "edit_document"),
            *("turn_page", "show_view", "filter_list", "load_samples", "complete_vectors"),
        )
        self.edit = panel("edit", "save_metadata", "take_back_metadata")
        self.sought = gr.State(Sought())
        self.labels: Sequence[Label] = (
            Label(self.files, lambda language: gr.UploadButton(label=say(language, "add.button"))),
            Label(self.hint, hint),
        )
        self.openers: Sequence[gr.HTML] = (self.listing, self.report)

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Adding, looking and changing; what follows from the library is drawn anew."""
        self._wire_adding(page)
        self._wire_looking(page, tab)
        self._wire_changing(page)

    def _shown(self, page: Page) -> list["gr.HTML"]:
        return [self.report, page.start, self.listing, page.footer]

    def _wire_adding(self, page: Page) -> None:
        """Files are taken over at once; then the page watches how they are added."""
        import gradio as gr

        def add(files: list[str] | None, language: Language, request: gr.Request) -> Html:
            keeping = page.desk_of(request).keeping
            return keeping.add([Path(file) for file in files or ()], language)

        def watch(
            language: Language, sought: Sought, request: gr.Request
        ) -> Iterator[tuple[Any, ...]]:
            # A handler that yields nothing at all would empty what it may draw.
            yield (gr.skip(),) * 4
            desk = page.desk_of(request)
            for look in desk.keeping.watch():
                drawn = (gr.skip(),) * 3 if look.running else desk.overview(language, sought)
                yield adding(look, language), *drawn

        def cancel(language: Language, request: gr.Request) -> Html:
            return page.desk_of(request).keeping.cancel(language)

        def add_samples(request: gr.Request) -> None:
            page.desk_of(request).keeping.adding.add_samples()

        def complete(request: gr.Request) -> None:
            page.desk_of(request).keeping.adding.complete()

        watched: dict[str, Any] = {
            "fn": watch,
            "inputs": [page.language, self.sought],
            "outputs": self._shown(page),
            **WATCHING,
        }
        added = [self.files.upload(add, [self.files, page.language], self.report, **QUIET)]
        for source in (page.start, self.listing):
            added.append(source.load_samples(add_samples, **QUIET))
        for event in added:
            reduce(lambda last, change: last.then(**change), (watched, *page.changes), event)
        self.listing.complete_vectors(complete, **QUIET).then(**watched)
        self.report.cancel_adding(cancel, page.language, self.report, **QUIET)
        page.arrivals.append(watched)

    def _wire_looking(self, page: Page, tab: "gr.Tab") -> None:
        """The views of the library, the pages of its list, and what the list is filtered by."""
        import gradio as gr

        Looked = tuple[Sought, Html]

        def look(sought: Sought, language: Language, request: gr.Request) -> Looked:
            return sought, page.desk_of(request).overview(language, sought).listing

        def turn(
            sought: Sought, language: Language, event: gr.EventData, request: gr.Request
        ) -> Looked:
            return look(sought._replace(page=int(event.page)), language, request)

        def show(
            sought: Sought, language: Language, event: gr.EventData, request: gr.Request
        ) -> Looked:
            view = event.view if event.view in VIEWS else VIEWS[0]
            return look(sought._replace(view=view, page=1), language, request)

        def sift(language: Language, event: gr.EventData, request: gr.Request) -> Looked:
            return look(sieve.sought(_fields(event, SIFTED)), language, request)

        kept, shown = [self.sought, page.language], [self.sought, self.listing]

        def visit(asked: Address, desk: Desk, language: Language, _: None) -> Iterator[Shown]:
            sought = sieve.addressed(asked)
            yield {self.sought: sought, self.listing: desk.overview(language, sought).listing}

        page.visits[self.name] = Visit(visit, shown)
        tab.select(look, kept, shown, **QUIET)
        self.listing.turn_page(turn, kept, shown, **QUIET)
        self.listing.show_view(show, kept, shown, **QUIET)
        self.listing.filter_list(sift, page.language, shown, **QUIET)

    def _wire_changing(self, page: Page) -> None:
        """Removing a document, and saying more of it than its text does."""
        import gradio as gr

        Drawn = tuple[Any, ...]

        def remove(
            language: Language, sought: Sought, event: gr.EventData, request: gr.Request
        ) -> Drawn:
            desk = page.desk_of(request)
            said = desk.keeping.remove(str(event.document), language)
            return said, *desk.overview(language, sought)

        def open_form(
            language: Language, event: gr.EventData, request: gr.Request
        ) -> tuple[Html, Html]:
            return page.desk_of(request).keeping.form(str(event.document), language)[:2]

        def drawn(saved: Saved, desk: Desk, language: Language, sought: Sought) -> Drawn:
            if saved.form:
                return (saved.form, *(gr.skip(),) * 4)
            return NOTHING, saved.said, *desk.overview(language, sought)

        def save(
            language: Language, sought: Sought, event: gr.EventData, request: gr.Request
        ) -> Drawn:
            desk = page.desk_of(request)
            written = _fields(event, (*FIELDS, COLLECTION))
            saved = desk.keeping.save(str(event.document), written, language)
            return drawn(saved, desk, language, sought)

        def take_back(
            language: Language, sought: Sought, event: gr.EventData, request: gr.Request
        ) -> Drawn:
            desk = page.desk_of(request)
            saved = desk.keeping.take_back(str(event.document), language)
            return drawn(saved, desk, language, sought)

        kept, shown = [page.language, self.sought], self._shown(page)
        self.listing.remove_document(remove, kept, shown, **QUIET)
        self.listing.edit_document(open_form, page.language, [self.edit, self.report], **QUIET)
        self.edit.save_metadata(save, kept, [self.edit, *shown], **QUIET)
        self.edit.take_back_metadata(take_back, kept, [self.edit, *shown], **QUIET)
