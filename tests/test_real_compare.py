"""Comparison on real documents, where they are there."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from corpus import read_file
from index import Library
from retrieval import Searcher
from retrieval.compare import compare_documents, compare_topic
from tests.fakes import Opener

SHARED = Path(__file__).parent.parent.parent / "shared" / "corpus"
LAW = "中华人民共和国未成年人保护法"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here"),
]


def test_an_amended_law_has_just_the_article_that_was_amended() -> None:
    old, new = (read_file(SHARED / "laws" / f"{LAW}-{day}.txt") for day in _DAYS)
    found = compare_documents(old, new, date(2026, 1, 1))
    assert found.relation == "versions"
    (change,) = found.changes
    assert (change.kind, change.new and change.new.address) == ("changed", "第九条")
    assert found.unchanged > 100


_DAYS = ("2020-10-17", "2024-04-26")


def test_every_plan_is_the_same_as_itself_and_pieces_are_whole() -> None:
    plans = [read_file(path) for path in sorted((SHARED / "seeds").glob("*.txt"))]
    for plan in plans:
        assert compare_documents(plan, plan).changes == []
    for old, new in pairwise(plans):
        for change in compare_documents(old, new).changes:
            if change.pieces and change.old and change.new:
                said = [old.quote(piece.old) for piece in change.pieces if piece.old]
                assert "".join(said) == old.quote(change.old.span)
                said = [new.quote(piece.new) for piece in change.pieces if piece.new]
                assert "".join(said) == new.quote(change.new.span)


def test_figures_of_one_indicator_stand_side_by_side(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", Opener())
    library.add([SHARED / "seeds"], vectors=False)
    found = compare_topic(Searcher(library), "学前教育毛入园率", mode="bm25")
    column = found.columns[0]
    assert sorted(v.value or "" for cell in column.cells for v in cell.values) == [
        "100",
        "94",
        "95",
    ]
    assert column.agreement == "different"
    assert len(found.rows) + len(found.silent) == 5
    for row in found.rows:
        assert row.place.quote == row.document.text[slice(*row.place.span)]
