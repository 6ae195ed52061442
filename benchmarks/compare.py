"""Which documents `compare` shows for a topic, and whether it shows the words that say it.

    python -m benchmarks.compare FOLDER… --work DIR [--set FILE] [--split dev] [--mode hybrid] [-v]

The documents are added to a library in DIR, which is kept. Each question of a set is taken as a
topic; its gold names every document that answers it. `precision` and `recall` count documents over
all questions of a kind, `or close` adds to the recall what is told to speak of it in other words;
`span` is the share of the rows of gold documents that quote a gold place, `or also` that of those
which do or name it as a further place. `no row` is the share of the questions without any row,
`doubtful` that of those whose rows are said to be doubtful.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.questions import checked
from corpus import Span
from eval.questions import QUESTIONS
from eval.sets import Resolved
from eval.sets.values import SPLITS
from index import Library
from index.encoders import open_encoder
from retrieval.compare import Row, TopicTable, compare_topic
from retrieval.ranking import MODES
from retrieval.search import Searcher

HEADS = (
    *("kind", "questions", "precision", "recall", "F1", "or close", "span", "or also"),
    *("no row", "doubtful"),
)


class Counts(NamedTuple):
    """What one question came to, in documents."""

    gold: int = 0
    shown: int = 0
    right: int = 0
    span: int = 0
    also: int = 0
    close: int = 0
    empty: int = 0
    doubtful: int = 0
    questions: int = 1

    def __add__(self, other: object) -> "Counts":
        assert isinstance(other, tuple)
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


def touches(span: Span, gold: Sequence[Span]) -> bool:
    """Whether a quotation shares a character with a gold place."""
    return any(span.start < one.end and one.start < span.end for one in gold)


def quoted(row: Row) -> list[Span]:
    """What a row shows of its document: the quotation, and the units of the clause."""
    return [row.place.span, *(unit.span for units in row.units for unit in units)]


def count(one: Resolved, table: TopicTable) -> Counts:
    """Compare the rows of a table with the gold of its question."""
    gold: dict[str, list[Span]] = defaultdict(list)
    for place in one.places:
        gold[place.document.id].append(place.span)
    right = [row for row in table.rows if row.document.id in gold]
    first = [any(touches(s, gold[row.document.id]) for s in quoted(row)) for row in right]
    also = [
        first_one or any(touches(place.span, gold[row.document.id]) for place in row.also)
        for row, first_one in zip(right, first, strict=True)
    ]
    close = [s for s in table.silent if s.reason == "close" and s.standing.document.id in gold]
    counted = (len(gold), len(table.rows), len(right), sum(first), sum(also), len(close))
    return Counts(*counted, int(not table.rows), int(table.is_doubtful))


def share(part: int, whole: int) -> str:
    """A share to three places, "" of nothing."""
    return f"{part / whole:.3f}" if whole else ""


def lines(kinds: dict[str, Counts]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield f"| {' | '.join(HEADS)} |"
    yield f"|{'---|' * len(HEADS)}"
    for kind, c in kinds.items():
        f1 = share(2 * c.right, c.gold + c.shown)
        told = share(c.right + c.close, c.gold)
        shares = (share(c.right, c.shown), share(c.right, c.gold), f1, told)
        spans = (share(c.span, c.right), share(c.also, c.right))
        rest = (share(c.empty, c.questions), share(c.doubtful, c.questions))
        yield f"| {kind} | {c.questions} | {' | '.join((*shares, *spans, *rest))} |"


def told(one: Resolved, table: TopicTable, counts: Counts) -> Iterator[str]:
    """Yield what a question came to, for whoever looks for the reason."""
    yield f"{one.question.id} {one.question.text} gold {counts.gold} right {counts.right}"
    gold = {place.document.id for place in one.places}
    for row in table.rows:
        quote = " ".join(row.place.quote.split())
        yield f"  {'+' if row.document.id in gold else '-'} {row.document.label[:12]} {quote[:80]}"
    for silent in table.silent:
        if silent.standing.document.id in gold:
            yield f"  missed {silent.standing.document.label[:12]} {silent.reason}"


def main() -> None:
    """Print a table with a row for each kind of question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--set", type=Path, default=QUESTIONS / "education.jsonl")
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--mode", choices=MODES, default="hybrid")
    parser.add_argument("-v", action="store_true", help="say what became of each question")
    args = parser.parse_args()
    library = Library(args.work, open_encoder)
    library.add(args.paths, vectors=args.mode != "bm25")
    searcher = Searcher(library)
    kinds: dict[str, Counts] = {}
    asked = (one for one in checked(library, args.set) if one.question.split == args.split)
    for one in asked:
        table = compare_topic(searcher, one.question.text, mode=args.mode)
        counts, kind = count(one, table), one.question.kind
        kinds[kind] = kinds[kind] + counts if kind in kinds else counts
        if args.v:
            print("\n".join(told(one, table, counts)))
    print(f"{args.set.name}, {args.split}, {args.mode}\n")
    print("\n".join(lines(kinds)))


if __name__ == "__main__":
    main()
