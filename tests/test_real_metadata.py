"""The metadata of real documents against labels read by hand (tests/labels/metadata.json).

The labels name a file by the beginning of its sha256, and hold facts alone; a long title is the
sha256 of its folded form.
"""

import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from corpus import Document, Metadata, find_files, read_file
from corpus.fold import fold_text

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
