"""One path from a question to clauses, for every mode and every caller."""

from collections.abc import Callable
from datetime import date
from time import perf_counter

from index import Library
from index.encoders import Vectors
from index.snapshot import Snapshot
from index.tokens import tokenize
from index.words import idf
from retrieval.earlier import earlier_asked
from retrieval.filters import Filters
from retrieval.finding import Asked, Found, find
from retrieval.hits import hits_of
from retrieval.lookup import look_up
from retrieval.meaning import Background, SentenceVectors, background
from retrieval.mentions import Question
from retrieval.query import checked, expanded
from retrieval.ranking import Mode
from retrieval.reranking import Reranker
from retrieval.results import Results
from retrieval.synonyms import LibrarySynonyms, unusable
from retrieval.view import View


class Searcher:
    """Searches a library; what it finds, every answer is made of.

    `today` says on which day a document is to be in force; `reranker` reads the first passages
    of every ranking again.
    """

    def __init__(
        self,
        library: Library,
        today: Callable[[], date] = date.today,
        reranker: Reranker | None = None,
    ) -> None:
        self.library = library
        self.reranker = reranker
        self.synonyms = LibrarySynonyms(library.folder)
        self._today = today
        self._view: View | None = None
        self._sentences: SentenceVectors | None = None

    def search(
        self, query: str, top: int = 10, mode: Mode = "hybrid", filters: Filters | None = None
    ) -> Results:
        """Return the `top` clauses for `query`, ties broken by position.

        What it names (an address, a 文号, a title) comes first, then what fits it best; where it
        wants several documents, each gives its best clause before any gives a second.
        Raises QueryError for an empty or overlong query.
        """
        query = checked(query)
        snapshot = self.library.snapshot()
        view = self._viewed(snapshot)
        clock = perf_counter()
        vector = self.encode(query, snapshot, mode)
        encoded = perf_counter()
        asked = Asked(query, mode, filters or Filters(), vector, top)
        found = self._found(asked, snapshot, view)
        hits = list(hits_of(found.candidates, view, top))
        ms = {"encode": _ms(encoded - clock), "search": _ms(perf_counter() - encoded)}
        pending = snapshot.pending if mode != "bm25" else 0
        choice = view.choose(asked.filters, found.earlier.documents)
        remarks = [*unusable(self.synonyms.table), *found.remarks]
        places = {n: named.documents for n, named in found.origins.items() if named.is_place}
        return Results(
            query,
            hits,
            pending,
            choice.left_out,
            choice.documents if asked.filters else None,
            found.exact_only,
            places,
            found.several,
            found.earlier,
            vector,
            remarks,
            ms,
        )

    def _found(self, asked: Asked, snapshot: Snapshot, view: View) -> Found:
        return find(asked, snapshot, view, self.synonyms.synonyms, self.reranker)

    def _viewed(self, snapshot: Snapshot) -> View:
        view, day = self._view, self._today()
        if view is None or (view.generation, view.day) != (snapshot.state.generation, day):
            self._view = view = View(self.library, snapshot, day, view)
        return view

    @property
    def sentences(self) -> SentenceVectors:
        """The vectors of sentences, by the encoder that the library has now."""
        encoder, sentences = self.library.encoder, self._sentences
        if sentences is None or sentences.encoder is not encoder:
            self._sentences = sentences = SentenceVectors(encoder)
        return sentences

    def background(self, vector: Vectors) -> Background:
        """What is near to a query by chance; `vector` is that of its results."""
        vectors = self.library.snapshot().vectors
        return background(vectors, vector) if vectors is not None else Background(0.0, 0.0)

    def opened_by(self, query: str) -> frozenset[str]:
        """Return the documents that no longer hold and take part because a query asks for them."""
        view, question = self._viewed(self.library.snapshot()), Question(query)
        return earlier_asked(question.text, look_up(question, view.catalogue), view).documents

    def places_in(self, text: str) -> list[str]:
        """Return the places that a folded text names, of those that documents here come from."""
        origins = self._viewed(self.library.snapshot()).origins
        return [named.name for named in origins.named_in(text).values() if named.is_place]

    def term_weights(self, text: str) -> dict[str, float]:
        """Return each token of `text` with its idf in the library; unknown ones weigh most."""
        words = self.library.snapshot().words
        tokens = sorted(set(tokenize(text)))
        rarity = idf(words.holding(tokens), words.size)
        return dict(zip(tokens, rarity.tolist(), strict=True))

    def rank_documents(self, query: str, mode: Mode, top: int) -> dict[str, float]:
        """Return the `top` documents by id, best first; a document scores as its best passage."""
        query = checked(query)
        snapshot = self.library.snapshot()
        view = self._viewed(snapshot)
        everything = Filters(superseded=True)
        asked = Asked(query, mode, everything, self.encode(query, snapshot, mode), top)
        scores: dict[str, float] = {}
        for candidate in self._found(asked, snapshot, view).candidates:
            scores.setdefault(snapshot.passages[candidate.position].document_id, candidate.score)
            if len(scores) == top:
                break
        return scores

    def encode(self, query: str, snapshot: Snapshot, mode: Mode) -> Vectors | None:
        """Return the query's vector, shape (1, dimension), where the mode and the index use it."""
        if mode == "bm25" or snapshot.vectors is None:
            return None
        text = expanded(query, self.synonyms.synonyms)
        return self.library.encoder.encode([text], "query")


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
