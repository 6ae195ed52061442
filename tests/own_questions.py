"""A small question set about the files of `fakes.FILES`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CANTEEN = "青禾县学校食堂管理办法"
PLAN = "白沙市人民政府关于发展学前教育的意见"


def gold(document: str, quote: str, grade: int = 2) -> dict[str, Any]:
    return {"document": document, "quote": quote, "grade": grade}


QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "q1",
        "question": "校长每周陪餐不少于几次",
        "kind": "figure",
        "gold": [gold(CANTEEN, "校长每周陪餐不少于3次")],
    },
    {
        "id": "q2",
        "question": "寄宿生每人每年补助多少元",
        "kind": "figure",
        "gold": [gold(PLAN, "每人每年补助1300元"), gold(PLAN, "配备1名生活教师", 1)],
    },
    {"id": "q3", "question": "航天飞机几点起飞", "kind": "unanswerable", "gold": []},
    {
        "id": "q4",
        "question": "图书馆",
        "kind": "lay",
        "gold": [gold("關於做好課後服務的通知", "圖書館同時開放")],
    },
]


def write_set(path: Path, rows: Sequence[dict[str, Any]] = QUESTIONS) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path
