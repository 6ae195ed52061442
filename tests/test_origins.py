"""A place or an organ that is named prefers its documents, and hides no others."""

import numpy as np
import pytest

from corpus import Document, parse
from corpus.fold import fold_text
from index import Library
from retrieval import Searcher
from retrieval.origins import Origins, origin, short_place
from retrieval.preference import prefer
from retrieval.ranking import Ranking

RULE = "{place}学校安全管理办法\n\n第一条　学校每月检查校舍一次。\n\n{issuer}\n2023年5月1日\n"
PLACES = ("青禾县", "柳湖县", "白沙市")


@pytest.fixture
def searcher(library: Library) -> Searcher:
    for place in PLACES:
        # The title does not say whose it is; the issuer does.
        text = RULE.format(place="", issuer=f"{place}教育局")
        library.put_all([parse(place, f"{place}.txt", text)])
    return Searcher(library)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("青禾县学校多久检查校舍", "青禾县"),
        ("柳湖的学校多久检查校舍", "柳湖县"),
        ("白沙市教育局要求多久检查校舍", "白沙市"),
        ("柳湖縣學校多久檢查校舍", "柳湖县"),
    ],
)
def test_a_named_place_comes_first_and_hides_no_other(
    searcher: Searcher, query: str, first: str
) -> None:
    hits = searcher.search(query, 10, "bm25").hits
    assert hits[0].document.id == first
    assert {hit.document.id for hit in hits} == set(PLACES)


def test_equal_documents_stay_in_order_where_no_place_is_named(searcher: Searcher) -> None:
    hits = searcher.search("学校多久检查校舍", 10, "bm25").hits
    assert [hit.document.id for hit in hits] == list(PLACES)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("青禾县", "青禾"),
        ("白沙市", "白沙"),
        ("青禾回族自治县", "青禾"),
        ("青禾土家族苗族自治州", "青禾"),
        ("东山新区", "东山"),
        ("芒市", None),
        ("和平区", None),
        ("新城区", None),
        ("青禾", None),
    ],
)
def test_a_place_has_a_short_name_where_that_is_one(name: str, short: str | None) -> None:
    assert short_place(name) == short


def document(identity: str, place: str) -> Document:
    return parse(identity, identity, RULE.format(place=place, issuer=f"{place}教育局"))


def origins_of(*documents: Document) -> Origins:
    return Origins((found.id, origin(found)) for found in documents)


def named(origins: Origins, text: str) -> dict[str, frozenset[str]]:
    """The documents of each place and organ that a text names."""
    return {name: found.documents for name, found in origins.named_in(text).items()}


def test_an_organ_is_told_from_a_place() -> None:
    text = "关于值班的通知\n\n各学校：\n一、每日值班。\n\n白沙市青禾县教育局\n2023年5月1日\n"
    origins = origins_of(document("county", "青禾县"), parse("office", "o", text))
    found = origins.named_in("青禾县和白沙市青禾县教育局分别怎么规定，青禾呢")
    assert {name: one.is_place for name, one in found.items()} == {
        "青禾县": True,
        "白沙市青禾县教育局": False,
        "青禾": True,
    }


def test_a_short_name_before_another_kind_of_place_is_another_place() -> None:
    origins = origins_of(document("county", "青禾县"))
    assert named(origins, "青禾有几所学校") == {"青禾": {"county"}}
    assert named(origins, "青禾县有几所学校") == {"青禾县": {"county"}}
    assert named(origins, "青禾市有几所学校") == {}


def test_a_county_of_a_city_is_known_by_its_own_name() -> None:
    origins = origins_of(document("county", "白沙市青禾县"))
    assert origins.named_in("青禾县")["青禾县"].documents == {"county"}
    assert origins.named_in("青禾")["青禾"].documents == {"county"}


def test_an_organ_is_known_without_its_office_and_by_its_usual_short_name() -> None:
    text = "关于值班的通知\n\n各学校：\n一、每日值班。\n\n教育部办公厅\n2023年5月1日\n"
    ministry = parse("ministry", "m", text)
    labour = parse("labour", "l", text.replace("教育部办公厅", "人力资源社会保障部"))
    origins = origins_of(ministry, labour)
    assert named(origins, "教育部对值班有什么要求") == {"教育部": {"ministry"}}
    assert named(origins, "人社部对值班有什么要求") == {"人社部": {"labour"}}
    assert named(origins, "县教育局对值班有什么要求") == {}


def test_an_organ_without_its_place_names_none() -> None:
    text = "关于值班的通知\n\n各学校：\n一、每日值班。\n\n县教育局\n2023年5月1日\n"
    assert named(origins_of(parse("d", "d", text)), "县教育局的通知") == {}


def test_folded_names_meet() -> None:
    origins = origins_of(document("county", "青禾县"))
    assert named(origins, fold_text("青禾縣")) == {"青禾县": {"county"}}


# --- the preference ---------------------------------------------------------------------------


def ranking(*scores: float) -> Ranking:
    values = np.array(scores)
    return Ranking.of(np.arange(len(scores)), values, values, np.full(len(scores), np.nan))


def test_what_is_preferred_rises_by_a_share_of_the_range() -> None:
    raised = prefer(ranking(10.0, 9.5, 5.0, 0.0), np.array([1, 3]), 0.1)
    assert raised.positions.tolist() == [1, 0, 2, 3]
    assert raised.scores.tolist() == [9.5 + 0.1 * 10, 10.0, 5.0, 0.0 + 0.1 * 10]
    assert raised.bm25.tolist() == [9.5, 10.0, 5.0, 0.0]


def test_nothing_preferred_changes_nothing() -> None:
    before = ranking(3.0, 2.0)
    assert prefer(before, np.empty(0, np.int64)) is before
    assert prefer(ranking(), np.array([1])).positions.tolist() == []


def test_ties_are_broken_by_position() -> None:
    assert prefer(ranking(2.0, 2.0, 2.0), np.array([1, 2])).positions.tolist() == [1, 2, 0]


def test_cosines_are_raised_within_their_band() -> None:
    nothing = np.full(2, np.nan)
    before = Ranking.of(np.arange(2), np.array([0.9, 0.8]), nothing, np.array([0.9, 0.8]))
    assert prefer(before, np.array([1]), 0.1).scores.tolist() == [0.9, 0.8 + 0.1 * (0.9 - 0.8)]
