"""PDF: the text that its pages hold, and recognition for those that are pictures of text.

PDFium reads the file, and nothing in it is run: no script, no link, no file within.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.decode import plausibility
from corpus.errors import ReadError
from corpus.notes import Note
from corpus.readers.paper.glyphs import Glyph, Glyphs, read_glyphs, set_lines
from corpus.readers.paper.layout import Line, Sheet
from corpus.readers.paper.ocr import (
    MOST_PAGES,
    MOST_PIXELS,
    REMEDY,
    Recogniser,
    load_recogniser,
    recognise,
    recognition_notes,
)
from corpus.readers.paper.ruled import grids, take_rows
from corpus.readers.paper.rules import read_rules
from corpus.readers.paper.setting import set_pages
from corpus.readers.reading import Reading

MOST_TEXT_PAGES = 500
"""Pages of one file; a policy document hardly has a hundred."""

_DOTS_PER_INCH = 200
_POINTS_PER_INCH = 72
# Real documents score 0.97 and more; glyph numbers taken for characters at most a half.
_LEAST_PLAUSIBLE = 0.6
_MOST_UNKNOWN = 0.2
# A stamp or a page number on a scan is no text layer.
_FEW = 20
_COVERED = 0.5
_COVERED_WITHOUT_TEXT = 0.05
# Letters turned into curves: nobody draws so many lines on a page for ornament.
_OUTLINES = 100

Kind = Literal["text", "layer", "picture", "garbled", "damaged", "blank"]


class _Page(NamedTuple):
    kind: Kind
    sheet: Sheet


def read(data: bytes) -> Reading:
    """Read a PDF. Raises ReadError for a password, damage, or pictures without the extra."""
    return read_pdf(data, load_recogniser)


def read_pdf(data: bytes, load: Callable[[], Recogniser | None]) -> Reading:
    """Read a PDF; `load` returns the recogniser when the first page needs one, or None."""
    document = _open(data)
    try:
        pages = [_read_page(document, n) for n in range(len(document))]
        wanted = [n for n, page in enumerate(pages) if page.kind in ("picture", "garbled")]
        recogniser = load() if wanted else None
        if recogniser is None:
            _check_readable(pages)
        taken = wanted[:MOST_PAGES] if recogniser else []
        sheets = [page.sheet for page in pages]
        for n in taken:
            if recogniser:
                sheets[n] = _recognised(document[n], recogniser)
    finally:
        document.close()
    reading = set_pages(sheets)
    if not reading.text:
        raise ReadError("found no text on the pages, they may be blank: open the PDF and check")
    notes = [
        *reading.notes,
        *recognition_notes(len(taken), reading.recognised),
        *_notes(pages, taken, wanted[len(taken) :]),
    ]
    return reading._replace(notes=tuple(notes))


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise ReadError(
                "the PDF opens with a password only: save it without one and add it again"
            ) from error
        raise ReadError(
            f"the PDF is damaged ({error}): open it and print it to a new PDF"
        ) from error
    if len(document) > MOST_TEXT_PAGES:
        count = len(document)
        document.close()
        raise ReadError(f"found {count} pages, at most {MOST_TEXT_PAGES} are read: split the PDF")
    return document


def _read_page(document: pdfium.PdfDocument, number: int) -> _Page:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return _Page("damaged", Sheet(0.0, 0.0, ()))
    try:
        glyphs = read_glyphs(page)
        kind = _kind(page, glyphs)
        lines = list(_lines(page, glyphs, kind))
    finally:
        page.close()
    return _Page(kind, Sheet(glyphs.width, glyphs.height, tuple(lines)))


def _lines(page: pdfium.PdfPage, glyphs: Glyphs, kind: Kind) -> Iterator[Line]:
    if kind in ("text", "layer"):
        used = glyphs.seen if kind == "text" else glyphs.unseen
        outside, rows = take_rows(used, grids(read_rules(page, glyphs.turned)))
        yield from set_lines(outside)
        yield from rows


def _kind(page: pdfium.PdfPage, glyphs: Glyphs) -> Kind:
    known = len(glyphs.seen) + len(glyphs.unseen)
    if glyphs.unknown > _MOST_UNKNOWN * known or not _plausible(glyphs.seen):
        return "garbled"
    if len(glyphs.seen) >= _FEW:
        return "text"
    if len(glyphs.unseen) >= _FEW and _plausible(glyphs.unseen):
        return "layer"
    if _covered(page) >= (_COVERED if glyphs.seen else _COVERED_WITHOUT_TEXT):
        return "picture"
    if not glyphs.seen and _is_drawn(page):
        return "picture"
    return "text" if glyphs.seen else "blank"


def _plausible(glyphs: Sequence[Glyph]) -> bool:
    text = "".join(glyph.character for glyph in glyphs)
    return len(text) < _FEW or plausibility(text) >= _LEAST_PLAUSIBLE


def _covered(page: pdfium.PdfPage) -> float:
    """The share of a page that pictures cover; those that overlap count twice."""
    left, bottom, right, top = page.get_bbox()
    area = max(1.0, (right - left) * (top - bottom))
    covered = 0.0
    for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        x0, y0, x1, y1 = picture.get_bounds()
        covered += abs((x1 - x0) * (y1 - y0))
    return float(covered / area)


def _is_drawn(page: pdfium.PdfPage) -> bool:
    paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=3)
    return sum(1 for _ in islice(paths, _OUTLINES)) == _OUTLINES


def _recognised(page: pdfium.PdfPage, recogniser: Recogniser) -> Sheet:
    width, height = page.get_size()
    most = math.sqrt(MOST_PIXELS / max(1.0, width * height))
    bitmap = page.render(scale=min(_DOTS_PER_INCH / _POINTS_PER_INCH, most), rev_byteorder=False)
    try:
        return recognise(bitmap.to_numpy()[:, :, :3], recogniser)
    finally:
        bitmap.close()
        page.close()


def _check_readable(pages: Sequence[_Page]) -> None:
    kinds = {page.kind for page in pages} - {"blank"}
    if kinds == {"damaged"}:
        raise ReadError("every page of the PDF is damaged: open it and print it to a new PDF")
    if kinds and kinds <= {"picture", "garbled", "damaged"}:
        found = "pages that are pictures" if "picture" in kinds else "fonts without a meaning"
        raise ReadError(f"found {found}, which text recognition reads: {REMEDY}")


def _notes(pages: Sequence[_Page], taken: Sequence[int], unread: Sequence[int]) -> Iterator[Note]:
    garbled = [n for n in taken if pages[n].kind == "garbled"]
    layers = [n for n, page in enumerate(pages) if page.kind == "layer"]
    for kind, numbers in (("garbled", garbled), ("layer", layers)):
        if numbers:
            yield Note(kind, (_listed(numbers),))
    damaged = [n for n, page in enumerate(pages) if page.kind == "damaged"]
    if damaged:
        yield Note("unread", (_listed(damaged), "页面已损坏"))
    if unread:
        limit = f"是图像，一份文件最多识别{MOST_PAGES}页"
        why = limit if taken else f"是图像，须安装文字识别：{REMEDY}"
        yield Note("unread", (_listed(unread), why))


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers from 1, runs of them as 3-7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1]:
            runs[-1][-1] = number + 1
        else:
            runs.append([number + 1, number + 1])
    return "、".join(f"{a}-{b}" if a != b else str(a) for a, b in runs)
