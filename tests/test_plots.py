"""Curves drawn as SVG: where points stand, what the scale begins with, and the table beside it."""

import re

import pytest

from eval.plots import HUES, Columns, Line, Lines, Point, figure, variables
from eval.plots.frame import MOST

HOSTILE = "<img src=x onerror=alert(1)></svg><script>alert(2)</script>"
RECALL = Lines(
    "召回",
    "前 k 条",
    [
        Line(
            "bm25", [Point(1, 0.5, 0.4, 0.6), Point(10, 0.75, 0.7, 0.8), Point(100, 1.0, 1.0, 1.0)]
        ),
        Line("hybrid", [Point(1, 0.6), Point(10, 0.8), Point(100, 0.9)]),
    ],
    [1, 10, 100],
)


def places(html: str, tag: str) -> list[list[tuple[int, int]]]:
    """The points of each element of a kind."""
    found = re.findall(rf'<{tag} points="([^"]*)"', html)
    return [
        [(int(x), int(y)) for x, y in (place.split(",") for place in one.split())] for one in found
    ]


def test_ticks_stand_evenly_apart_and_higher_shares_stand_higher() -> None:
    first, second = places(RECALL.svg(), "polyline")
    (x1, y1), (x10, y10), (x100, y100) = first
    assert x10 - x1 == x100 - x10 > 0
    assert y1 > y10 > y100
    assert [x for x, _ in second] == [x1, x10, x100]
    assert second[0][1] < y1  # 0.6 above 0.5


def test_between_two_ticks_the_axis_is_even() -> None:
    half = Lines("", "", [Line("a", [Point(1, 0), Point(5.5, 0), Point(10, 0)])], [1, 10, 100])
    (((x1, _), (x5, _), (x10, _)),) = places(half.svg(), "polyline")
    assert x5 == pytest.approx((x1 + x10) / 2, abs=1)


def test_a_band_goes_along_the_upper_bounds_and_back_along_the_lower() -> None:
    (band,) = places(RECALL.svg(), "polygon")  # the second line has no intervals
    upper, lower = band[:3], band[3:][::-1]
    assert [x for x, _ in upper] == [x for x, _ in lower]
    assert all(high < low for (_, high), (_, low) in list(zip(upper, lower, strict=True))[:2])


@pytest.mark.parametrize(
    ("lowest", "begins"), [(0.0, "0%"), (0.41, "40%"), (0.55, "40%"), (0.97, "80%")]
)
def test_the_scale_begins_below_the_lowest(lowest: float, begins: str) -> None:
    svg = Lines("", "", [Line("a", [Point(0, lowest), Point(1, 1)])], [0, 1]).svg()
    scale = re.findall(r">(\d+)%<", svg)
    assert f"{scale[0]}%" == begins
    assert scale[-1] == "100"


def test_a_figure_tells_its_numbers_and_its_colours() -> None:
    html = figure(RECALL, "以表格查看")
    assert "50.0% [40.0%, 60.0%]" in html
    assert html.count("yj-stroke-0") == html.count("yj-stroke-1") == 1
    assert html.count("<circle") == 6
    assert "hybrid · 10：80.0%" in html
    declared = variables(is_dark=False)
    assert all(f"--yj-hue-{n}: {light};" in declared for n, (light, _) in enumerate(HUES))


def test_a_plot_and_its_table_are_reached_by_the_keyboard_and_named() -> None:
    html = figure(RECALL, "以表格查看")
    named = re.findall(r'tabindex="0" role="group" aria-label="([^"]*)"', html)
    assert named == ["召回", "召回 · 以表格查看"]


@pytest.mark.parametrize(
    ("plot", "most"),
    [
        (RECALL, MOST * 420),
        (Columns("", "份", "", ["甲"], ["份"], [[1]]), MOST * 360),
        (Columns("", "份", "", ["甲乙"] * 20, ["份"], [[1]] * 20), MOST * (36 + 20 * (4 * 7 + 8))),
    ],
)
def test_a_plot_is_stretched_so_far_and_no_further(plot: Lines | Columns, most: float) -> None:
    assert f"max-width: {round(most)}px" in plot.svg()


def test_a_long_curve_has_no_dots_and_a_short_table() -> None:
    points = [Point(n / 100, n / 100) for n in range(101)]
    html = figure(Lines("", "", [Line("a", points)], [0, 0.5, 1]), "")
    assert "<circle" not in html
    assert re.findall(r"<td>([\d.]+%)</td>", html) == ["0.0%", "50.0%", "100.0%"]


def test_names_cannot_break_out() -> None:
    lines = [Line(HOSTILE, [Point(0, 0.5), Point(1, 0.6)])]
    html = figure(Lines(HOSTILE, HOSTILE, lines, [0, 1]), HOSTILE)
    assert "<img" not in html
    assert "<script" not in html


def test_an_axis_needs_two_ticks() -> None:
    with pytest.raises(ValueError, match="two ticks"):
        Lines("", "", [], [1]).svg()
