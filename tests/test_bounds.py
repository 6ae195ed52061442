"""Reading takes time in proportion to the text, whatever the text is."""

import time

import pytest

from corpus import parse

FRONTS = {
    "bare": "",
    "plan": "青石区实施方案\n各学校执行。\n一、总则。\n",
    "regulation": "青石区办法\n第一条　甲。\n",
    "annex": "青石区方案\n一、甲。\n区教育局\n2024年3月1日\n附件1\n",
}
HEAVY = {
    "第": "第",
    "第一条": "第一条\n",
    "bracket": "（",
    "opening title": "《",
    "digit": "7",
    "一": "一",
    "space": " ",
    "wide space": "　",
    "newline": "\n",
    "blank lines in a text": "\n\n\n　\n",
    "organ": "区教育局\n",
    "date": "2024年3月1日\n",
    "annex": "附件1：分工表\n",
    "annex alone": "附件\n",
    "annex list": "附件：\n1.表\n",
    "contents": "目录\n第一章\n",
    "signature": "学校办理。\n区教育局\n2024年3月1日\n",
    "first number": "1.\n",
    "gap": "1.甲\n落实工作措施\n3.丙\n",
    "label": "牵头单位：",
    "label on lines": "牵头单位：\n",
    "repeal": "《办法》、",
    "废止": "废止",
    "title": "关于实施方案的通知\n",
    "organs in a title": "人民政府",
    "adopted": "2024年3月1日第一届",
    "order": "2024年3月1日国务院发布，",
    "number": "青政发〔2024〕1号\n",
    "item": "（一）甲\n",
    "bracketed digit": "1）甲\n",
    "circled": "①甲\n",
    "number alone": "一\n甲\n",
    "paragraph": "甲。\n",
    "unfinished title": "关于加强工作的若干\n",
}


def work(front: str, unit: str, size: int) -> float:
    """Seconds of the processor, which other programs do not lengthen."""
    text = front + unit * (size // len(unit))
    started = time.process_time()
    document = parse("d1", "x", text)
    spent = time.process_time() - started
    assert "".join(document.quote(clause.span) for clause in document) == text
    return spent


@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS.keys())
@pytest.mark.parametrize("unit", HEAVY.values(), ids=HEAVY.keys())
def test_work_grows_with_the_text_and_not_faster(front: str, unit: str) -> None:
    # Eight times the text may take eight times as long, and more for the machine's moods; work
    # that grows with the square takes sixty-four times as long.
    assert work(front, unit, 16_000) < 24 * max(work(front, unit, 2_000), 0.01)


@pytest.mark.parametrize("unit", ["第", "（", "《", "7", " ", "一", "第一条", "\n"])
def test_a_hundred_thousand_of_one_sign_are_read_soon(unit: str) -> None:
    assert work(FRONTS["plan"], unit, 100_000) < 10 * max(work(FRONTS["plan"], unit, 20_000), 0.05)
