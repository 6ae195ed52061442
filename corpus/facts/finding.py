"""The facts of one clause, found together."""

from corpus.facts import Facts
from corpus.facts.figures import find_figures
from corpus.facts.missing import find_missing
from corpus.facts.obligations import find_obligations
from corpus.facts.references import find_references
from corpus.lines import Page


def find_facts(page: Page, start: int, end: int) -> Facts:
    """Return what `page.text[start:end]` lays down, each fact with its span.

    What counts as a fact is written in docs/facts.md. Raises nothing: a text without facts has
    `NO_FACTS`. The work grows with the length of the clause, whatever stands in it.
    """
    return Facts(
        tuple(find_figures(page, start, end)),
        tuple(find_obligations(page, start, end)),
        tuple(find_references(page, start, end)),
        tuple(find_missing(page, start, end)),
    )
