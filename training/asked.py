"""Examples from questions that people wrote over documents of their own.

    python -m training.asked QUESTIONS.jsonl PATH… --out EXAMPLES.jsonl

A line of QUESTIONS.jsonl is {"question": …, "gold": [{"file": …, "address": …}]}, where `quote`, a
stretch of the answer, may stand for the address. Negatives are the clauses of the same documents
that hold most of the question's words: whoever wrote the question has read those.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.tokens import tokenize
from index.words import build
from training.examples import Example, write_examples
from training.negatives import says_the_same
from training.places import Place, bigrams, places

NEGATIVES = 20


def examples(
    rows: Sequence[dict[str, Any]], documents: dict[str, list[Place]], source: str
) -> Iterator[Example]:
    """Yield an example for each question whose answer is a passage by itself."""
    for row in rows:
        right = [place for gold in row["gold"] for place in _places(gold, documents)]
        if right:
            files = {gold["file"] for gold in row["gold"]}
            siblings = [place for file in sorted(files) for place in documents[file]]
            negatives = _negatives(row["question"], right, siblings)
            yield Example(row["question"], [p.passage() for p in right], negatives, source)


def _places(gold: dict[str, str], documents: dict[str, list[Place]]) -> Iterator[Place]:
    for place in documents.get(gold["file"], []):
        quoted = "quote" in gold and gold["quote"] in place.text
        if quoted or place.clause.address == gold.get("address"):
            yield place


def _negatives(question: str, right: Sequence[Place], siblings: Sequence[Place]) -> list[str]:
    words = build([tokenize(place.passage()) for place in siblings])
    answers = [bigrams(place.text) for place in right]
    found = (siblings[row] for row in words.top(tokenize(question), NEGATIVES).ids)
    return [place.passage() for place in found if not says_the_same(place.text, answers)]


def main() -> None:
    """Write the examples that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.questions.read_text("utf-8").splitlines()]
    documents = {Path(held[0].document.source).name: held for held in places(options.paths) if held}
    made = list(examples(rows, documents, options.questions.stem))
    print(f"{write_examples(options.out, made)} examples of {len(rows)} questions")


if __name__ == "__main__":
    main()
