"""Figures that a document states of a topic, beside the column that has none of it."""

from collections.abc import Iterator
from typing import Any

from corpus.facts.figures import find_figures
from corpus.lines import open_page
from retrieval.compare.values import family_of

Json = dict[str, Any]


def counted(row: Json) -> frozenset[str]:
    """In what figures are counted that a row states of the topic: in its words, and elsewhere.

    小学480元、初中560元 are in no column 收费, and yet it is false that nothing was written of it.
    """
    own = {family_of(value["unit"]) for value in row["values"] if value["of_topic"]}
    return frozenset(own.union(*map(_counted_in, row["also"])))


def is_elsewhere(column: Json, counted: frozenset[str]) -> bool:
    """Whether a row that has none of a column states figures that are `counted` as those are."""
    return family_of(column["unit"]) in counted


def _counted_in(place: Json) -> Iterator[str]:
    page = open_page(place["quote"])
    return (family_of(figure.unit) for figure in find_figures(page, 0, len(page.text)))
