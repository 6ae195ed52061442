"""The real documents: every number found, nothing lost, none of it taken into the project."""

import re
import time
from pathlib import Path

import pytest

from corpus import Clause, Document, find_files, read_file
from corpus.numerals import parse_numeral
from corpus.script import simplify

REAL = Path(__file__).parents[2] / "shared" / "corpus"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"the real documents are not at {REAL}"),
]

# Numbered items of the main part, in the order of the file names.
SEEDS = (27, 26, 19, 21, 29)
# 第十八条 stands in the middle of a line there.
BROKEN = "河南省专业技术人员继续教育条例"
SPEED = 5_000_000 / 60  # characters a second that reading must reach


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    paths = find_files([REAL]) if REAL.is_dir() else []
    return {str(path.relative_to(REAL)): read_file(path) for path in paths}


def of(documents: dict[str, Document], folder: str) -> list[Document]:
    return [document for name, document in documents.items() if name.startswith(folder)]


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
    wrong = []
    for document in of(documents, "laws"):
        plain = simplify(document.text)
        numerals = re.findall(r"^[\s　]*第([〇零一二三四五六七八九十百千]+)条", plain, re.MULTILINE)
        highest = max((parse_numeral(numeral) or 0 for numeral in numerals), default=0)
        articles = [clause.address for clause in document if clause.kind == "article"]
        inserted = [address for address in articles if "之" in address]
        if len(articles) - len(inserted) != highest:
            wrong.append(Path(document.source).stem)
        else:
            assert len(set(articles)) == len(articles)
    assert [name for name in wrong if not name.startswith(BROKEN)] == []
    assert len(wrong) <= 1


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


def test_reading_is_fast_enough(documents: dict[str, Document]) -> None:
    paths = find_files([REAL / "laws"])
    started = time.process_time()
    read = sum(len(read_file(path).text) for path in paths)
    assert read / (time.process_time() - started) > SPEED
