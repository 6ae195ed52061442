"""Facts of real clauses against labels made by reading, without the finder's output in view."""

from pathlib import Path

import pytest

from corpus import find_files, read_file
from tests.facts_score import totals

REAL = Path(__file__).parents[2] / "shared" / "corpus"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"the real documents are not at {REAL}"),
]


@pytest.mark.parametrize("split", ["dev", "heldout"])
def test_facts_are_precise_and_complete(split: str) -> None:
    sums, lost = totals(REAL, split)
    assert lost == []
    assert sums["all"].labelled >= 200
    assert sums["all"].precision >= 0.95
    assert sums["all"].recall >= 0.9


def test_every_fact_stands_in_its_clause() -> None:
    for path in find_files([REAL / "seeds"]):
        document = read_file(path)
        for clause in document:
            facts = clause.facts
            spans = [figure.span for figure in facts.figures]
            spans += [obligation.word.span for obligation in facts.obligations]
            spans += [one.span for one in (*facts.references, *facts.missing)]
            for span in spans:
                assert clause.start <= span.start < span.end <= clause.end, clause.id
            for figure in facts.figures:
                if figure.indicator:
                    assert document.quote(figure.indicator.span) == figure.indicator.value
