"""Which documents are versions of one work, and which replace which."""

from dataclasses import replace
from datetime import date as day

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, Given, Metadata, Span, Stated, parse
from index.versions import find_repeals, find_replacements, is_past, work_key, works

SPAN = Span(0, 0)
TODAY = day(2025, 6, 15)


def document(
    identity: str,
    title: str | None = None,
    date: str | None = None,
    number: str | None = None,
    replaces: tuple[str, ...] = (),
    region: str | None = None,
    **further: str,
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
        **{name: Stated(value, SPAN) for name, value in further.items()},  # type: ignore[arg-type]
    )
    return Document(identity, f"{identity}.txt", "utf-8", "", facts)


OLD = document("old", "青禾县学校管理办法", "2013-05-01", "青政发〔2013〕4号")
NEW = document("new", "青禾县学校管理办法", "2024-05-01")


def replaced_by(*documents: Document) -> dict[str, str]:
    return {old: new.id for old, new in find_replacements(documents, TODAY).items()}


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


# Versions

TITLE = "青禾县学校管理办法"
OLDER = document("old", TITLE, "2013-05-01")


@pytest.mark.parametrize(
    "title",
    [
        "《青禾县学校管理办法》",
        "青禾縣學校管理辦法",
        "青禾县学校 管理办法",
        "青禾县学校管理办法（2024年修订）",
        "青禾县学校管理办法(2024修正)",
        "青禾县学校管理办法（2024年第二次修正）",
        "青禾县学校管理办法〔2024年版〕",
        "青禾县学校管理办法（2024）",
        "青禾县学校管理办法-2024-05-01",
        "青禾县学校管理办法（试行）",
        "青禾县学校管理办法（2024年修订）（征求意见稿）",
        "《青禾县学校管理办法（修订草案）》",
        "青禾县学校管理暂行办法",
    ],
)
def test_a_title_is_compared_without_the_marks_of_a_version(title: str) -> None:
    assert work_key(document("x", title)) == work_key(OLDER)


@pytest.mark.parametrize(
    "title",
    [
        "青禾县学校管理办法实施细则",
        "青禾县学校管理办法（2021—2025年）",
        "青禾县学校管理办法（小学部分）",
        "青禾县2024年学校管理办法",
        "关于印发《青禾县学校管理办法》的通知",
        "青禾县暂行学校管理办法说明",
    ],
)
def test_another_title_is_another_work(title: str) -> None:
    assert work_key(document("x", title)) != work_key(OLDER)


@given(st.text(alphabet="青禾县办法（）《》2024年修订试行征求意见稿-"))
def test_a_key_is_a_key_again(title: str) -> None:
    key = work_key(document("x", title or "甲"))
    assert len(key) <= len(title or "甲")


@pytest.mark.parametrize(
    ("newer", "expected"),
    [
        pytest.param({"effective": "2024-07-01"}, {"old": "new"}, id="in force"),
        pytest.param({"effective": "2025-06-15"}, {"old": "new"}, id="in force from today"),
        pytest.param({"effective": "2025-06"}, {"old": "new"}, id="in force from this month"),
        pytest.param({"effective": "2025-06-16"}, {}, id="in force from tomorrow"),
        pytest.param({"effective": "2026"}, {}, id="in force from next year"),
        pytest.param({"effective": "2010-01-01"}, {"old": "new"}, id="amended since"),
        pytest.param({"status": "征求意见稿"}, {}, id="a draft"),
        pytest.param({"status": "试行"}, {"old": "new"}, id="on trial"),
        pytest.param({"level": "国家"}, {"old": "new"}, id="the other tells no level"),
    ],
)
def test_a_version_replaces_when_it_has_taken_effect(
    newer: dict[str, str], expected: dict[str, str]
) -> None:
    assert replaced_by(OLDER, document("new", TITLE, "2024-05-01", **newer)) == expected


def test_the_version_before_holds_until_the_next_takes_effect() -> None:
    middle = document("mid", TITLE, "2020-05-01", effective="2020-07-01")
    ahead = document("new", TITLE, "2025-05-01", effective="2025-07-01")
    assert replaced_by(OLDER, middle, ahead) == {"old": "mid"}
    (work,) = works([OLDER, ahead, middle], TODAY)
    assert ([version.id for version in work.versions], work.current) == (
        ["new", "mid", "old"],
        middle,
    )
    assert works([ahead, middle], day(2025, 7, 1))[0].current == ahead


@pytest.mark.parametrize(
    ("draft", "final", "expected"),
    [
        ("青禾县学校管理办法（征求意见稿）", "2025-05-01", True),
        ("青禾县学校管理办法（征求意见稿）", "2023-05-01", False),
        ("青禾县学校管理办法（修订草案征求意见稿）", "2025-05-01", True),
    ],
)
def test_a_draft_gives_way_to_the_final_text(draft: str, final: str, expected: bool) -> None:
    text = document("draft", draft, "2024-01-01", status="征求意见稿")
    act = document("act", TITLE, final, effective="2030-01-01")
    assert replaced_by(text, act) == ({"draft": "act"} if expected else {})


def test_a_draft_without_a_date_is_older_than_the_act_unless_it_amends_it() -> None:
    draft = document("draft", f"{TITLE}（征求意见稿）", status="征求意见稿")
    amends = document("amends", f"{TITLE}（修订草案）", status="征求意见稿")
    assert replaced_by(draft, amends, OLDER) == {"draft": "old"}


def test_a_day_that_is_not_surely_later_replaces_nothing() -> None:
    year = document("year", TITLE, "2024")
    assert replaced_by(year, document("month", TITLE, "2024-05")) == {}
    assert replaced_by(year, document("next", TITLE, "2025-05")) == {"year": "next"}
    assert replaced_by(document("none", TITLE, "--05-23"), year) == {}


def test_a_version_without_a_day_of_issue_is_told_by_the_day_it_took_effect() -> None:
    old = document("old", TITLE, effective="2005-03-01")
    assert replaced_by(old, document("new", TITLE, "2024-12-31")) == {"old": "new"}


def test_the_plan_of_another_level_is_another_work() -> None:
    county = document("county", "课后服务方案", "2020-01-01", level="县", region="青禾县")
    city = document("city", "课后服务方案", "2024-01-01", level="市")
    assert replaced_by(county, city) == {}
    whole = document("whole", "课后服务方案", "2024-01-01", level="县", region="白沙市青禾县")
    assert replaced_by(county, whole) == {"county": "whole"}
    assert len(works([county, city, whole], TODAY)) == 2


@pytest.mark.parametrize(
    ("form", "issuer", "expected"),
    [
        ("通知", "青禾县教育局", {"old": "new"}),
        ("通知", "青禾县卫生局", {}),
        ("办法", "青禾县卫生局", {"old": "new"}),
    ],
)
def test_letters_of_one_title_are_versions_where_one_organ_wrote_them(
    form: str, issuer: str, expected: dict[str, str]
) -> None:
    def letter(identity: str, day: str, organ: str) -> Document:
        made = document(identity, "做好安全工作", day, form=form)
        return replace(made, metadata=replace(made.metadata, issuers=(Stated(organ, SPAN),)))

    old = letter("old", "2023-01-01", "青禾县教育局")
    assert replaced_by(old, letter("new", "2024-01-01", issuer)) == expected


def test_a_document_without_a_title_is_a_work_of_its_own() -> None:
    assert len(works([document("a"), document("b")], TODAY)) == 2


def test_a_work_that_ran_out_has_no_version_in_force() -> None:
    over = document("over", TITLE, "2020-01-01", repealed="2024-12-31")
    assert works([over], TODAY)[0].current is None
    assert works([over], day(2024, 12, 31))[0].current == over


@pytest.mark.parametrize(
    ("last", "past"),
    [
        ("2025-06-14", True),
        ("2025-06-15", False),
        ("2025-05", True),
        ("2025-06", False),
        ("2025", False),
        ("2024", True),
    ],
)
def test_the_last_day_still_holds(last: str, past: bool) -> None:
    assert is_past(document("x", TITLE, repealed=last), TODAY) is past


def test_a_mere_repeal_replaces_nothing() -> None:
    decision = document(
        "x", "青禾县人民政府关于废止《青禾县学校管理办法》的决定", "2024-01-01", replaces=(TITLE,)
    )
    assert replaced_by(OLDER, decision) == {}
    assert {k: v.id for k, v in find_repeals([OLDER, decision], TODAY).items()} == {"old": "x"}
    assert find_repeals([OLDER, decision], day(2023, 1, 1)) == {}
    later = document("later", TITLE, "2024-06-01")
    assert find_repeals([later, decision], TODAY) == {}


VERSIONS = st.builds(
    dict,
    title=st.sampled_from([TITLE, f"{TITLE}（试行）", f"关于废止《{TITLE}》的决定", "别的办法"]),
    date=st.sampled_from([None, "2020", "2020-05", "2020-05-01", "2024-05-01", "2025-07-01"]),
    replaces=st.sampled_from([(), (TITLE,), ("别的办法",)]),
    status=st.sampled_from(["征求意见稿", "试行", "现行"]),
)


@given(st.lists(VERSIONS, max_size=6))
def test_what_replaces_is_never_replaced_in_a_circle(rows: list[dict[str, str]]) -> None:
    documents = [document(f"d{n}", **row) for n, row in enumerate(rows)]  # type: ignore[arg-type]
    found = find_replacements(documents, TODAY)
    for name in found:
        seen = {name}
        while name in found:
            name = found[name].id
            assert name not in seen
            seen.add(name)
    grouped = [version.id for work in works(documents, TODAY) for version in work.versions]
    assert sorted(grouped) == [d.id for d in documents]


def test_a_copy_that_only_tells_when_it_takes_effect_replaces_nothing() -> None:
    text = "青禾县校车办法\n第一条　甲。\n第二条　本办法自2024年6月1日起施行。\n"
    copy = parse("copy", "校车.doc", text)
    dated = replace(copy.metadata, date=Given("2024-05-01", "metadata.csv"))
    original = replace(copy, id="original", source="校车.docx", metadata=dated)
    assert find_replacements([original, copy], day(2026, 1, 1)) == {}
    later = parse("later", "新.txt", text.replace("2024年6月", "2025年6月"))
    assert find_replacements([copy, later], day(2026, 1, 1)) == {"copy": later}
