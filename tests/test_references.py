"""What a clause points at: titles with 文号 and address, and places of its own document."""

import pytest

from corpus.facts.references import find_references
from corpus.lines import open_page

Found = tuple[str | None, str | None, str | None]


def references(text: str, start: int = 0) -> list[Found]:
    found = find_references(open_page(text), start, len(text))
    for reference in found:
        assert start <= reference.span.start < reference.span.end <= len(text)
    return [(reference.title, reference.number, reference.address) for reference in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《教师法》，制定本办法。", [("教师法", None, None)]),
        ("《教师法》第八条规定", [("教师法", None, "第八条")]),
        (
            "《教师法》第八条、第十条和第十二条第二款",
            [("教师法", None, a) for a in ("第八条", "第十条", "第十二条第二款")],
        ),
        (
            "依照《教师法》第八条、\n第十条处理",
            [("教师法", None, "第八条"), ("教师法", None, "第十条")],
        ),
        ("《招生意见》（青教发〔2024〕3号）精神", [("招生意见", "青教发〔2024〕3号", None)]),
        ("《招生意见》(青教发[2024]3号文)要求", [("招生意见", "青教发[2024]3号", None)]),
        ("《招生办法（试行）》", [("招生办法（试行）", None, None)]),
        ("《关于印发〈招生办法〉的通知》", [("关于印发〈招生办法〉的通知", None, None)]),
        (
            "《甲办法》《乙办法》、《甲办法》",
            [("甲办法", None, None), ("乙办法", None, None), ("甲办法", None, None)],
        ),
        ("依照本办法第五条处理", [(None, None, "第五条")]),
        (
            "违反本条例第二十四条第二款、第三十条规定",
            [(None, None, "第二十四条第二款"), (None, None, "第三十条")],
        ),
        ("依照第十二条之一第二款第（三）项", [(None, None, "第十二条之一第二款第（三）项")]),
        ("本条第一款第（三）项所列", [(None, None, "本条第一款第（三）项")]),
        ("前款规定的情形，适用前条", [(None, None, "前款"), (None, None, "前条")]),
        ("前两款所称学校", [(None, None, "前两款")]),
        ("见附件1，详见附件。", [(None, None, "附件1"), (None, None, "附件")]),
        ("《中華人民共和國教師法》第八條", [("中華人民共和國教師法", None, "第八條")]),
    ],
)
def test_references_are_read_with_number_and_address(text: str, expected: list[Found]) -> None:
    assert references(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "第五条　学校应当公开。",
        "第五条\n学校应当公开。",
        "附件1：分工表",
        "附件2\n分工表",
        "按照本法和本规定执行",
        "（以下简称《办法》）",
        "取得《餐饮服务许可证》",
        "前提条件，前期项目",
        "第五届、第三方",
    ],
)
def test_what_points_nowhere(text: str) -> None:
    assert references(text) == []


def test_a_paragraph_may_begin_with_a_reference() -> None:
    text = "第五条　学校公开。\n第三条规定的情形除外。"
    assert references(text) == [(None, None, "第三条")]


def test_only_the_given_range_is_read() -> None:
    assert references("《甲办法》和《乙办法》", start=6) == [("乙办法", None, None)]
