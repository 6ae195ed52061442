"""Whether a document is in force: what the text, the user and the library say, on a given day."""

from collections.abc import Sequence
from datetime import date
from typing import cast

import pytest

from corpus import Document, Metadata, Span, Stated, parse
from corpus.spans import Given
from index import Library
from retrieval.standing import STATUSES, SUPERSEDED, standings

SPAN = Span(0, 0)
TODAY = date(2025, 6, 15)
TITLE = "青禾县学校管理办法"


class Documents:
    """A library of which only its documents are asked."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents

    def documents(self) -> list[Document]:
        return list(self._documents)


def document(identity: str, given: str | None = None, **stated: str) -> Document:
    values = {"title": TITLE, **stated}
    metadata = {name: Stated(value, SPAN) for name, value in values.items()}
    if given:
        metadata["status"] = Given(given, "metadata.csv")  # type: ignore[assignment]
    return Document(identity, identity, None, "", Metadata(**metadata))  # type: ignore[arg-type]


def statuses(*documents: Document, today: date = TODAY) -> dict[str, str | None]:
    library = cast(Library, Documents(documents))
    return {name: standing.status for name, standing in standings(library, today).items()}


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ({}, None),
        ({"date": "2024-05-01"}, None),
        ({"effective": "2025-06-15"}, "现行"),
        ({"effective": "2025-06"}, "现行"),
        ({"effective": "2025-06-16"}, None),
        ({"effective": "--06-01"}, None),
        ({"effective": "2024-01-01", "repealed": "2025-06-15"}, "现行"),
        ({"effective": "2024-01-01", "repealed": "2025-06-14"}, "已废止"),
        ({"status": "征求意见稿", "effective": "2024-01-01"}, "征求意见稿"),
        ({"status": "试行", "effective": "2024-01-01"}, "试行"),
        ({"status": "试行", "repealed": "2024-01-01"}, "已废止"),
        ({"status": "现行"}, "现行"),
        ({"status": "已废止"}, "已废止"),
    ],
)
def test_a_document_alone_is_what_it_says(stated: dict[str, str], status: str | None) -> None:
    assert statuses(document("a", **stated)) == {"a": status}
    assert status is None or status in STATUSES


def test_a_later_version_takes_over_on_the_day_it_takes_effect() -> None:
    old = document("old", date="2013-05-01", effective="2013-06-01")
    new = document("new", date="2025-05-01", effective="2025-07-01")
    assert statuses(old, new) == {"old": "现行", "new": None}
    assert statuses(old, new, today=date(2025, 7, 1)) == {"old": "已被替代", "new": "现行"}


def test_a_decision_repeals_and_replaces_nothing() -> None:
    old = document("old", date="2013-05-01", effective="2013-06-01")
    replaces = (Stated(TITLE, SPAN),)
    title, day = Stated(f"关于废止《{TITLE}》的决定", SPAN), Stated("2024-01-01", SPAN)
    decision = Document("by", "by", None, "", Metadata(title=title, date=day, replaces=replaces))
    found = standings(cast(Library, Documents([old, decision])), TODAY)
    assert (found["old"].status, found["old"].replaced_by) == ("已废止", None)
    assert found["old"].is_superseded
    assert not found["by"].is_superseded
    assert {"已废止", "已被替代"} == SUPERSEDED


def test_what_the_user_says_goes_first() -> None:
    old = document("old", given="现行", date="2013-05-01")
    new = document("new", date="2024-05-01", effective="2024-06-01")
    assert statuses(old, new)["old"] == "现行"
    assert statuses(document("a", given="已废止", effective="2024-01-01")) == {"a": "已废止"}


def test_without_a_day_it_is_today() -> None:
    library = cast(Library, Documents([document("a", effective="2000-01-01")]))
    assert standings(library)["a"].status == "现行"


def test_texts_as_read_are_told_apart() -> None:
    def rules(identity: str, year: int) -> Document:
        note = f"（{year}年1月5日青禾县人民政府令第{year - 2000}号公布）"
        starts = f"本办法自{year}年3月1日起施行，有效期五年。"
        return parse(identity, identity, f"{TITLE}\n{note}\n第一条　甲。\n第二条　{starts}\n")

    old, new = rules("old", 2018), rules("new", 2022)
    assert statuses(old, new) == {"old": "已被替代", "new": "现行"}
    assert statuses(old, new, today=date(2021, 1, 1)) == {"old": "现行", "new": None}
    assert statuses(new, today=date(2027, 3, 1)) == {"new": "已废止"}
