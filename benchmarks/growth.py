"""Measure words and vectors of ten thousand, a hundred thousand and a million clauses.

    python -m benchmarks.growth [--clauses 10000 100000 1000000] [--plot docs/images/growth.svg]
        [--legs words vectors]

Every stage runs in a process of its own, so that its memory is its own. The clauses are drawn
(benchmarks/clauses.py); the encoder takes no part. A million needs 4 GB of disk and some minutes.
The plot needs matplotlib, the memory Linux.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.clauses import (
    DIMENSION,
    SEED,
    WORDS_OF_A_CLAUSE,
    WORDS_OF_A_QUESTION,
    Space,
    token_lists,
)
from index import words as lexical
from index.encoders import Vectors
from index.vectors import VectorIndex, open_vectors, save_vectors

T = TypeVar("T")
Measured = dict[str, Any]

LEGS = ("words", "vectors")
QUESTIONS = 200
DEPTH = 1000  # what a hybrid search takes of each leg
BLOCK = 1 << 15

COLUMNS = {
    "clauses": "{:,}",
    "index": "{}",
    "build": "{:.1f} s",
    "disk": "{:,.0f} MB",
    "open": "{:,.0f} ms",
    "p50": "{:.1f} ms",
    "p95": "{:.1f} ms",
    "searching": "{:,.0f} MB",
    "mapped": "{:,.0f} MB",
    "building": "{:,.0f} MB",
    "recall@10": "{:.4f}",
    "recall@1000": "{:.4f}",
}

PANELS = {
    "p50": "a query, ms at the median",
    "p95": "a query, ms at the 95th percentile",
    "build": "building, s",
    "searching": "memory while searching, MB",
}


def main() -> None:
    """Run one stage where one is named; else all of them, and print a table."""
    options = _options()
    if options.stage:
        print(json.dumps(STAGES[options.stage](options.clauses[0], options.work)))
        return
    rows = [
        _measure(leg, clauses, options.work) for clauses in options.clauses for leg in options.legs
    ]
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, numpy {np.__version__}; drawn clauses, no encoder; "
        f"the best {DEPTH:,} for each of {QUESTIONS} questions"
    )
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    for row in rows:
        cells = [form.format(row[name]) if name in row else "" for name, form in COLUMNS.items()]
        print("| " + " | ".join(cells) + " |")
    if options.plot:
        plot(rows, options.plot)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--clauses", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--legs", nargs="+", choices=LEGS, default=LEGS)
    parser.add_argument("--plot", type=Path, help="where to draw the table, as .svg or .png")
    parser.add_argument("--work", type=Path, help="a folder on a disk with room (default: system)")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(leg: str, clauses: int, work: Path | None) -> Measured:
    """Run the stages of the words or the vectors of so many clauses."""
    row: Measured = {"clauses": clauses}
    with tempfile.TemporaryDirectory(dir=work) as folder:
        for stage in (name for name in STAGES if name.startswith(leg)):
            named = ["--stage", stage, "--clauses", str(clauses), "--work", folder]
            command = [sys.executable, "-m", "benchmarks.growth", *named]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
            found = json.loads(done.stdout)
            print(f"{clauses:,} {stage}: {found}", file=sys.stderr)
            row |= found
    return row


class Drawn:
    """Passes on what is drawn, and keeps the seconds that the drawing took."""

    def __init__(self, inner: Iterator[list[str]]) -> None:
        self.inner = inner
        self.seconds = 0.0

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        seconds, tokens = timed(lambda: next(self.inner))
        self.seconds += seconds
        return tokens


def _build_words(clauses: int, work: Path) -> Measured:
    questions = list(token_lists(QUESTIONS, WORDS_OF_A_QUESTION, SEED + 1))
    (work / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
    drawn = Drawn(token_lists(clauses, WORDS_OF_A_CLAUSE))
    seconds, index = timed(lambda: lexical.build(drawn))
    lexical.save(index, work / "words")
    return {
        "index": "words",
        "build": seconds - drawn.seconds,
        "disk": _megabytes(work / "words"),
        "building": memory()["peak"],
    }


def _search_words(clauses: int, work: Path) -> Measured:
    questions = json.loads((work / "questions.json").read_text(encoding="utf-8"))
    seconds, index = timed(lambda: lexical.open_words(work / "words"))
    return _asked(seconds, lambda tokens: index.top(tokens, DEPTH), questions)


def _draw_vectors(clauses: int, work: Path) -> Measured:
    space = Space(clauses)
    shape = (clauses, DIMENSION)
    file = np.lib.format.open_memmap(work / "drawn.npy", "w+", dtype=np.float32, shape=shape)
    begin = 0
    for block in space.clauses():
        file[begin : begin + len(block)] = block
        begin += len(block)
    chosen = np.random.default_rng(SEED).choice(clauses, QUESTIONS, replace=False)
    np.save(work / "questions.npy", space.questions(file[np.sort(chosen)]))
    return {}


def _build_vectors(clauses: int, work: Path) -> Measured:
    vectors: Vectors = np.load(work / "drawn.npy")
    seconds, index = timed(lambda: VectorIndex.build(np.arange(clauses), vectors))
    save_vectors(index, work / "vectors")
    return {
        "index": f"vectors: {index.nearest.kind if index.nearest else 'as they are'}",
        "build": seconds,
        "disk": _megabytes(work / "vectors"),
        "building": memory()["peak"],
    }


def _search_vectors(clauses: int, work: Path) -> Measured:
    questions = np.load(work / "questions.npy")
    seconds, index = timed(lambda: open_vectors(work / "vectors"))
    return _asked(seconds, lambda question: index.top(question, DEPTH), questions[:, None])


def _compare_vectors(clauses: int, work: Path) -> Measured:
    """Return the share of the nearest by the products of all floats that the index finds."""
    questions = np.load(work / "questions.npy")
    index = open_vectors(work / "vectors")
    expected = _nearest(index.vectors, questions)
    found = [index.top(question, DEPTH)[0] for question in questions[:, None]]
    pairs = list(zip(expected, found, strict=True))
    return {
        f"recall@{k}": float(
            np.mean([np.isin(rows[:k], index_rows[:k]) for rows, index_rows in pairs])
        )
        for k in (10, 1000)
    }


def _nearest(vectors: Vectors, questions: Vectors) -> NDArray[np.int64]:
    """Return the rows of the DEPTH largest products for each question, best first."""
    rows = np.empty((len(questions), 0), np.int64)
    products = np.empty((len(questions), 0), np.float32)
    for begin in range(0, len(vectors), BLOCK):
        block = questions @ vectors[begin : begin + BLOCK].T
        numbers = np.broadcast_to(np.arange(begin, begin + block.shape[1]), block.shape)
        products = np.concatenate([products, block], axis=1)
        rows = np.concatenate([rows, numbers], axis=1)
        kept = np.argpartition(-products, min(DEPTH, products.shape[1]) - 1, axis=1)[:, :DEPTH]
        products = np.take_along_axis(products, kept, axis=1)
        rows = np.take_along_axis(rows, kept, axis=1)
    return np.take_along_axis(rows, np.argsort(-products, axis=1), axis=1)


STAGES: dict[str, Callable[[int, Path], Measured]] = {
    "words build": _build_words,
    "words search": _search_words,
    "vectors draw": _draw_vectors,
    "vectors build": _build_vectors,
    "vectors search": _search_vectors,
    "vectors compare": _compare_vectors,
}


def _asked(
    opened: float, search: Callable[[Any], object], questions: Sequence[Any] | Vectors
) -> Measured:
    """Ask everything twice, time the second round, and tell the memory then in use."""
    for question in questions:
        search(question)
    times = [timed(lambda asked=question: search(asked))[0] * 1000 for question in questions]
    p50, p95 = np.percentile(times, [50, 95])
    return {"open": opened * 1000, "p50": float(p50), "p95": float(p95), **memory()}


def memory() -> dict[str, float]:
    """Return the memory of this process in MB, from Linux's /proc."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    kilobytes = {line.split(":")[0]: line.split()[1] for line in lines if line.endswith(" kB")}
    return {
        name: int(kilobytes[key]) / 1024
        for name, key in (("peak", "VmHWM"), ("searching", "VmRSS"), ("mapped", "RssFile"))
    }


def plot(rows: list[Measured], path: Path) -> None:
    """Draw how a query, a build and the memory grow, each with both axes logarithmic."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["svg.hashsalt"] = "growth"  # the same table gives the same file
    figure = Figure(figsize=(11, 3.6), layout="constrained")
    for axes, (name, title) in zip(figure.subplots(1, len(PANELS)), PANELS.items(), strict=True):
        for leg in LEGS:
            of_leg = [row for row in rows if row["index"].startswith(leg)]
            clauses = [row["clauses"] for row in of_leg]
            axes.plot(clauses, [row[name] for row in of_leg], "o-", label=leg)
        axes.set(xscale="log", yscale="log", xlabel="clauses", title=title)
        axes.grid(which="major", alpha=0.3)
        axes.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the wall seconds that `work` took, and what it returned."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


if __name__ == "__main__":
    main()
