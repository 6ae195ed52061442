"""Passages a second and milliseconds a query: our graph beside sentence-transformers.

Both run the plain e5 on the same texts in turns, so that the ratio holds whatever else the
machine does; the best round of each counts. The default encoder is the same graph with other
numbers; how long a process needs to open it is measured too. Needs the extras `e5` and `models`.

    python -m benchmarks.encoder --passages 64 --characters 250 --rounds 5
"""

import argparse
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np

from index.encoders import open_encoder
from index.encoders.onnx_encoder import physical_cores
from index.encoders.prepare import prepare, torch_folder

ACTORS = [
    "县级人民政府",
    "教育行政部门",
    "财政部门",
    "乡镇中心学校",
    "幼儿园",
    "校长",
    "班主任",
    "督导机构",
]
MANNERS = ["应当", "可以", "不得", "按年度", "会同有关部门", "依照本办法", "逐步", "优先"]
DEEDS = ["安排", "检查", "公布", "核定", "补助", "培训", "考核", "配备", "改造", "备案"]
THINGS = [
    "生均公用经费",
    "校舍安全",
    "教师编制",
    "课后服务",
    "营养午餐",
    "寄宿条件",
    "实验设备",
    "校车线路",
]

COLD = (
    "import time; start = time.perf_counter()\n"
    "from index.encoders import open_encoder\n"
    "encoder = open_encoder(); opened = time.perf_counter()\n"
    "encoder.encode(['经费由谁承担'], 'query')\n"
    "print(opened - start, time.perf_counter() - start)"
)


def sentence(random_: random.Random) -> str:
    """One invented sentence, about 20 characters with a figure."""
    words = [random_.choice(list_) for list_ in (ACTORS, MANNERS, DEEDS, THINGS)]
    return "".join(words) + f"，比例为{random_.randint(1, 99)}%；"


def passages(count: int, characters: int) -> list[str]:
    """Invented passages of that many characters, the same each time."""
    random_ = random.Random(1)
    return [
        "".join(sentence(random_) for _ in range(characters // 15 + 1))[:characters]
        for _ in range(count)
    ]


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The best time of each, taken in turns after one round that does not count."""
    for work in works:
        work()
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    return [min(column) for column in zip(*times, strict=True)]


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--passages", type=int, default=64)
    parser.add_argument("--characters", type=int, default=250)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    given = options()
    with tempfile.TemporaryDirectory() as folder:
        preparing = seconds(lambda: prepare(folder=Path(folder)))
    reference_folder, encoder = torch_folder(), open_encoder("e5-small")
    cold = [
        subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    opened, answered = min(tuple(map(float, run.stdout.split())) for run in cold)

    import torch
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(reference_folder), device="cpu", local_files_only=True)
    texts, query = passages(given.passages, given.characters), ["农村学校的营养午餐由谁出钱"]
    plain, ours = in_turns(
        given.rounds,
        lambda: reference.encode(texts, prompt_name="passage"),
        lambda: encoder.encode(texts, "passage"),
    )
    plain_query, our_query = in_turns(
        given.rounds * 20,
        lambda: reference.encode(query, prompt_name="query"),
        lambda: encoder.encode(query, "query"),
    )
    cosines = np.einsum(
        "ij,ij->i",
        reference.encode(texts, prompt_name="passage"),
        encoder.encode(texts, "passage"),
    )
    print(
        f"{platform.machine()}, {physical_cores()} cores, Python {platform.python_version()}, "
        f"onnxruntime {version('onnxruntime')}, torch {torch.__version__}"
    )
    print(f"{given.passages} passages of {given.characters} characters, best of {given.rounds}")
    print(f"preparing the plain e5           {preparing:8.1f} s")
    print(f"cold process, default open       {opened:8.2f} s; first query {answered:.2f} s")
    print(f"SentenceTransformer.encode       {len(texts) / plain:8.1f} passages/s")
    print(f"OnnxEncoder.encode               {len(texts) / ours:8.1f} passages/s")
    print(f"ratio                            {plain / ours:8.2f}")
    print(f"query, SentenceTransformer       {plain_query * 1000:8.1f} ms")
    print(f"query, OnnxEncoder               {our_query * 1000:8.1f} ms")
    print(f"cosine of the two                {cosines.min():8.4f} least, {cosines.mean():.4f} mean")


if __name__ == "__main__":
    main()
