"""How often a question set's right clause comes first, by kind and by shared words.

    python -m benchmarks.questions FOLDER… --work DIR [--set FILE] [--split dev] [--modes bm25 …]

The documents are added to a library in DIR, which is kept. A clause is right when it holds a gold
quotation of either grade. Questions that nothing answers are left out, as nothing can be found.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from eval.breakdown import thirds
from eval.questions import QUESTIONS
from eval.sets import Question, Resolved, read_set, resolve
from eval.sets.values import SPLITS
from index import Library
from index.encoders import open_encoder
from retrieval.ranking import MODES, Mode
from retrieval.results import Hit
from retrieval.search import Searcher

TOP = 10


class Result(NamedTuple):
    """What one question came to."""

    question: Question
    rank: int
    """Of the first right clause, 0 where none is among the first TOP."""
    found: float
    """The share of the gold documents of which a right clause is among them."""
    documents: int
    """Gold documents."""


class Figures(NamedTuple):
    """Means over some questions."""

    questions: int
    first: float
    three: float
    ten: float
    mrr: float


def figures(results: Sequence[Result]) -> Figures:
    """Return the shares with a right clause at the top, and the mean reciprocal rank."""

    def share(limit: int) -> float:
        return mean(0 < r.rank <= limit for r in results)

    mrr = mean(1 / r.rank if r.rank else 0 for r in results)
    return Figures(len(results), share(1), share(3), share(TOP), mrr)


def ask(searcher: Searcher, one: Resolved, mode: Mode) -> Result:
    """Search one question."""
    gold = {place.clause.id: place.document.id for place in one.places}
    hits: list[Hit] = searcher.search(one.question.text, TOP, mode).hits
    right = [hit for hit in hits if hit.clause.id in gold]
    documents = set(gold.values())
    found = len({hit.document.id for hit in right}) / len(documents)
    return Result(one.question, right[0].rank if right else 0, found, len(documents))


def groups(results: Sequence[Result]) -> Iterator[tuple[str, list[Result]]]:
    """Yield all results, those of each kind, and thirds by the words that question and gold share.

    Thirds hold about equally many questions, so their bounds are those of the set.
    """
    yield "all", list(results)
    for kind in dict.fromkeys(result.question.kind for result in results):
        yield kind, [result for result in results if result.question.kind == kind]
    for third in thirds(results, _overlap):
        shares = [_overlap(result) for result in third]
        yield f"overlap {min(shares):.2f} to {max(shares):.2f}", third


def _overlap(result: Result) -> float:
    return result.question.overlap or 0.0


def table(results: Sequence[Result]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| questions | n | first | top 3 | top 10 | MRR@10 | gold documents in the top 10 |"
    yield "|---|---|---|---|---|---|---|"
    for name, members in groups(results):
        n, *shares = figures(members)
        spread = [result.found for result in members if result.documents > 1]
        last = f"{mean(spread):.3f} ({len(spread)})" if spread else ""
        yield f"| {name} | {n} | {' | '.join(f'{s:.3f}' for s in shares)} | {last} |"


def placed(library: Library, path: Path) -> list[Resolved]:
    """Return the answerable questions with the places of their gold in the library."""
    return [one for one in checked(library, path) if one.question.answerable]


def checked(library: Library, path: Path) -> list[Resolved]:
    """Return the questions with the places of their gold in the library, if any.

    Raises SetError where gold is not in the library.
    """
    documents = [library.document(document.id) for document in library.documents()]
    return resolve(read_set(path), documents)


def main() -> None:
    """Print a table for each mode."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--set", type=Path, default=QUESTIONS / "education.jsonl")
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--modes", nargs="+", choices=MODES, default=list(MODES))
    args = parser.parse_args()
    library = Library(args.work, open_encoder)
    library.add(args.paths, vectors=set(args.modes) != {"bm25"})
    asked = [one for one in placed(library, args.set) if one.question.split == args.split]
    searched = {passage.clause_id for passage in library.snapshot().passages}
    hidden = [one for one in asked if searched.isdisjoint(p.clause.id for p in one.places)]
    print(f"{args.set.name}, {args.split}: {len(asked)} answerable questions", end="; ")
    print(f"{len(hidden)} whose gold stands only in headings, headers or signatures")
    searcher = Searcher(library)
    for mode in args.modes:
        print(f"\n{mode}\n")
        print("\n".join(table([ask(searcher, one, mode) for one in asked])))


if __name__ == "__main__":
    main()
