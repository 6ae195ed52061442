"""What the page can do with a library; every outcome comes back as HTML."""

import logging
import threading
from collections.abc import Sequence
from typing import NamedTuple

from corpus import Document, YoujuError
from corpus.markup import Html
from index import Library
from retrieval import Searcher
from ui import render
from ui.asking import Asking
from ui.errors import explain
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
    """Answers, opens, adds and removes, for one library. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.searcher = Searcher(library)
        self.asking = Asking(library, self.searcher)
        self.keeping = Keeping(library)
        self.reading = Reading(library)
        self._preparing = threading.Event()

    def prepare(self) -> None:
        """Load the encoder and make the vectors that are missing, before anyone asks."""
        self._preparing.set()
        try:
            self.library.encoder.encode(["有据"], "query")
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
            return Overview(failure, failure, render.footer(False, language))
        return Overview(start, listing, render.footer(with_samples, language))

    def _contents(
        self, documents: Sequence[Document], sought: Sought, language: Language
    ) -> tuple[Html, Html]:
        if not documents:
            return render.empty(language, with_add=True), render.empty(language, with_add=False)
        held = self.keeping.held()
        questions = examples(self.library, documents, language)
        return (
            render.start(questions, len(documents), held.total, language),
            self.keeping.view(held, sought, language),
        )
