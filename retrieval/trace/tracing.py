"""From a requirement to every clause that states it, from the highest level down."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus import Document
from corpus.metadata.places import LEVELS
from corpus.script import simplify
from index.encoders import Vectors
from index.encoders.names import DEFAULT
from retrieval.answer import precise_address
from retrieval.filters import Filters
from retrieval.query import expanded
from retrieval.ranking import Mode
from retrieval.results import Results
from retrieval.search import Searcher
from retrieval.trace.demand import Demand, demand_of
from retrieval.trace.lists import Requirement
from retrieval.trace.reading import Reading, read_hit
from retrieval.trace.values import STRENGTHS, Difference, Match, Row, Strength

MOST_MATCHES = 20
CANDIDATES = 50
"""Clauses that are read for a requirement, and as many again while all of them state it."""
MOST_CANDIDATES = 800
COMPARED = 12
"""Stretches whose meaning is compared, besides all that have half of the words."""

FITTED_FOR = DEFAULT
"""The encoder whose cosines the figures below were chosen on; with another the words decide."""

# Chosen on the dev questions of eval/questions by benchmarks/trace.py; see docs/benchmarks.md.
STATES = 0.8
"""The share of its words, and the cosine, from which a stretch may say the same."""
STATES_TOGETHER = 1.0
"""What the share and twice the cosine's distance from `STATES` come to where it does."""
STATES_BY_WORDS = 0.9
"""The share that does where there is no meaning to compare."""
SCATTERED = 4
"""How many times longer than the requirement a stretch may be that says the same."""
RELATED = 0.5
RELATED_BY_WORDS = 0.5
RELATED_UNCOUNTED = 0.75
"""How well a stretch fits that speaks of the same matter; of one without any of the figures."""
_MEANS_NOTHING, _PER_COSINE = 0.7, 4.0


@dataclass(frozen=True, slots=True)
class Tracer:
    """Traces requirements through a library, each by the path that search and ask take.

    `top` is how many matches of a requirement are wanted.
    """

    searcher: Searcher
    filters: Filters | None = None
    mode: Mode = "hybrid"
    top: int = MOST_MATCHES

    def trace(self, requirement: str) -> Row:
        """Return the clauses that state a requirement, or speak of its matter.

        Raises QueryError for an empty or overlong one.
        """
        demand = demand_of(self.searcher, requirement.strip())
        top = CANDIDATES
        while True:
            results = self.searcher.search(requirement, top, self.mode, self.filters)
            matches = self._matches(demand, results)
            stating = sum(match.strength != "related" for match in matches)
            if stating < top // 2 or top >= MOST_CANDIDATES or len(results.hits) < top:
                break
            top *= 2
        kept = matches[: self.top]
        return Row(
            requirement=requirement.strip(),
            matches=sorted(kept, key=_from_above),
            more=len(matches) - len(kept),
            left_out=results.left_out,
            pending=results.pending,
            remarks=results.remarks,
        )

    def trace_all(self, requirements: Iterable[Requirement | str]) -> Iterator[Row]:
        """Yield the row of each requirement; a line that is a heading is passed through."""
        for one in requirements:
            if isinstance(one, str):
                yield self.trace(one)
            elif one.untraced:
                yield Row(one.text, untraced=one.untraced)
            else:
                yield self.trace(one.text)

    def _matches(self, demand: Demand, results: Results) -> list[Match]:
        """The matches, the strongest first."""
        readings = [r for hit in results.hits if (r := read_hit(hit, demand))]
        meaning = self._meaning(demand, readings, results)
        found = []
        for at, reading in enumerate(readings):
            score = fit(reading, meaning.get(at))
            strength = classify(reading, demand, meaning.get(at))
            if strength is not None:
                found.append(_match(reading, demand, strength, score))
        return sorted(found, key=lambda m: (STRENGTHS.index(m.strength), -m.score, m.clause.id))

    def _meaning(
        self, demand: Demand, readings: Sequence[Reading], results: Results
    ) -> dict[int, float]:
        """How near the most promising stretches are in meaning; nothing where it is not known."""
        library = self.searcher.library
        vectors = library.snapshot().vectors
        if self.mode == "bm25" or vectors is None or library.encoder.name != FITTED_FOR:
            return {}
        open_ones = [at for at, reading in enumerate(readings) if not reading.is_verbatim]
        open_ones.sort(key=lambda at: (-_promise(readings[at]), at))
        compared = open_ones[:COMPARED]
        compared += [at for at in open_ones[COMPARED:] if readings[at].coverage >= RELATED]
        if not compared:
            return {}
        # In one script: the encoder sees other words in Traditional ones.
        texts = [simplify(readings[at].quote) for at in compared]
        # The requirements of a list come upon the same stretches again and again.
        cosines = self.searcher.sentences.near(self._vector(demand, results), texts)
        return {at: float(cosine) for at, cosine in zip(compared, cosines, strict=True)}

    def _vector(self, demand: Demand, results: Results) -> Vectors:
        """That of a requirement as written: the query's, where no word of policy was added."""
        text = simplify(demand.text)
        searched = expanded(results.query, self.searcher.synonyms.synonyms)
        if results.vector is not None and searched == text:
            return results.vector
        return self.searcher.library.encoder.encode([text], "query")


def trace(searcher: Searcher, requirement: str, filters: Filters | None = None) -> Row:
    """Return the clauses that state `requirement`; see `Tracer` for what can be set."""
    return Tracer(searcher, filters).trace(requirement)


def trace_all(
    searcher: Searcher,
    requirements: Iterable[Requirement | str],
    filters: Filters | None = None,
) -> list[Row]:
    """Return the row of each requirement, in order; see `Tracer` for what can be set."""
    return list(Tracer(searcher, filters).trace_all(requirements))


def classify(reading: Reading, demand: Demand, meaning: float | None) -> Strength | None:
    """Return how a stretch answers a requirement, or None where it speaks of something else."""
    if reading.is_verbatim:
        if reading.is_decisive:
            return "related"
        return "equivalent" if any(d.kind == "figure" for d in reading.differences) else "verbatim"
    if (
        not reading.is_decisive
        and not demand.is_question
        and _says_the_same(reading, demand, meaning)
    ):
        return "equivalent"
    least = RELATED_BY_WORDS if meaning is None else RELATED
    least = least if reading.counted else RELATED_UNCOUNTED
    return "related" if fit(reading, meaning) >= least else None


def fit(reading: Reading, meaning: float | None) -> float:
    """Return how well a stretch fits, 0 to 1: its words, and how near it is in meaning."""
    if reading.is_verbatim:
        return 1.0
    nearness = 0.0 if meaning is None else _PER_COSINE * (meaning - _MEANS_NOTHING)
    return min(1.0, max(0.0, reading.coverage + nearness))


def _says_the_same(reading: Reading, demand: Demand, meaning: float | None) -> bool:
    if len(reading.quote) > SCATTERED * max(len(demand.text), 10):
        return False
    if meaning is None:
        return reading.stated >= STATES_BY_WORDS
    together = reading.stated + 2 * (meaning - STATES)
    return min(reading.stated, meaning) >= STATES and together >= STATES_TOGETHER


def _promise(reading: Reading) -> float:
    dense = reading.hit.scores.dense
    return reading.coverage + (2 * (dense - 0.6) if dense is not None else 0.0)


def _match(reading: Reading, demand: Demand, strength: Strength, score: float) -> Match:
    hit, told = reading.hit, reading.differences
    if strength == "related" and not told:
        # Nothing stands against it, but its words are too far from the requirement's.
        said = Difference("words", demand.text, reading.quote, slight=True)
        told = (said,)
    return Match(
        strength=strength,
        document=hit.document,
        standing=hit.standing,
        clause=hit.clause,
        address=precise_address(hit.clause, reading.span),
        span=reading.span,
        differences=told,
        score=score,
    )


def _from_above(match: Match) -> tuple[int, int, str, int]:
    """The order for people: 国家, 省, 市, 县, 校, then the newest, then as documents go."""
    level = match.document.metadata.level
    rank = LEVELS.index(level.value) if level and level.value in LEVELS else len(LEVELS)
    return rank, -_day(match.document), match.document.id, match.span.start


def _day(document: Document) -> int:
    """The day of a document as a number, 0 where it is not known."""
    dates = (document.metadata.date, document.metadata.published)
    iso = next((date.value for date in dates if date and date.value[:4].isdigit()), "")
    digits = iso.replace("-", "").ljust(8, "0")[:8]
    return int(digits) if digits.isdigit() else 0
