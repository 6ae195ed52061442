"""Answers by extraction: the source's own sentences, each with its citation, or honestly none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Literal, NamedTuple

import numpy as np

from corpus import Clause, Document, Span
from corpus.fold import fold_text
from index.tokens import tokenize
from retrieval.filters import Filters
from retrieval.query import answers, asked, content
from retrieval.search import Hit, Mode, Searcher
from retrieval.sentences import split_sentences
from retrieval.standing import Standing

CLAUSES_READ = 8
MOST_SENTENCES = 5
NEAREST = 5
CLOSE_TO_BEST = 0.82
"""Share of the best sentence's score that another needs to be said as well."""
ENCODED_SENTENCES = 32
LONGEST_READ = 1500
"""Characters of a clause that is read whole; of a longer one, the stretch that matched."""

THRESHOLD = 0.5
INTERCEPT = 0.0
WEIGHTS = (1.0, 1.0, 1.0, 1.0)

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
    ms: dict[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentences, one a line, each with its markers [n]."""
        return "\n".join(
            sentence.text + "".join(f"[{n}]" for n in sentence.citations)
            for sentence in self.sentences
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, and how well it does."""

    hit: Hit
    span: Span
    coverage: float
    cosine: float
    fits: bool

    @property
    def score(self) -> float:
        """How well the sentence answers, about 0 to 1."""
        return score_of(self.coverage, self.cosine, self.hit.score, self.fits)


def answer(
    searcher: Searcher, question: str, filters: Filters | None = None, mode: Mode = "hybrid"
) -> Answer:
    """Return the sentences of the library that answer `question`, or the nearest clauses.

    Raises QueryError for an empty or overlong question.
    """
    results = searcher.search(question, top=max(CLAUSES_READ, NEAREST), mode=mode, filters=filters)
    clock = perf_counter()
    evidence = sorted(gather(searcher, results.query, results.hits, mode), key=_by_score)
    confidence = confidence_of(evidence[0]) if evidence else 0.0
    found = Answer(results.query, "not_found", confidence=confidence, pending=results.pending)
    if confidence >= THRESHOLD:
        found.status = "answered"
        _say(found, _worth_saying(evidence))
    else:
        found.nearest = results.hits[:NEAREST]
    found.ms = {**results.ms, "extract": round((perf_counter() - clock) * 1000, 2)}
    return found


def _by_score(evidence: Evidence) -> tuple[float, int, int]:
    return -evidence.score, evidence.hit.rank, evidence.span.start


def gather(searcher: Searcher, question: str, hits: Sequence[Hit], mode: Mode) -> list[Evidence]:
    """Return the sentences of the best clauses with what speaks for each of them."""
    kind = asked(question)
    weights = searcher.term_weights(content(question))
    found = [(hit, span) for hit in hits[:CLAUSES_READ] for span in _sentences(hit)]
    coverages = [_coverage(hit, span, weights) for hit, span in found]
    cosines = _cosines(searcher, question, found, coverages, mode)
    return [
        Evidence(hit, span, coverage, cosine, answers(kind, hit.document.quote(span)))
        for (hit, span), coverage, cosine in zip(found, coverages, cosines, strict=True)
    ]


def _sentences(hit: Hit) -> Iterator[Span]:
    long = hit.clause.end - hit.clause.start > LONGEST_READ
    yield from split_sentences(hit.document.text, hit.matched if long else hit.clause.span)


def _coverage(hit: Hit, span: Span, weights: dict[str, float]) -> float:
    """The share of the question's words, by rarity, that the sentence holds; headings count half."""
    total = sum(weights.values())
    if not total:
        return 0.0
    own = set(tokenize(hit.document.quote(span)))
    above = set(tokenize("\n".join((hit.document.label, *hit.clause.path, _heading(hit)))))
    held = sum(w * (1.0 if t in own else 0.5 if t in above else 0.0) for t, w in weights.items())
    return held / total


def _heading(hit: Hit) -> str:
    return hit.document.text[hit.clause.start : hit.clause.start + 30]


def _cosines(
    searcher: Searcher,
    question: str,
    found: Sequence[tuple[Hit, Span]],
    coverages: Sequence[float],
    mode: Mode,
) -> list[float]:
    """The cosine of each sentence with the question; only the most promising are encoded."""
    cosines = [0.0] * len(found)
    if mode == "bm25" or searcher.library.snapshot().vectors is None or not found:
        return cosines
    promising = sorted(range(len(found)), key=lambda i: (found[i][0].rank > 3, -coverages[i], i))
    promising = promising[:ENCODED_SENTENCES]
    encoder = searcher.library.encoder
    texts = [found[i][0].document.quote(found[i][1]) for i in promising]
    products = encoder.encode(texts, "passage") @ encoder.encode([question], "query")[0]
    for i, cosine in zip(promising, products, strict=True):
        cosines[i] = float(cosine)
    return cosines


def _worth_saying(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence, and those nearly as good; never the same words twice."""
    chosen: list[Evidence] = []
    said: set[str] = set()
    for item in evidence:
        words = fold_text(item.hit.document.quote(item.span))
        if item.score < CLOSE_TO_BEST * evidence[0].score or len(chosen) == MOST_SENTENCES:
            break
        if words not in said:
            said.add(words)
            chosen.append(item)
    return chosen


def _say(found: Answer, chosen: Sequence[Evidence]) -> None:
    for n, item in enumerate(chosen, start=1):
        document, clause = item.hit.document, item.hit.clause
        span = item.span
        address = precise_address(clause, span)
        found.citations.append(Citation(n, document, item.hit.standing, clause, address, span))
        found.sentences.append(Sentence(document.quote(span), (n,)))


def precise_address(clause: Clause, span: Span) -> str:
    """Return the address of the smallest part of the clause that holds `span`: 第十二条第二款."""
    holding = [p for p in clause.parts if p.span.start <= span.start and span.end <= p.span.end]
    smallest = min(holding, key=lambda part: part.span.end - part.span.start, default=None)
    return smallest.address if smallest else clause.address


def score_of(coverage: float, cosine: float, clause: float, fits: bool) -> float:
    """Weigh what speaks for a sentence: its words, its meaning, its clause, its kind."""
    meaning = float(np.clip((cosine - 0.75) / 0.2, 0.0, 1.0))
    return 0.4 * coverage + 0.3 * meaning + 0.2 * clause + 0.1 * fits


def confidence_of(best: Evidence) -> float:
    """The probability that the best sentence answers, a logistic function of its evidence."""
    dense = best.hit.scores.dense or 0.0
    features = (best.coverage, best.cosine, dense, float(best.fits))
    total = INTERCEPT + sum(w * x for w, x in zip(WEIGHTS, features, strict=True))
    return float(1 / (1 + np.exp(-total)))
