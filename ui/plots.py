"""Plots as inline SVG, each with the table of what it shows."""

from collections.abc import Sequence
from typing import NamedTuple

from corpus.markup import NOTHING, Html, element, join
from ui.strings import Language, say

HUES = 6
"""Colours of series that the style sheet has."""
_LEFT, _TOP, _HEIGHT, _BASE = 36, 22, 140, 24
_NARROWEST = 360
_LETTER = 7
"""Half the width of a Chinese character: what a figure takes."""
_LEAST = 0.85
"""A plot that has less room than this share of its width is scrolled."""
_TICKS = 4


class Plot(NamedTuple):
    """Counts by category, which are the columns, and by series, which are stacked in each."""

    title: str
    unit: str
    categories: Sequence[str]
    series: Sequence[str]
    counts: Sequence[Sequence[int]]
    """For each category the count of each series."""

    @property
    def highest(self) -> int:
        """The most that stands in one column."""
        return max((sum(column) for column in self.counts), default=0)


def figure(plot: Plot, language: Language) -> Html:
    """The plot with its legend, and below it, folded, the table for who cannot see it."""
    several = len(plot.series) > 1
    return element(
        "figure",
        element("figcaption", plot.title),
        _legend(plot) if several else NOTHING,
        element("div", _svg(plot), class_="yj-plot"),
        element(
            "details",
            element("summary", say(language, "plot.table")),
            element("div", _table(plot, language), class_="yj-plot"),
        ),
        class_="yj-figure",
    )


def step_of(highest: int) -> int:
    """Return the distance of the lines of a scale: 1, 2 or 5 times a power of ten."""
    step = 1
    while step * _TICKS < highest:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return step


def _svg(plot: Plot) -> Html:
    step, width = step_of(plot.highest), _width(plot)
    top = max(step, -(-plot.highest // step) * step)
    height = _TOP + _HEIGHT + _BASE
    return element(
        "svg",
        *(_line(value, top, width) for value in range(0, top + 1, step)),
        *(_column(plot, n, top) for n in range(len(plot.categories))),
        viewBox=f"0 0 {width} {height}",
        style=f"min-width: {round(_LEAST * width)}px",
        role="img",
        aria_label=plot.title,
    )


def _room(plot: Plot) -> float:
    """The width of a column with what is free beside it: its name has to fit."""
    longest = max((_letters(name) for name in plot.categories), default=0)
    least = (_NARROWEST - _LEFT) / max(1, len(plot.categories))
    return max(least, longest * _LETTER + 8)


def _letters(name: str) -> int:
    return sum(1 if character.isascii() else 2 for character in name)


def _width(plot: Plot) -> int:
    return round(_LEFT + _room(plot) * max(1, len(plot.categories)))


def _y(value: int, top: int) -> int:
    return round(_TOP + _HEIGHT - _HEIGHT * value / top)


def _line(value: int, top: int, width: int) -> Html:
    y = _y(value, top)
    rule = element("line", x1=_LEFT, x2=width, y1=y, y2=y, class_="yj-rule")
    return join([rule, element("text", str(value), x=_LEFT - 8, y=y + 4, text_anchor="end")])


def _column(plot: Plot, n: int, top: int) -> Html:
    room = _room(plot)
    width = round(min(48, room * 0.7))
    x = round(_LEFT + room * n + (room - width) / 2)
    parts: list[Html] = []
    below = 0
    for hue, count in enumerate(plot.counts[n]):
        if count:
            parts.append(_block(plot, (n, hue), x, width, (_y(below, top), _y(below + count, top))))
            below += count
    middle = x + width // 2
    if below:
        sum_ = element("text", str(below), x=middle, y=_y(below, top) - 3, text_anchor="middle")
        parts.append(sum_)
    foot = _TOP + _HEIGHT + 17
    parts.append(element("text", plot.categories[n], x=middle, y=foot, text_anchor="middle"))
    return join(parts)


def _block(plot: Plot, place: tuple[int, int], x: int, width: int, ys: tuple[int, int]) -> Html:
    """A part of a column; resting on it tells its count."""
    n, hue = place
    bottom, top = ys
    names = [plot.categories[n], *([plot.series[hue]] if len(plot.series) > 1 else [])]
    title = element("title", f"{' · '.join(names)}：{plot.counts[n][hue]} {plot.unit}")
    # A line of the ground parts it from the one below.
    size = max(1, bottom - top - 1)
    return element(
        "rect", title, x=x, y=top, width=width, height=size, class_=f"yj-hue-{hue % HUES}"
    )


def _legend(plot: Plot) -> Html:
    items = (
        element("li", element("span", class_=f"yj-hue-{n % HUES}", aria_hidden="true"), name)
        for n, name in enumerate(plot.series)
    )
    return element("ul", *items, class_="yj-legend")


def _table(plot: Plot, language: Language) -> Html:
    several = len(plot.series) > 1
    heads = [*plot.series, say(language, "plot.sum")] if several else [plot.unit]
    rows = (
        element(
            "tr",
            element("th", name, scope="row"),
            *(element("td", str(count)) for count in [*column, *([sum(column)] * several)]),
        )
        for name, column in zip(plot.categories, plot.counts, strict=True)
    )
    head = element("tr", element("td"), *(element("th", name, scope="col") for name in heads))
    return element(
        "table",
        element("caption", plot.title),
        element("thead", head),
        element("tbody", *rows),
    )
