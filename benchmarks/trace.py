"""How well `trace` finds the clauses behind a requirement, and what it makes of what has none.

    python -m benchmarks.trace FOLDER… --work DIR [--set FILE] [--split dev]

The documents are added to a library in DIR, which is kept. Of the `trace` questions of the set, a
clause is right when it holds a gold quotation of grade 2 (it states the requirement); one of
grade 1 (it states a part) is counted neither for nor against. Of the questions that nothing
answers, none may be stated, and those of which the documents do not speak should have no match.

With `--altered N`, N sentences of the documents are traced as they are, and again with one figure,
duty, period or addressee changed: the changed ones may not be stated by the clause they are from.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from benchmarks.questions import checked
from corpus import Clause, Document
from corpus.script import simplify
from eval.questions import QUESTIONS
from eval.sets import Resolved
from eval.sets.values import REFUSED, SPLITS
from index import Library
from index.encoders import open_encoder
from retrieval.search import Searcher
from retrieval.sentences import split_sentences
from retrieval.trace import Row, Tracer

ALL = 1_000
"""Matches of a requirement: every one is judged."""
SEED = 20260722
SENTENCE = range(14, 91)
EACH = 10
"""Altered sentences of each kind, at most."""


class Found(NamedTuple):
    """Clauses of one requirement: how many were found, and how many of them and of all are right.

    A clause that states a part of it is in none of the three.
    """

    right: int
    found: int
    gold: int


def judged(row: Row, one: Resolved, any_match: bool) -> Found:
    """Compare the clauses that state a requirement, or all matches, with its gold."""
    grades: dict[str, int] = {}
    for place in one.places:
        grades[place.clause.id] = max(place.grade, grades.get(place.clause.id, 0))
    gold = {clause for clause, grade in grades.items() if grade == 2}
    told = {m.clause.id for m in row.matches if any_match or m.strength != "related"}
    judgeable = {clause for clause in told if grades.get(clause) != 1}
    return Found(len(judgeable & gold), len(judgeable), len(gold))


def figures(found: Sequence[Found]) -> str:
    """Precision and recall over the clauses of all requirements."""
    right, told, gold = (sum(column) for column in zip(*found, strict=True))
    precision = f"{right / told:.3f}" if told else "-"
    return f"precision {precision} ({right} of {told}), recall {right / gold:.3f} (of {gold})"


def report(tracer: Tracer, asked: Sequence[Resolved]) -> Iterator[str]:
    """Trace the questions and say what came of them."""
    traced = [one for one in asked if one.question.kind == "trace"]
    started, worked = perf_counter(), process_time()
    rows = [tracer.trace(one.question.text) for one in traced]
    seconds = (perf_counter() - started) / len(traced)
    # On a machine that others use, too, the seconds of the processor are those to compare.
    work = (process_time() - worked) / len(traced)
    yield f"{len(traced)} requirements, {seconds:.2f} s each, {work:.2f} s of the processor"
    for name, any_match in (("verbatim or equivalent", False), ("any match", True)):
        found = [judged(row, one, any_match) for row, one in zip(rows, traced, strict=True)]
        yield f"  {name}: {figures(found)}"
    for kind in REFUSED:
        others = [tracer.trace(o.question.text) for o in asked if o.question.kind == kind]
        stated = sum(row.is_stated for row in others)
        none = sum(not row.matches for row in others)
        yield f"  {kind}: {len(others)} questions, {stated} stated, {none} without any match"


# --- altered sentences -----------------------------------------------------------------------

Change = Callable[[re.Match[str]], str]

CHANGES: dict[str, tuple[str, Change]] = {
    "figure": (
        r"(?<![\d.])(\d+)(?=(?:\.\d+)?[%个名所次年小节万])",
        lambda found: str(int(found[1]) + 3),
    ),
    "year": (r"202[3-7]年", lambda found: "2031年"),
    "at most for at least": (r"不低于|不少于", lambda found: "不超过"),
    "below for above": (r"以上", lambda found: "以下"),
    "month for year": (r"每年|每学期", lambda found: "每月"),
    "allowed for forbidden": (r"不得|严禁", lambda found: "可以"),
    "encouraged for demanded": (r"^(?:加强|完善|建立|推进)", lambda found: f"鼓励{found[0]}"),
    "forbidden for demanded": (r"^(?:严格|规范|落实)", lambda found: f"不得{found[0]}"),
    "stage": (r"(?<!中)小学", lambda found: "初中"),
    "ownership": (r"公办", lambda found: "民办"),
    "town for country": (r"农村|乡村", lambda found: "城市"),
}


def sentences(documents: Sequence[Document]) -> list[tuple[Clause, str]]:
    """The sentences of the items and articles, in an order that is always the same."""
    found = [
        (clause, simplify(document.quote(span)))
        for document in documents
        for clause in document.clauses
        if clause.kind in ("article", "item")
        for span in split_sentences(document.text, clause.span)
        if span.end - span.start in SENTENCE and "单位" not in simplify(document.quote(span))
    ]
    random.Random(SEED).shuffle(found)
    return found


def own(tracer: Tracer, clause: Clause, text: str) -> str:
    """How the clause that a text is from is said to fit it."""
    row = tracer.trace(text)
    return next((m.strength for m in row.matches if m.clause.id == clause.id), "none")


def altered(tracer: Tracer, found: Sequence[tuple[Clause, str]], most: int) -> Iterator[str]:
    """Trace sentences as they are, then changed ones."""
    as_they_are = Counter(own(tracer, clause, text) for clause, text in found[:most])
    yield f"  sentences as they are: {dict(as_they_are)}"
    for name, (pattern, change) in CHANGES.items():
        held = [(c, t) for c, t in found if re.search(pattern, t)][: min(EACH, most)]
        told = Counter(own(tracer, c, re.sub(pattern, change, t, count=1)) for c, t in held)
        yield f"  {name}: {dict(told)}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--set", type=Path, default=QUESTIONS / "education.jsonl")
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--altered", type=int, default=0, metavar="N")
    args = parser.parse_args()
    library = Library(args.work, open_encoder)
    library.add(args.paths)
    documents = [library.document(document.id) for document in library.documents()]
    tracer = Tracer(Searcher(library), top=ALL)
    asked = [one for one in checked(library, args.set) if one.question.split == args.split]
    print(f"{args.set.name}, {args.split}:")
    print("\n".join(report(tracer, asked)))
    if args.altered:
        print("\n".join(altered(tracer, sentences(documents), args.altered)))


if __name__ == "__main__":
    main()
