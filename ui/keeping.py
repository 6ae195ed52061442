"""What the screen of the library shows and does: its views, removing, saying more of a document."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus import YoujuError
from corpus.markup import NOTHING, Html, element, join
from index import Library
from retrieval import standings
from ui import render, shelf
from ui.adding import Adding
from ui.adding_view import adding
from ui.editing import Editing, Saved
from ui.errors import explain
from ui.likeness import similar
from ui.sieve import VIEWS, Sought, form, sift
from ui.statistics import statistics
from ui.strings import Language, say


class Keeping:
    """Shows and changes what one library holds. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.adding = Adding(library)
        self.editing = Editing(library)

    def held(self) -> shelf.Shelf:
        """Return the documents with their standings, counts and near-duplicates."""
        states = list(standings(self.library).values())
        counts, near = self.library.store.clause_counts(), self.library.near_duplicates()
        return shelf.Shelf(states, counts, near)

    def view(self, held: shelf.Shelf, sought: Sought, language: Language) -> Html:
        """The library as it is looked at: the list, its near-duplicates, or its numbers."""
        return join(
            [_views(sought.view, language), self._pending(language), _view(held, sought, language)]
        )

    def _pending(self, language: Language) -> Html:
        """That some passages have no vector yet, and the way to go on where nothing does."""
        pending = 0 if self.adding.is_running else self.library.snapshot().pending
        if not pending:
            return NOTHING
        button = element(
            "button",
            say(language, "list.complete"),
            type="button",
            class_="yj-button",
            data_act="complete_vectors",
        )
        said = element("span", say(language, "list.pending", count=pending))
        return element("p", said, button, class_="yj-notice yj-pending")

    def add(self, files: Sequence[Path], language: Language) -> Html:
        """Begin to add uploaded files; what cannot be taken is said."""
        try:
            self.adding.add(files)
        except YoujuError as error:
            return render.error(explain(error, language))
        return adding(self.adding.look(), language) if files else NOTHING

    def remove(self, document_id: str, language: Language) -> Html:
        """Remove a document, and say so."""
        try:
            (removed,) = self.library.remove([document_id])
        except YoujuError as error:
            return render.error(explain(error, language))
        return render.notice(say(language, "list.removed", title=removed.label))

    def save(self, document_id: str, written: Mapping[str, str], language: Language) -> Saved:
        """Keep what is said of a document; a new title has its vectors made in the background."""
        return self._completed(self.editing.save(document_id, written, language))

    def take_back(self, document_id: str, language: Language) -> Saved:
        """Forget what was said of a document."""
        return self._completed(self.editing.take_back(document_id, language))

    def _completed(self, saved: Saved) -> Saved:
        if saved.is_changed and self.library.snapshot().pending:
            self.adding.complete()
        return saved


def _view(held: shelf.Shelf, sought: Sought, language: Language) -> Html:
    if sought.view == "similar":
        return similar(held, sought.page, language)
    if sought.view == "statistics":
        return statistics(held, language)
    found = sift(held.standings, sought) if sought.is_filtered else None
    return join([form(sought, language), shelf.listing(held, sought.page, language, found)])


def _views(chosen: str, language: Language) -> Html:
    """The views, the chosen one marked."""
    buttons = (
        element(
            "button",
            say(language, f"view.{name}"),
            type="button",
            class_="yj-button",
            data_act="show_view",
            data_view=name,
            aria_current="page" if name == chosen else None,
        )
        for name in VIEWS
    )
    return element("nav", *buttons, class_="yj-views", aria_label=say(language, "view.label"))
