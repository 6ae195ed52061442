"""The figure around a plot: its title, its legend, and the table of what it shows."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from corpus.markup import NOTHING, Html, element
from eval.plots.colours import hue

STYLE = (Path(__file__).parent / "plots.css").read_text("utf-8")
"""The style sheet of plots; its colours come from variables."""
MOST = 1.3
"""How many times its own width a plot is stretched at most: its text is then 17 pixels high."""


class Drawing(Protocol):
    """What a figure frames."""

    @property
    def title(self) -> str:
        """What the plot shows."""
        ...

    @property
    def legend(self) -> Sequence[str]:
        """The names of the series, in the order of their colours; none where the title says it."""
        ...

    def svg(self) -> Html:
        """The plot itself."""
        ...

    def heads(self) -> Sequence[str]:
        """The heads of the table, but for the first column's."""
        ...

    def rows(self) -> Iterable[tuple[str, Sequence[str]]]:
        """The rows of the table: what each is of, and its cells."""
        ...


def figure(plot: Drawing, as_table: str) -> Html:
    """The plot with its legend, and below it, folded under `as_table`, the table."""
    table = scrollable(_table(plot), f"{plot.title} · {as_table}", "yj-plot")
    return element(
        "figure",
        element("figcaption", plot.title),
        _legend(plot.legend) if plot.legend else NOTHING,
        scrollable(plot.svg(), plot.title, "yj-plot"),
        element("details", element("summary", as_table), table),
        class_="yj-figure",
    )


def scrollable(child: Html, name: str, class_: str) -> Html:
    """What may be wider than the page: called `name`, so that the keyboard reaches and moves it."""
    named = {"tabindex": "0", "role": "group", "aria_label": name}
    return element("div", child, class_=f"{class_} yj-scrolls", **named)


def _legend(names: Sequence[str]) -> Html:
    items = (
        element("li", element("span", class_=f"yj-hue-{hue(n)}", aria_hidden="true"), name)
        for n, name in enumerate(names)
    )
    return element("ul", *items, class_="yj-legend")


def _table(plot: Drawing) -> Html:
    head = element(
        "tr", element("td"), *(element("th", name, scope="col") for name in plot.heads())
    )
    rows = (
        element("tr", element("th", name, scope="row"), *(element("td", cell) for cell in cells))
        for name, cells in plot.rows()
    )
    return element(
        "table",
        element("caption", plot.title),
        element("thead", head),
        element("tbody", *rows),
    )


def rule(text: str, x: int, width: int, y: int) -> Html:
    """A line across the plot, from `x` to `width`, with its value beside it."""
    line = element("line", x1=x, x2=width, y1=y, y2=y, class_="yj-rule")
    return Html(line + element("text", text, x=x - 8, y=y + 4, text_anchor="end"))
