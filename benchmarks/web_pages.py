"""Which way of reading a saved web page keeps the document and leaves out the rest.

    python benchmarks/web_pages.py [TEXT…]

The pages are those of tests/pages.py; each TEXT, a policy as plain text, is put into one more
page with a menu above and a footer below it. The other ways are tried where they are installed:
trafilatura, readability-lxml, resiliparse, justext.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from corpus.decode import decode
from corpus.readers import html
from tests.pages import CRUMBS, FOOT, MENU, PAGES, RELATED, SavedPage, crumbs, links, paragraphs


class Score(NamedTuple):
    """Of one page: shares of lines kept, of header lines kept, of furniture left out, in order."""

    document: float
    header: float
    furniture: float
    ordered: float


def ours(data: bytes) -> str:
    """The reader of this project."""
    return html.read(data).text


def trafilatura_recall(data: bytes) -> str:
    """Trafilatura, told to keep what it can."""
    import trafilatura

    return trafilatura.extract(decode(data).text, favor_recall=True, include_tables=True) or ""


def trafilatura_default(data: bytes) -> str:
    """Trafilatura as it comes."""
    import trafilatura

    return trafilatura.extract(decode(data).text) or ""


def readability(data: bytes) -> str:
    """Mozilla's heuristic, in Python."""
    from lxml.html import fromstring
    from readability import Document

    return str(fromstring(Document(decode(data).text).summary()).text_content())


def resiliparse(data: bytes) -> str:
    """Resiliparse, main content alone."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(decode(data).text, main_content=True))


def justext(data: bytes) -> str:
    """JusText without stop words, as it has none for Chinese."""
    import justext as library

    found = library.justext(
        decode(data).text.encode(),
        frozenset(),
        encoding="utf-8",
        stopwords_low=0,
        stopwords_high=0,
        length_low=10,
        length_high=30,
    )
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


def everything(data: bytes) -> str:
    """All the text of the page, by lxml."""
    from lxml.html import HTMLParser, fromstring

    parser = HTMLParser(encoding="utf-8")
    return str(fromstring(decode(data).text.encode(), parser=parser).text_content())


WAYS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "this project": ("lxml", ours),
    "trafilatura, recall": ("trafilatura", trafilatura_recall),
    "trafilatura": ("trafilatura", trafilatura_default),
    "readability-lxml": ("readability", readability),
    "resiliparse": ("resiliparse", resiliparse),
    "justext": ("justext", justext),
    "all text": ("lxml", everything),
}


def bare(text: str) -> str:
    """The characters of a text; how cells are joined and where spaces stand does not count."""
    return re.sub(r"[\s|]", "", text)


def in_order(lines: Sequence[str], text: str) -> int:
    """How many of the lines stand in the text, each after the one before it."""
    position = found = 0
    for line in lines:
        at = text.find(line, position)
        if at >= 0:
            position, found = at + len(line), found + 1
    return found


def score(page: SavedPage, text: str) -> Score:
    """Compare what was read from a page with what it holds."""
    read = bare(text)
    document = [bare(line) for line in page.document]
    header = [bare(line) for line in page.header]
    kept = sum(line in read for line in document)
    gone = sum(bare(line) not in read for line in page.furniture)
    return Score(
        kept / len(document),
        sum(line in read for line in header) / len(header),
        gone / len(page.furniture) if page.furniture else 1.0,
        in_order(document, read) / max(kept, 1),
    )


def around(path: Path) -> SavedPage:
    """A page that holds the text of a file."""
    lines = [
        line.strip(" \t\u3000\xa0\u200b?") for line in decode(path.read_bytes()).text.split("\n")
    ]
    lines = [line for line in lines if line]
    page = (
        f"<html><head><title>文件</title></head><body><ul>{links(MENU)}</ul><div>{crumbs()}</div>"
        f"<div class=article>{paragraphs(lines)}</div><div><h3>相关链接</h3>{links(RELATED)}</div>"
        f"<div class=bottom>{paragraphs(FOOT)}</div></body></html>"
    )
    return SavedPage(path.name, page.encode(), lines, lines[:2], (CRUMBS, *RELATED, *FOOT))


def main() -> None:
    """Print a row for each way, and for this project's a row for each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="*", type=Path)
    pages = [*PAGES.values(), *map(around, parser.parse_args().texts)]
    print("| way | document lines kept | header kept | furniture left out | in order | ms a page |")
    print("|---|---|---|---|---|---|")
    for name, (module, way) in WAYS.items():
        if find_spec(module) is None:
            continue
        way(pages[0].data)
        started = time.process_time()
        scores = [score(page, way(page.data)) for page in pages]
        ms = 1000 * (time.process_time() - started) / len(pages)
        shares = (f"{100 * sum(values) / len(scores):.1f}%" for values in zip(*scores, strict=True))
        print(f"| {name} | {' | '.join(shares)} | {ms:.0f} |")
    print()
    for page in pages:
        print(page.name, *(f"{value:.2f}" for value in score(page, ours(page.data))))


if __name__ == "__main__":
    main()
