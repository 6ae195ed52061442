"""What each question counts in each measure; every judged question counts, found or not.

Measures of the ranking are computed by ir_measures, those of answers from what `Outcome` says.
"""

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from corpus import YoujuError
from eval.outcome import AnswerOutcome, Outcome

Run = dict[str, dict[str, float]]
"""Scores of the ranked records by query."""
Qrels = dict[str, dict[str, int]]
"""Grades of the judged records by query."""
Values = dict[str, float]
"""What a measure says of each question that it counts, by question id."""
Value = Callable[[Outcome], float | None]
"""What a measure says of one question; None where it does not count it."""

MEASURES = {
    "nDCG@10": "nDCG@10",
    "R@10": "R@10",
    "R@100": "R@100",
    "MRR@10": "RR@10",
    "hit@1": "Success@1",
}
"""The names of the command line, and what ir_measures calls them."""

RANKED = (*MEASURES, "hit@3", "hit@10", "P@5", "P@10", "AP")
"""Measures of the ranking that are shown; any other k may be asked for."""

_FAMILIES = {"nDCG": "nDCG", "R": "R", "P": "P", "AP": "AP", "MRR": "RR", "hit": "Success"}
_NAME = re.compile(rf"({'|'.join(_FAMILIES)})@([1-9]\d{{0,4}})")


class MeasureError(YoujuError):
    """A measure that there is not; the message lists those that there are."""


def _span_within(k: int) -> Value:
    """Whether a gold span stands in the first k passages; of the questions with gold spans."""
    return lambda one: None if one.span_rank is None else float(0 < one.span_rank <= k)


def _answers(test: Callable[[AnswerOutcome], bool], answerable: bool = True) -> Value:
    """Whether an answer passes; of all answerable questions that were asked, or all others."""
    return lambda one: (
        float(test(one.answer)) if one.answer and one.answerable == answerable else None
    )


def _citation_precision(one: Outcome) -> float | None:
    """Of the answers given, also those that should not have been."""
    return one.answer.precision if one.answer and one.answer.answered else None


def _citation_recall(one: Outcome) -> float | None:
    """Of all questions with gold documents; one that was left unanswered cites none."""
    if one.answer is None or one.answer.recall is None:
        return None
    return one.answer.recall if one.answer.answered else 0.0


OWN: dict[str, Value] = {
    "span@1": _span_within(1),
    "span@3": _span_within(3),
    "span@10": _span_within(10),
    "answered": _answers(lambda answer: answer.answered),
    "holds": _answers(lambda answer: answer.answered and answer.holds),
    "exact": _answers(lambda answer: answer.answered and answer.exact),
    "citation-P": _citation_precision,
    "citation-R": _citation_recall,
    "refused": _answers(lambda answer: not answer.answered, answerable=False),
}
"""Measures of spans and answers. `answered`, `holds` and `exact` are shares of the answerable
questions, `refused` is a share of the others."""

SHOWN = (*RANKED, *OWN)


def per_question(outcomes: Sequence[Outcome], names: Iterable[str] = SHOWN) -> dict[str, Values]:
    """Return for each measure what it says of each question it counts, in the order of `outcomes`.

    Measures of the ranking count every question with gold, without a result as 0. Raises
    MeasureError for a name that is no measure.
    """
    names = tuple(names)
    ranked = _ranked(outcomes, [name for name in names if name not in OWN])
    return {name: ranked[name] if name in ranked else _own(outcomes, name) for name in names}


def _own(outcomes: Sequence[Outcome], name: str) -> Values:
    values = ((one.id, OWN[name](one)) for one in outcomes)
    return {id_: value for id_, value in values if value is not None}


def _ranked(outcomes: Sequence[Outcome], names: Sequence[str]) -> dict[str, Values]:
    """Return the measures of the ranking, question by question."""
    import ir_measures

    known = {ir_measures.parse_measure(_known_as(name)): name for name in names}
    judged = [one for one in outcomes if one.gold]
    values: dict[str, Values] = {name: {one.id: 0.0 for one in judged} for name in names}
    if known and judged:
        qrels, run = _numbered({one.id: one.gold for one in judged}, _rankings(judged))
        for found in ir_measures.iter_calc(list(known), qrels, run):
            values[known[found.measure]][judged[int(found.query_id)].id] = float(found.value)
    return values


def _rankings(outcomes: Sequence[Outcome]) -> Run:
    return strictly_ordered({one.id: one.ranking for one in outcomes})


def _numbered(qrels: Qrels, run: Run) -> tuple[Qrels, Run]:
    """Return judgements and rankings of the judged, a number for each name in their order.

    trec_eval takes a name to end where it holds a NUL.
    """
    plain_qrels: Qrels = {}
    plain_run: Run = {}
    for number, (query, grades) in enumerate(qrels.items()):
        ranking = run.get(query, {})
        names = {name: str(n) for n, name in enumerate({**grades, **ranking})}
        plain_qrels[str(number)] = {names[name]: grade for name, grade in grades.items()}
        plain_run[str(number)] = {names[name]: score for name, score in ranking.items()}
    return plain_qrels, plain_run


def _known_as(name: str) -> str:
    """Return what ir_measures calls a measure."""
    match = _NAME.fullmatch(name)
    if match is None and name != "AP":
        families = ", ".join(f"{family}@K" for family in _FAMILIES)
        raise MeasureError(f"no measure {name!r}: expected {families}, AP, {', '.join(OWN)}")
    return f"{_FAMILIES[match[1]]}@{match[2]}" if match else name


def measure(qrels: Qrels, run: Run) -> dict[str, float]:
    """Return the mean of each measure over all judged queries; one without a result counts 0."""
    import ir_measures

    asked = {name: ir_measures.parse_measure(known) for name, known in MEASURES.items()}
    found = ir_measures.calc_aggregate(
        list(asked.values()), *_numbered(qrels, strictly_ordered(run))
    )
    return {name: round(float(found[known]), 4) for name, known in asked.items()}


def strictly_ordered(run: Run) -> Run:
    """Return the run with equal scores set apart in the order given.

    trec_eval orders equal scores by document id, last first, whatever the ranking said; and it
    holds them in 32 bits, in which more scores are equal.
    """
    return {query: _set_apart(ranking) for query, ranking in run.items()}


def _set_apart(ranking: dict[str, float]) -> dict[str, float]:
    scores = np.fromiter(ranking.values(), np.float32, len(ranking))
    # Most rankings have no equal scores; one by one takes a hundred times as long.
    if np.any(scores[1:] >= scores[:-1]):
        lower = np.float32(np.inf)
        for place, score in enumerate(scores):
            lower = scores[place] = min(score, np.nextafter(lower, np.float32(-np.inf)))
    return dict(zip(ranking, scores.tolist(), strict=True))
