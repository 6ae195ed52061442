"""What the screen of the library shows and does: its views, removing, saying more of a document."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from pathlib import Path

from corpus import YoujuError
from corpus.markup import NOTHING, Html, element, join
from index import Library
from index.report import Stop, never
from retrieval import standings
from ui import render, shelf
from ui.access import AccessError
from ui.adding import Adding, Look
from ui.adding_view import adding
from ui.address import names
from ui.editing import Editing, Saved
from ui.errors import explain
from ui.likeness import similar
from ui.sieve import VIEWS, Sought, address_of, form, sift
from ui.statistics import statistics
from ui.strings import Language, say

READING_ONLY = "this account asks and reads only: an editor adds, changes and removes documents"


class Keeping:
    """Shows and changes what one library holds. Safe to share between threads.

    Where it `may_change` nothing, whoever tries is told so.
    """

    def __init__(self, library: Library, may_change: bool = True) -> None:
        self.library = library
        self.may_change = may_change
        self._adding = Adding(library)
        self._editing = Editing(library)
        self._is_over: Stop = never

    def until(self, is_over: Stop) -> "Keeping":
        """Return the same for somebody: files they add are left out when `is_over` says so."""
        theirs = copy(self)
        theirs._is_over = is_over
        return theirs

    @property
    def adding(self) -> Adding:
        """What adds files. Raises AccessError where who asks may only read."""
        self._check()
        return self._adding

    @property
    def editing(self) -> Editing:
        """The form of a document. Raises AccessError where who asks may only read."""
        self._check()
        return self._editing

    def _check(self) -> None:
        if not self.may_change:
            raise AccessError(READING_ONLY)

    def held(self) -> shelf.Shelf:
        """Return the documents with their standings, counts and near-duplicates."""
        states = list(standings(self.library).values())
        counts, near = self.library.store.clause_counts(), self.library.near_duplicates()
        return shelf.Shelf(states, counts, near, self.may_change)

    def view(self, held: shelf.Shelf, sought: Sought, language: Language) -> Html:
        """The library as it is looked at: the list, its near-duplicates, or its numbers."""
        views, pending = _views(sought.view, language), self._pending(language)
        return join([names(address_of(sought)), views, pending, _view(held, sought, language)])

    def _pending(self, language: Language) -> Html:
        """That some passages have no vector yet, and the way to go on where nothing does."""
        if not self.may_change or self.adding.is_running:
            return NOTHING
        pending = self.library.snapshot().pending
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
            self.adding.add(files, self._is_over)
        except YoujuError as error:
            for path in () if self.may_change else files:
                path.unlink(missing_ok=True)
            return render.error(explain(error, language))
        return adding(self.adding.look(), language) if files else NOTHING

    def cancel(self, language: Language) -> Html:
        """Stop an adding, and say how far it came."""
        try:
            self.adding.cancel()
        except YoujuError as error:
            return render.error(explain(error, language))
        return adding(self.adding.look(), language)

    def watch(self) -> Iterator[Look]:
        """Yield how far an adding has come until its end; nothing to somebody who only reads."""
        if self.may_change:
            yield from self.adding.watch()

    def remove(self, document_id: str, language: Language) -> Html:
        """Remove a document, and say so."""
        try:
            self._check()
            (removed,) = self.library.remove([document_id])
        except YoujuError as error:
            return render.error(explain(error, language))
        return render.notice(say(language, "list.removed", title=removed.label))

    def save(self, document_id: str, written: Mapping[str, str], language: Language) -> Saved:
        """Keep what is said of a document; a new title has its vectors made in the background."""
        return self._completed(lambda: self.editing.save(document_id, written, language), language)

    def take_back(self, document_id: str, language: Language) -> Saved:
        """Forget what was said of a document."""
        return self._completed(lambda: self.editing.take_back(document_id, language), language)

    def form(self, document_id: str, language: Language) -> Saved:
        """The form with what is known of a document."""
        return self._completed(lambda: self.editing.form(document_id, language), language)

    def _completed(self, change: Callable[[], Saved], language: Language) -> Saved:
        try:
            saved = change()
        except AccessError as error:
            return Saved(NOTHING, render.error(explain(error, language)))
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
