"""Which documents speak of a topic: those with a clause near it, and those that name it.

The bounds are chosen on the development questions of benchmarks/compare.py (docs/benchmarks.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from index.encoders.names import DEFAULT
from retrieval.compare.asked import Topic
from retrieval.compare.sentences import Spoken, speaking
from retrieval.filters import Filters
from retrieval.ranking import Mode
from retrieval.results import Hit, Results
from retrieval.search import Searcher

DEPTH = 200
"""Clauses of one search; documents without any among them are searched again, by themselves."""
ROUNDS = 12
CLAUSES_OF_ONE = 4
"""Clauses of one document that are read sentence by sentence."""

NEAR = {"both": 0.75, "words": 0.6, "meaning": 0.75}
"""Share of the best clause's score from which a clause speaks of the topic, by what was scored."""
CLOSE = 0.7
"""Share of that bound from which a clause may speak of it in other words."""
LEAST_NAMED = 0.4
"""A clause near the topic needs this share of the words that the best sentence has of it."""
NAMED = 0.7
"""Share of the topic's words, by rarity, from which a sentence names it."""

FAR = ((0.16, 0.62), (0.5, 0.58))
DOUBTFUL = ((0.16, 0.7), (0.5, 0.66))
"""Where the best sentence of a library holds less of the topic's words than the first, and no
passage comes as near to it as the second says, nothing speaks of it, or it is doubtful. The
cosines are those of the default encoder; with another one, words alone judge by the next two."""
FAR_WORDS, DOUBTFUL_WORDS = 0.06, 0.16


class Near(NamedTuple):
    """What a library says on a topic: by document id its sentences, the best first."""

    spoken: dict[str, list[Spoken]]
    close: dict[str, Spoken]
    """The best sentence of each document that may speak of it in other words."""
    nearest: dict[str, Spoken]
    """The best sentence of each of the others that was found."""
    is_doubtful: bool
    """Whether what speaks of it may be about something else."""
    is_cut: bool
    """Whether documents are left that were not looked at."""
    results: Results


class Asked(NamedTuple):
    """A topic as it is searched: how, within what, and in which documents by id."""

    searcher: Searcher
    topic: Topic
    filters: Filters
    mode: Mode
    known: Sequence[str]

    def search(self, documents: tuple[str, ...] = ()) -> Results:
        """Search for the topic, in the given documents or as the filters say."""
        filters = replace(self.filters, documents=documents) if documents else self.filters
        return self.searcher.search(self.topic.text, DEPTH, self.mode, filters)


def near(asked: Asked) -> Near:
    """Search for a topic, and read the clauses near it.

    Raises QueryError for an empty or overlong topic.
    """
    results = asked.search()
    asked = asked._replace(topic=asked.topic.without(results.places))
    read = _read(asked.topic, results)
    speaks = _speaking(asked.topic, results, read)
    is_cut = False
    if len(results.hits) == DEPTH and speaks and not results.exact_only:
        is_cut = _look_further(asked, read, speaks)
    is_far, is_doubtful = _judged(asked.searcher, results, read)
    speaks = {} if is_far else speaks
    rest = {name: said for name, said in read.items() if name not in speaks and said}
    close = _close(results, rest) if speaks else {}
    nearest = {name: said[0] for name, said in rest.items() if name not in close}
    return Near(speaks, close, nearest, is_doubtful and bool(speaks), is_cut, results)


def _look_further(
    asked: Asked, read: dict[str, list[Spoken]], speaks: dict[str, list[Spoken]]
) -> bool:
    """Search the documents that have none of the best clauses: they may yet name the topic.

    Adds what was read to `read` and `speaks`; returns whether documents are left.
    """
    for _ in range(ROUNDS):
        rest = tuple(name for name in asked.known if name not in read)
        if not rest:
            return False
        found = _read(asked.topic, asked.search(rest))
        named = {name: said for name, said in found.items() if _names(said)}
        read |= found
        speaks |= named
        if not named:
            return False
    return any(name not in read for name in asked.known)


def _judged(
    searcher: Searcher, results: Results, read: Mapping[str, Sequence[Spoken]]
) -> tuple[bool, bool]:
    """Whether nothing that was found speaks of the topic, and whether that is doubtful."""
    if results.exact_only:
        return False, False
    cosine = _closest(searcher, results)
    covered = max((said.covered for one in read.values() for said in one), default=0.0)
    return (
        _is_within(FAR, FAR_WORDS, covered, cosine),
        _is_within(DOUBTFUL, DOUBTFUL_WORDS, covered, cosine),
    )


def _close(results: Results, read: Mapping[str, list[Spoken]]) -> dict[str, Spoken]:
    """The best sentence of the clauses that nearly reach the bound and hold what is asked for."""
    clauses = {hit.clause.id for hit in _near_hits(results, CLOSE)}
    found = {
        name: next((s for s in said if s.answers and s.hit.clause.id in clauses), None)
        for name, said in read.items()
    }
    return {name: spoken for name, spoken in found.items() if spoken}


def _read(topic: Topic, results: Results) -> dict[str, list[Spoken]]:
    """The sentences of the best clauses of each document."""
    by_document: dict[str, list[Hit]] = {}
    for hit in results.hits:
        by_document.setdefault(hit.document.id, []).append(hit)
    best = max((hit.score for hit in results.hits), default=0.0)
    return {
        name: speaking(topic, hits[:CLAUSES_OF_ONE], best) for name, hits in by_document.items()
    }


def _speaking(
    topic: Topic, results: Results, read: Mapping[str, list[Spoken]]
) -> dict[str, list[Spoken]]:
    """The documents that speak of the topic, with the sentences of the clauses that do."""
    clauses = {hit.clause.id for hit in _near_hits(results)}
    most = max((s.covered for said in read.values() for s in said), default=0.0)
    least = LEAST_NAMED * most if most >= NAMED else 0.0
    chosen = {
        name: [
            s
            for s in said
            if s.covered >= NAMED or (s.hit.clause.id in clauses and s.covered >= least)
        ]
        for name, said in read.items()
    }
    return {name: said for name, said in chosen.items() if said}


def _names(said: Sequence[Spoken]) -> bool:
    return any(spoken.covered >= NAMED for spoken in said)


def _near_hits(results: Results, share: float = 1.0) -> Iterator[Hit]:
    """The hits that are near the topic, or reach a share of the bound for that.

    Where the topic names a clause, those clauses alone.
    """
    addressed = [hit for hit in results.hits if hit.found_by == "address"]
    if results.exact_only or not results.hits:
        yield from addressed
        return
    # A document that is named scores for that in every clause: its first is the best of them.
    titled = {hit.document.id: hit for hit in reversed(results.hits) if hit.found_by in _TITLED}
    scored = [hit for hit in results.hits if hit.found_by not in _NAMED]
    yield from (*addressed, *titled.values())
    if scored:
        # Cosines lie in a narrow band: its lowest is none of the nearness.
        low = min(hit.score for hit in scored) if _leg(scored[0]) == "meaning" else 0.0
        best = max(hit.score for hit in scored)
        bound = low + share * NEAR[_leg(scored[0])] * (best - low)
        yield from (hit for hit in scored if hit.score >= bound)


_TITLED = frozenset({"number", "title"})
_NAMED = _TITLED | {"address"}


def _leg(hit: Hit) -> str:
    """What a search was scored by; all its hits by the same."""
    if hit.scores.dense is None:
        return "words"
    return "meaning" if hit.scores.bm25 is None else "both"


def _closest(searcher: Searcher, results: Results) -> float | None:
    """The largest cosine of the search, where it can be judged."""
    if searcher.library.encoder.name != DEFAULT:
        return None
    found = (hit.scores.dense for hit in results.hits)
    return max((cosine for cosine in found if cosine is not None), default=None)


def _is_within(
    bounds: Sequence[tuple[float, float]], alone: float, covered: float, cosine: float | None
) -> bool:
    if cosine is None:
        return covered < alone
    return any(covered < words and cosine < meaning for words, meaning in bounds)
