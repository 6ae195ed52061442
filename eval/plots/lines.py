"""Shares as curves, with the bands of their intervals."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.markup import Html, element, join
from eval.plots.colours import hue
from eval.plots.frame import MOST, rule

_LEFT, _RIGHT, _TOP, _HEIGHT, _BASE = 44, 14, 26, 180, 44
_WIDTH = 420
_LEAST = 300
"""Pixels below which a plot is scrolled."""
_MOST_DOTS = 24
"""Points of a line that are marked one by one."""


class Point(NamedTuple):
    """A value, 0 to 1, with its interval where one is known."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


class Line(NamedTuple):
    """A curve; its points from left to right."""

    name: str
    points: Sequence[Point]


class Lines(NamedTuple):
    """Curves over one axis. Its ticks stand evenly apart, and between two of them it is even.

    Raises ValueError when drawn with fewer than two ticks.
    """

    title: str
    across: str
    """What the axis counts."""
    lines: Sequence[Line]
    ticks: Sequence[float]

    @property
    def legend(self) -> Sequence[str]:
        """The names of the curves."""
        return [line.name for line in self.lines]

    def svg(self) -> Html:
        """The curves above a scale of shares that begins below the lowest of them."""
        scale = _Scale.of(self)
        foot = _TOP + _HEIGHT
        middle = (_LEFT + _WIDTH - _RIGHT) // 2
        return element(
            "svg",
            *(rule(f"{n * 10}%", _LEFT, _WIDTH - _RIGHT, scale.y(n / 10)) for n in scale.rules()),
            *(
                element("text", _short(x), x=scale.x(x), y=foot + 17, text_anchor="middle")
                for x in self.ticks
            ),
            element("text", self.across, x=middle, y=foot + 37, text_anchor="middle"),
            *(_band(n, line, scale) for n, line in enumerate(self.lines)),
            *(_curve(n, line, scale) for n, line in enumerate(self.lines)),
            viewBox=f"0 0 {_WIDTH} {_TOP + _HEIGHT + _BASE}",
            style=f"min-width: {_LEAST}px; max-width: {round(MOST * _WIDTH)}px",
            role="img",
            aria_label=self.title,
        )

    def heads(self) -> Sequence[str]:
        """The names of the curves."""
        return self.legend

    def rows(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Each curve at each tick, at the point that is nearest."""
        for tick in self.ticks:
            yield f"{self.across} {_short(tick)}", [_at(line, tick) for line in self.lines]


class _Scale(NamedTuple):
    ticks: Sequence[float]
    bottom: int
    """Tenths."""

    @classmethod
    def of(cls, plot: Lines) -> "_Scale":
        if len(plot.ticks) < 2:
            raise ValueError("an axis without two ticks")
        values = (v for line in plot.lines for p in line.points for v in (p.y, p.low))
        lowest = min((v for v in values if v is not None), default=0.0)
        return cls(plot.ticks, min(8, int(lowest * 5) * 2))

    def rules(self) -> range:
        """The tenths that have a line."""
        return range(self.bottom, 11, 1 if self.bottom >= 6 else 2)

    def x(self, value: float) -> int:
        at = min(max(bisect_right(self.ticks, value), 1), len(self.ticks) - 1)
        before, after = self.ticks[at - 1], self.ticks[at]
        share = (at - 1 + (value - before) / (after - before)) / (len(self.ticks) - 1)
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * share)

    def y(self, value: float) -> int:
        bottom = self.bottom / 10
        return round(_TOP + _HEIGHT * (1 - (value - bottom) / (1 - bottom)))

    def place(self, x: float, y: float) -> str:
        return f"{self.x(x)},{self.y(y)}"


def _band(n: int, line: Line, scale: _Scale) -> Html | None:
    known = [(p.x, p.low, p.high) for p in line.points if p.low is not None and p.high is not None]
    if not known:
        return None
    upper = [scale.place(x, high) for x, _, high in known]
    lower = [scale.place(x, low) for x, low, _ in reversed(known)]
    points = " ".join([*upper, *lower])
    return element("polygon", points=points, class_=f"yj-band yj-hue-{hue(n)}")


def _curve(n: int, line: Line, scale: _Scale) -> Html:
    """The line, and its points where they are few; resting on one tells its value."""
    places = " ".join(scale.place(point.x, point.y) for point in line.points)
    drawn = element("polyline", points=places, class_=f"yj-line yj-stroke-{hue(n)}")
    if len(line.points) > _MOST_DOTS:
        return drawn
    return join([drawn, *(_dot(n, line.name, point, scale) for point in line.points)])


def _dot(n: int, name: str, point: Point, scale: _Scale) -> Html:
    title = element("title", f"{name} · {_short(point.x)}：{_said(point)}")
    x, y = scale.x(point.x), scale.y(point.y)
    return element("circle", title, cx=x, cy=y, r=4, class_=f"yj-hue-{hue(n)}")


def _at(line: Line, x: float) -> str:
    nearest = min(line.points, key=lambda point: abs(point.x - x), default=None)
    return _said(nearest) if nearest else "–"


def _said(point: Point) -> str:
    share = f"{point.y:.1%}"
    if point.low is None or point.high is None:
        return share
    return f"{share} [{point.low:.1%}, {point.high:.1%}]"


def _short(value: float) -> str:
    return f"{value:g}"
