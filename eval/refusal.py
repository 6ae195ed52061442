"""Whether confidence tells the questions that the documents answer from those they do not.

An answer is wrong where it does not hold the gold, or where nothing should have been said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.outcome import Outcome
from eval.resampling import SEED, Counts, Floats, draw, percentiles, portions
from eval.statistics import PLACES, Interval

Bools = NDArray[np.bool_]

THRESHOLDS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


class Point(NamedTuple):
    """What answering from a threshold on comes to."""

    threshold: float
    coverage: float
    """The share of all questions that get an answer."""
    risk: float
    """The share of these answers that are wrong."""


class Decision(NamedTuple):
    """Questions by what a threshold does to them; the first four add up to all."""

    threshold: float
    right: int
    wrong: int
    unanswered: int
    """Answerable questions that get no answer."""
    refused: int
    """Unanswerable questions that get none."""
    unfounded: int
    """Of the wrong: answers to unanswerable questions."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """How well a run knows what it does not know."""

    answerable: int
    unanswerable: int
    auroc: Interval | None
    """None without answerable or without unanswerable questions."""
    curve: tuple[Point, ...]
    """By falling threshold, one point for each confidence at which something is said."""
    area: Interval | None
    """Under the curve, as `risk_area` has it; None where nothing was said."""
    decisions: tuple[Decision, ...]

    def shape(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "answerable": self.answerable,
            "unanswerable": self.unanswerable,
            "auroc": self.auroc.shape() if self.auroc else None,
            "risk_coverage_area": self.area.shape() if self.area else None,
            "risk_coverage": [[round(number, PLACES) for number in point] for point in self.curve],
            "decisions": [decision._asdict() for decision in self.decisions],
        }


class _Asked(NamedTuple):
    """Questions as arrays, shape (n,)."""

    confidence: Floats
    answerable: Bools
    right: Bools
    """Whether what was or would be said is right."""
    said: Bools
    """Whether there is something that could be said; if not, no threshold brings an answer."""


def refusal(outcomes: Sequence[Outcome], seed: int = SEED) -> Refusal | None:
    """Measure the confidence of the questions that were asked; None where none was."""
    asked = _asked(outcomes)
    if not len(asked.confidence):
        return None
    answerable = int(asked.answerable.sum())
    return Refusal(
        answerable,
        len(asked.confidence) - answerable,
        auroc_interval(asked.answerable, asked.confidence, seed),
        tuple(_curve(asked)),
        _area_interval(asked, seed),
        tuple(_decision(asked, threshold) for threshold in THRESHOLDS),
    )


def _asked(outcomes: Sequence[Outcome]) -> _Asked:
    pairs = [(one.answerable, one.answer) for one in outcomes if one.answer]
    return _Asked(
        np.array([answer.confidence for _, answer in pairs], np.float64),
        np.array([answerable for answerable, _ in pairs], bool),
        np.array([answerable and answer.holds for answerable, answer in pairs], bool),
        np.array([answer.answered or answer.precision is not None for _, answer in pairs], bool),
    )


# --- answerable or not: AUROC ------------------------------------------------------------------


def auroc(positive: Bools, score: Floats) -> float | None:
    """Return the share of (positive, other) pairs in the right order; equal scores count half.

    The Mann-Whitney statistic over the number of pairs: Hanley and McNeil, "The Meaning and Use
    of the Area under a ROC Curve", Radiology 1982. None where either kind is missing.
    """
    if positive.all() or not positive.any():
        return None
    levels, level = np.unique(score, return_inverse=True)
    counts = (np.bincount(level[those], minlength=len(levels)) for those in (positive, ~positive))
    return float(_ordered_pairs(*(count[None] for count in counts))[0])


def _ordered_pairs(high: Counts, low: Counts) -> Floats:
    """AUROC of each row; `high` and `low`, shape (rows, levels), count by rising score."""
    twice_below = 2 * np.cumsum(low, axis=1) - low
    twice_ordered = np.einsum("ij,ij->i", high, twice_below)
    share: Floats = twice_ordered / (2 * high.sum(axis=1) * low.sum(axis=1))
    return share


def auroc_interval(positive: Bools, score: Floats, seed: int = SEED) -> Interval | None:
    """Return AUROC and its bootstrap interval, either kind of question drawn apart."""
    value = auroc(positive, score)
    if value is None:
        return None
    levels, level = np.unique(score, return_inverse=True)
    chance = np.random.default_rng(seed)
    kinds, number = (level[positive], level[~positive]), len(levels)
    resampled = [
        _ordered_pairs(*(draw(chance, kind, number, rows) for kind in kinds))
        for rows in portions(len(score))
    ]
    low, high = percentiles(np.concatenate(resampled))
    return Interval(value, float(low), float(high), len(score))


# --- right or wrong: risk and coverage ---------------------------------------------------------


def _by_level(asked: _Asked) -> tuple[Floats, Counts]:
    """The confidences of what could be said, falling, and the group of each such question.

    The group is twice the place of its confidence, and one more where it is wrong.
    """
    falling, level = np.unique(-asked.confidence[asked.said], return_inverse=True)
    return -falling, 2 * level + ~asked.right[asked.said]


def _curve(asked: _Asked) -> list[Point]:
    """The points of the curve.

    Risk and coverage of a selective classifier: El-Yaniv and Wiener, "On the Foundations of
    Noise-free Selective Classification", JMLR 2010; Geifman and El-Yaniv, "Selective
    Classification for Deep Neural Networks", NIPS 2017.
    """
    levels, groups = _by_level(asked)
    right, wrong = np.bincount(groups, minlength=2 * len(levels)).reshape(-1, 2).T.cumsum(axis=1)
    given = right + wrong
    points = zip(levels, given / len(asked.confidence), wrong / np.maximum(given, 1), strict=True)
    return [Point(*map(float, point)) for point in points]


def risk_area(given: Counts, wrong: Counts) -> Floats:
    """Return the mean risk over all coverages of each row, counts by falling confidence.

    The mean of wrong(k) / k over the k most confident answers, k from 1 to all of them (Geifman,
    Uziel and El-Yaniv, "Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers", ICLR
    2019). Answers of equal confidence stand in no order: each counts their mean, so that s of
    them, w wrong, after K with E wrong, add the sum over j = 1 … s of (E + j w / s) / (K + j).
    """
    after, wrong_after = np.cumsum(given, axis=1), np.cumsum(wrong, axis=1)
    harmonic = np.concatenate(([0.0], np.cumsum(1 / np.arange(1, after.max() + 1))))
    spread = np.diff(harmonic[after], axis=1, prepend=0.0)
    share = wrong / np.maximum(given, 1)
    risks = (wrong_after - wrong) * spread + share * (given - (after - given) * spread)
    area: Floats = risks.sum(axis=1) / after[:, -1]
    return area


def _area_interval(asked: _Asked, seed: int) -> Interval | None:
    levels, groups = _by_level(asked)
    if not len(levels):
        return None
    number, chance = 2 * len(levels), np.random.default_rng(seed)
    (value,) = _areas(np.bincount(groups, minlength=number)[None])
    parts = (draw(chance, groups, number, rows) for rows in portions(number))
    low, high = percentiles(np.concatenate([_areas(part) for part in parts]))
    return Interval(float(value), float(low), float(high), len(groups))


def _areas(counts: Counts) -> Floats:
    """The areas of counts of right and wrong answers in turn, shape (rows, 2 * levels)."""
    right, wrong = counts[:, ::2], counts[:, 1::2]
    return risk_area(right + wrong, wrong)


def _decision(asked: _Asked, threshold: float) -> Decision:
    given = asked.said & (asked.confidence >= threshold)
    counts = (
        given & asked.right,
        given & ~asked.right,
        ~given & asked.answerable,
        ~given & ~asked.answerable,
        given & ~asked.answerable,
    )
    return Decision(threshold, *(int(those.sum()) for those in counts))
