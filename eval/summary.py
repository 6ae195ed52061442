"""All the figures of a run, with their intervals; the same outcomes and seed, the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from eval.breakdown import Attribution, Group, attribution, by_kind, by_overlap
from eval.metrics import Values, per_question
from eval.outcome import Outcome
from eval.refusal import Refusal, refusal
from eval.resampling import SEED
from eval.statistics import Interval, intervals


class Times(NamedTuple):
    """Milliseconds of a search."""

    p50: float
    p95: float

    @classmethod
    def of(cls, ms: Sequence[float]) -> "Times":
        """Return the median and the 95th percentile; 0 where nothing was searched."""
        p50, p95 = np.percentile(ms, [50, 95]) if len(ms) else (0.0, 0.0)
        return cls(round(float(p50), 2), round(float(p95), 2))


class GroupSummary(NamedTuple):
    """The figures of some of the questions."""

    name: str
    n: int
    small: bool
    """Whether there are too few questions for their mean to say much."""
    measures: dict[str, Interval]

    def shape(self) -> dict[str, Any]:
        """The JSON shape."""
        return {**self._asdict(), "measures": _shapes(self.measures)}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to."""

    questions: int
    answerable: int
    measures: dict[str, Interval]
    """By name; a measure that counts no question is left out."""
    kinds: tuple[GroupSummary, ...]
    overlaps: tuple[GroupSummary, ...]
    attribution: Attribution
    refusal: Refusal | None
    """None where answers were not asked for."""
    times: Times

    def shape(self) -> dict[str, Any]:
        """The JSON shape; `ms_per_query` is all of it that another run may have otherwise."""
        return {
            "questions": self.questions,
            "answerable": self.answerable,
            "measures": _shapes(self.measures),
            "by_kind": [group.shape() for group in self.kinds],
            "by_overlap": [group.shape() for group in self.overlaps],
            "attribution": self.attribution.shape(),
            "refusal": self.refusal.shape() if self.refusal else None,
            "ms_per_query": self.times._asdict(),
        }


def summarise(outcomes: Sequence[Outcome], seed: int = SEED) -> Summary:
    """Return every measure with its interval, over all questions and over groups of them."""
    measured = per_question(outcomes)
    return Summary(
        len(outcomes),
        sum(one.answerable for one in outcomes),
        intervals(measured, seed),
        tuple(_summary(group, measured, seed) for group in by_kind(outcomes)),
        tuple(_summary(group, measured, seed) for group in by_overlap(outcomes)),
        attribution(outcomes),
        refusal(outcomes, seed),
        Times.of([one.ms for one in outcomes]),
    )


def _summary(group: Group, measured: Mapping[str, Values], seed: int) -> GroupSummary:
    members = [one.id for one in group.outcomes]
    own = {
        name: {id_: values[id_] for id_ in members if id_ in values}
        for name, values in measured.items()
    }
    return GroupSummary(group.name, len(members), group.small, intervals(own, seed))


def _shapes(measures: Mapping[str, Interval]) -> dict[str, Any]:
    return {name: interval.shape() for name, interval in measures.items()}
