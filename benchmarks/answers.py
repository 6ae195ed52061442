"""How often `ask` holds the answer to the questions of a set, and what its citations are worth.

    python -m benchmarks.answers FOLDER… --work DIR [--set FILE] [--split dev] [--threshold P]

The documents are added to a library in DIR, which is kept. An answer holds the answer where a
citation covers at least half of a gold quotation of grade 2; a citation is right where its clause
holds gold of either grade; the gold documents are those with a quotation of grade 2.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

from benchmarks.questions import checked
from eval.golden import Checked, Place
from eval.questions import QUESTIONS, SPLITS
from index import Library
from index.encoders import open_encoder
from retrieval.answer import Answer, Citation, answer
from retrieval.confidence import THRESHOLD
from retrieval.search import Searcher


class Result(NamedTuple):
    """What one question came to; `precision` and `recall` are None where they have no meaning."""

    kind: str
    answerable: bool
    answered: bool
    first: bool
    """Whether the first citation holds the answer."""
    holds: bool
    precision: float | None
    """The share of the citations that are right."""
    recall: float | None
    """The share of the gold documents that are cited with the answer."""
    ms: float
    """Without encoding the question and finding clauses; the sentences' encoding is part of it."""


def covers(citation: Citation, place: Place) -> bool:
    """Whether a citation holds at least half of a gold quotation."""
    shared = min(citation.span.end, place.span.end) - max(citation.span.start, place.span.start)
    same = citation.document.id == place.document.id
    return same and 2 * shared >= place.span.end - place.span.start


def result(one: Checked, found: Answer) -> Result:
    """Compare an answer with the gold of its question."""
    alone = [place for place in one.places if place.grade == 2]
    clauses = {place.clause.id for place in one.places}
    right = [any(covers(citation, place) for place in alone) for citation in found.citations]
    cited = {c.document.id for c, is_right in zip(found.citations, right, strict=True) if is_right}
    documents = {place.document.id for place in alone}
    sound = [c.clause.id in clauses for c in found.citations]
    return Result(
        one.question.kind,
        one.question.answerable,
        found.status == "answered",
        any(right[:1]),
        any(right),
        mean(sound) if sound else None,
        len(cited) / len(documents) if documents else None,
        found.ms["extract"],
    )


def table(results: Sequence[Result]) -> Iterator[str]:
    """Yield the lines of a Markdown table, a line for each kind."""
    yield "| questions | n | answered | first holds | holds | citations right | documents | ms |"
    yield "|---|---|---|---|---|---|---|---|"
    for kind in dict.fromkeys(r.kind for r in results):
        yield _line(kind, [r for r in results if r.kind == kind])
    yield _line("all answerable", [r for r in results if r.answerable])


def _line(name: str, results: Sequence[Result]) -> str:
    shares = (mean(r.answered for r in results), mean(r.first for r in results))
    cells = [f"{share:.3f}" for share in (*shares, mean(r.holds for r in results))]
    for values in ([r.precision for r in results], [r.recall for r in results]):
        known = [value for value in values if value is not None]
        cells.append(f"{mean(known):.3f}" if known else "")
    ms = median(r.ms for r in results)
    return f"| {name} | {len(results)} | {' | '.join(cells)} | {ms:.0f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--set", type=Path, default=QUESTIONS / "education.jsonl")
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    args = parser.parse_args()
    library = Library(args.work, open_encoder)
    library.add(args.paths)
    searcher = Searcher(library)
    asked = [one for one in checked(library, args.set) if one.question.split == args.split]
    found = [answer(searcher, one.question.text, threshold=args.threshold) for one in asked]
    print(f"{args.set.name}, {args.split}, threshold {args.threshold}\n")
    print("\n".join(table([result(one, a) for one, a in zip(asked, found, strict=True)])))


if __name__ == "__main__":
    main()
