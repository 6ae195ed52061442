"""Runs with what is shown of them, each figure computed once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from eval.metrics import Values, per_question
from eval.outcome import Outcome
from eval.running import RunResult
from eval.statistics import Comparison, Interval, compare_all, intervals
from eval.summary import Summary

CUTOFFS = (1, 2, 3, 5, 10, 20, 50, 100)
"""The ranks at which recall is plotted."""


@dataclass(frozen=True)
class Judged:
    """A run and its figures."""

    result: RunResult

    @property
    def name(self) -> str:
        """That of the configuration."""
        return self.result.name

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """What each question came to."""
        return self.result.outcomes

    @property
    def summary(self) -> Summary:
        """The figures with their intervals."""
        return self.result.summary

    @cached_property
    def measured(self) -> dict[str, Values]:
        """Each measure of each question."""
        return per_question(self.outcomes)

    @cached_property
    def recall(self) -> list[tuple[int, Interval]]:
        """Recall by cut-off, as far down as was ranked."""
        names = {k: f"R@{k}" for k in CUTOFFS if k <= self.result.record.configuration.top}
        found = intervals(per_question(self.outcomes, names.values()))
        return [(k, found[name]) for k, name in names.items() if name in found]


@dataclass(frozen=True)
class Pair:
    """A run beside the first one."""

    first: Judged
    second: Judged

    @cached_property
    def comparisons(self) -> dict[str, Comparison]:
        """By measure, question by question."""
        return compare_all(self.first.measured, self.second.measured)


def pairs(judged: Sequence[Judged]) -> Iterator[Pair]:
    """Yield each run after the first beside it."""
    yield from (Pair(judged[0], other) for other in judged[1:])
