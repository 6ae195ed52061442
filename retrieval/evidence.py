"""The sentences of the clauses that were found, and what speaks for each as an answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus import Span
from corpus.fold import fold_text
from index.tokens import tokenize
from retrieval.headings import is_heading
from retrieval.inquiry import Inquiry
from retrieval.kinds import STRICT, UNIT_KINDS, holds
from retrieval.meaning import is_calibrated, spread
from retrieval.ranking import Mode
from retrieval.results import Hit
from retrieval.search import Searcher
from retrieval.sentences import split_sentences

CLAUSES_READ = 8
LONGEST_READ = 1500
"""Characters of a clause that is read whole; of a longer one, the stretch that matched."""
ENCODED = 24
"""Sentences whose meaning is compared with the question: a fraction of a second on a laptop."""

_UNIT_LINE = re.compile(r"[(]?(?:牵头|主办|责任|承办|配合|协办|参与|负责|实施)(?:单位|部门)")
_COUNTED = 30
"""Characters before a figure that say what it counts."""
_OF_ANY_SHARE = "比例 占比 比率 率 达到 达标 标准 目标 提高到 不低于 到 年"
"""Words that say nothing of what a share is of."""


class Parts(NamedTuple):
    """What speaks for a sentence, each 0 to 1."""

    words: float
    meaning: float
    clause: float
    kind: float


WEIGHTS = Parts(words=0.33, meaning=0.33, clause=0.25, kind=0.09)
"""Chosen on dev questions; docs/benchmarks.md has the table."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, and what speaks for it.

    `fits` says whether it holds the kind of thing that was asked for.
    """

    hit: Hit
    span: Span
    parts: Parts
    fits: bool

    @property
    def score(self) -> float:
        """How well the sentence answers, 0 to 1."""
        return sum(w * part for w, part in zip(WEIGHTS, self.parts, strict=True))

    @property
    def about(self) -> float:
        """How much the sentence is about the matter, whatever kind of thing it holds."""
        return self.score - WEIGHTS.kind * self.parts.kind

    @property
    def text(self) -> str:
        """The sentence, as written."""
        return self.hit.document.quote(self.span)


def gather(searcher: Searcher, inquiry: Inquiry, mode: Mode) -> list[Evidence]:
    """Return the sentences of the best clauses, those that answer best first.

    Where the question is about a place whose documents are here, those of others do not speak.
    """
    hits = [hit for hit in inquiry.results.hits if inquiry.may_speak(hit.document)]
    found = [(hit, span) for hit in hits for span in _candidates(hit, inquiry)]
    words = [_coverage(hit, span, inquiry.weights) for hit, span in found]
    fits = [_fits(inquiry, hit, span) for hit, span in found]
    best = max((hit.score for hit in hits), default=0.0)
    strict = inquiry.wanted.kind in STRICT
    told = [
        Parts(w, 0.0, _share(hit.score, best), fit * strict * _rate(inquiry, hit, span))
        for (hit, span), w, fit in zip(found, words, fits, strict=True)
    ]
    meaning = _meaning(searcher, inquiry, found, told, mode)
    evidence = [
        Evidence(hit, span, parts._replace(meaning=m), fit)
        for (hit, span), parts, m, fit in zip(found, told, meaning, fits, strict=True)
    ]
    return sorted(evidence, key=lambda e: (-e.score, e.hit.rank, e.span.start))


def _share(score: float, best: float) -> float:
    """A clause's score as a share of the best; cosines may be zero or below."""
    return max(score, 0.0) / best if best > 0 else 0.0


def _candidates(hit: Hit, inquiry: Inquiry) -> Iterator[Span]:
    """The sentences of a clause; not its heading, and its units only when a unit is asked for."""
    long = hit.clause.end - hit.clause.start > LONGEST_READ
    spans = list(split_sentences(hit.document.text, hit.matched if long else hit.clause.span))
    for position, span in enumerate(spans):
        said = hit.document.quote(span)
        if is_units(said):
            if inquiry.reads_units:
                yield span
        elif position or len(spans) == 1 or not is_heading(hit.clause, said, span):
            yield span


def is_units(sentence: str) -> bool:
    """Whether a sentence is the line that names who carries a clause out (责任单位：……)."""
    return _UNIT_LINE.match(fold_text(sentence)) is not None


def _fits(inquiry: Inquiry, hit: Hit, span: Span) -> bool:
    """Whether a sentence holds what is asked for; a share has to be one of the matter."""
    if not holds(inquiry.wanted, hit.document.quote(span)):
        return False
    if inquiry.wanted.measure != "share":
        return True
    within = [f.span for f in hit.clause.facts.figures if lies_in(f.span, span) and f.unit == "%"]
    before = (Span(max(span.start, one.start - _COUNTED), one.start) for one in within)
    matter = {t for t in inquiry.weights if not t.isdigit()} - set(tokenize(_OF_ANY_SHARE))
    said = (set(tokenize(hit.document.quote(one))) for one in before)
    return not within or any(tokens & matter for tokens in said)


def lies_in(inner: Span, outer: Span) -> bool:
    """Whether a stretch lies wholly within another."""
    return outer.start <= inner.start and inner.end <= outer.end


def _rate(inquiry: Inquiry, hit: Hit, span: Span) -> float:
    """How much it counts that a sentence holds what is asked for: a unit stands in their line."""
    named = inquiry.wanted.kind not in UNIT_KINDS or is_units(hit.document.quote(span))
    return 1.0 if named else 0.5


def _coverage(hit: Hit, span: Span, weights: dict[str, float]) -> float:
    """The share of the question's words, by rarity, in the sentence; headings count half."""
    total = sum(weights.values())
    if not total:
        return 0.0
    said = hit.document.quote(span)
    # A line of units says nothing of its matter; the heading above it does.
    own = set(tokenize(f"{opening(hit)}\n{said}" if is_units(said) else said))
    above = set(tokenize("\n".join((hit.document.label, *hit.clause.path, opening(hit)))))
    held = sum(w * (1.0 if t in own else 0.5 if t in above else 0.0) for t, w in weights.items())
    return held / total


def opening(hit: Hit) -> str:
    """What a clause begins with, its heading as a rule."""
    first = next(split_sentences(hit.document.text, hit.clause.span), hit.clause.span)
    return hit.document.quote(first)[:60]


def _meaning(
    searcher: Searcher,
    inquiry: Inquiry,
    found: Sequence[tuple[Hit, Span]],
    told: Sequence[Parts],
    mode: Mode,
) -> list[float]:
    """How near each sentence is to the question; only the most promising are compared."""
    meaning = [0.0] * len(found)
    if mode == "bm25" or searcher.library.snapshot().vectors is None or not found:
        return meaning
    promise = [parts.words + parts.clause / 2 + parts.kind / 5 for parts in told]
    promising = sorted(range(len(found)), key=lambda i: (-promise[i], i))[:ENCODED]
    sentences = searcher.sentences
    cosines = sentences.cosines(inquiry.about, [_in_context(*found[i]) for i in promising])
    for i, near in zip(promising, spread(cosines, is_calibrated(sentences.encoder)), strict=True):
        meaning[i] = near
    return meaning


def _in_context(hit: Hit, span: Span) -> str:
    """A sentence below the heading it stands under, which it may refer to without saying so."""
    above = hit.clause.path[-1:] if span.start <= hit.clause.start + 8 else (opening(hit),)
    return "\n".join((*above, hit.document.quote(span)))
