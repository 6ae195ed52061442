"""What is asked of the committed sets beyond what any set must be."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus import Document
from eval.sets.places import Resolved, resolve
from eval.sets.rows import default_id, shown
from eval.sets.values import KINDS, REFUSED, SPLITS, Gold, Question, QuestionSet, SetError

QUOTE = range(6, 29)
"""Characters of a quotation: enough to be found, too few to be a copy."""
_GRADES = (1, 2)


def check_strictly(questions: QuestionSet, documents: Iterable[Document]) -> list[Resolved]:
    """Return the places of all gold.

    Raises SetError with every mistake: of the fields, of gold without a certain place, and else
    of an overlap that is not the computed one.
    """
    path, documents = questions.path, tuple(documents)
    fields = [(one.line, said) for one in questions.questions for said in wrong_fields(one)]
    try:
        resolved = resolve(questions, documents)
    except SetError as error:
        raise SetError(path, sorted([*fields, *error.mistakes])) from error
    mistakes = fields or [(one.question.line, said) for one in resolved for said in _stale(one)]
    if mistakes:
        raise SetError(path, sorted(mistakes))
    return resolved


def wrong_fields(question: Question) -> Iterator[str]:
    """Yield what a committed set may not have, though a set of one's own may."""
    if question.id == default_id(question.line):
        yield "no id of its own"
    if question.kind not in KINDS:
        yield f"kind is {shown(question.kind)}: expected {'/'.join(KINDS)}"
    elif question.answerable == (question.kind in REFUSED):
        yield f"a question of the kind {question.kind} with answerable {shown(question.answerable)}"
    if question.split not in SPLITS:
        yield f"split is {shown(question.split)}: expected {'/'.join(SPLITS)}"
    if question.draft:
        yield "a draft: accept it, or leave it out"
    for number, gold in enumerate(question.gold, start=1):
        yield from (f"gold {number}: {said}" for said in _wrong_gold(gold))
    if question.answerable and all(gold.grade != max(_GRADES) for gold in question.gold):
        yield "answerable, but no gold of grade 2"


def _wrong_gold(gold: Gold) -> Iterator[str]:
    if gold.document is None:
        yield "no document: expected a title"
    if gold.quote is None or len(gold.quote) not in QUOTE:
        yield f"quote is {shown(gold.quote)}: expected {QUOTE[0]} to {QUOTE[-1]} characters"
    if gold.grade not in _GRADES:
        yield f"grade is {gold.grade}: expected 1 or 2"


def _stale(one: Resolved) -> Iterator[str]:
    for gold, place in zip(one.question.gold, one.places, strict=True):
        found = place.document.quote(place.span)
        if found != gold.quote:
            yield f"“{gold.quote}” is written otherwise there: “{found}”"
    if one.overlap != one.question.overlap:
        found_there = f"overlap is {one.question.overlap}, computed {one.overlap}"
        yield f"{found_there}: run with --write"


def write_overlaps(path: Path, resolved: Iterable[Resolved]) -> None:
    """Write the computed overlap into the lines of JSON Lines; nothing else changes."""
    lines = path.read_bytes().decode("utf-8-sig").rstrip("\n").split("\n")
    for one in resolved:
        at = one.question.line - 1
        row = json.loads(lines[at]) | {"overlap": one.overlap}
        lines[at] = json.dumps(row, ensure_ascii=False)
    path.write_bytes(("\n".join(lines) + "\n").encode())
