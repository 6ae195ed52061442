"""Measure ways of weighing words against meaning, on any question sets at once.

    python -m benchmarks.fusion FOLDER… --work DIR [--split dev] [--fold 1/2]

FOLDER is a BEIR folder, indexed in DIR as by `youju eval --work`. Where it has a spans.jsonl, the
passage that holds an answer is also looked for: `first` and `top 3`. `--fold` measures on that
part of the questions alone which `training.questions` leaves out of the training. For each way
the difference to what is in use is tested by random flips of sign (two-sided, `eval.statistics`).
"""

import argparse
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from eval.brought import index_records
from eval.sets import QuestionSet
from eval.sets.beir import read_beir
from eval.statistics import permutation_tests
from index import Library
from index.encoders import open_encoder
from index.snapshot import Snapshot
from retrieval.fusion import dense_weight
from retrieval.query import query_tokens
from retrieval.ranking import Legs, both_legs, fuse
from retrieval.search import Searcher
from training.questions import left_out

Weigh = Callable[[float], float]
CUT = 10


def line(most: float, fall: float, least: float, share: float) -> float:
    """The weight of meaning that falls with the share of the words' score that was reached."""
    return min(most, max(least, most - fall * share))


WAYS: dict[str, Weigh] = {
    "in use": dense_weight,
    "words": lambda share: 0.0,
    "meaning": lambda share: 1e6,
    **{
        f"always {weight}": lambda share, weight=weight: weight
        for weight in (0.3, 0.5, 0.7, 1, 1.5)
    },
    **{
        f"{most} - {fall} share, at least {least}": partial(line, most, fall, least)
        for most in (1.5, 2.0, 2.5, 3.0)
        for fall in (2, 3, 4, 5, 6)
        for least in (0.3, 0.5)
    },
}


class Asked(NamedTuple):
    """A question with what both legs find, and what answers it."""

    legs: Legs
    records: dict[str, int]
    answers: frozenset[int]
    """Positions of the passages that hold an answer; empty where nobody marked one."""


def asked(library: Library, dataset: QuestionSet, fold: set[str] | None) -> Iterator[Asked]:
    """Yield the questions of a set."""
    searcher, snapshot = Searcher(library), library.snapshot()
    spans = spans_of(dataset, snapshot)
    for identity, text in dataset.queries.items():
        if fold is not None and identity not in fold:
            continue
        vector = searcher.encode(text, snapshot, "hybrid")
        assert vector is not None and snapshot.vectors is not None
        legs = both_legs(snapshot.words, query_tokens(text), snapshot.vectors, vector)
        yield Asked(legs, dataset.qrels[identity], spans.get(text, frozenset()))


def spans_of(dataset: QuestionSet, snapshot: Snapshot) -> dict[str, frozenset[int]]:
    """Return the positions of the passages that hold an answer, by question."""
    path = dataset.path / "spans.jsonl"
    if not path.exists():
        return {}
    found = {}
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        positions = snapshot.positions_of_document.get(row["context_id"], ())
        found[row["question"]] = frozenset(
            int(position)
            for position in positions
            if any(
                snapshot.passages[position].start <= answer["start"]
                and answer["start"] + len(answer["text"]) <= snapshot.passages[position].end
                for answer in row["answers"]
            )
        )
    return found


def measured(question: Asked, weigh: Weigh, snapshot: Snapshot) -> tuple[float, float, float]:
    """Return nDCG@10 of the records, and whether the first and the first three hold an answer."""
    positions = fuse(question.legs, weigh(question.legs.share)).positions
    names = (snapshot.passages[position].document_id for position in positions)
    ranked = [question.records.get(name, 0) for name in list(dict.fromkeys(names))[:CUT]]
    ideal = sorted(question.records.values(), reverse=True)[:CUT]
    first = [int(position) in question.answers for position in positions[:3]]
    return dcg(ranked) / dcg(ideal), float(any(first[:1])), float(any(first))


def dcg(gains: list[int]) -> float:
    """Discounted cumulative gain (Järvelin and Kekäläinen, 2002)."""
    return float(sum(gain / np.log2(rank + 2) for rank, gain in enumerate(gains)))


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--fold")
    options = parser.parse_args()
    for folder in options.folders:
        dataset = read_beir(folder, options.split)
        fold = left_out(dataset, *map(int, options.fold.split("/"))) if options.fold else None
        library = Library(options.work / dataset.records_fingerprint(), open_encoder)
        index_records(library, dataset, True, lambda stage, done, total: None)
        questions = list(asked(library, dataset, fold))
        table(dataset.name, questions, library.snapshot())


def table(name: str, questions: list[Asked], snapshot: Snapshot) -> None:
    """Print what each way measures, and how likely chance would part it from what is in use."""
    results = {
        way: np.array([measured(question, weigh, snapshot) for question in questions])
        for way, weigh in WAYS.items()
    }
    used = results["in use"]
    shares = np.percentile([question.legs.share for question in questions], (5, 50, 95))
    print(f"\n{name}, {len(questions)} questions; share at 5, 50, 95 %: {shares.round(2)}\n")
    print("| weight of meaning | nDCG@10 | p | first | p | top 3 | p |")
    print("|---|---|---|---|---|---|---|")
    for way, found in results.items():
        tests = zip(found.T, permutation_tests(found - used), strict=True)
        cells = [f"{values.mean():.4f} | {test.p:.4f}" for values, test in tests]
        print(f"| {way} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
