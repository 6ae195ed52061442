"""Examples from questions with known answers: a BEIR folder, and any number of question files.

    python -m training.questions FOLDER --vectors V.npy --out EXAMPLES.jsonl [--fold 1/2]

The answers' passages and the negatives are records of the folder, as `youju eval` indexes them.
V.npy holds the vectors of the records, in order, by the encoder that `--model` names; it is made
where it is missing. `--fold 1/2` leaves out the first half of the folder's own questions, drawn
with a fixed seed: an encoder trained on the rest can be measured on them.
"""

import argparse
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval.sets import QuestionSet, Record
from eval.sets.beir import read_beir
from index.encoders import Encoder, Vectors, open_encoder
from training.command import parser_of, run
from training.examples import Example, write_examples
from training.negatives import mine
from training.rows import TrainingError, read_rows

SEED = 20
ENCODED_AT_ONCE = 1024

Question = tuple[str, list[str], str]
"""A question, the ids of the records that answer it, and where it is from."""


def passage_text(record: Record) -> str:
    """Return a record as it is encoded: its text below its title."""
    return f"{record.title}\n{record.text}" if record.title else record.text


def left_out(dataset: QuestionSet, fold: int, folds: int) -> set[str]:
    """Return the ids of the questions of one fold, of `folds` equal ones counted from 1.

    Raises TrainingError where there is no such fold.
    """
    if not 1 <= fold <= folds:
        raise TrainingError(f"the fold is {fold}/{folds}, expected one from 1/{folds}")
    ids = sorted(dataset.queries)
    random.Random(SEED).shuffle(ids)
    return set(ids[fold - 1 :: folds])


def vectors_of(texts: Sequence[str], encoder: Encoder, path: Path) -> Vectors:
    """Return the vectors of `texts`, from `path` where they are kept there.

    Raises TrainingError where `path` holds something else.
    """
    if path.exists():
        return _kept(path, (len(texts), encoder.dimension))
    vectors: Vectors = np.empty((len(texts), encoder.dimension), np.float32)
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(order), ENCODED_AT_ONCE):
        part = order[start : start + ENCODED_AT_ONCE]
        vectors[part] = encoder.encode([texts[place] for place in part], "passage")
        print(f"{start}/{len(order)}", flush=True)
    with path.open("wb") as file:  # to a path, np.save would add .npy
        np.save(file, vectors)
    return vectors


def _kept(path: Path, shape: tuple[int, int]) -> Vectors:
    try:
        vectors: Vectors = np.load(path, allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise TrainingError(f"{path} holds no array ({error}): delete it") from error
    if vectors.shape != shape or vectors.dtype != np.float32:
        raise TrainingError(
            f"{path} holds {vectors.dtype} of the shape {vectors.shape}, not float32 of {shape}, "
            "a row for each record: delete it, or name another"
        )
    return vectors


def examples(
    questions: Sequence[Question], records: Sequence[Record], vectors: Vectors, encoder: Encoder
) -> list[Example]:
    """Return an example for each question, with the hard negatives of `encoder`.

    Raises TrainingError where a question's answer is none of the records.
    """
    places = {record.id: place for place, record in enumerate(records)}
    texts = [passage_text(record) for record in records]
    for text, ids, source in questions:
        if unknown := [identity for identity in ids if identity not in places]:
            raise TrainingError(f"{source}: no record is called {unknown[0]}, which answers {text}")
    gold = [{places[identity] for identity in ids} for _, ids, _ in questions]
    asked = encoder.encode([text for text, _, _ in questions], "query")
    negatives = mine(asked, vectors, texts, gold)
    return [
        Example(text, [texts[place] for place in sorted(right)], hard, source)
        for (text, _, source), right, hard in zip(questions, gold, negatives, strict=True)
    ]


def asked_of(dataset: QuestionSet, fold: str | None) -> list[Question]:
    """Return the questions of a data set that have an answer, less those of `fold`, as 1/2."""
    held = left_out(dataset, *_fold(fold)) if fold else set()
    return [
        (text, right, dataset.name)
        for identity, text in dataset.queries.items()
        if identity not in held
        and (right := [record for record, grade in dataset.qrels[identity].items() if grade > 0])
    ]


def _fold(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", text)
    if not found:
        raise TrainingError(f"the fold is {text!r}, expected one as 1/2")
    return int(found[1]), int(found[2])


def read_questions(path: Path) -> list[Question]:
    """Read questions whose gold are ids of records. Raises TrainingError naming the wrong line."""
    found = [(row, row.texts("gold")) for row in read_rows(path)]
    for row, gold in found:
        if not gold:
            raise row.wrong("gold", "at least one id")
    return [(row.text("question"), gold, path.stem) for row, gold in found]


def write(options: argparse.Namespace) -> None:
    """Write the examples of the questions. Raises YoujuError for what cannot be read."""
    dataset = read_beir(options.folder, options.split)
    asked = asked_of(dataset, options.fold)
    asked += [question for path in options.more for question in read_questions(path)]
    records, encoder = list(dataset.records()), open_encoder(options.model)
    vectors = vectors_of([passage_text(record) for record in records], encoder, options.vectors)
    print(write_examples(options.out, examples(asked, records, vectors, encoder)), "examples")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the examples that the command line asks for; return 1 after one line where it fails."""
    parser = parser_of(__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="own questions, JSONL")
    parser.add_argument("--model")
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--fold")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    return run("questions", lambda: write(options))


if __name__ == "__main__":
    sys.exit(main())
