"""Two runs of the same questions, measure by measure."""

from typing import Any

from eval.metrics import per_question
from eval.running import RunResult
from eval.statistics import compare_all


def comparison_shape(first: RunResult, second: RunResult) -> dict[str, Any]:
    """Return the paired comparison of two runs in every measure, as JSON.

    Raises UnpairedError where they have no question in common.
    """
    found = compare_all(per_question(first.outcomes), per_question(second.outcomes))
    measures = {name: one.shape() for name, one in found.items()}
    return {"first": first.name, "second": second.name, "measures": measures}
