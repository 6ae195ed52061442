"""What the page can do with a library; every outcome comes back as HTML."""

import logging
import threading
from collections.abc import Sequence
from copy import copy
from typing import NamedTuple

from corpus import Document, YoujuError
from corpus.markup import Html
from index import Library
from index.within import within
from retrieval import Searcher
from ui import frame, render, states
from ui.access import OWNER, Viewer, may_still_edit
from ui.asking import Asking
from ui.errors import explain
from ui.evaluation import Evaluation
from ui.keeping import Keeping
from ui.reading import Reading
from ui.samples import examples, hold_samples
from ui.sieve import EVERYTHING, Sought
from ui.strings import Language

log = logging.getLogger(__name__)


class Overview(NamedTuple):
    """The parts of the page that follow from what the library holds."""

    start: Html
    listing: Html
    footer: Html


class Desk:
    """Answers, opens, adds and removes, for one library. Safe to share between threads.

    What may be seen and done at it is the same for all who sit there: `for_viewer` leads each to
    the one that fits.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.searcher = Searcher(library)
        self.asking = Asking(library, self.searcher)
        self.keeping = Keeping(library)
        self.reading = Reading(library)
        self.evaluation = Evaluation(library, self.searcher)
        self._preparing = threading.Event()
        self._reading: dict[frozenset[str] | None, Desk] = {}
        self._lock = threading.Lock()

    def for_viewer(self, viewer: Viewer) -> "Desk":
        """Return the desk of somebody: where all may be done, else one for reading.

        All who see the same collections share one, and what it has read.
        """
        if viewer.may_edit:
            return self if viewer == OWNER else self._for_editing(viewer.name)
        with self._lock:
            if viewer.collections not in self._reading:
                self._reading[viewer.collections] = self._for_reading(viewer.collections)
            return self._reading[viewer.collections]

    def _for_editing(self, name: str) -> "Desk":
        """Return the same for an account: what it begins ends where it may no longer edit."""

        def is_over() -> bool:
            return not may_still_edit(self.library.folder, name)

        desk = copy(self)
        desk.keeping, desk.evaluation = self.keeping.until(is_over), self.evaluation.until(is_over)
        return desk

    def _for_reading(self, collections: frozenset[str] | None) -> "Desk":
        desk = copy(self)
        if collections is not None:
            desk.library = within(self.library, collections)
            desk.searcher = Searcher(desk.library, reranker=self.searcher.reranker)
            desk.asking = Asking(desk.library, desk.searcher)
            desk.reading = Reading(desk.library)
        desk.keeping = Keeping(desk.library, may_change=False)
        desk.evaluation = Evaluation(desk.library, desk.searcher, may_change=False)
        return desk

    def prepare(self) -> None:
        """Load what a question needs and make the vectors that are missing, before anyone asks."""
        self._preparing.set()
        try:
            self.library.encoder.encode(["有据"], "query")
            # The word index, and the dictionary that a question's words are told apart with.
            self.searcher.search("有据", top=1)
            self._preparing.clear()
            self.library.embed()
        except YoujuError as error:
            # The first question meets the same error, where the user sees it.
            log.warning("%s", error)
        finally:
            self._preparing.clear()

    @property
    def preparing(self) -> bool:
        """Whether a question may have to wait for the encoder."""
        return self._preparing.is_set()

    def overview(self, language: Language, sought: Sought = EVERYTHING) -> Overview:
        """The start of the first tab, a view of the library, and the line at the foot."""
        try:
            documents = self.library.documents()
            with_samples = hold_samples(documents)
            start, listing = self._contents(documents, sought, language)
        except YoujuError as error:
            failure = render.error(explain(error, language))
            return Overview(failure, failure, frame.footer(False, language))
        return Overview(start, listing, frame.footer(with_samples, language))

    def _contents(
        self, documents: Sequence[Document], sought: Sought, language: Language
    ) -> tuple[Html, Html]:
        if not documents and not self.keeping.may_change:
            return states.nothing_to_read(language), states.nothing_to_read(language)
        if not documents:
            return render.empty(language, with_add=True), render.empty(language, with_add=False)
        held = self.keeping.held()
        questions = examples(self.library, documents, language)
        return (
            states.start(questions, len(documents), held.total, language),
            self.keeping.view(held, sought, language),
        )
