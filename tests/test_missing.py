"""Figures that a source leaves empty."""

import pytest

from corpus.facts.missing import find_missing
from corpus.lines import open_page


def missing(text: str) -> list[tuple[str, str]]:
    found = list(find_missing(open_page(text), 0, len(text)))
    for one in found:
        assert text[slice(*one.span)].endswith(one.unit)
    return [(one.unit, one.indicator.value if one.indicator else "") for one in found]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("每年建设 个示范专业。", "个"),
        ("每年建设个示范专业。", "个"),
        ("新建幼儿园　　所，增加学位。", "所"),
        ("新增学位 万个。", "万个"),
        ("新增学位万个。", "万个"),
        ("入园率达到 %，", "%"),
        ("入园率达到%以上", "%"),
        ("投入资金____万元", "万元"),
        ("培训教师××名。", "名"),
        ("完成职业培训人次。", "人次"),
        ("新建校舍\uff3f\uff3f平方米", "平方米"),
        ("新增學位 萬個。", "萬個"),
    ],
)
def test_a_gap_before_a_unit_is_a_missing_figure(text: str, unit: str) -> None:
    assert [found for found, _ in missing(text)] == [unit]


@pytest.mark.parametrize(
    "text",
    [
        "每年建设5个示范专业。",
        "新建幼儿园 12 所。",
        "  年  月  日",
        "召 集 人：王老师",
        "关于加强工作 人民政府",
        "印发 项目清单",
        "建设个性化课程，评选个人",
        "建设所需资金，新建名师工作室",
        "第五条　场所应当整洁。",
        "逐个检查，各个学校，整个、",
        "数万人次，百分之五十",
        "每\n个学校",
    ],
)
def test_what_leaves_nothing_out(text: str) -> None:
    assert missing(text) == []


def test_the_span_covers_gap_and_unit_and_the_indicator_is_named() -> None:
    text = "新建公办园 所，新增公办学位 个。"
    found = list(find_missing(open_page(text), 0, len(text)))
    assert [text[slice(*one.span)] for one in found] == [" 所", " 个"]
    assert missing(text) == [("所", "公办园"), ("个", "公办学位")]
