"""Examples from questions with known answers: a BEIR folder, and any number of question files.

    python -m training.questions FOLDER --vectors V.npy --out EXAMPLES.jsonl [--fold 1/2]

The answers' passages and the negatives are records of the folder, as `youju eval` indexes them.
V.npy holds the vectors of the records, in order, by the encoder that `--model` names; it is made
where it is missing. `--fold 1/2` leaves out the first half of the folder's own questions, drawn
with a fixed seed: an encoder trained on the rest can be measured on them.
"""

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval.beir import Dataset, Record, read_dataset
from index.encoders import Encoder, Vectors, open_encoder
from training.examples import Example, write_examples
from training.negatives import mine

SEED = 20
ENCODED_AT_ONCE = 1024

Question = tuple[str, list[str], str]
"""A question, the ids of the records that answer it, and where it is from."""


def passage_text(record: Record) -> str:
    """Return a record as it is encoded: its text below its title."""
    return f"{record.title}\n{record.text}" if record.title else record.text


def left_out(dataset: Dataset, fold: int, folds: int) -> set[str]:
    """Return the ids of the questions of one fold, of `folds` equal ones counted from 1."""
    ids = sorted(dataset.queries)
    random.Random(SEED).shuffle(ids)
    return set(ids[fold - 1 :: folds])


def vectors_of(texts: Sequence[str], encoder: Encoder, path: Path) -> Vectors:
    """Return the vectors of `texts`, from `path` where they are kept there."""
    if path.exists():
        vectors: Vectors = np.load(path, allow_pickle=False)
        if vectors.shape != (len(texts), encoder.dimension):
            raise ValueError(f"{path} has the shape {vectors.shape}, not one row a record")
        return vectors
    vectors = np.empty((len(texts), encoder.dimension), np.float32)
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(order), ENCODED_AT_ONCE):
        part = order[start : start + ENCODED_AT_ONCE]
        vectors[part] = encoder.encode([texts[place] for place in part], "passage")
        print(f"{start}/{len(order)}", flush=True)
    np.save(path, vectors)
    return vectors


def examples(
    questions: Sequence[Question], records: Sequence[Record], vectors: Vectors, encoder: Encoder
) -> list[Example]:
    """Return an example for each question, with the hard negatives of `encoder`."""
    places = {record.id: place for place, record in enumerate(records)}
    texts = [passage_text(record) for record in records]
    gold = [{places[identity] for identity in ids} for _, ids, _ in questions]
    asked = encoder.encode([text for text, _, _ in questions], "query")
    negatives = mine(asked, vectors, texts, gold)
    return [
        Example(text, [texts[place] for place in sorted(right)], hard, source)
        for (text, _, source), right, hard in zip(questions, gold, negatives, strict=True)
    ]


def main() -> None:
    """Write the examples that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="own questions, JSONL")
    parser.add_argument("--model")
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--fold")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    dataset, encoder = read_dataset(options.folder, options.split), open_encoder(options.model)
    records = list(dataset.records())
    held = left_out(dataset, *map(int, options.fold.split("/"))) if options.fold else set()
    asked: list[Question] = [
        (text, list(dataset.qrels[identity]), dataset.name)
        for identity, text in dataset.queries.items()
        if identity not in held
    ]
    for path in options.more:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            asked.append((row["question"], row["gold"], path.stem))
    vectors = vectors_of([passage_text(record) for record in records], encoder, options.vectors)
    print(write_examples(options.out, examples(asked, records, vectors, encoder)), "examples")


if __name__ == "__main__":
    main()
