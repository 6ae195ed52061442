"""Who carries a clause out, as it names them: in brackets, on a line, or on several."""

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.facts import Units
from corpus.facts.units import find_units
from corpus.lines import open_page

UNITS = st.lists(
    st.sampled_from(["区教育局", "区财政局", "各街道", "各县（市、区）政府", "团区委"]),
    min_size=1,
    max_size=5,
    unique=True,
)


def units(text: str) -> Units:
    page = open_page(text)
    found = find_units(page, 0, len(text))
    for stated in (*found.lead, *found.responsible, *found.support):
        assert text[stated.span.start : stated.span.end] == stated.value
    return found


def values(text: str) -> tuple[list[str], ...]:
    return tuple([stated.value for stated in role] for role in units(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（牵头单位：区教育局）", (["区教育局"], [], [])),
        ("（责任单位：区教育局、区财政局）", ([], ["区教育局", "区财政局"], [])),
        (
            "(牵头单位:区教育局;责任单位:区财政局,各街道)",
            (["区教育局"], ["区财政局", "各街道"], []),
        ),
        (
            "牵头单位：区教育局\n责任单位：区财政局\n配合单位：团区委\n",
            (["区教育局"], ["区财政局"], ["团区委"]),
        ),
        ("牵头部门：区教育局 配合部门：区财政局\n", (["区教育局"], [], ["区财政局"])),
        ("牵头单位：\n区教育局\n", (["区教育局"], [], [])),
        (
            "〔责任单位：区教育局、各县（市、区）政府〕",
            ([], ["区教育局", "各县（市、区）政府"], []),
        ),
        ("【责任单位：区教育局、团区委】", ([], ["区教育局", "团区委"], [])),
        ("（责任单位：区教育局，各县<市、区>）", ([], ["区教育局", "各县<市、区>"], [])),
        (
            "任务 | 牵头单位 | 责任部门\n新建 | 区教育局 | 区财政局、各街道\n招聘 |  | 团区委\n",
            (["区教育局"], ["区财政局", "各街道", "团区委"], []),
        ),
        ("任务 | 牵头单位\n新建学校 | 区教育局 | 2025年\n", ([], [], [])),
        ("牵头单位：区教育局、区财政局等。", (["区教育局", "区财政局"], [], [])),
        ("牵头单位及责任单位：区教育局", (["区教育局"], [], [])),
        (
            "主办单位：区教育局\n承办单位：青石小学\n协办单位：白鹭中学\n",
            (["区教育局"], ["青石小学"], ["白鹭中学"]),
        ),
        (
            "（县教育局牵头，县财政局、县人社局配合）",
            (["县教育局"], [], ["县财政局", "县人社局"]),
        ),
        ("（由县教育局负责）", ([], ["县教育局"], [])),
        ("（县教育局，各乡镇负责）", ([], ["县教育局", "各乡镇"], [])),
        ("（县教育局牵头，县财政局等部门按职责分工负责）", (["县教育局"], ["县财政局"], [])),
        ("（区教育局牵头；各街道落实）", (["区教育局"], ["各街道"], [])),
        ("（责任单位：各市、州、县人民政府）", ([], ["各市、州、县人民政府"], [])),
        ("〔责任单位：各市、县〔区〕〕", ([], ["各市、县〔区〕"], [])),
        ("责任单位：教育局和财政局、文化和旅游厅", ([], ["教育局", "财政局", "文化和旅游厅"], [])),
        ("（责任单位：市教育局等部门）", ([], ["市教育局"], [])),
        ("（校长负责，教师参与）", ([], [], [])),
        ("县教育局牵头，县财政局配合。", ([], [], [])),
        ("各责任单位应当按时完成。", ([], [], [])),
        ("学校是第一责任人。", ([], [], [])),
        ("", ([], [], [])),
    ],
)
def test_units_are_found_by_their_label(text: str, expected: tuple[list[str], ...]) -> None:
    assert values(text) == expected


@settings(deadline=None)
@given(UNITS, UNITS, UNITS, st.sampled_from(["；", "\n", "，\n"]))
def test_every_named_unit_is_found(
    lead: list[str], responsible: list[str], support: list[str], between: str
) -> None:
    text = (
        f"牵头单位：{'、'.join(lead)}{between}"
        f"责任单位：{'、'.join(responsible)}{between}配合单位：{'、'.join(support)}"
    )
    assert values(text) == (lead, responsible, support)


def test_units_in_traditional_script_are_shown_as_written() -> None:
    text = opencc.OpenCC("s2t").convert("（牵头单位：区教育局；责任单位：区财政局、各街道）")
    assert values(text) == (["區教育局"], ["區財政局", "各街道"], [])


def test_only_the_given_range_is_read() -> None:
    page = open_page("牵头单位：区教育局\n牵头单位：区财政局\n")
    assert [stated.value for stated in find_units(page, 10, len(page.text)).lead] == ["区财政局"]
    assert [stated.value for stated in find_units(page, 0, 7).lead] == ["区教"]
