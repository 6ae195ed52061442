"""How likely the best sentence answers: a logistic function of what speaks for it.

The weights are fitted by benchmarks/refusal.py on dev questions, answerable and not;
docs/benchmarks.md has the figures and the curve of wrong answers against unanswered questions.
"""

import re
from collections.abc import Sequence
from math import exp, log10
from typing import NamedTuple

from corpus.fold import fold_text
from index.tokens import tokenize
from retrieval.evidence import Evidence, Inquiry, opening
from retrieval.meaning import BAND, Background, is_calibrated
from retrieval.search import Hit, Searcher

THRESHOLD = 0.15
"""Confidence from which an answer is given."""
_DEVIATIONS = 6.0
"""Standard deviations above chance that count as 1; the best passages reach 3 to 6."""
_LEAST_SHARED = 0.1
"""Share of the question's words that a clause must have where words alone can tell."""
_SIZES = (175, 2270)
"""Passages of the smallest and the largest library that the weights were fitted on."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Features(NamedTuple):
    """What the decision rests on, each about 0 to 1."""

    clause: float
    """The share of the question's words, by rarity, in the clause, its headings and its title."""
    elsewhere: float
    """The share that other clauses have and this one has not. Words that none has say nothing."""
    numbers: float
    """The share of the question's numbers that stand in the clause."""
    rivals: float
    """How much the sentence is about the matter, as a share of the one that is most."""
    library: float
    """The logarithm of the library's size, within those fitted on, over that of the largest."""
    meaning: float = 0.0
    """The cosine of question and sentence, within the band of the encoder."""
    sentence: float = 0.0
    """How far that cosine is above those of chance passages, in standard deviations."""
    passage: float = 0.0
    """The same for the passage that matched."""


class Weights(NamedTuple):
    """One for each feature, and the constant."""

    features: Features
    constant: float


WITH_MEANING = Weights(Features(4.16, -3.2, 1.29, 0.43, -5.3, 4.82, -0.5, 3.08), -2.61)
WORDS_ONLY = Weights(Features(7.47, -2.0, 1.26, 0.61, -2.34), -2.53)


def confidence_of(
    best: Evidence, evidence: Sequence[Evidence], inquiry: Inquiry, searcher: Searcher
) -> float:
    """The probability that `best` answers, out of the evidence that was found.

    Where the passage has no vector, or the encoder is not the one that the weights were fitted
    for, the words alone decide.
    """
    vector, known = inquiry.results.vector, best.hit.scores.dense is not None
    if vector is None or not known or not is_calibrated(searcher.library.encoder):
        features = word_features(best, evidence, inquiry)
        return logistic(WORDS_ONLY, features) if features.clause >= _LEAST_SHARED else 0.0
    return logistic(WITH_MEANING, features_of(best, evidence, inquiry, searcher.background(vector)))


def logistic(weights: Weights, features: Features) -> float:
    """1 / (1 + exp(-(w x + c)))."""
    total = sum(w * x for w, x in zip(weights.features, features, strict=True))
    return 1 / (1 + exp(-total - weights.constant))


def features_of(
    best: Evidence, evidence: Sequence[Evidence], inquiry: Inquiry, chance: Background
) -> Features:
    """Return what speaks for the best sentence, in words and in meaning."""
    low, high = BAND
    cosine = low + best.parts.meaning * (high - low)
    return word_features(best, evidence, inquiry)._replace(
        meaning=best.parts.meaning,
        sentence=chance.deviations(cosine) / _DEVIATIONS,
        passage=chance.deviations(best.hit.scores.dense or 0.0) / _DEVIATIONS,
    )


def word_features(best: Evidence, evidence: Sequence[Evidence], inquiry: Inquiry) -> Features:
    """Return what of it the words tell; meaning speaks in `rivals` where it took part."""
    weights = inquiry.weights
    held = {hit.clause.id: _tokens(hit) for hit in inquiry.results.hits}
    anywhere = set[str]().union(*held.values())
    total = sum(weights.values()) or 1.0
    in_clause = sum(w for token, w in weights.items() if token in held[best.hit.clause.id])
    elsewhere = sum(w for token, w in weights.items() if token in anywhere) - in_clause
    most = max(item.about for item in evidence)
    return Features(
        in_clause / total,
        elsewhere / total,
        _numbers(best.hit, inquiry.results.query),
        best.about / most if most > 0 else 1.0,
        log10(min(max(inquiry.passages, _SIZES[0]), _SIZES[1])) / log10(_SIZES[1]),
    )


def _tokens(hit: Hit) -> set[str]:
    text = hit.document.quote(hit.clause.span)
    return set(tokenize("\n".join((hit.document.label, *hit.clause.path, text))))


def _numbers(hit: Hit, question: str) -> float:
    """The share of the numbers in the question that the clause has; 1 where it has none."""
    asked = set(_NUMBER.findall(fold_text(question)))
    text = "\n".join((hit.document.label, opening(hit), hit.document.quote(hit.clause.span)))
    said = set(_NUMBER.findall(fold_text(text)))
    return len(asked & said) / len(asked) if asked else 1.0
