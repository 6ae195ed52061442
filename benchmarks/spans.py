"""How often the passage that holds the answer comes first, or among the first three.

    python benchmarks/spans.py FOLDER --split dev --work DIR

FOLDER is a BEIR folder with a spans.jsonl beside its corpus: one question a line, with the
answers' text and start in the record that holds it. The index is kept in DIR and used again.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from corpus import Span
from eval.brought import index_records
from eval.sets.beir import read_beir
from index import Library
from index.encoders import open_encoder
from index.snapshot import Snapshot
from retrieval.ranking import MODES, Mode, rank
from retrieval.search import Searcher


def holds(passage: Span, answers: list[Span]) -> bool:
    """Whether a passage holds one of the answers whole."""
    return any(passage.start <= a.start and a.end <= passage.end for a in answers)


def first_right(
    searcher: Searcher, snapshot: Snapshot, question: str, mode: Mode, record: str, gold: list[Span]
) -> int:
    """Return the rank of the first passage that holds an answer, or 0 for none in the ranking."""
    vector = searcher.encode(question, snapshot, mode)
    ranking = rank(snapshot, question, vector, mode, None)
    for place, position in enumerate(ranking.positions, start=1):
        row = snapshot.passages[position]
        if row.document_id == record and holds(Span(row.start, row.end), gold):
            return place
    return 0


def main() -> None:
    """Print the shares for each mode."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--work", type=Path, required=True)
    args = parser.parse_args()
    dataset = read_beir(args.folder, args.split)
    library = Library(args.work, open_encoder)
    index_records(library, dataset, True, lambda stage, done, total: None)
    searcher, snapshot = Searcher(library), library.snapshot()
    lines = (args.folder / "spans.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    for mode in MODES:
        ranks = []
        for question in questions:
            gold = [Span(a["start"], a["start"] + len(a["text"])) for a in question["answers"]]
            ranks.append(
                first_right(
                    searcher, snapshot, question["question"], mode, question["context_id"], gold
                )
            )
        first = sum(r == 1 for r in ranks) / len(ranks)
        three = sum(1 <= r <= 3 for r in ranks) / len(ranks)
        print(f"{mode:7} {len(ranks)} questions  first {first:.3f}  top 3 {three:.3f}")
    print(f"{len(snapshot.passages)} passages")


if __name__ == "__main__":
    main()
