"""The real documents: every number found, nothing lost, none of it taken into the project."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from corpus import Clause, Document, find_files, read_file
from corpus.numerals import parse_numeral
from corpus.script import simplify

REAL = Path(__file__).parents[2] / "shared" / "corpus"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"the real documents are not at {REAL}"),
]

MENDED = ("mended", "alone", "split", "inline", "run_on")
# 附件：1.… / 2.…: lines of an 附件说明 that begin with a number; they announce, and are no clauses.
LISTED = 7
# Numbered items of the main part, in the order of the file names.
SEEDS = (27, 26, 19, 21, 29)


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    paths = find_files([REAL]) if REAL.is_dir() else []
    return {str(path.relative_to(REAL)): read_file(path) for path in paths}


def of(documents: dict[str, Document], folder: str) -> list[Document]:
    return [document for name, document in documents.items() if name.startswith(folder)]


def of_folder(documents: dict[str, Document], folder: str) -> list[tuple[str, Document]]:
    return [(name, document) for name, document in documents.items() if name.startswith(folder)]


def main_part(document: Document) -> list[Clause]:
    """The items 1., 2., … that are numbered on across the headings of the plan."""
    items = [c for c in document if c.kind == "item" and re.search(r"）\d+\.$", c.address)]
    chapters = {clause.address.split("、")[0] for clause in items}
    longest = max(chapters, key=lambda n: sum(c.address.startswith(f"{n}、") for c in items))
    return [clause for clause in items if clause.address.startswith(f"{longest}、")]


def number_of(clause: Clause) -> int:
    return int(clause.address.rstrip(".").rsplit("）", 1)[-1])


def test_every_file_is_read_and_is_the_sum_of_its_clauses(documents: dict[str, Document]) -> None:
    assert len(documents) == 212
    for name, document in documents.items():
        joined = "".join(document.quote(clause.span) for clause in document)
        assert joined == document.text, name
        assert len(document.clauses) > 0, name


@pytest.mark.parametrize(("position", "count"), list(enumerate(SEEDS)))
def test_every_item_of_a_plan_is_a_clause(
    documents: dict[str, Document], position: int, count: int
) -> None:
    document = of(documents, "seeds")[position]
    items = main_part(document)
    assert [number_of(item) for item in items] == list(range(1, count + 1))
    for item in items:
        written = document.quote(item.span).strip()
        assert re.match(rf"{number_of(item)}\s?[.．、]", written)
        # None is merged into another: no line inside begins with the number that comes next.
        assert not re.search(rf"^\s*{number_of(item) + 1}[.．、]\D", written, re.MULTILINE)


def test_a_heading_that_lost_its_number_is_noted(documents: dict[str, Document]) -> None:
    notes = [note for document in of(documents, "seeds") for note in document.notes]
    assert sum(note.kind == "mended" for note in notes) == 2


def test_a_law_has_as_many_articles_as_its_highest_number(documents: dict[str, Document]) -> None:
    """第十八条 of one law stands within a line, and is found there."""
    for name, document in of_folder(documents, "laws"):
        plain = simplify(document.text)
        numerals = re.findall(
            r"(?:^|[。\s])第([〇零一二三四五六七八九十百千]+)条", plain, re.MULTILINE
        )
        highest = max((parse_numeral(numeral) or 0 for numeral in numerals), default=0)
        articles = [clause.address for clause in document if clause.kind == "article"]
        own = [address for address in articles if "之" not in address]
        assert len(own) == highest, name
        assert len(set(articles)) == len(articles), name


# A second, naive reading: which numbers stand at the beginning of a line and are one more than
# the last of their kind, or one.
DIGITS = ["", *"一二三四五六七八九"]
TENS = ["", "十", *(f"{digit}十" for digit in DIGITS[2:])]
NAIVE_NUMERALS = {
    ten + digit: 10 * i + j for i, ten in enumerate(TENS) for j, digit in enumerate(DIGITS)
}
NAIVE_NUMERALS |= {
    f"一百{'零' if 0 < n < 10 else ''}{'一' if 10 <= n < 20 else ''}{w}": 100 + n
    for w, n in NAIVE_NUMERALS.items()
}
NAIVE_NUMERALS |= {str(n): n for n in range(1, 100)}
NAIVE = [
    re.compile(pattern)
    for pattern in (
        r"第(\w{1,5})章",
        r"第(\w{1,5})节",
        r"第(\w{1,6})条(?!第)",
        r"(\w{1,3})、",
        r"[（(](\w{1,3})[）)]",
        r"(\d{1,2})\s?[.．、](?!\d)",
    )
]


class Numbered(NamedTuple):
    """A line that begins with a number: where, on which level of `NAIVE`, and which."""

    start: int
    level: int
    number: int


def naive_lines(text: str) -> Iterator[Numbered]:
    at = 0
    for line in simplify(text).split("\n"):
        body = unicodedata.normalize("NFKC", line.strip(" \t\u3000\xa0\u200b\ufeff"))
        for level, pattern in enumerate(NAIVE):
            match = pattern.match(body)
            number = NAIVE_NUMERALS.get(match[1], 0) if match else 0
            if number:
                yield Numbered(at, level, number)
                break
        at += len(line) + 1


def in_sequence(lines: Iterable[Numbered]) -> set[int]:
    """Where the lines begin whose number is 1 or one more than the last of its level."""
    last = [0] * len(NAIVE)
    starts = set()
    for start, level, number in lines:
        if number in (1, last[level] + 1):
            last[level] = number
            starts.add(start)
    return starts


def read_starts(document: Document) -> set[int]:
    """Where the numbered clauses and the parts of the 条 begin."""
    clauses = [c for c in document if c.kind in ("heading", "item", "article", "lead")]
    parts = {part.span.start for clause in clauses for part in clause.parts}
    return parts | {clause.start for clause in clauses}


@pytest.mark.parametrize("folder", ["laws", "seeds", "notices"])
def test_every_number_in_sequence_opens_a_clause(
    documents: dict[str, Document], folder: str
) -> None:
    for name, document in of_folder(documents, folder):
        expected = in_sequence(naive_lines(document.text))
        assert expected <= read_starts(document), name


def test_every_other_number_that_begins_a_line_is_an_entry_of_a_list_of_annexes(
    documents: dict[str, Document],
) -> None:
    passed = []
    for name, document in of_folder(documents, ""):
        for line in naive_lines(document.text):
            if line.start not in read_starts(document):
                inside = next(c for c in document if c.start <= line.start < c.end)
                passed.append((name, inside.kind))
    assert {kind for _, kind in passed} == {"annex"}
    assert len(passed) == LISTED


def test_every_clause_that_begins_with_no_number_is_noted(documents: dict[str, Document]) -> None:
    for name, document in documents.items():
        naive = {line.start for line in naive_lines(document.text)}
        noted = [note.span.start for note in document.notes if note.span]
        for clause in document:
            if clause.kind in ("item", "article") and clause.start not in naive:
                assert any(clause.start <= at < clause.end for at in noted), (name, clause.address)


def test_no_address_is_that_of_two_clauses(documents: dict[str, Document]) -> None:
    for name, document in documents.items():
        cited = [c.address for c in document if c.kind in ("heading", "item", "article")]
        assert len(set(cited)) == len(cited), name


def test_every_note_of_the_numbering_says_where(documents: dict[str, Document]) -> None:
    for name, document in documents.items():
        for note in document.notes:
            if note.kind in ("gap", "late", "repeated", "restarted", "stray", *MENDED):
                assert note.span and document.quote(note.span), (name, note)


def test_a_notice_is_signed_by_few(documents: dict[str, Document]) -> None:
    # A list of names below a 落款 once made its schools the issuers.
    for name, document in documents.items():
        assert len(document.metadata.issuers) <= 12, name


def test_nearly_every_document_has_a_title(documents: dict[str, Document]) -> None:
    untitled = [name for name, document in documents.items() if document.metadata.title is None]
    assert untitled == []


def test_every_value_stands_where_it_says(documents: dict[str, Document]) -> None:
    for name, document in documents.items():
        metadata = document.metadata
        for stated in (*metadata.issuers, *metadata.replaces, metadata.number, metadata.region):
            assert stated is None or document.quote(stated.span) == stated.value, name
        for clause in document:
            for unit in (u for role in clause.units for u in role):
                assert clause.start <= unit.span.start < unit.span.end <= clause.end, name
            for part in clause.parts:
                assert clause.start <= part.span.start < part.span.end <= clause.end, name
