"""A small question set over the documents of `fakes`, for what shows or makes such sets."""

import json
from pathlib import Path
from typing import Any

CANTEEN_TITLE = "青禾县学校食堂管理办法"
PLAN_TITLE = "白沙市人民政府关于发展学前教育的意见"
ROWS: list[dict[str, Any]] = [
    {
        "id": "q1",
        "question": "校长每周要在食堂陪餐几次？",
        "kind": "figure",
        "gold": [{"document": CANTEEN_TITLE, "quote": "校长每周陪餐不少于3次"}],
    },
    {
        "id": "q2",
        "question": "寄宿生每年补助多少钱？",
        "kind": "figure",
        "gold": [{"document": PLAN_TITLE, "quote": "寄宿生每人每年补助1300元"}],
    },
    {
        "id": "q3",
        "question": "住校的孩子谁来管",
        "kind": "lay",
        "gold": [{"document": PLAN_TITLE, "address": "二、1."}],
    },
    {
        "id": "q4",
        "question": "可以收食堂管理费吗？",
        "kind": "yes-no",
        "gold": [{"document": CANTEEN_TITLE, "address": "第三条"}],
    },
    {"id": "q5", "question": "教师体检多久一次？", "kind": "unanswerable", "gold": []},
    {
        "id": "q6",
        "question": "向日葵由谁浇水？",
        "kind": "lay",
        "gold": [{"document": CANTEEN_TITLE, "quote": "为了规范学校食堂"}],
    },
]


def write_questions(path: Path, rows: list[dict[str, Any]] | None = None) -> Path:
    """Write rows as JSON Lines; return the file."""
    lines = [json.dumps(row, ensure_ascii=False) for row in (ROWS if rows is None else rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
