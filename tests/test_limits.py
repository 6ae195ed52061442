"""The limits that the README states are those of the program."""

from pathlib import Path

import pytest

from corpus import LARGEST_FILE
from corpus.archives import DEEPEST, LARGEST_ARCHIVE, MOST_BYTES, MOST_MEMBERS
from corpus.files import LONGEST_TEXT, MOST_LINES
from corpus.packing import MOST_RATIO
from corpus.readers import FORMATS, SUFFIXES
from corpus.readers.paper.ocr import MOST_PAGES, MOST_PIXELS, PAGE_SECONDS
from corpus.readers.pdf import MOST_TEXT_PAGES
from corpus.readers.word.libreoffice import SECONDS
from corpus.readers.worker import MEMORY
from retrieval.query import LONGEST

ROOT = Path(__file__).parents[1]
MB, GIB = 2**20, 2**30
STATED = {
    "a file": f"{LARGEST_FILE // MB} MB, one document; {LONGEST_TEXT // 10**6} million characters, "
    f"{MOST_LINES:,} lines; {MOST_TEXT_PAGES} pages of a PDF, "
    f"{MOST_PAGES} recognised pages, {MOST_PIXELS // 10**6} million pixels of a picture",
    "an archive": f"{LARGEST_ARCHIVE // MB} MB, {MOST_MEMBERS:,} files, "
    f"{MOST_BYTES // MB} MB unpacked, {MOST_RATIO} times its size",
    "reading": f"({PAGE_SECONDS:.0f} s for a page that is recognised, {SECONDS:.0f} s for "
    f"LibreOffice) or needs more than {MEMORY // GIB} GiB",
    "a question": f"{LONGEST:,} characters",
}


def rows(name: str) -> dict[str, str]:
    """The rows of two cells of a Markdown file."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")]
    return {row[0]: row[1] for row in cells if len(row) == 2}


@pytest.mark.parametrize("what", STATED)
def test_the_readme_states_the_limits(what: str) -> None:
    assert STATED[what] in rows("README.md")[what]


def test_every_reader_of_others_parsers_has_the_stated_patience() -> None:
    seconds = {format_.seconds for format_ in FORMATS.values()} - {None}
    assert seconds == {10}
    assert "silent for 10 s" in rows("README.md")["reading"]
    assert DEEPEST == 2
    assert "one archive within another" in rows("README.md")["an archive"]


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_names_the_formats(name: str) -> None:
    stated = rows(name)["formats" if name == "README.md" else "格式"]
    variants = {".text", ".markdown", ".htm", ".shtml", ".xhtml", ".mhtml", ".docm", ".dotx"}
    variants |= {".dotm", ".dot", ".wpt", ".jpeg", ".tiff"}
    assert [s for s in SUFFIXES if s not in variants and f"`{s}`" not in stated] == []
