"""What `ask` says: how often it holds the answer, and how often it rightly says nothing.

    python benchmarks/answers.py FOLDER --split dev --work DIR [--fit]

FOLDER is a BEIR folder with a spans.jsonl (see spans.py) and an unanswerable.jsonl: questions,
one a line, that its corpus does not answer. `--fit` prints the coefficients of
`retrieval.answer.confidence_of`, fitted on these questions, with figures from five-fold
cross-validation.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from corpus import Span
from eval.beir import read_dataset
from eval.run import index_records
from index import Library
from index.encoders import open_encoder
from retrieval.answer import features_of, worth_saying
from retrieval.evidence import CLAUSES_READ, Evidence, gather
from retrieval.search import Searcher

Floats = NDArray[np.float64]
FOLDS = 5
RIDGE = 1e-3


class Asked(NamedTuple):
    """A question, the record that answers it and where; no record when none does."""

    text: str
    record: str | None
    gold: list[Span]


def covered(evidence: Sequence[Evidence], asked: Asked) -> bool:
    """Whether half of an answer's characters stand in the sentences said."""
    said = [e.span for e in evidence if e.hit.document.id == asked.record]
    return any(
        sum(max(0, min(s.end, g.end) - max(s.start, g.start)) for s in said) * 2 >= g.end - g.start
        for g in asked.gold
    )


def fit(x: Floats, y: Floats) -> Floats:
    """Logistic regression by Newton's method with a small ridge; the last weight is constant."""
    x = np.column_stack([x, np.ones(len(x))])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - RIDGE * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(x.shape[1])
        weights += np.linalg.solve(hessian, gradient)
    return weights


def predict(x: Floats, weights: Floats) -> Floats:
    """Return the probability for each row."""
    return 1 / (1 + np.exp(-(np.column_stack([x, np.ones(len(x))]) @ weights)))


def auroc(y: Floats, p: Floats) -> float:
    """The share of (answerable, unanswerable) pairs in the right order; ties count half."""
    high, low = p[y == 1][:, None], p[y == 0][None, :]
    return float((high > low).mean() + (high == low).mean() / 2)


def cross_validated(x: Floats, y: Floats) -> Floats:
    """Return for each row the probability by weights that were fitted on the other folds."""
    fold = np.arange(len(y)) % FOLDS
    p = np.empty(len(y))
    for held_out in range(FOLDS):
        p[fold == held_out] = predict(
            x[fold == held_out], fit(x[fold != held_out], y[fold != held_out])
        )
    return p


def read_questions(folder: Path) -> list[Asked]:
    """Return the answerable and the unanswerable questions, in turn."""
    questions = []
    for line in (folder / "spans.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = [Span(a["start"], a["start"] + len(a["text"])) for a in row["answers"]]
        questions.append(Asked(row["question"], row["context_id"], gold))
    for line in (folder / "unanswerable.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        questions.append(Asked(row.get("question") or row["text"], None, []))
    return questions


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--save", type=Path, help="keep the features here as .npz")
    args = parser.parse_args()
    library = Library(args.work, open_encoder)
    index_records(library, read_dataset(args.folder, args.split), True, lambda *stage: None)
    searcher, rows, first, said, answerable = Searcher(library), [], [], [], []
    for asked in read_questions(args.folder):
        results = searcher.search(asked.text, CLAUSES_READ)
        evidence = gather(searcher, asked.text, results.hits, "hybrid")
        rows.append(features_of(evidence[0]))
        answerable.append(asked.record is not None)
        first.append(covered(evidence[:1], asked))
        said.append(covered(worth_saying(evidence), asked))
    x, y = np.array(rows, np.float64), np.array(answerable, np.float64)
    if args.save:
        np.savez(args.save, x=x, y=y, first=first, said=said)
    known = y == 1
    print(
        f"{int(y.sum())} answerable: the first sentence holds the answer "
        f"{np.mean(np.array(first)[known]):.3f}, the whole answer does "
        f"{np.mean(np.array(said)[known]):.3f}"
    )
    if args.fit:
        p = cross_validated(x, y)
        print(
            f"AUROC {auroc(y, p):.3f} (five-fold), single features",
            [round(auroc(y, x[:, i]), 3) for i in range(x.shape[1])],
        )
        for threshold in np.quantile(p[known], [0.01, 0.02, 0.05, 0.1]):
            refused = p < threshold
            print(
                f"threshold {threshold:.3f}: refuses {refused[known].mean():.3f} of the "
                f"answerable, {refused[~known].mean():.3f} of the unanswerable"
            )
        print("weights", [round(float(w), 3) for w in fit(x, y)])


if __name__ == "__main__":
    main()
