"""Answers by extraction: the source's own sentences, each with its citation, or honestly none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Literal, NamedTuple

from corpus import Clause, Document, Span
from retrieval.choice import Line, choose
from retrieval.confidence import THRESHOLD, chance_near, confidence_of
from retrieval.evidence import CLAUSES_READ, gather
from retrieval.filters import Filters
from retrieval.inquiry import Inquiry
from retrieval.issued import Issued, when_issued
from retrieval.keys import key_of
from retrieval.ranking import Mode
from retrieval.reasons import Doubt, why_none
from retrieval.remarks import Remark
from retrieval.results import Hit, Results
from retrieval.search import Searcher
from retrieval.sentences import trimmed
from retrieval.standing import Standing

NEAREST = 5

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
    """A sentence of an answer and the numbers of the citations that carry it.

    `key` is the part of it that was asked for, a span of the first citation's document.
    """

    text: str
    citations: tuple[int, ...]
    key: Span | None = None


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
    fitting: int | None = None
    """Documents that the filters let take part; None where none were set."""
    reason: Remark | None = None
    """Why nothing was found."""
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
    searcher: Searcher,
    question: str,
    filters: Filters | None = None,
    mode: Mode = "hybrid",
    threshold: float = THRESHOLD,
) -> Answer:
    """Return the sentences of the library that answer `question`, or the nearest clauses.

    A question that names a clause is answered with that clause, whole, and with no other. Below
    `threshold`, 0 to 1, nothing is said: a higher one leaves more questions unanswered and fewer
    wrongly answered. Raises QueryError for an empty or overlong question.
    """
    results = searcher.search(question, top=CLAUSES_READ, mode=mode, filters=filters)
    return answer_from(searcher, results, mode, threshold)


def answer_from(
    searcher: Searcher, results: Results, mode: Mode = "hybrid", threshold: float = THRESHOLD
) -> Answer:
    """Return what the `CLAUSES_READ` clauses found for a question say to it; see `answer`."""
    clock = perf_counter()
    found = Answer(results.query, "not_found", remarks=results.remarks)
    found.pending, found.left_out = results.pending, results.left_out
    found.fitting = results.fitting
    if results.exact_only:
        _quote_named(found, results)
    else:
        _extract(found, searcher, results, mode, threshold)
    if not found.citations:
        found.nearest = _nearest(found.nearest, results)
    found.ms = {**results.ms, "extract": round((perf_counter() - clock) * 1000, 2)}
    return found


def _extract(
    found: Answer, searcher: Searcher, results: Results, mode: Mode, threshold: float
) -> None:
    """Say the sentences that answer, or why none does."""
    inquiry = Inquiry.of(searcher, results)
    issued = when_issued(inquiry)
    if issued is not None:
        _say_issued(found, issued)
        return
    evidence = gather(searcher, inquiry, mode)
    lines = choose(evidence, inquiry)
    best = max((line.best for line in lines), key=lambda item: item.score, default=None)
    chance = chance_near(searcher, inquiry) if evidence else None
    found.confidence = confidence_of(best, evidence, inquiry, chance) if best else 0.0
    if best and found.confidence >= threshold:
        for line in lines:
            _say(found, line, key_of(line.best, inquiry))
    else:
        near = max((confidence_of(e, evidence, inquiry, chance) for e in evidence[:1]), default=0.0)
        found.reason = why_none(evidence, inquiry, Doubt(found.confidence, near, threshold))
        found.nearest = [item.hit for item in evidence]


def _nearest(most_about: Sequence[Hit], results: Results) -> list[Hit]:
    """The clauses nearest to a question: those of the sentences most about it, then as found."""
    by_clause = {hit.clause.id: hit for hit in (*most_about, *results.hits)}
    return list(by_clause.values())[:NEAREST]


def _say_issued(found: Answer, issued: Issued) -> None:
    """Say the day of a document as its head or its end states it, or that neither does."""
    if issued.place is None:
        found.reason = Remark("no_day", (issued.document.label,))
        return
    hit, span = issued.place
    _cite(found, hit, span)
    found.sentences.append(Sentence(found.citations[0].quote, (1,), span))
    found.status, found.confidence = "answered", 1.0


def _quote_named(found: Answer, results: Results) -> None:
    """Answer with the clauses that were found by their address, as many as were looked for."""
    named = [hit for hit in results.hits if hit.found_by == "address"]
    found.confidence = float(bool(named))
    for hit in named:
        _cite(found, hit, trimmed(hit.document.text, hit.matched))
        found.sentences.append(Sentence(found.citations[-1].quote, (len(found.citations),)))
    found.status = "answered" if named else "not_found"
    if len(named) == CLAUSES_READ:
        found.remarks = [*found.remarks, Remark("more_clauses", (str(CLAUSES_READ),))]


def _say(found: Answer, line: Line, key: Span | None) -> None:
    """Add one line of an answer with every place that says it."""
    first = len(found.citations) + 1
    for hit, span in line.places:
        _cite(found, hit, span)
    numbers = tuple(range(first, len(found.citations) + 1))
    found.sentences.append(Sentence(found.citations[first - 1].quote, numbers, key))
    found.status = "answered"


def _cite(found: Answer, hit: Hit, span: Span) -> None:
    number, address = len(found.citations) + 1, precise_address(hit.clause, span)
    found.citations.append(Citation(number, hit.document, hit.standing, hit.clause, address, span))


def precise_address(clause: Clause, span: Span) -> str:
    """Return the address of the smallest part of the clause that holds `span`: 第十二条第二款."""
    holding = [p for p in clause.parts if p.span.start <= span.start and span.end <= p.span.end]
    smallest = min(holding, key=lambda part: part.span.end - part.span.start, default=None)
    return smallest.address if smallest else clause.address
