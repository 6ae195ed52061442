"""The straight lines drawn on a PDF page: strokes, borders and thin filled shapes."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.readers.paper.glyphs import Upright
from corpus.readers.paper.ruled import Rule

_THIN = 3.0
_SHORTEST = 6.0
_MOST_PATHS = 4000
_DEEPEST = 3

Point = tuple[float, float]


def read_rules(page: pdfium.PdfPage, turned: int) -> list[Rule]:
    """Return the rules of a page, its text turned upright."""
    place = Upright(page.get_bbox(), turned)
    rules: list[Rule] = []
    paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST)
    for n, path in enumerate(paths):
        if n == _MOST_PATHS:
            return []
        matrix = _matrix(path)
        for points in _outlines(path):
            rules += _rules([place.point(*matrix.on_point(*p)) for p in points], _stroked(path))
    return rules


def _matrix(path: pdfium.PdfObject) -> pdfium.PdfMatrix:
    matrix = path.get_matrix()
    container = path.container
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = container.container
    return matrix


def _stroked(path: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path.raw, fill, stroke)
    return bool(stroke.value)


def _outlines(path: pdfium.PdfObject) -> Iterator[list[Point]]:
    """The corners of each figure of a path; figures with curves are none of a table's."""
    points: list[Point] = []
    curved = False
    for n in range(min(pdfium_c.FPDFPath_CountSegments(path.raw), _MOST_PATHS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path.raw, n)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == pdfium_c.FPDF_SEGMENT_BEZIERTO
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def _rules(points: list[Point], stroked: bool) -> Iterator[Rule]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if min(width, height) <= _THIN:
        yield from _rule((min(xs), min(ys)), (max(xs), max(ys)))
    elif stroked:
        for one, other in pairwise(points):
            yield from _rule(one, other)


def _rule(one: Point, other: Point) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = sorted((one, other))
    if abs(y1 - y0) <= _THIN and x1 - x0 >= _SHORTEST:
        yield Rule(True, (y0 + y1) / 2, x0, x1)
    elif x1 - x0 <= _THIN and abs(y1 - y0) >= _SHORTEST:
        yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
