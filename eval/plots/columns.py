"""Counts as stacked columns."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.markup import Html, element, join
from eval.plots.colours import hue
from eval.plots.frame import MOST, rule

_LEFT, _TOP, _HEIGHT, _BASE = 36, 22, 140, 24
_NARROWEST = 360
_LETTER = 7
"""Half the width of a Chinese character: what a figure takes."""
_LEAST = 0.85
"""A plot that has less room than this share of its width is scrolled."""
_TICKS = 4


class Columns(NamedTuple):
    """Counts by category, which are the columns, and by series, which are stacked in each."""

    title: str
    unit: str
    total: str
    """What the sum of the series is called."""
    categories: Sequence[str]
    series: Sequence[str]
    counts: Sequence[Sequence[int]]
    """For each category the count of each series."""

    @property
    def legend(self) -> Sequence[str]:
        """The series; a single one is what the title says."""
        return self.series if len(self.series) > 1 else ()

    @property
    def highest(self) -> int:
        """The most that stands in one column."""
        return max((sum(column) for column in self.counts), default=0)

    def svg(self) -> Html:
        """The columns with a scale of counts."""
        step, width = step_of(self.highest), _width(self)
        top = max(step, -(-self.highest // step) * step)
        height = _TOP + _HEIGHT + _BASE
        return element(
            "svg",
            *(rule(str(n), _LEFT, width, _y(n, top)) for n in range(0, top + 1, step)),
            *(_column(self, n, top) for n in range(len(self.categories))),
            viewBox=f"0 0 {width} {height}",
            style=f"min-width: {round(_LEAST * width)}px; max-width: {round(MOST * width)}px",
            role="img",
            aria_label=self.title,
        )

    def heads(self) -> Sequence[str]:
        """The series and their sum; a single one is called by its unit."""
        return [*self.series, self.total] if len(self.series) > 1 else [self.unit]

    def rows(self) -> Iterator[tuple[str, Sequence[str]]]:
        """The counts of each category."""
        for name, column in zip(self.categories, self.counts, strict=True):
            sums = [sum(column)] if len(self.series) > 1 else []
            yield name, [str(count) for count in [*column, *sums]]


def step_of(highest: int) -> int:
    """Return the distance of the lines of a scale: 1, 2 or 5 times a power of ten."""
    step = 1
    while step * _TICKS < highest:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return step


def _room(plot: Columns) -> float:
    """The width of a column with what is free beside it: its name has to fit."""
    longest = max((_letters(name) for name in plot.categories), default=0)
    least = (_NARROWEST - _LEFT) / max(1, len(plot.categories))
    return max(least, longest * _LETTER + 8)


def _letters(name: str) -> int:
    return sum(1 if character.isascii() else 2 for character in name)


def _width(plot: Columns) -> int:
    return round(_LEFT + _room(plot) * max(1, len(plot.categories)))


def _y(value: int, top: int) -> int:
    return round(_TOP + _HEIGHT - _HEIGHT * value / top)


def _column(plot: Columns, n: int, top: int) -> Html:
    room = _room(plot)
    width = round(min(48, room * 0.7))
    x = round(_LEFT + room * n + (room - width) / 2)
    parts: list[Html] = []
    below = 0
    for series, count in enumerate(plot.counts[n]):
        if count:
            ys = _y(below, top), _y(below + count, top)
            parts.append(_block(plot, (n, series), x, width, ys))
            below += count
    middle = x + width // 2
    if below:
        sum_ = element("text", str(below), x=middle, y=_y(below, top) - 3, text_anchor="middle")
        parts.append(sum_)
    foot = _TOP + _HEIGHT + 17
    parts.append(element("text", plot.categories[n], x=middle, y=foot, text_anchor="middle"))
    return join(parts)


def _block(plot: Columns, place: tuple[int, int], x: int, width: int, ys: tuple[int, int]) -> Html:
    """A part of a column; resting on it tells its count."""
    n, series = place
    bottom, top = ys
    names = [plot.categories[n], *([plot.series[series]] if len(plot.series) > 1 else [])]
    title = element("title", f"{' · '.join(names)}：{plot.counts[n][series]} {plot.unit}")
    # A line of the ground parts it from the one below.
    size = max(1, bottom - top - 1)
    return element(
        "rect", title, x=x, y=top, width=width, height=size, class_=f"yj-hue-{hue(series)}"
    )
