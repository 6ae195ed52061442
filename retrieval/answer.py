"""Answers by extraction: the source's own sentences, each with its citation, or honestly none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp
from time import perf_counter
from typing import Literal, NamedTuple

from corpus import Clause, Document, Span
from corpus.fold import fold_text
from retrieval.evidence import CLAUSES_READ, Evidence, gather, is_calibrated, scaled_cosine
from retrieval.filters import Filters
from retrieval.ranking import Mode
from retrieval.remarks import Remark
from retrieval.search import Hit, Results, Searcher
from retrieval.sentences import trimmed
from retrieval.standing import Standing

MOST_SENTENCES = 5
NEAREST = 5
CLOSE_TO_BEST = 0.82
"""Share of the best sentence's score that another needs to be said as well."""

THRESHOLD = 0.3
"""Confidence from which an answer is given: one answerable question in twenty is refused."""
WITH_MEANING = (9.34, 5.24, 3.46, -10.39)
WORDS_ONLY = (10.87, -3.80)

Status = Literal["answered", "not_found"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation and where it stands: `quote == document.text[start:end]`, always."""

    n: int
    document: Document
    standing: Standing
    clause: Clause
    address: str
    span: Span

    @property
    def quote(self) -> str:
        """The quoted characters, as written."""
        return self.document.quote(self.span)


class Sentence(NamedTuple):
    """A sentence of an answer and the numbers of the citations that carry it."""

    text: str
    citations: tuple[int, ...]


@dataclass(slots=True)
class Answer:
    """What the documents say to a question, or the clauses nearest to it."""

    question: str
    status: Status
    sentences: list[Sentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    nearest: list[Hit] = field(default_factory=list)
    confidence: float = 0.0
    pending: int = 0
    left_out: int = 0
    """Documents that took no part because a later one replaced or repealed them."""
    remarks: list[Remark] = field(default_factory=list)
    ms: dict[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentences, one a line, each with its markers [n]."""
        return "\n".join(
            sentence.text + "".join(f"[{n}]" for n in sentence.citations)
            for sentence in self.sentences
        )


def answer(
    searcher: Searcher, question: str, filters: Filters | None = None, mode: Mode = "hybrid"
) -> Answer:
    """Return the sentences of the library that answer `question`, or the nearest clauses.

    A question that names a clause is answered with that clause, whole, and with no other.
    Raises QueryError for an empty or overlong question.
    """
    results = searcher.search(question, top=CLAUSES_READ, mode=mode, filters=filters)
    clock = perf_counter()
    found = Answer(results.query, "not_found", remarks=results.remarks)
    found.pending, found.left_out = results.pending, results.left_out
    if results.exact_only:
        _quote_named(found, results)
    else:
        evidence = gather(searcher, results.query, results.hits, mode)
        found.confidence = confidence_of(evidence[0], searcher) if evidence else 0.0
        if found.confidence >= THRESHOLD:
            _say(found, [(item.hit, item.span) for item in worth_saying(evidence)])
    if not found.citations:
        found.nearest = results.hits[:NEAREST]
    found.ms = {**results.ms, "extract": round((perf_counter() - clock) * 1000, 2)}
    return found


def confidence_of(best: Evidence, searcher: Searcher) -> float:
    """The probability that the best sentence answers: a logistic function of its evidence.

    Where the passage has no vector, or the encoder is not the one that the weights were fitted
    for, the words alone decide. The weights come from benchmarks/answers.py; docs/benchmarks.md
    says on what questions, and how well they do.
    """
    words, meaning, dense = features_of(best)
    if best.hit.scores.dense is None or not is_calibrated(searcher):
        total = WORDS_ONLY[0] * words + WORDS_ONLY[1]
    else:
        total = WITH_MEANING[0] * words + WITH_MEANING[1] * meaning + WITH_MEANING[2] * dense
        total += WITH_MEANING[3]
    return 1 / (1 + exp(-total))


def features_of(best: Evidence) -> tuple[float, float, float]:
    """What speaks for an answer: the words, the meaning of the sentence, that of its passage."""
    return best.parts.words, best.parts.meaning, scaled_cosine(best.hit.scores.dense or 0.0)


def worth_saying(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence, and those nearly as good; never the same words twice."""
    chosen: list[Evidence] = []
    said: set[str] = set()
    for item in evidence:
        words = fold_text(item.text)
        if item.score < CLOSE_TO_BEST * evidence[0].score or len(chosen) == MOST_SENTENCES:
            break
        if words not in said and item.parts.kind >= evidence[0].parts.kind:
            said.add(words)
            chosen.append(item)
    return chosen


def _quote_named(found: Answer, results: Results) -> None:
    """Answer with the clauses that were found by their address, as many as were looked for."""
    named = [hit for hit in results.hits if hit.found_by == "address"]
    found.confidence = float(bool(named))
    _say(found, [(hit, trimmed(hit.document.text, hit.matched)) for hit in named])
    if len(named) == CLAUSES_READ:
        found.remarks = [*found.remarks, Remark("more_clauses", (str(CLAUSES_READ),))]


def _say(found: Answer, chosen: Sequence[tuple[Hit, Span]]) -> None:
    found.status = "answered" if chosen else "not_found"
    for n, (hit, span) in enumerate(chosen, start=1):
        address = precise_address(hit.clause, span)
        found.citations.append(Citation(n, hit.document, hit.standing, hit.clause, address, span))
        found.sentences.append(Sentence(hit.document.quote(span), (n,)))


def precise_address(clause: Clause, span: Span) -> str:
    """Return the address of the smallest part of the clause that holds `span`: 第十二条第二款."""
    holding = [p for p in clause.parts if p.span.start <= span.start and span.end <= p.span.end]
    smallest = min(holding, key=lambda part: part.span.end - part.span.start, default=None)
    return smallest.address if smallest else clause.address
