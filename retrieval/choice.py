"""Which sentences an answer is made of: the fewest that answer, a line for each document."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus import Document, Span
from corpus.fold import fold_text
from corpus.metadata.places import LEVELS
from retrieval.evidence import Evidence
from retrieval.inquiry import Inquiry
from retrieval.keys import is_blank
from retrieval.kinds import STRICT
from retrieval.lists import whole_list
from retrieval.results import Hit

MOST_LINES = 4
MOST_DOCUMENTS = 12
"""Lines of an answer to a question about several documents."""
CLOSE_TO_BEST = 0.85
"""Share of the best sentence's score that another needs to be said as well."""
CLOSE_TO_SEVERAL = 0.7
"""The same where several documents are asked for."""


class Place(NamedTuple):
    """Where a line of an answer stands."""

    hit: Hit
    span: Span


class Line(NamedTuple):
    """A line of an answer: the evidence for it, and every place that says it in the same words."""

    best: Evidence
    places: tuple[Place, ...]


def choose(evidence: Sequence[Evidence], inquiry: Inquiry) -> list[Line]:
    """Return the lines of an answer, best first, or by level and date where several are wanted.

    A sentence that lacks the kind of thing that was asked for, or leaves its figure empty, is
    none; where one that leaves it empty is most about the question, nothing is said. Of each
    document the best sentence alone is said, with the list that it belongs to.
    """
    several = inquiry.results.several
    fitting = [item for item in evidence if _answers(item, inquiry)]
    emptied = not several and left_empty(evidence, inquiry, next(iter(fitting), None))
    if not fitting or emptied:
        return []
    chosen: dict[str, Evidence] = {}
    for item in fitting:
        if item.score < (CLOSE_TO_SEVERAL if several else CLOSE_TO_BEST) * fitting[0].score:
            break
        chosen.setdefault(item.hit.document.id, item)
    if several:
        first = sorted(chosen.values(), key=lambda item: by_level(item.hit.document))
        return [_line([item]) for item in first[:MOST_DOCUMENTS]]
    return [_line(same) for same in _grouped(chosen.values())[:MOST_LINES]]


def left_empty(
    evidence: Sequence[Evidence], inquiry: Inquiry, best: Evidence | None
) -> Evidence | None:
    """Return the sentence that leaves empty what is asked for, where none is more about it."""
    blank = [item for item in evidence if is_blank(item, inquiry.wanted)]
    most = max(blank, key=lambda item: item.about, default=None)
    return most if most and (best is None or most.about > best.about) else None


def _answers(item: Evidence, inquiry: Inquiry) -> bool:
    strict = inquiry.wanted.kind in STRICT
    return (item.fits or not strict) and not is_blank(item, inquiry.wanted)


def _grouped(chosen: Iterable[Evidence]) -> list[list[Evidence]]:
    """Those that say the same words together: they are said once, with each citation."""
    same: dict[str, list[Evidence]] = {}
    for item in chosen:
        same.setdefault(fold_text(item.text), []).append(item)
    return list(same.values())


def _line(same: Sequence[Evidence]) -> Line:
    return Line(
        same[0],
        tuple(
            Place(item.hit, whole_list(item.hit.document, item.hit.clause, item.span))
            for item in same
        ),
    )


def by_level(document: Document) -> tuple[int, str, str]:
    """A key that orders documents from the highest level down, then from the earliest on."""
    level, date = document.metadata.level, document.metadata.date
    rank = LEVELS.index(level.value) if level and level.value in LEVELS else len(LEVELS)
    return rank, date.value if date else "9999", document.id
