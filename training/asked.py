"""Examples from questions that people wrote over documents of their own.

    python -m training.asked QUESTIONS.jsonl PATH… --out EXAMPLES.jsonl

A line of QUESTIONS.jsonl is {"question": …, "gold": [{"file": …, "address": …}]}, where `quote`, a
stretch of the answer, may stand for the address, and a beginning of a name that no other shares
for a long name. Negatives are the clauses of the same documents
that hold most of the question's words: whoever wrote the question has read those.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from index.tokens import tokenize
from index.words import build
from training.command import parser_of, run
from training.examples import Example, write_examples
from training.negatives import says_the_same
from training.places import Place, bigrams, places
from training.rows import Row, TrainingError, read_rows

NEGATIVES = 20


def examples(
    rows: Sequence[dict[str, Any]], documents: dict[str, list[Place]], source: str
) -> Iterator[Example]:
    """Yield an example for each question whose answer is a passage by itself.

    Raises TrainingError where a gold's file may be one of several.
    """
    for row in rows:
        named = [(gold, _named(gold["file"], documents)) for gold in row["gold"]]
        right = [p for gold, file in named if file for p in _places(gold, documents[file])]
        if right:
            files = {file for _, file in named if file}
            siblings = [place for file in sorted(files) for place in documents[file]]
            negatives = _negatives(row["question"], right, siblings)
            yield Example(row["question"], [p.passage() for p in right], negatives, source)


def _named(beginning: str, documents: Iterable[str]) -> str | None:
    """Return the one file whose name is, or begins with, `beginning`, if there is one."""
    found = sorted(name for name in documents if name.startswith(beginning))
    if len(found) > 1 and beginning not in found:
        raise TrainingError(
            f"{len(found)} files are called {beginning}…: name one of {found[0]}, {found[1]}"
        )
    return beginning if beginning in found else next(iter(found), None)


def _places(gold: dict[str, str], siblings: Sequence[Place]) -> Iterator[Place]:
    for place in siblings:
        quoted = "quote" in gold and gold["quote"] in place.text
        if quoted or place.clause.address == gold.get("address"):
            yield place


def _negatives(question: str, right: Sequence[Place], siblings: Sequence[Place]) -> list[str]:
    words = build([tokenize(place.passage()) for place in siblings])
    answers = [bigrams(place.text) for place in right]
    found = (siblings[row] for row in words.top(tokenize(question), NEGATIVES).ids)
    return [place.passage() for place in found if not says_the_same(place.text, answers)]


def read_questions(path: Path) -> list[dict[str, Any]]:
    """Read questions with their gold. Raises TrainingError naming the line that is none."""
    return [_checked(row).values for row in read_rows(path)]


def _checked(row: Row) -> Row:
    row.text("question")
    for gold in row.objects("gold"):
        gold.text("file")
        gold.text("quote" if "quote" in gold.values else "address")
    return row


def write(options: argparse.Namespace) -> None:
    """Write the examples of the questions. Raises YoujuError for what cannot be read."""
    rows = read_questions(options.questions)
    documents = {Path(held[0].document.source).name: held for held in places(options.paths) if held}
    made = list(examples(rows, documents, options.questions.stem))
    print(f"{write_examples(options.out, made)} examples of {len(rows)} questions")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the examples that the command line asks for; return 1 after one line where it fails."""
    parser = parser_of(__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    return run("asked", lambda: write(options))


if __name__ == "__main__":
    sys.exit(main())
