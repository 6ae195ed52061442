"""Plots as inline SVG, each with the table of what it shows."""

from eval.plots.colours import HUES, variables
from eval.plots.columns import Columns
from eval.plots.frame import Drawing, figure
from eval.plots.lines import Line, Lines, Point

__all__ = ["HUES", "Columns", "Drawing", "Line", "Lines", "Point", "figure", "variables"]
