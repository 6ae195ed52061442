"""Examples made from documents alone, without labels.

    python -m training.clauses PATH… --out EXAMPLES.jsonl [--per-kind 400]

Five kinds, each a way in which people come to a clause: by its heading, by a sentence of it that
they remember, by a figure that it sets, by a unit that carries it out, and by the same duty in
another document. A heading or a sentence that became the query is cut out of the passage, which
would otherwise be found by repetition. Negatives are other passages of the same document: there
the words of the title help nothing, and the clause itself has to be told apart.
"""

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from index.tokens import tokenize
from index.words import build
from retrieval.sentences import split_sentences
from training.command import parser_of, run
from training.examples import Example, write_examples
from training.places import Place, bigrams, places
from training.rows import TrainingError

SEED = 21
NEGATIVES = 20
SHORTEST_HEADING = 6
CANDIDATES = 20
KIN = (0.35, 0.8)
"""Shares of common bigrams between which two clauses say the same in other words."""

_NUMBER = re.compile(r"^[（(]?[0-9〇零一二三四五六七八九十百第]{1,8}[章节条、.．)）]{1,2}\s*")


def by_heading(place: Place, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the nearest heading with what stands below it."""
    for heading in place.clause.path[-1:]:
        name = _NUMBER.sub("", heading)
        if len(name) >= SHORTEST_HEADING:
            yield name, place.passage(heading)


def by_sentence(place: Place, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield a sentence with the rest of its clause (the inverse cloze task, Lee et al., 2019)."""
    document, clause = place
    found = [document.quote(span) for span in split_sentences(document.text, clause.span)]
    if len(found) > 1:
        chosen = draw.choice(found)
        yield chosen, place.passage(chosen)


def by_figure(place: Place, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield a question for each figure with an indicator."""
    for figure in place.clause.facts.figures:
        if figure.indicator:
            yield f"{figure.indicator.value}要达到多少{figure.unit}", place.passage()


def by_unit(place: Place, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield a question for each clause that names who leads it."""
    if place.clause.units.lead:
        for heading, passage in by_heading(place, draw):
            yield f"{heading}由谁牵头", passage


KINDS: dict[str, Callable[[Place, random.Random], Iterator[tuple[str, str]]]] = {
    "heading": by_heading,
    "sentence": by_sentence,
    "figure": by_figure,
    "unit": by_unit,
}


def examples(found: Sequence[Sequence[Place]], per_kind: int) -> Iterator[Example]:
    """Yield at most `per_kind` examples of each kind, drawn from all documents."""
    draw = random.Random(SEED)
    every = [(place, siblings) for siblings in found for place in siblings]
    for kind, queries in KINDS.items():
        draw.shuffle(every)
        pairs = (
            _example(kind, query, passage, place, siblings, draw)
            for place, siblings in every
            for query, passage in queries(place, draw)
        )
        yield from islice(pairs, per_kind)
    draw.shuffle(every)
    yield from islice(_same_duty([place for place, _ in every]), per_kind)


def _example(
    kind: str,
    query: str,
    passage: str,
    place: Place,
    siblings: Sequence[Place],
    draw: random.Random,
) -> Example:
    others = [other for other in siblings if other.clause.id != place.clause.id]
    drawn = draw.sample(others, min(NEGATIVES, len(others)))
    return Example(query, [passage], [other.passage() for other in drawn], kind)


def _same_duty(every: Sequence[Place]) -> Iterator[Example]:
    """Yield pairs of clauses of different documents that share much, but not nearly all."""
    tokens = [tokenize(place.text) for place in every]
    words = build(tokens)
    for one, own in zip(every, tokens, strict=True):
        nearest = (every[other] for other in words.top(own, CANDIDATES).ids)
        kin = (other for other in nearest if _kin(one, other))
        yield from (Example(one.text, [other.passage()], [], "duty") for other in islice(kin, 1))


def _kin(one: Place, other: Place) -> bool:
    own = bigrams(one.text)
    share = len(own & bigrams(other.text)) / max(1, len(own))
    return one.document.id != other.document.id and KIN[0] <= share <= KIN[1]


def write(options: argparse.Namespace) -> None:
    """Write the examples of the documents. Raises YoujuError where one cannot be read."""
    if options.per_kind < 1:
        raise TrainingError(f"--per-kind is {options.per_kind}, expected at least 1")
    found = places(options.paths)
    print(write_examples(options.out, examples(found, options.per_kind)), "examples")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the examples that the command line asks for; return 1 after one line where it fails."""
    parser = parser_of(__doc__)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--per-kind", type=int, default=400)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    return run("clauses", lambda: write(options))


if __name__ == "__main__":
    sys.exit(main())
