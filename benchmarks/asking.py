"""How long `ask` takes, with the encoder and without.

    python -m benchmarks.asking LIBRARY QUERIES.jsonl [--questions 200]

QUERIES.jsonl has one question a line, as `text`. The library is only read. What the encoder takes
for the question and for sentences is measured in it, and taken off.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from index import Library
from index.encoders import Encoder, TextKind, Vectors, open_encoder
from retrieval.answer import answer
from retrieval.search import Searcher

SEED = 1
WARM_UP = 5


class Timed:
    """An encoder that counts the seconds it takes."""

    def __init__(self, inner: Encoder) -> None:
        self.name, self.dimension, self._inner = inner.name, inner.dimension, inner
        self.seconds = 0.0

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        """Encode as the inner encoder does."""
        start = time.perf_counter()
        vectors = self._inner.encode(texts, kind)
        self.seconds += time.perf_counter() - start
        return vectors


def measured(searcher: Searcher, timed: Timed, question: str) -> tuple[float, float]:
    """Return the milliseconds of an answer, and those of them that the encoder took."""
    before, start = timed.seconds, time.perf_counter()
    answer(searcher, question)
    return (time.perf_counter() - start) * 1000, (timed.seconds - before) * 1000


def line(name: str, values: Sequence[float]) -> str:
    """A row of the table: the median and the 95th percentile."""
    ordered = sorted(values)
    return f"| {name} | {median(ordered):.1f} | {ordered[int(0.95 * len(ordered))]:.1f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args()
    opened: list[Timed] = []

    def open_timed(name: str | None) -> Timed:
        opened.append(Timed(open_encoder(name)))
        return opened[-1]

    searcher = Searcher(Library(options.library, open_timed))
    rows = options.queries.read_text("utf-8").splitlines()
    random.Random(SEED).shuffle(rows)
    asked = [json.loads(row)["text"] for row in rows[: options.questions + WARM_UP]]
    for question in asked[:WARM_UP]:
        answer(searcher, question)
    times = [measured(searcher, opened[-1], question) for question in asked[WARM_UP:]]
    print(f"{len(searcher.library.snapshot().passages):,} passages, {len(times)} questions\n")
    print("| milliseconds | median | 95th percentile |\n|---|---|---|")
    print(line("an answer", [total for total, _ in times]))
    print(line("the encoder, for the question and for sentences", [e for _, e in times]))
    print(line("an answer without the encoder", [total - e for total, e in times]))


if __name__ == "__main__":
    main()
