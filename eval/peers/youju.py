"""Youju itself, by the path of `youju eval`."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.brought import record_document
from eval.peers.peer import Scored
from eval.sets import Record
from index import Library
from index.encoders import Encoder
from index.tokens import tokenize
from retrieval.ranking import Mode
from retrieval.search import Searcher


class Youju:
    """A library in a temporary folder, searched in one mode."""

    def __init__(self, mode: Mode) -> None:
        # The dictionary is loaded before the clock runs, as it is for the other peers.
        tokenize("条例")
        self._mode: Mode = mode
        self._searcher: Searcher | None = None
        # Windows cannot delete an index that is still open; the temporary folder then stays.
        self._folder = TemporaryDirectory(prefix="youju-peers-", ignore_cleanup_errors=True)

    def index(self, records: Sequence[Record], encoder: Encoder) -> None:
        """Add every record as a document, cut into clauses like any other."""
        library = Library(Path(self._folder.name) / "library", lambda name: encoder)
        library.put_all(record_document(record) for record in records)
        library.refresh()
        if self._mode != "bm25":
            library.embed()
        self._searcher = Searcher(library)

    def search(self, query: str, k: int) -> list[Scored]:
        """Return the best `k` documents; each scores as its best passage."""
        assert self._searcher is not None
        found = self._searcher.rank_documents(query, self._mode, k)
        return [Scored(record, score) for record, score in found.items()]
