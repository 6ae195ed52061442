"""Reading ends, whatever the text is: no expression and no loop goes over it again and again."""

import json
import subprocess
import sys
from pathlib import Path

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
    "contents and text": "目录\n1 甲\n乙。\n",
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
    "decimal": "1.1甲\n",
    "bare number": "1 总则\n甲。\n",
    "bare numeral": "一　总则\n",
    "cut bracket": "（三\n",
    "cut article": "第十\n",
    "article in a line": "第一条　甲。",
    "item in a line": "甲；二、",
    "list in a line": "：（一）甲；（二）乙。",
    "footnote": "资源①。\n①甲\n",
    "row": "1. | 甲\n",
    "lost items": "甲；\n乙；\n（三）丙\n",
    "heading and text": "一、总则　各学校应当认真执行本办法\n",
    "signer": "县长　张某\n",
}


# A text of this size is read in well under a second; work that grows with its square takes minutes,
# and the limit ends it. So nothing here depends on how fast the machine is or how busy.
SIZE = 10_000
LIMIT = 240
READ = """
import json, sys
from corpus import parse
for text in json.load(sys.stdin):
    document = parse("d1", "x", text)
    assert "".join(document.quote(clause.span) for clause in document) == text
"""


@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS.keys())
def test_a_large_text_of_one_sign_or_line_is_read(front: str) -> None:
    texts = [front + unit * (SIZE // len(unit)) for unit in HEAVY.values()]
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", READ],
        input=json.dumps(texts),
        text=True,
        capture_output=True,
        timeout=LIMIT,
        cwd=root,
    )
    assert done.returncode == 0, done.stderr


# In one line, 100 kB of what a number could begin with: read in one go, and nothing found in it.
SIGNS = (
    "第",
    "（",
    "(",
    "一",
    "一、",
    "（一",
    "1.1.",
    "1.",
    "7",
    " ",
    "　",
    "①",
    "之",
    "。",
    "第一",
    " | ",
)


@pytest.mark.parametrize("sign", SIGNS)
def test_100_kilobytes_of_one_sign_hold_no_clause(sign: str) -> None:
    text = sign * (100_000 // len(sign))
    document = parse("d1", "x", text)
    assert [clause.span for clause in document] == [(0, len(text))]
    assert [clause.kind in ("article", "heading") for clause in document] == [False]


@pytest.mark.parametrize(
    ("unit", "count", "kind"),
    [
        ("1.1.\n", 10_000, "preamble"),
        ("第一条　甲。", 10_000, "article"),
        ("（一）甲；", 10_000, "item"),
    ],
)
def test_one_number_again_and_again_opens_one_clause(unit: str, count: int, kind: str) -> None:
    document = parse("d1", "x", "青石区方案\n各学校执行。\n" + unit * count)
    assert kind in [clause.kind for clause in document]
    assert len(document.notes) <= 201


def test_notes_beyond_what_a_person_reads_are_counted() -> None:
    document = parse("d1", "x", "青石区方案\n" + "一、甲\n二、乙\n" * 300)
    assert len(document.notes) == 201
    assert document.notes[-1].text == "另有 99 处编号问题未逐一列出"
