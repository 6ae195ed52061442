"""How likely the best sentence answers: a logistic function of what speaks for it.

The weights are fitted by benchmarks/refusal.py on dev questions, answerable and not;
docs/benchmarks.md has the figures and the curve of wrong answers against unanswered questions.
"""

import re
from collections.abc import Sequence
from math import exp, log10
from typing import NamedTuple

import numpy as np

from corpus.fold import fold_text
from index.segment import cut
from index.tokens import tokenize
from index.words import idf
from retrieval.evidence import Evidence, opening
from retrieval.inquiry import Inquiry
from retrieval.meaning import BAND, Background, is_calibrated
from retrieval.results import Hit
from retrieval.search import Searcher

THRESHOLD = 0.25
"""Confidence from which an answer is given."""
_DEVIATIONS = 6.0
"""Standard deviations above chance that count as 1; the best passages reach 3 to 6."""
_LEAST_SHARED = 0.1
"""Share of the question's words that a clause must have where words alone can tell."""
_SIZES = (175, 2270)
"""Passages of the smallest and the largest library that the weights were fitted on."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_COUNTED = re.compile(
    r"(?:多少|几)[个名所位人家项处座栋支门套班间组种类册台条届期轮场节本辆]?(?P<thing>[\u4e00-\u9fff]{1,6})"
)


class Features(NamedTuple):
    """What the decision rests on, each about 0 to 1."""

    clause: float
    """The share of the question's words, by rarity, in the clause, its headings and its title."""
    missing: float
    """The share that other clauses of the library have and this one has not, which tells of
    another matter. Words that none has say nothing: people ask in words of their own."""
    numbers: float
    """The share of the question's numbers that stand in the clause."""
    counted: float
    """1, or 0 where what is to be counted (几节游泳课) stands neither in the sentence nor above."""
    yes_no: float
    """1 for a question for yes or no, which requires no kind of thing of the sentence, else 0."""
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


WITH_MEANING = Weights(Features(1.79, -5.22, 0.89, 0.8, 0.5, 0.33, -4.35, 8.02, -1.47, 2.2), -2.6)
WORDS_ONLY = Weights(Features(6.54, -3.0, 0.65, -0.03, 0.05, 0.74, -2.07), -0.62)
"""Its constant is 0.45 above the fitted one: words tell less, and at the default threshold about
as many answerable questions are to be refused as with meaning."""


def chance_near(searcher: Searcher, inquiry: Inquiry) -> Background | None:
    """Return what is near to a question by chance.

    None where meaning took no part, or by another encoder than the weights were fitted for.
    """
    vector = inquiry.results.vector
    if vector is None or not is_calibrated(searcher.library.encoder):
        return None
    return searcher.background(vector)


def confidence_of(
    best: Evidence, evidence: Sequence[Evidence], inquiry: Inquiry, chance: Background | None
) -> float:
    """Return the probability that `best` answers, out of the evidence that was found.

    The words alone decide where nothing is known of `chance`, or the passage has no vector.
    """
    if chance is None or best.hit.scores.dense is None:
        features = word_features(best, evidence, inquiry)
        return logistic(WORDS_ONLY, features) if features.clause >= _LEAST_SHARED else 0.0
    return logistic(WITH_MEANING, features_of(best, evidence, inquiry, chance))


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
    held = _tokens(best.hit)
    unknown = float(idf(np.zeros(1, np.int64), inquiry.passages)[0])
    total = sum(weights.values()) or 1.0
    in_clause = sum(w for token, w in weights.items() if token in held)
    missing = sum(w for token, w in weights.items() if token not in held and w < unknown)
    most = max(item.about for item in evidence)
    return Features(
        in_clause / total,
        missing / total,
        _numbers(best.hit, inquiry),
        _counted(best, inquiry),
        float(inquiry.wanted.kind == "yes_no"),
        best.about / most if most > 0 else 1.0,
        log10(min(max(inquiry.passages, _SIZES[0]), _SIZES[1])) / log10(_SIZES[1]),
    )


def _counted(best: Evidence, inquiry: Inquiry) -> float:
    """Whether the sentence, or what it stands under, names what the question wants counted."""
    asked = _COUNTED.search(fold_text(inquiry.about)) if inquiry.wanted.kind == "number" else None
    things = [word for word in cut(asked["thing"]) if len(word) > 1][:2] if asked else []
    near = fold_text("\n".join((best.text, opening(best.hit), *best.hit.clause.path[-1:])))
    return float(not things or any(thing in near for thing in things))


def _tokens(hit: Hit) -> set[str]:
    text = hit.document.quote(hit.clause.span)
    return set(tokenize("\n".join((hit.document.label, *hit.clause.path, text))))


def _numbers(hit: Hit, inquiry: Inquiry) -> float:
    """The share of the numbers in the question that the clause has; 1 where it has none.

    The year of an earlier version that is asked for (2013年的规定) has said which document it is.
    """
    asked = set(_NUMBER.findall(fold_text(inquiry.results.query))) - inquiry.results.earlier.years
    text = "\n".join((hit.document.label, opening(hit), hit.document.quote(hit.clause.span)))
    said = set(_NUMBER.findall(fold_text(text)))
    return len(asked & said) / len(asked) if asked else 1.0
