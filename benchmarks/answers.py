"""How often `ask` holds the answer to the questions of a set, and what its citations are worth.

    python -m benchmarks.answers FOLDER… --work DIR [--set FILE] [--split dev] [--threshold P]
    python -m benchmarks.answers FOLDER --beir --work DIR [--sample 200 100]

The documents are added to a library in DIR, which is kept. With --beir FOLDER is one in the
layout of BEIR with spans.jsonl and unanswerable.jsonl beside its corpus. An answer holds the
answer where a citation covers at least half of a gold quotation of grade 2; a citation is right
where its clause holds gold of either grade; the gold documents are those with one of grade 2.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any, NamedTuple

from benchmarks.questions import checked
from corpus import Span
from eval.answering import answering, judge
from eval.brought import index_records
from eval.outcome import AnswerOutcome
from eval.questions import QUESTIONS
from eval.sets import Place
from eval.sets.beir import read_beir
from eval.sets.documents import clause_at
from eval.sets.values import SPLITS
from index import Library
from index.encoders import open_encoder
from retrieval.answer import Answer, answer
from retrieval.confidence import THRESHOLD
from retrieval.search import Searcher

SEED = 3


class Result(NamedTuple):
    """What one question came to."""

    kind: str
    answerable: bool
    first: bool
    """Whether the first citation holds the answer."""
    outcome: AnswerOutcome
    ms: float
    """Without encoding the question and finding clauses; the sentences' encoding is part of it."""


def result(kind: str, answerable: bool, places: Sequence[Place], found: Answer) -> Result:
    """Compare an answer with the gold of its question."""
    first = any(answering(found, places)[:1])
    return Result(kind, answerable, first, judge(found, found, places), found.ms["extract"])


def table(results: Sequence[Result]) -> Iterator[str]:
    """Yield the lines of a Markdown table, a line for each kind."""
    yield "| questions | n | answered | first holds | holds | citations right | documents | ms |"
    yield "|---|---|---|---|---|---|---|---|"
    for kind in dict.fromkeys(r.kind for r in results):
        yield _line(kind, [r for r in results if r.kind == kind])
    yield _line("all answerable", [r for r in results if r.answerable])


def _line(name: str, results: Sequence[Result]) -> str:
    outcomes = [r.outcome for r in results]
    shares = (mean(o.answered for o in outcomes), mean(r.first for r in results))
    cells = [f"{share:.3f}" for share in (*shares, mean(o.holds for o in outcomes))]
    for values in ([o.precision for o in outcomes], [o.recall for o in outcomes]):
        known = [value for value in values if value is not None]
        cells.append(f"{mean(known):.3f}" if known else "")
    ms = median(r.ms for r in results)
    return f"| {name} | {len(results)} | {' | '.join(cells)} | {ms:.0f} |"


def of_the_set(options: argparse.Namespace) -> Iterator[Result]:
    """Ask the questions of a set."""
    library = Library(options.work, open_encoder)
    library.add(options.paths)
    searcher = Searcher(library)
    for one in checked(library, options.set):
        question = one.question
        if question.split == options.split:
            found = answer(searcher, question.text, threshold=options.threshold)
            yield result(question.kind, question.answerable, one.places, found)


def of_a_folder(options: argparse.Namespace) -> Iterator[Result]:
    """Ask the answerable and the unanswerable questions of a BEIR folder, some of each."""
    folder: Path = options.paths[0]
    library = Library(options.work, open_encoder)
    index_records(library, read_beir(folder, options.split), True, lambda *stage: None)
    searcher, draw = Searcher(library), random.Random(SEED)
    for kind, name, most in zip(
        ("answerable", "unanswerable"),
        ("spans.jsonl", "unanswerable.jsonl"),
        options.sample,
        strict=True,
    ):
        rows = [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]
        draw.shuffle(rows)
        for row in rows[:most]:
            found = answer(
                searcher, row.get("question") or row["text"], threshold=options.threshold
            )
            yield result(kind, kind == "answerable", list(_gold(library, row)), found)


def _gold(library: Library, row: dict[str, Any]) -> Iterator[Place]:
    """The spans that answer a question of a BEIR folder, each in the clause that it begins in."""
    for gold in row.get("answers", ()):
        document = library.document(row["context_id"])
        span = Span(gold["start"], gold["start"] + len(gold["text"]))
        yield Place(document, clause_at(document, span.start), span, 2)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--set", type=Path, default=QUESTIONS / "education.jsonl")
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--beir", action="store_true")
    parser.add_argument("--sample", nargs=2, type=int, default=(200, 100))
    options = parser.parse_args()
    results = list(of_a_folder(options) if options.beir else of_the_set(options))
    name = options.paths[0].name if options.beir else options.set.name
    print(f"{name}, {options.split}, threshold {options.threshold}\n")
    print("\n".join(table(results)))


if __name__ == "__main__":
    main()
