"""What one question of a set came to under one configuration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Leg = str
"""`words` or `meaning`: one of the two rankings that a hybrid search joins."""


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What was said to a question, held against its gold.

    `holds`, `exact`, `precision` and `recall` are of what would be said without any threshold,
    also where `answered` is false for want of confidence: the risk-coverage curve asks what lower
    thresholds would bring. Measures of answers count them only where `answered` is true.
    """

    answered: bool
    confidence: float
    """The calibrated probability that the documents answer, 0 to 1, before any threshold."""
    holds: bool
    """Whether a citation covers at least half of a gold quotation of grade 2."""
    exact: bool
    """Whether what the answer sets off, or else one of its sentences, is the gold's own words."""
    precision: float | None
    """The share of the citations whose clause holds gold; None where nothing is cited."""
    recall: float | None
    """The share of the gold documents that are cited with the answer; None without gold."""
    text: str
    """The answer, or why there is none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: its gold, what was ranked for it, and what was answered.

    A target is what the gold is given as: a clause id, or for a BEIR folder the id of a record.
    """

    id: str
    question: str
    kind: str
    answerable: bool
    overlap: float | None
    """The share of the question's words that a gold clause holds."""
    gold: dict[str, int]
    """Grade by target; empty where nothing answers."""
    ranking: dict[str, float]
    """Score by target, best first; equal scores set apart in the order given."""
    ms: float
    """Milliseconds of the search."""
    span_rank: int | None
    """Of the first passage that holds a gold span, 0 where none does; None without gold spans."""
    leg_ranks: dict[Leg, int]
    """The rank of the first target of gold in each leg alone, 0 where it is not among them."""
    answer: AnswerOutcome | None
    """None where answers were not asked for."""

    @property
    def rank(self) -> int:
        """Of the first target of gold, from 1; 0 where it was not found."""
        return first_rank(self.ranking, self.gold)


def first_rank(ranking: Iterable[str], gold: Mapping[str, int]) -> int:
    """Return the rank of the first target of gold, from 1; 0 where there is none."""
    return next((n for n, target in enumerate(ranking, 1) if gold.get(target, 0) > 0), 0)
