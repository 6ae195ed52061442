"""Results as plots: recall by cut-off, risk by coverage, what a threshold does."""

from collections.abc import Iterator, Sequence

from eval.plots import Line, Lines, Point
from eval.refusal import Refusal
from eval.report.judged import Judged
from eval.report.words import Language, say

TENTHS = tuple(n / 10 for n in range(11))
FIFTHS = TENTHS[::2]
MOST_POINTS = 200
"""Points of a curve: more are not told apart at its size."""


def plots(judged: Sequence[Judged], language: Language) -> Iterator[Lines]:
    """Yield every plot that there is something to show in."""
    recall = [(one.name, one.recall) for one in judged if len(one.recall) > 1]
    if recall:
        ticks = max((found for _, found in recall), key=len)
        lines = [
            Line(name, [Point(k, i.value, i.low, i.high) for k, i in found])
            for name, found in recall
        ]
        across = say(language, "curves.k")
        yield Lines(say(language, "curves.recall"), across, lines, [k for k, _ in ticks])
    asked = [(one.name, one.summary.refusal) for one in judged if one.summary.refusal]
    risk = [Line(name, _risk(found)) for name, found in asked if found.curve]
    if risk:
        across = say(language, "curves.coverage")
        yield Lines(say(language, "curves.risk"), across, risk, FIFTHS)
    for name, found in asked:
        yield _errors(name, found, language)


def _risk(found: Refusal) -> list[Point]:
    step = -(-len(found.curve) // MOST_POINTS)
    points = [Point(point.coverage, point.risk) for point in found.curve]
    return [*points[:-1:step], points[-1]]


def _errors(name: str, found: Refusal, language: Language) -> Lines:
    """The two ways to go wrong, as shares of all questions: the higher the threshold, the fewer
    wrong answers and the more questions without one.
    """
    total = found.answerable + found.unanswerable
    wrong = [Point(one.threshold, one.wrong / total) for one in found.decisions]
    unanswered = [Point(one.threshold, one.unanswered / total) for one in found.decisions]
    lines = [
        Line(say(language, "curves.wrong"), wrong),
        Line(say(language, "curves.unanswered"), unanswered),
    ]
    title = say(language, "curves.errors", name=name)
    return Lines(title, say(language, "curves.threshold"), lines, TENTHS[:-1])
