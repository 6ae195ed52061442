"""The sentences of the clauses that were found, and what speaks for each as an answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import Span
from corpus.fold import fold_text
from index.encoders.prepare import NAME as CALIBRATED
from index.tokens import tokenize
from retrieval.query import Asked, answers, asked, content
from retrieval.ranking import Mode
from retrieval.search import Hit, Searcher
from retrieval.sentences import split_sentences

CLAUSES_READ = 8
LONGEST_READ = 1500
"""Characters of a clause that is read whole; of a longer one, the stretch that matched."""
ENCODED = 10
"""Sentences whose meaning is compared with the question: a fraction of a second on a laptop."""

_UNIT_LINE = re.compile(r"[(]?(?:牵头|主办|责任|承办|配合|协办|参与|负责|实施)(?:单位|部门)")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]+、|[(][一二三四五六七八九十\d]+[)]|\d+[.。、])?[^,、;]{2,45}[。:]?$"
)
_ASKS_FOR_UNITS = frozenset({"lead", "unit"})
# Cosines of the default encoder lie in a narrow band; this one is spread over 0 to 1.
_COSINE_BAND = (0.75, 0.95)


class Parts(NamedTuple):
    """What speaks for a sentence, each 0 to 1."""

    words: float
    meaning: float
    clause: float
    kind: float


WEIGHTS = Parts(words=0.4, meaning=0.3, clause=0.2, kind=0.1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, and what speaks for it."""

    hit: Hit
    span: Span
    parts: Parts

    @property
    def score(self) -> float:
        """How well the sentence answers, 0 to 1."""
        return sum(w * part for w, part in zip(WEIGHTS, self.parts, strict=True))

    @property
    def text(self) -> str:
        """The sentence, as written."""
        return self.hit.document.quote(self.span)


def gather(searcher: Searcher, question: str, hits: Sequence[Hit], mode: Mode) -> list[Evidence]:
    """Return the sentences of the best clauses, those that answer best first."""
    kind = asked(question)
    weights = searcher.term_weights(content(question, searcher.synonyms.synonyms))
    found = [(hit, span) for hit in hits[:CLAUSES_READ] for span in _candidates(hit, kind)]
    words = [_coverage(hit, span, weights) for hit, span in found]
    meaning = _meaning(searcher, question, found, words, mode)
    best = max((hit.score for hit in hits), default=0.0)
    evidence = [
        Evidence(hit, span, Parts(w, m, _share(hit.score, best), _fits(kind, hit, span)))
        for (hit, span), w, m in zip(found, words, meaning, strict=True)
    ]
    return sorted(evidence, key=lambda e: (-e.score, e.hit.rank, e.span.start))


def _share(score: float, best: float) -> float:
    """A clause's score as a share of the best; cosines may be zero or below."""
    return max(score, 0.0) / best if best > 0 else 0.0


def _candidates(hit: Hit, kind: Asked) -> Iterator[Span]:
    """The sentences of a clause; not its heading, and its units only when a unit is asked for."""
    long = hit.clause.end - hit.clause.start > LONGEST_READ
    spans = list(split_sentences(hit.document.text, hit.matched if long else hit.clause.span))
    for position, span in enumerate(spans):
        said = hit.document.quote(span)
        if _is_units(said):
            if kind in _ASKS_FOR_UNITS:
                yield span
        elif position or len(spans) == 1 or not _HEADING.match(fold_text(said)):
            yield span


def _is_units(sentence: str) -> bool:
    return _UNIT_LINE.match(fold_text(sentence)) is not None


def _coverage(hit: Hit, span: Span, weights: dict[str, float]) -> float:
    """The share of the question's words, by rarity, in the sentence; headings count half."""
    total = sum(weights.values())
    if not total:
        return 0.0
    said = hit.document.quote(span)
    # A line of units says nothing of its matter; the heading above it does.
    own = set(tokenize(f"{_opening(hit)}\n{said}" if _is_units(said) else said))
    above = set(tokenize("\n".join((hit.document.label, *hit.clause.path, _opening(hit)))))
    held = sum(w * (1.0 if t in own else 0.5 if t in above else 0.0) for t, w in weights.items())
    return held / total


def _opening(hit: Hit) -> str:
    """What a clause begins with, its heading as a rule."""
    first = next(split_sentences(hit.document.text, hit.clause.span), hit.clause.span)
    return hit.document.quote(first)[:60]


def _fits(kind: Asked, hit: Hit, span: Span) -> float:
    said = hit.document.quote(span)
    return float(answers(kind, said) and (kind not in _ASKS_FOR_UNITS or _is_units(said)))


def _meaning(
    searcher: Searcher,
    question: str,
    found: Sequence[tuple[Hit, Span]],
    words: Sequence[float],
    mode: Mode,
) -> list[float]:
    """How near each sentence is to the question; only the most promising are compared."""
    meaning = [0.0] * len(found)
    if mode == "bm25" or searcher.library.snapshot().vectors is None or not found:
        return meaning
    promising = sorted(range(len(found)), key=lambda i: (found[i][0].rank > 3, -words[i], i))
    promising = promising[:ENCODED]
    encoder = searcher.library.encoder
    texts = [_in_context(*found[i]) for i in promising]
    cosines = encoder.encode(texts, "passage") @ encoder.encode([question], "query")[0]
    for i, nearness in zip(promising, _spread(cosines, is_calibrated(searcher)), strict=True):
        meaning[i] = nearness
    return meaning


def is_calibrated(searcher: Searcher) -> bool:
    """Whether the cosines of the library's encoder are those that the figures here were fitted on.

    Another model's cosines lie elsewhere; its sentences are compared with each other only.
    """
    return searcher.library.encoder.name == CALIBRATED


def _spread(cosines: NDArray[np.float32], calibrated: bool) -> list[float]:
    if calibrated:
        return [scaled_cosine(float(cosine)) for cosine in cosines]
    low, high = float(cosines.min()), float(cosines.max())
    return [(float(cosine) - low) / ((high - low) or 1.0) for cosine in cosines]


def scaled_cosine(cosine: float) -> float:
    """Spread the band in which the encoder's cosines lie over 0 to 1."""
    low, high = _COSINE_BAND
    return min(1.0, max(0.0, (cosine - low) / (high - low)))


def _in_context(hit: Hit, span: Span) -> str:
    """A sentence below the heading it stands under, which it may refer to without saying so."""
    above = hit.clause.path[-1:] if span.start <= hit.clause.start + 8 else (_opening(hit),)
    return "\n".join((*above, hit.document.quote(span)))
