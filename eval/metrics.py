"""Retrieval metrics, computed by ir_measures over every judged query."""

import numpy as np

Run = dict[str, dict[str, float]]
"""Scores of the ranked records by query."""

MEASURES = {
    "nDCG@10": "nDCG@10",
    "R@10": "R@10",
    "R@100": "R@100",
    "MRR@10": "RR@10",
    "hit@1": "Success@1",
}
"""The names of the command line, and what ir_measures calls them."""


def measure(qrels: dict[str, dict[str, int]], run: Run) -> dict[str, float]:
    """Return the mean of each measure over all judged queries; one without a result counts 0."""
    import ir_measures

    asked = {name: ir_measures.parse_measure(known) for name, known in MEASURES.items()}
    found = ir_measures.calc_aggregate(list(asked.values()), qrels, strictly_ordered(run))
    return {name: round(float(found[known]), 4) for name, known in asked.items()}


def strictly_ordered(run: Run) -> Run:
    """Return the run with equal scores set apart in the order given.

    trec_eval orders equal scores by document id, last first, whatever the ranking said; and it
    holds them in 32 bits, in which more scores are equal.
    """
    apart: Run = {}
    for query, ranking in run.items():
        lower = np.float32(np.inf)
        apart[query] = {}
        for record, score in ranking.items():
            lower = min(np.float32(score), np.nextafter(lower, np.float32(-np.inf)))
            apart[query][record] = float(lower)
    return apart
