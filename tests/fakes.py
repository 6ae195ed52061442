"""Stand-ins that can be predicted by eye: an encoder, and a few policies of places that are not."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from corpus.fold import fold_text
from index.encoders import TextKind, Vectors

KEYWORDS = ("食堂", "寄宿", "课后服务", "校车", "图书")

CANTEEN = """青禾县学校食堂管理办法
青禾县教育局
2023年5月1日

第一条　为了规范学校食堂，制定本办法。
第二条　学校食堂实行校长陪餐制度，校长每周陪餐不少于3次。
食堂应当公示一周菜谱。
第三条　学校不得向学生收取食堂管理费。
"""
PLAN = """白沙市人民政府关于发展学前教育的意见
白政发〔2024〕7号

各区人民政府：
　　为发展学前教育，提出以下意见。
一、扩大资源
（一）建设公办园。到2026年，新增公办学位1200个。
（二）开行校车。偏远乡村每日开行校车不少于2班。
二、保障寄宿
1.寄宿学校每50名学生配备1名生活教师。
牵头单位：市教育局
2.寄宿生每人每年补助1300元。

白沙市人民政府
2024年3月2日
"""
NOTICE = """關於做好課後服務的通知

各學校：
　　課後服務每週５天，每天不少於２小時。圖書館同時開放。

柳湖縣教育局
2022年9月1日
"""
FILES = {"canteen.txt": CANTEEN, "plan.md": PLAN, "notice.txt": NOTICE}


def write_files(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    """Write texts under their names; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def regulation(place: str, articles: int) -> str:
    """A regulation of so many articles; each names its keyword and its number."""
    lines = [
        f"第{number}条　{place}的{KEYWORDS[number % len(KEYWORDS)]}经费为每年{number}万元。"
        for number in range(1, articles + 1)
    ]
    return "\n".join([f"{place}学校管理规定", *lines, ""])


class KeywordEncoder:
    """One dimension a keyword, and one for texts that hold none; remembers what it encoded."""

    def __init__(self, name: str = "keywords", keywords: Sequence[str] = KEYWORDS) -> None:
        self.name = name
        self.keywords = keywords
        self.dimension = len(keywords) + 1
        self.passages: list[str] = []
        self.calls = 0

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        self.calls += 1
        if kind == "passage":
            self.passages += texts
        rows = [[float(word in fold_text(text)) for word in self.keywords] for text in texts]
        vectors = np.array([[*row, float(not any(row))] for row in rows], np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Gated(KeywordEncoder):
    """While there is a gate, questions wait until it is taken away: `held`, or all of them."""

    def __init__(self, gate: Path, held: str | None = None) -> None:
        super().__init__()
        self.gate = gate
        self.held = held

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        waits = kind == "query" and self.held in (None, *texts)
        while waits and self.gate.exists():
            time.sleep(0.02)
        return super().encode(texts, kind)


class Opener:
    """Opens fakes by name, the same one each time, and remembers which were asked for."""

    def __init__(self) -> None:
        self.opened: dict[str | None, KeywordEncoder] = {}

    def __call__(self, name: str | None) -> KeywordEncoder:
        return self.opened.setdefault(name, KeywordEncoder(name or "keywords"))
