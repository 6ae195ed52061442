"""Outcomes of questions, written short."""

from collections.abc import Mapping, Sequence
from typing import Any

from eval.outcome import AnswerOutcome, Outcome


def answered(
    confidence: float = 0.9,
    holds: bool = True,
    said: bool = True,
    precision: float | None = 1.0,
    recall: float | None = 1.0,
    exact: bool = False,
) -> AnswerOutcome:
    return AnswerOutcome(said, confidence, holds, exact, precision, recall, "第三条")


def outcome(
    id_: str,
    ranking: Sequence[str] = (),
    gold: Mapping[str, int] | None = None,
    answer: AnswerOutcome | None = None,
    **more: Any,
) -> Outcome:
    """A question whose gold is `g` unless said; what is ranked has falling scores."""
    found = {"g": 1} if gold is None else dict(gold)
    fields: dict[str, Any] = {
        "question": f"question {id_}",
        "kind": "lay",
        "answerable": bool(found),
        "overlap": 0.5 if found else None,
        "ms": 1.0,
        "span_rank": None,
        "leg_ranks": {},
    }
    scores = {target: 1.0 / rank for rank, target in enumerate(ranking, start=1)}
    return Outcome(id=id_, gold=found, ranking=scores, answer=answer, **(fields | more))
