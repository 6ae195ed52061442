"""Question sets whose gold is a document's title and a short quotation from it.

    python -m eval.golden check QUESTIONS.jsonl FOLDER… [--write]

checks that every gold quotation stands in its document; `--write` fills in `overlap`. Exit 0 when
all is well, 1 with a line for each mistake, 2 for wrong usage. eval/questions/README.md says what
the fields mean.
"""

import argparse
import json
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from corpus import Clause, Document, Span, YoujuError, find_files, read_file
from eval.questions import Gold, Question, SetError, read_questions
from index.tokens import words


class GoldError(YoujuError):
    """A quotation that cannot be placed; the message says what was found instead."""


class Place(NamedTuple):
    """Where a gold quotation stands."""

    document: Document
    clause: Clause
    span: Span
    grade: int


def place(gold: Gold, documents: Sequence[Document]) -> Place:
    """Find a quotation. Raises GoldError where its document or its place is not certain."""
    document = _named(gold.document, documents)
    span = _span(gold, document)
    clause = clause_at(document, span.start)
    if span.end > clause.end:
        raise GoldError(f"“{gold.quote}” runs past the end of {clause.address}: shorten it")
    return Place(document, clause, span, gold.grade)


def _named(name: str, documents: Sequence[Document]) -> Document:
    """The document of a title, of a file name, or of a part of a title that no other has."""
    exact = [d for d in documents if name in (d.label, Path(d.source).name)]
    found = exact or [d for d in documents if name in d.label]
    if len(found) != 1:
        titles = "、".join(d.label for d in found or documents)
        raise GoldError(f"{len(found)} documents are called “{name}”, expected one of: {titles}")
    return found[0]


def _span(gold: Gold, document: Document) -> Span:
    starts = list(_occurrences(gold.quote, document.text))
    wanted = gold.occurrence or 1
    if wanted > len(starts) or (gold.occurrence is None and len(starts) > 1):
        raise GoldError(
            f"“{gold.quote}” stands {len(starts)} times in “{gold.document}”, expected "
            f"{gold.occurrence or 'once'}: quote other words, or say which with occurrence"
        )
    start = starts[wanted - 1]
    return Span(start, start + len(gold.quote))


def _occurrences(quote: str, text: str) -> Iterator[int]:
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def clause_at(document: Document, offset: int) -> Clause:
    """Return the clause that holds `text[offset]`; clauses, joined, are the text."""
    starts = [clause.start for clause in document.clauses]
    return document.clauses[bisect_right(starts, offset) - 1]


def content_words(text: str) -> set[str]:
    """Return the distinct words of `text` but for single Chinese characters (的, 吗, 年)."""
    return {word for word in words(text) if len(word) > 1 or word.isascii()}


def overlap(question: str, clauses: Iterable[str]) -> float:
    """Return the largest |Q ∩ C| / |Q| over the gold clauses, Q and C being content words."""
    asked = content_words(question)
    shared = (len(asked & content_words(clause)) for clause in clauses)
    return round(max(shared, default=0) / len(asked), 2) if asked else 0.0


@dataclass(frozen=True, slots=True)
class Checked:
    """A question with the places of its gold, and what was wrong with it."""

    question: Question
    places: tuple[Place, ...]
    mistakes: tuple[str, ...]

    @property
    def overlap(self) -> float | None:
        """The overlap with the clauses of its gold; None where nothing answers it."""
        if not self.question.answerable:
            return None
        clauses = (p.document.quote(p.clause.span) for p in self.places)
        return overlap(self.question.text, clauses)


def check(question: Question, documents: Sequence[Document]) -> Checked:
    """Place every quotation of a question."""
    places, mistakes = [], []
    for gold in question.gold:
        try:
            places.append(place(gold, documents))
        except GoldError as error:
            mistakes.append(str(error))
    return Checked(question, tuple(places), tuple(mistakes))


def problems(checked: Sequence[Checked]) -> Iterator[tuple[int, str]]:
    """Yield line and message of what is wrong: quotations first, else a stale overlap."""
    for one in checked:
        yield from ((one.question.line, message) for message in one.mistakes)
        if not one.mistakes and one.overlap != one.question.overlap:
            found = f"overlap is {one.question.overlap}, computed {one.overlap}"
            yield one.question.line, f"{found}: run with --write"


def write_overlaps(path: Path, checked: Iterable[Checked]) -> None:
    """Write the computed overlap into the lines of a question set; nothing else changes."""
    computed = {one.question.line: one.overlap for one in checked}
    lines = path.read_bytes().decode("utf-8-sig").rstrip("\n").split("\n")
    for line, value in computed.items():
        row = json.loads(lines[line - 1]) | {"overlap": value}
        lines[line - 1] = json.dumps(row, ensure_ascii=False)
    path.write_bytes(("\n".join(lines) + "\n").encode())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns 0 when all is well, 1 when not."""
    parser = argparse.ArgumentParser(prog="python -m eval.golden", description=__doc__)
    parser.add_argument("command", choices=["check"])
    parser.add_argument("questions", type=Path, help="a question set, JSON Lines")
    parser.add_argument("paths", nargs="+", type=Path, metavar="FOLDER", help="its documents")
    parser.add_argument("--write", action="store_true", help="fill in the overlaps")
    args = parser.parse_args(arguments)
    try:
        return _check(args.questions, args.paths, args.write)
    except YoujuError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _check(path: Path, paths: list[Path], write: bool) -> int:
    documents = [read_file(file) for file in find_files(paths)]
    checked = [check(question, documents) for question in read_questions(path)]
    if write and not any(one.mistakes for one in checked):
        write_overlaps(path, checked)
        checked = [check(question, documents) for question in read_questions(path)]
    found = list(problems(checked))
    if found:
        raise SetError(path, found)
    places = sum(len(one.places) for one in checked)
    sys.stdout.write(f"{len(checked)} questions, {places} quotations, each in its place\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
