"""The metadata of real documents against labels read by hand (tests/labels/metadata.json).

The labels name a file by the beginning of its sha256, and hold facts alone; a long title is the
sha256 of its folded form.
"""

import hashlib
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from corpus import Document, Metadata, find_files, read_file
from corpus.fields import SEVERAL
from corpus.fold import fold_text
from index.versions import find_repeals, find_replacements, works

TODAY = date(2025, 6, 15)
COPIED = ("title", "region", "number", "issuers", "based_on", "replaces")
REAL = Path(__file__).parents[2] / "shared" / "corpus"
LABELS = json.loads((Path(__file__).parent / "labels" / "metadata.json").read_text("utf-8"))
FIELDS = ("title", "number", "date", "published", "effective", "repealed")
FIELDS += ("level", "region", "form", "status", "issuers")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"the real documents are not at {REAL}"),
]


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    read = (read_file(path) for path in find_files([REAL])) if REAL.is_dir() else ()
    return {document.id[1:]: document for document in read}


def values(metadata: Metadata, field: str) -> list[str]:
    found = getattr(metadata, field)
    several = found if field == "issuers" else (found,) if found else ()
    return [folded(value.value) for value in several]


def folded(value: str) -> str:
    return re.sub(r"\s", "", fold_text(value))


def labelled(row: dict[str, str | list[str]], field: str) -> list[str]:
    found = row.get(field, [])
    several = found if isinstance(found, list) else [found]
    return [value if value.startswith("sha256:") else folded(value) for value in several]


def says(label: str, value: str) -> bool:
    digest = hashlib.sha256(value.encode()).hexdigest()
    return label in (value, f"sha256:{digest}")


def score(documents: dict[str, Document], part: str) -> dict[str, Counter[str]]:
    """For each field how many values were right, wrong (found, not labelled) and missed."""
    scores = {field: Counter[str]() for field in FIELDS}
    for row in LABELS[part]:
        for field, counts in scores.items():
            found = values(documents[row["file"]].metadata, field)
            wanted = labelled(row, field)
            right = sum(any(says(label, value) for label in wanted) for value in found)
            counts.update(right=right, wrong=len(found) - right, missed=len(wanted) - right)
    return scores


@pytest.mark.parametrize("part", list(LABELS))
def test_what_is_found_is_what_a_person_reads(documents: dict[str, Document], part: str) -> None:
    scores = score(documents, part)
    for field, counts in scores.items():
        found, wanted = counts["right"] + counts["wrong"], counts["right"] + counts["missed"]
        assert counts["right"] >= 0.95 * found, (field, counts)
        assert counts["right"] >= 0.9 * wanted, (field, counts)


def test_every_value_stands_in_the_text(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for name in document.metadata.__dataclass_fields__:
            found = getattr(document.metadata, name)
            for stated in found if name in SEVERAL else (found,) if found else ():
                assert 0 <= stated.span.start < stated.span.end <= len(document.text)
                written = re.sub(r"\s", "", document.quote(stated.span))
                assert name not in COPIED or written == re.sub(r"\s", "", stated.value)


def test_the_newer_of_two_versions_is_the_one_in_force(documents: dict[str, Document]) -> None:
    found = [work for work in works(documents.values(), TODAY) if len(work.versions) > 1]
    assert [len(work.versions) for work in found] == [2] * 7
    assert all(work.current == work.versions[0] for work in found)
    replaced = find_replacements(documents.values(), TODAY)
    assert {work.versions[1].id for work in found} <= set(replaced)
    # And 学位条例, which 学位法 repeals by its name.
    assert len(replaced) == 8
    assert find_repeals(documents.values(), TODAY) == {}


def test_the_older_version_holds_until_the_day_the_newer_takes_effect(
    documents: dict[str, Document],
) -> None:
    acts = [d for d in documents.values() if d.label == "中华人民共和国国防教育法"]
    assert find_replacements(acts, date(2024, 9, 20)) == {}
    assert len(find_replacements(acts, date(2024, 9, 21))) == 1
