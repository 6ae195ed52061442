"""Figures of different units brought to one measure."""

import pytest

from retrieval.measures import in_measure, measure, plain_unit


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        ("1.5", "万元", "15000元"),
        ("1.5", "万亿", "1500000000000"),
        ("2", "小时", "120分钟"),
        ("2", "个小时", "120分钟"),
        ("3", "年", "36月"),
        ("3", "星期", "3周"),
        ("0.50", "千克", "0.5公斤"),
        ("6", "岁", "6岁"),
        ("1:3", "", "1:3"),
        ("2/3", "", "2/3"),
    ],
)
def test_a_figure_is_brought_to_its_measure(number: str, unit: str, expected: str) -> None:
    assert in_measure(number, unit) + measure(unit) == expected


def test_a_unit_keeps_its_name_without_what_multiplies_it() -> None:
    assert [plain_unit(unit) for unit in ("万元", "亿", "個小時", "％")] == [
        "元",
        "",
        "个小时",
        "%",
    ]
