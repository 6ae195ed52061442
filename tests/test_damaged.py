"""Damaged files: each is read or refused in one line, none crashes or holds up the others."""

import pytest

from corpus import ReadError
from corpus.intake import read_all
from tests.damaged import DAMAGES, damaged, originals

COUNT = 120


def test_the_damaged_files_are_always_the_same_and_of_every_kind() -> None:
    files = list(damaged(COUNT))
    assert files == list(damaged(COUNT))
    assert files != list(damaged(COUNT, seed=2))
    assert {file.damage for file in files} == {damage.__name__ for damage in DAMAGES}
    assert {file.name.rsplit(".", 1)[1] for file in files} >= {"pdf", "docx", "html", "zip", "txt"}


def test_the_whole_files_are_read() -> None:
    for name, data in originals().items():
        for source, outcome in read_all(name, data):
            assert not isinstance(outcome, ReadError), f"{source}: {outcome}"


@pytest.mark.parametrize("part", range(4))
def test_a_damaged_file_becomes_a_document_or_one_line(part: int) -> None:
    for file in list(damaged(COUNT))[part::4]:
        for source, outcome in read_all(file.name, file.data):
            if isinstance(outcome, ReadError):
                assert str(outcome), source
                assert "\n" not in str(outcome), source
                assert len(str(outcome)) < 500, source
            else:
                joined = "".join(outcome.quote(clause.span) for clause in outcome)
                assert joined == outcome.text, source
                assert outcome.source == source
