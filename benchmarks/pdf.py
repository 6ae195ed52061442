"""Compare what PDF libraries read, on files whose text is known, and how long a page takes.

    python -m benchmarks.pdf [--pages 60] [--ocr]

Needs pypdf, pdfplumber and reportlab beside Youju. The files are those of tests/fixtures/pdf: a
notice and a gazette in two columns by fpdf2, articles by ReportLab in a font that is not in the
file, a page with a table that Chromium printed. A cell of the table reads characters / paragraphs
/ clauses: the likeness of all characters in order, running heads that stayed counting against it;
the share of paragraphs and rows that are a line of their own; the share of clauses found whole.
"""

import argparse
import io
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from importlib.metadata import distribution
from pathlib import Path

import pdfplumber
import pypdf
import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus import parse
from corpus.readers.image import read_image
from corpus.readers.paper.glyphs import Glyph, set_lines
from corpus.readers.paper.layout import Sheet
from corpus.readers.paper.ocr import load_recogniser
from corpus.readers.paper.setting import set_pages
from corpus.readers.pdf import read_pdf
from tests.pdf_files import FOLDER, LINES, NOTICE, picture

Reader = Callable[[bytes], str]


def by_pypdf(data: bytes) -> str:
    """The text of pypdf."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def by_pypdf_layout(data: bytes) -> str:
    """The text of pypdf, its places kept by spaces."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return "\n".join(page.extract_text(extraction_mode="layout") for page in pages)


def by_pdfplumber(data: bytes) -> str:
    """The text of pdfplumber."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def by_pdfium(data: bytes) -> str:
    """The text of PDFium."""
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def by_pdfplumber_and_layout(data: bytes) -> str:
    """The characters of pdfplumber, set by Youju; tables are left to its lines."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        sheets = [
            Sheet(float(page.width), float(page.height), tuple(set_lines(list(_glyphs(page)))))
            for page in document.pages
        ]
    return set_pages(sheets).text


def _glyphs(page: pdfplumber.page.Page) -> Iterable[Glyph]:
    for char in page.chars:
        if char["upright"] and not char["text"].isspace():
            baseline = float(page.height) - char["matrix"][5]
            yield Glyph(char["text"], char["x0"], char["x1"], baseline, char["size"])


def by_youju(data: bytes) -> str:
    """PDFium's characters, set by Youju."""
    return read_pdf(data, lambda: None).text


READERS: dict[str, tuple[Reader, tuple[str, ...]]] = {
    "pypdf": (by_pypdf, ("pypdf", "cryptography")),
    "pypdf, layout": (by_pypdf_layout, ("pypdf", "cryptography")),
    "pdfplumber": (by_pdfplumber, ("pdfplumber", "pdfminer.six", "cryptography", "pypdfium2")),
    "pdfplumber + layout of Youju": (
        by_pdfplumber_and_layout,
        ("pdfplumber", "pdfminer.six", "cryptography", "pypdfium2"),
    ),
    "pypdfium2": (by_pdfium, ("pypdfium2",)),
    "pypdfium2 + layout of Youju": (by_youju, ("pypdfium2",)),
}
"""Each reader with the distributions that it needs; what a password needs is counted too."""


def paragraphs_right(text: str, expected: Sequence[str]) -> float:
    """The share of the expected paragraphs and rows that are lines of their own."""
    lines = {"".join(line.split()) for line in text.split("\n")}
    return sum("".join(line.split()) in lines for line in expected) / len(expected)


def characters_right(text: str, expected: Sequence[str]) -> float:
    """How alike the characters are, in order, 0 to 1; furniture that stayed counts against it."""
    one, other = "".join(text.split()), "".join("".join(expected).split())
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def clauses_right(text: str, expected: Sequence[str]) -> float:
    """The share of the expected clauses that are found whole under their address."""
    wanted, found = _clauses("\n".join(expected)), _clauses(text)
    return len(wanted & found) / len(wanted)


def _clauses(text: str) -> set[tuple[str, str]]:
    document = parse("d", "d", text)
    numbered = (c for c in document if c.kind in ("article", "item", "heading"))
    return {(c.address, "".join(document.quote(c.span).split())) for c in numbered}


def long_document(pages: int) -> bytes:
    """So many full pages of running text."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    text = "".join(line.strip("　") for line in NOTICE) * 3
    for _ in range(pages):
        canvas.setFont("STSong-Light", 16)
        for n in range(22):
            canvas.drawString(80, 730 - 28 * n, text[27 * n : 27 * n + 27])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def megabytes(distributions: Iterable[str]) -> float:
    """The size of the files that distributions install."""
    files = [file for name in distributions for file in distribution(name).files or ()]
    paths = [Path(str(file.locate())) for file in files]
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def compare(pages: int) -> None:
    """Print a row for each reader."""
    files = {name: (FOLDER / name).read_bytes() for name in LINES}
    long = long_document(pages)
    print(f"| reader | {' | '.join(files)} | CPU ms a page of {pages} | MB installed |")
    print("|---" * (len(files) + 3) + "|")
    for name, (reader, needed) in READERS.items():
        cells = [scores(reader(data), LINES[file]) for file, data in files.items()]
        start = time.process_time()
        reader(long)
        spent = (time.process_time() - start) / pages * 1000
        print(f"| {name} | {' | '.join(cells)} | {spent:.0f} | {megabytes(needed):.0f} |")


def scores(text: str, expected: Sequence[str]) -> str:
    """The three scores of a text as a cell of the table."""
    measures = (characters_right, paragraphs_right, clauses_right)
    return " / ".join(f"{measure(text, expected):.2f}" for measure in measures)


def recognition() -> None:
    """Print how long a page takes to recognise, and how alike its characters are."""
    recogniser = load_recogniser()
    if recogniser is None:
        raise SystemExit("the extra `ocr` is not installed")
    page = picture((FOLDER / "notice.pdf").read_bytes(), "PNG", 200)
    start = time.perf_counter()
    text = read_image(page, lambda: recogniser).text
    spent = time.perf_counter() - start
    with pypdfium2.PdfDocument((FOLDER / "notice.pdf").read_bytes()) as document:
        expected = document[0].get_textpage().get_text_bounded().split("\n")[:-1]
    print(f"recognised: {spent:.1f} s for a page, likeness {characters_right(text, expected):.3f}")


def main() -> None:
    """Compare the readers, and measure recognition where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--ocr", action="store_true")
    options = parser.parse_args()
    print(f"{platform.machine()}, Python {platform.python_version()}")
    compare(options.pages)
    if options.ocr:
        recognition()


if __name__ == "__main__":
    main()
