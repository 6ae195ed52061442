"""Second implementations: ir_measures over exported files, and fusion as the books have it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import ir_measures

from eval.metrics import MEASURES, Values
from eval.outcome import Outcome
from eval.sets import write_qrels, write_run

KNOWN = {
    **MEASURES,
    "hit@3": "Success@3",
    "hit@10": "Success@10",
    "P@3": "P@3",
    "P@10": "P@10",
    "AP": "AP",
    "nDCG@5": "nDCG@5",
}
"""Measures by our names, and what ir_measures calls them."""

Scores = dict[int, float]


def by_exported_files(outcomes: Sequence[Outcome], folder: Path) -> dict[str, Values]:
    """Write qrels and run as TREC files, and let ir_measures read and measure them."""
    judged = [one for one in outcomes if one.gold]
    write_qrels({one.id: one.gold for one in judged}, folder / "set.qrels")
    write_run({one.id: one.ranking for one in judged}, "youju", folder / "set.run")
    names = {ir_measures.parse_measure(known): name for name, known in KNOWN.items()}
    found: dict[str, Values] = {name: {} for name in KNOWN}
    for one in ir_measures.iter_calc(
        list(names),
        ir_measures.read_trec_qrels(str(folder / "set.qrels")),
        ir_measures.read_trec_run(str(folder / "set.run")),
    ):
        found[names[one.measure]][one.query_id] = one.value
    return found


def fused(words: Mapping[int, float], meaning: Mapping[int, float], weight: float) -> Scores:
    """Min-max of each run, what it lacks counting 0, then the weighted sum of both.

    Lee, "Analyses of Multiple Evidence Combination", SIGIR 1997, for the normalisation; Fox and
    Shaw, "Combination of Multiple Searches", TREC-2 1994, for the sum.
    """
    one, other = normalised(words), normalised(meaning)
    both = {id_: one.get(id_, 0) + weight * other.get(id_, 0) for id_ in one | other}
    return {id_: total / (1 + weight) for id_, total in both.items()}


def normalised(run: Mapping[int, float]) -> Scores:
    low, high = extremes(run.values())
    return {id_: (s - low) / (high - low) if high > low else 1.0 for id_, s in run.items()}


def extremes(scores: Iterable[float]) -> tuple[float, float]:
    ordered = sorted(scores)
    return (ordered[0], ordered[-1]) if ordered else (0.0, 0.0)
