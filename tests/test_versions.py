"""Which documents replace which."""

import pytest

from corpus import Document, Metadata, Span, Stated
from index.versions import find_replacements

SPAN = Span(0, 0)


def document(
    identity: str,
    title: str | None = None,
    date: str | None = None,
    number: str | None = None,
    replaces: tuple[str, ...] = (),
    region: str | None = None,
) -> Document:
    def stated(value: str | None) -> Stated | None:
        return Stated(value, SPAN) if value else None

    named = tuple(Stated(value, SPAN) for value in replaces)
    facts = Metadata(
        title=stated(title),
        number=stated(number),
        date=stated(date),
        region=stated(region),
        replaces=named,
    )
    return Document(identity, f"{identity}.txt", "utf-8", "", facts)


OLD = document("old", "青禾县学校管理办法", "2013-05-01", "青政发〔2013〕4号")
NEW = document("new", "青禾县学校管理办法", "2024-05-01")


def replaced_by(*documents: Document) -> dict[str, str]:
    return {old: new.id for old, new in find_replacements(documents).items()}


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param([NEW], {"old": "new"}, id="same title, later date"),
        pytest.param([document("x", OLD.label, "2013-05-01")], {}, id="same date"),
        pytest.param([document("x", OLD.label)], {}, id="no date"),
        pytest.param([document("x", "青禾县学校管理", "2024-05-01")], {}, id="title in part"),
        pytest.param(
            [document("x", "新办法", "2024-05-01", replaces=("青政发〔2013〕4号",))],
            {"old": "x"},
            id="named by number",
        ),
        pytest.param(
            [document("x", "新办法", "2024-05-01", replaces=(OLD.label,))],
            {"old": "x"},
            id="named by title",
        ),
        pytest.param(
            [document("x", "新办法", "2010-05-01", replaces=(OLD.label,))],
            {},
            id="named by an earlier one",
        ),
        pytest.param(
            [document("x", "青禾縣學校 管理辦法", "2024-05-01")],
            {"old": "x"},
            id="in Traditional script, with a space",
        ),
        pytest.param(
            [NEW, document("newest", OLD.label, "2025-01-01")],
            {"old": "newest", "new": "newest"},
            id="the newest of several",
        ),
    ],
)
def test_a_document_is_replaced(others: list[Document], expected: dict[str, str]) -> None:
    assert replaced_by(OLD, *others) == expected
    assert replaced_by(*others, OLD) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_replaced"),
    [
        ("青禾县", "青禾县", True),
        ("青禾县", "青禾縣", True),
        (None, "青禾县", True),
        ("白沙市", "青禾县", False),
    ],
)
def test_the_plan_of_another_place_replaces_nothing(
    one: str | None, other: str | None, is_replaced: bool
) -> None:
    title = "课后服务实施方案"
    old = document("old", title, "2020-01-01", region=one)
    new = document("new", title, "2024-01-01", region=other)
    assert replaced_by(old, new) == ({"old": "new"} if is_replaced else {})
    # Unless it says so.
    says = document("new", title, "2024-01-01", region=other, replaces=(title,))
    assert replaced_by(old, says) == {"old": "new"}


def test_a_document_does_not_replace_itself() -> None:
    assert replaced_by(document("x", "办法", "2024-01-01", replaces=("办法",))) == {}


def test_a_document_without_title_and_number_is_never_replaced() -> None:
    assert replaced_by(document("x", None, "2020-01-01"), document("y", None, "2024-01-01")) == {}
