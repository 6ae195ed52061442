"""What becomes of a file or an archive that is handed over by name and bytes."""

import io
import zipfile

import pytest

from corpus import Document, ReadError
from corpus.intake import read_all
from corpus.readers import SUFFIXES
from tests.word_files import docx, p

RULES = "青禾县校车管理办法\n第一条　学校应当建立台账。\n第二条　本办法自发布之日起施行。\n"


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def outcomes(name: str, data: bytes) -> dict[str, str]:
    """For each document its text, or the error in its place."""
    return {
        source: outcome.text if isinstance(outcome, Document) else str(outcome)
        for source, outcome in read_all(name, data)
    }


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".zip"])
def test_a_file_without_a_byte_is_empty_and_not_damaged(suffix: str) -> None:
    assert outcomes(f"空{suffix}", b"") == {f"空{suffix}": "the file is empty: nothing to add"}


def test_an_archive_without_documents_says_so() -> None:
    for files in ({}, {"表.xlsx": b"x", ".隐藏.txt": RULES.encode()}):
        found = outcomes("材料.zip", zipped(files))
        assert list(found) == [
            *(f"材料.zip/{name}" for name in files if name[0] != "."),
            "材料.zip",
        ]
        assert found["材料.zip"].startswith("no document in this archive (expected .txt")


def test_a_word_file_named_like_an_archive_is_read_as_what_it_is() -> None:
    assert outcomes("办法.zip", docx(p("第一条　学校应当建立台账。"))) == {
        "办法.zip": "第一条　学校应当建立台账。\n"
    }


def test_one_bad_member_stops_no_other() -> None:
    found = outcomes("材料.zip", zipped({"坏.pdf": b"%PDF-1.4", "好.txt": RULES.encode()}))
    assert found["材料.zip/好.txt"] == RULES
    assert "damaged" in found["材料.zip/坏.pdf"]


def test_a_damaged_archive_is_one_error() -> None:
    [(name, outcome)] = read_all("材料.zip", b"PK\x03\x04")
    assert name == "材料.zip"
    assert isinstance(outcome, ReadError)
