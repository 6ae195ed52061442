"""Fit and measure when `ask` says that it found nothing.

    python -m benchmarks.refusal FOLDER… --work DIR --beir FOLDER --beir-work DIR
        --samples-work DIR --foreign FOLDER [--sample 250 150 200 100]
        [--save FILE.npz | --load FILE.npz]

Six sources of questions, dev splits only: the education set of `eval/questions/`, with those
that nothing answers; its answerable questions with every document that answers taken out; the
sample set, asked of `corpus/samples`; questions on other matters, of the BEIR folder `--foreign`,
asked of either library; and a BEIR folder with spans.jsonl and unanswerable.jsonl. `--sample` says
how many answerable and unanswerable ones of the latter are taken, and how many on other matters,
of the education library and of the samples. Printed are AUROC and the curve, by five-fold
cross-validation with a question's rows in one fold, and the weights of `retrieval.confidence` over
all.
"""

import argparse
import json
import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.questions import checked
from eval.brought import index_records
from eval.questions import QUESTIONS
from eval.refusal import auroc
from eval.sets.beir import read_beir
from index import Library
from index.encoders import open_encoder
from retrieval.choice import choose
from retrieval.confidence import Features, features_of
from retrieval.evidence import CLAUSES_READ, gather
from retrieval.filters import Filters
from retrieval.inquiry import Inquiry
from retrieval.issued import when_issued
from retrieval.search import Searcher

SAMPLES = Path(__file__).parent.parent / "corpus" / "samples"
Floats = NDArray[np.float64]
FOLDS = 5
OF_THE_SETS = {"set", "taken out", "other matters", "samples", "samples, other matters"}
"""Sources that are asked of the libraries of the question sets."""
RIDGE = 0.5
SEED = 3
WORDS = 7
"""The first features: those that words alone tell."""
THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7)


class Row(NamedTuple):
    """A question as it was decided; no features where no sentence could be said at all."""

    source: str
    question: str
    answerable: bool
    features: Features | None


def row(
    searcher: Searcher, source: str, text: str, answerable: bool, filters: Filters
) -> Iterator[Row]:
    """Search a question and yield what speaks for its best sentence.

    Nothing for one that is answered by an address or by the day of a document: no probability
    decides there.
    """
    results = searcher.search(text, top=CLAUSES_READ, filters=filters)
    inquiry = Inquiry.of(searcher, results)
    if results.exact_only or when_issued(inquiry) is not None:
        return
    evidence = gather(searcher, inquiry, "hybrid")
    lines = choose(evidence, inquiry)
    if not lines or results.vector is None:
        yield Row(source, text, answerable, None)
        return
    chance = searcher.background(results.vector)
    best = max((line.best for line in lines), key=lambda item: item.score)
    yield Row(source, text, answerable, features_of(best, evidence, inquiry, chance))


def of_the_samples(library: Library) -> Iterator[Row]:
    """Yield the rows of the sample set, whose nine documents often say the same things."""
    searcher = Searcher(library)
    for one in checked(library, QUESTIONS / "sample.jsonl"):
        question = one.question
        if question.split == "dev":
            yield from row(searcher, "samples", question.text, question.answerable, Filters())


def of_the_set(library: Library) -> Iterator[Row]:
    """Yield the rows of the education set, the answerable ones also without their documents."""
    searcher = Searcher(library)
    everything = {document.id for document in library.documents()}
    for one in checked(library, QUESTIONS / "education.jsonl"):
        if one.question.split != "dev":
            continue
        text, answerable = one.question.text, one.question.answerable
        yield from row(searcher, "set", text, answerable, Filters())
        rest = everything - {place.document.id for place in one.places}
        if answerable and rest:
            left = Filters(documents=tuple(sorted(rest)))
            yield from row(searcher, "taken out", text, False, left)


def of_other_matters(source: str, library: Library, folder: Path, most: int) -> Iterator[Row]:
    """Yield the rows of questions that people asked about other things."""
    searcher, texts = Searcher(library), sorted(read_beir(folder, "dev").queries.values())
    random.Random(SEED).shuffle(texts)
    for text in texts[:most]:
        yield from row(searcher, source, text, False, Filters())


def of_a_folder(folder: Path, work: Path, sample: Sequence[int]) -> Iterator[Row]:
    """Yield the rows of a BEIR folder's answerable and unanswerable questions."""
    library = Library(work, open_encoder)
    index_records(library, read_beir(folder, "dev"), True, lambda *stage: None)
    searcher, draw = Searcher(library), random.Random(SEED)
    for name, answerable, most in zip(
        ("spans.jsonl", "unanswerable.jsonl"), (True, False), sample, strict=True
    ):
        rows = [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]
        draw.shuffle(rows)
        for one in rows[:most]:
            text = one.get("question") or one["text"]
            yield from row(searcher, folder.name, text, answerable, Filters())


class Data(NamedTuple):
    """Rows as arrays: features, shape (n, 10), whether answerable, whether anything fits."""

    x: Floats
    y: Floats
    says: NDArray[np.bool_]
    source: NDArray[np.str_]
    fold: NDArray[np.int64]


def data_of(rows: Sequence[Row]) -> Data:
    """Put rows into arrays."""
    nothing = Features(*[0.0] * len(Features._fields))
    return Data(
        np.array([r.features or nothing for r in rows], np.float64),
        np.array([r.answerable for r in rows], np.float64),
        np.array([r.features is not None for r in rows]),
        np.array([r.source for r in rows]),
        np.array([zlib.crc32(r.question.encode()) % FOLDS for r in rows]),
    )


def fit(x: Floats, y: Floats) -> Floats:
    """Logistic regression by Newton's method with a ridge; the last weight is the constant."""
    x = np.column_stack([x, np.ones(len(x))])
    weights = np.zeros(x.shape[1])
    penalty = RIDGE * np.append(np.ones(x.shape[1] - 1), 0.0)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - penalty * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        weights += np.linalg.solve(hessian, gradient)
    return weights


def cross_validated(data: Data) -> Floats:
    """Return for each row the probability by weights that were fitted on the other folds."""
    p = np.zeros(len(data.y))
    for held_out in range(FOLDS):
        test, train = data.fold == held_out, (data.fold != held_out) & data.says
        weights = fit(data.x[train], data.y[train])
        p[test] = 1 / (1 + np.exp(-np.column_stack([data.x[test], np.ones(test.sum())]) @ weights))
    return np.where(data.says, p, 0.0)


def report(data: Data) -> Iterator[str]:
    """Yield the figures as lines of Markdown."""
    p = cross_validated(data)
    groups = {
        "education set": np.isin(data.source, ["set"]),
        "with its documents taken out": np.isin(data.source, ["set", "taken out"]),
        "with questions on other matters": np.isin(data.source, ["set", "other matters"]),
        "samples": data.source == "samples",
        "samples, with other matters": np.char.startswith(data.source, "samples"),
        **{name: data.source == name for name in sorted(set(data.source) - OF_THE_SETS)},
        "all": np.ones(len(p), bool),
    }
    yield "| questions | answerable | not | AUROC | not, refused at 5 % of the others |"
    yield "|---|---|---|---|---|"
    for name, those in groups.items():
        y, q = data.y[those], p[those]
        at = np.quantile(q[y == 1], 0.05)
        numbers = f"{int(y.sum())} | {int((1 - y).sum())} | {auroc(y == 1, q):.3f}"
        yield f"| {name} | {numbers} | {(q[y == 0] < at).mean():.3f} (below {at:.2f}) |"
    yield ""
    yield "| threshold | answerable, refused | unanswerable, refused | answers, wrongly given |"
    yield "|---|---|---|---|"
    for at in THRESHOLDS:
        said, wrong = p >= at, (p >= at) & (data.y == 0)
        refused = [(~said)[data.y == value].mean() for value in (1, 0)]
        yield f"| {at} | {refused[0]:.3f} | {refused[1]:.3f} | {wrong.sum() / said.sum():.3f} |"
    yield ""
    for name, count in (("WITH_MEANING", data.x.shape[1]), ("WORDS_ONLY", WORDS)):
        weights = fit(data.x[data.says, :count], data.y[data.says])
        yield f"{name}: {[round(float(weight), 2) for weight in weights]}"


def main() -> None:
    """Print the figures and the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--beir", type=Path)
    parser.add_argument("--beir-work", type=Path)
    parser.add_argument("--samples-work", type=Path)
    parser.add_argument("--foreign", type=Path)
    parser.add_argument("--sample", nargs=4, type=int, default=(250, 150, 200, 100))
    parser.add_argument("--save", type=Path, help="keep the features here")
    parser.add_argument("--load", type=Path, help="take the features from here")
    args = parser.parse_args()
    if args.load:
        with np.load(args.load, allow_pickle=False) as kept:
            data = Data(**{name: kept[name] for name in Data._fields})
    else:
        library = Library(args.work, open_encoder)
        library.add(args.paths)
        samples = Library(args.samples_work, open_encoder)
        samples.add([SAMPLES])
        rows = [
            *of_the_set(library),
            *of_other_matters("other matters", library, args.foreign, args.sample[2]),
            *of_the_samples(samples),
            *of_other_matters("samples, other matters", samples, args.foreign, args.sample[3]),
            *of_a_folder(args.beir, args.beir_work, args.sample[:2]),
        ]
        data = data_of(rows)
    if args.save:
        np.savez(args.save, **data._asdict())
    print("\n".join(report(data)))


if __name__ == "__main__":
    main()
