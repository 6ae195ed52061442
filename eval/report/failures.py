"""The questions that went wrong: where their gold stands, and what was found instead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.outcome import Outcome

INSTEAD = 3
"""Targets shown of those that were ranked before the gold."""

Reason = Literal["unranked", "ranked", "should_refuse", "wrong", "refused"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A question whose gold does not stand first, or whose answer is none."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    instead: tuple[str, ...]
    """The targets ranked before the gold, the first ones of them."""

    @property
    def gold(self) -> list[str]:
        """The targets that answer, the better ones first."""
        good = [target for target, grade in self.outcome.gold.items() if grade > 0]
        return sorted(good, key=lambda target: -self.outcome.gold[target])


def failures(outcomes: Iterable[Outcome]) -> list[Failure]:
    """Return what went wrong, the worst first: not found, then from the lowest rank up."""
    found = [failure for one in outcomes if (failure := _failure(one))]
    return sorted(found, key=lambda failure: -_depth(failure.outcome))


def _failure(one: Outcome) -> Failure | None:
    reasons = tuple(_reasons(one))
    if not reasons:
        return None
    before = one.rank - 1 if one.rank else INSTEAD
    return Failure(one, reasons, tuple(one.ranking)[: min(INSTEAD, before)])


def _reasons(one: Outcome) -> Iterator[Reason]:
    if one.gold and one.rank != 1:
        yield "ranked" if one.rank else "unranked"
    answer = one.answer
    if answer is None:
        return
    if answer.answered and not one.answerable:
        yield "should_refuse"
    elif answer.answered and not answer.holds:
        yield "wrong"
    elif one.answerable and not answer.answered:
        yield "refused"


def _depth(one: Outcome) -> float:
    """How far down the gold stands; not at all is farthest, and without gold nearest."""
    if not one.gold:
        return 0
    return one.rank or float("inf")


def targets(found: Sequence[Failure]) -> set[str]:
    """Everything that is shown of some failures."""
    return {target for one in found for target in (*one.gold, *one.instead)}
