"""One path from a question to clauses, for every mode and every caller."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, starmap
from time import perf_counter
from typing import NamedTuple

import numpy as np

from corpus import Clause, Document, Span
from index import Library
from index.encoders import Vectors
from index.passages import indexed_text
from index.rows import PassageRow
from index.snapshot import Snapshot
from index.tokens import tokenize
from index.words import idf
from retrieval.earlier import NONE, Earlier, earlier_asked
from retrieval.exact import Candidate, Exact, FoundBy
from retrieval.filters import Filters
from retrieval.lookup import look_up, span_at
from retrieval.meaning import Background, SentenceVectors, background
from retrieval.mentions import Question
from retrieval.origins import Named
from retrieval.preference import prefer
from retrieval.query import checked, expanded
from retrieval.ranking import Mode, Positions, Ranking, rank
from retrieval.remarks import Remark
from retrieval.reranking import RERANKED, Reranker, rerank
from retrieval.several import spread, wants_several
from retrieval.standing import Standing
from retrieval.synonyms import LibrarySynonyms
from retrieval.view import View


class Scores(NamedTuple):
    """The parts of a score as they are: BM25, cosine, what a reranker said.

    None where a leg did not take part, or the reranker did not read the passage.
    """

    bm25: float | None
    dense: float | None
    rerank: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found, and the stretch of it that matched best."""

    rank: int
    score: float
    scores: Scores
    document: Document
    standing: Standing
    clause: Clause
    matched: Span
    """The passage that matched; of a clause found by its address, what the address names."""
    found_by: FoundBy = "words"


@dataclass(slots=True)
class Results:
    """The hits of one search, best first, with what a reader should know of how it went."""

    query: str
    hits: list[Hit]
    pending: int = 0
    left_out: int = 0
    """Documents that took no part because a later one replaced or repealed them."""
    exact_only: bool = False
    """Whether nothing answers the query but what it names; see `Lookup.exact_only`."""
    places: dict[str, frozenset[str]] = field(default_factory=dict)
    """The documents of each place that the query names."""
    several: bool = False
    """Whether the query wants to hear from several documents."""
    earlier: Earlier = NONE
    """What the query asks for of what no longer holds."""
    vector: Vectors | None = None
    """That of the query, shape (1, dimension), where meaning took part."""
    remarks: list[Remark] = field(default_factory=list)
    ms: dict[str, float] = field(default_factory=dict)


class Asked(NamedTuple):
    """One query as it is searched: how, within what, its vector if any, and for how much."""

    query: str
    mode: Mode
    filters: Filters
    vector: Vectors | None
    top: int


class Found(NamedTuple):
    """What was found for a query, best first, and what became of the names in it."""

    candidates: Iterator[Candidate]
    exact_only: bool
    origins: dict[str, Named]
    several: bool
    earlier: Earlier
    remarks: list[Remark]


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
        hits = list(_hits(found.candidates, view, top))
        ms = {"encode": _ms(encoded - clock), "search": _ms(perf_counter() - encoded)}
        pending = snapshot.pending if mode != "bm25" else 0
        left_out = view.choose(asked.filters, found.earlier.documents).left_out
        remarks = [*self._told(), *found.remarks]
        places = {n: named.documents for n, named in found.origins.items() if named.is_place}
        return Results(
            query,
            hits,
            pending,
            left_out,
            found.exact_only,
            places,
            found.several,
            found.earlier,
            vector,
            remarks,
            ms,
        )

    def _found(self, asked: Asked, snapshot: Snapshot, view: View) -> Found:
        """Find what the query names, then what fits it, or both spread over documents."""
        question = Question(asked.query)
        lookup = look_up(question, view.catalogue)
        origins = view.origins.named_in(question.text)
        earlier = earlier_asked(question.text, lookup, view)
        allowed = view.choose(asked.filters, earlier.documents).positions
        ranking = self._rank(asked, asked.query, snapshot, allowed)
        preferred = set().union(*(named.documents for named in origins.values()))
        preferred |= earlier.documents if earlier.alone else NONE.documents
        ranking = prefer(ranking, view.positions(sorted(preferred)))
        ranking = self._reread(asked.query, ranking, view)
        best = float(ranking.scores.max()) if len(ranking.scores) else 1.0
        rest = lookup.rest or asked.query
        exact = Exact(
            view,
            asked.filters,
            lambda at: self._rank(asked, rest, snapshot, at),
            best,
            asked.top,
            earlier,
        )
        remarks = _opened(asked.filters, earlier, view)
        found = chain(list(exact.find(lookup, remarks)), _fitting(ranking))
        named = len(origins) + sum(1 for name in lookup.named if name.entries)
        several = wants_several(question.text, named)
        if several:
            one_each = _one_a_clause(found, snapshot)
            found = chain(spread(one_each, lambda c: snapshot.passages[c.position].document_id))
        return Found(found, lookup.exact_only, origins, several, earlier, remarks)

    def _rank(
        self, asked: Asked, text: str, snapshot: Snapshot, allowed: Positions | None
    ) -> Ranking:
        return rank(snapshot, text, asked.vector, asked.mode, allowed, self.synonyms.synonyms)

    def _reread(self, query: str, ranking: Ranking, view: View) -> Ranking:
        if self.reranker is None:
            return ranking
        texts = []
        for position in ranking.positions[:RERANKED].tolist():
            row = view.passages[position]
            document = view.document(row.document_id)
            if document is None:
                break
            clause = document.clause(row.clause_id)
            texts.append(indexed_text(document, clause, Span(row.start, row.end)))
        return rerank(ranking, self.reranker.scores(query, texts))

    def _told(self) -> list[Remark]:
        """What to know of the library's table of synonyms, if anything."""
        problems = self.synonyms.table.problems
        if not problems:
            return []
        first = problems[0]
        if not first.line:
            return [Remark("synonyms_table", (first.text,))]
        return [Remark("synonyms", (str(len(problems)), str(first.line), first.text))]

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


def _opened(filters: Filters, earlier: Earlier, view: View) -> list[Remark]:
    """A remark where documents that no longer hold take part only because the query asks."""
    if not earlier.documents:
        return []
    shut, opened = view.choose(filters), view.choose(filters, earlier.documents)
    number = shut.left_out - opened.left_out
    return [Remark("earlier", (str(number),))] if number else []


def _fitting(ranking: Ranking) -> Iterator[Candidate]:
    """What was ranked, best first."""
    yield from starmap(Candidate, zip(*(part.tolist() for part in ranking), strict=True))


def _one_a_clause(found: Iterable[Candidate], snapshot: Snapshot) -> Iterator[Candidate]:
    """Only the best passage of each clause."""
    seen: set[str] = set()
    for candidate in found:
        clause = snapshot.passages[candidate.position].clause_id
        if clause not in seen:
            seen.add(clause)
            yield candidate


def _hits(found: Iterable[Candidate], view: View, top: int) -> Iterator[Hit]:
    seen: set[str] = set()
    for candidate in found:
        row = view.passages[candidate.position]
        document = view.document(row.document_id) if row.clause_id not in seen else None
        matched = _matched(candidate, row, document) if document else None
        if document is None or matched is None:
            continue
        seen.add(row.clause_id)
        yield Hit(
            rank=len(seen),
            score=candidate.score,
            scores=Scores(*map(_known, (candidate.bm25, candidate.dense, candidate.reread))),
            document=document,
            standing=view.standing[document.id],
            clause=document.clause(row.clause_id),
            matched=matched,
            found_by=candidate.found_by,
        )
        if len(seen) == top:
            return


def _matched(candidate: Candidate, row: PassageRow, document: Document) -> Span | None:
    """The passage, or what an address names; None where the clause has no such part."""
    if candidate.address is None:
        return Span(row.start, row.end)
    return span_at(document.clause(row.clause_id), candidate.address)


def _known(score: float) -> float | None:
    return None if np.isnan(score) else float(score)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
