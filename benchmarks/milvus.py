"""Measure a Milvus server beside the embedded engine: the same passages, how fast, how large.

    milvus-lite server --data-dir DIR --host 127.0.0.1 --port 19530
    python -m benchmarks.milvus --library LIBRARY --questions FOLDER [--split dev]
    python -m benchmarks.milvus --clauses 100000

The first copies a library and moves the copy to the server; FOLDER is a BEIR folder with its
questions. The second makes one of drawn clauses (benchmarks/clauses.py) with a random unit vector
each, adds it and asks drawn questions. Both ask each question of both engines in turn.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from zlib import crc32

import numpy as np

from benchmarks.clauses import DIMENSION, SEED, WORDS_OF_A_CLAUSE, WORDS_OF_A_QUESTION, token_lists
from benchmarks.growth import timed
from corpus import Document, parse
from index import Library
from index.encoders import Encoder, TextKind, Vectors, open_encoder
from index.engine import Embedded
from index.milvus.counts import POSTING
from index.milvus.engine import Milvus
from index.moving import move
from retrieval.results import Results
from retrieval.search import Searcher

ARTICLES = 50
"""Clauses of a drawn document."""
TOP = 10


class Drawing:
    """An encoder that draws a unit vector for each text, the same one each time."""

    name = "drawn"
    dimension = DIMENSION

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        """Return vectors, shape (len(texts), DIMENSION)."""
        drawn = [
            np.random.default_rng(crc32(text.encode())).standard_normal(DIMENSION, np.float32)
            for text in texts
        ]
        vectors: Vectors = np.array(drawn)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def open_drawing(name: str | None) -> Encoder:
    """Open the encoder that draws."""
    return Drawing()


def main() -> None:
    """Print what is measured."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        place = Path(folder) / "library"
        if options.clauses:
            questions = drawn_questions(options.most or 100)
            open_one: Callable[[str | None], Encoder] = open_drawing
            add_drawn(place, options.clauses, options.words, options.server)
        else:
            questions = asked_questions(options.questions, options.split)[: options.most]
            open_one = open_encoder
            shutil.copytree(options.library, place)
            _move(place, options.server, open_one)
        library = Library(place, open_one)
        twin = Library(place, open_one)
        twin.engine = Embedded(twin.store, place)
        sizes(library)
        compare(twin, library, questions)
        library.clear_cache()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--server", default="milvus://127.0.0.1:19530")
    parser.add_argument("--library", type=Path)
    parser.add_argument("--questions", type=Path, help="a BEIR folder")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--clauses", type=int, help="make a library of so many")
    parser.add_argument("--words", type=int, default=WORDS_OF_A_CLAUSE, help="of a drawn clause")
    parser.add_argument("--most", type=int, help="questions")
    parser.add_argument("--work", type=Path, help="a folder on a disk with room (default: system)")
    options = parser.parse_args()
    if bool(options.clauses) == bool(options.library and options.questions):
        parser.error("name --library with --questions, or --clauses")
    return options


def _move(place: Path, server: str, open_one: Callable[[str | None], Encoder]) -> None:
    library = Library(place, open_one)
    seconds, _ = timed(lambda: move(library.store, place, server, "FLAT", lambda *_: None))
    passages = len(library.store.passages())
    print(f"moved {passages:,} passages in {seconds:.1f} s, {passages / seconds:.0f} a second")


def add_drawn(place: Path, clauses: int, words: int, server: str) -> None:
    """Add drawn documents, and say how long each step took."""
    library = Library(place, open_drawing, backend=server)
    documents = list(drawn_documents(clauses, words))
    steps: dict[str, Callable[[], object]] = {
        "written to the library": lambda: library.put_all(documents),
        "words counted": library.refresh,
        "vectors drawn, rows sent": library.embed,
    }
    for step, work in steps.items():
        seconds, _ = timed(work)
        print(f"{step}: {seconds:.1f} s, {clauses / seconds:.0f} clauses a second", flush=True)


def drawn_documents(clauses: int, words: int) -> Iterator[Document]:
    """Yield documents of `ARTICLES` drawn articles each, of so many words."""
    texts = _texts(clauses, words, SEED)
    for at in range(-(-clauses // ARTICLES)):
        articles = enumerate(islice(texts, ARTICLES), start=1)
        lines = [f"第{number}条　{text}。" for number, text in articles]
        yield parse(f"drawn{at}", f"{at}.txt", "\n".join([f"第{at}号规定", *lines]))


def drawn_questions(most: int) -> list[str]:
    """Return drawn questions."""
    return list(_texts(most, WORDS_OF_A_QUESTION, SEED + 1))


def _texts(count: int, words: int, seed: int) -> Iterator[str]:
    return ("".join(tokens[:words]) for tokens in token_lists(count, words, seed))


def asked_questions(folder: Path, split: str) -> list[str]:
    """Return the judged questions of a split of a BEIR folder."""
    lines = (folder / "qrels" / f"{split}.tsv").read_text("utf-8").splitlines()
    judged = {line.split("\t")[0] for line in islice(lines, 1, None)}
    rows = map(json.loads, (folder / "queries.jsonl").read_text("utf-8").splitlines())
    return [row["text"] for row in rows if row["_id"] in judged]


def sizes(library: Library) -> None:
    """Print what a passage takes."""
    store = library.store
    store.settle()
    with store.connect() as connection:
        passages, octets = connection.execute(
            "SELECT count(*), sum(length(terms)) FROM counts"
        ).fetchone()
        vectors = connection.execute("SELECT sum(length(vector)) FROM embeddings").fetchone()[0]
        texts = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM documents")
        text = texts.fetchone()[0]
    whole = store.path.stat().st_size
    print(
        f"{passages:,} passages; of each: {octets / POSTING.itemsize / passages:.0f} words that "
        f"differ, {vectors / passages:.0f} bytes of vector, {text / passages:.0f} of text, "
        f"{whole / passages:.0f} of library.db"
    )


def compare(embedded: Library, remote: Library, questions: list[str]) -> None:
    """Ask every question of both, in turn; print how often they agree, and how fast they are."""
    assert isinstance(remote.engine, Milvus)
    opened = [timed(library.snapshot)[0] for library in (embedded, remote)]
    searchers = Searcher(embedded), Searcher(remote)
    for searcher in searchers:
        searcher.search(questions[0], TOP)
    times = np.zeros((len(questions), 2))
    same = alike = 0
    for at, question in enumerate(questions):
        found = []
        for side, searcher in enumerate(searchers):
            seconds, results = timed(partial(searcher.search, question, TOP))
            times[at, side] = seconds * 1000
            found.append(told(results))
        same += found[0] == found[1]
        alike += [name for name, _ in found[0]] == [name for name, _ in found[1]]
    print(
        f"{len(questions)} questions: the same first {TOP} in {alike / len(questions):.1%}, with "
        f"the same scores to the last bit in {same / len(questions):.1%}"
    )
    for side, name in enumerate(("embedded", "Milvus")):
        p50, p95 = np.percentile(times[:, side], (50, 95))
        print(f"{name}: opened in {opened[side]:.1f} s, p50 {p50:.0f} ms, p95 {p95:.0f} ms")


def told(results: Results) -> list[tuple[str, float]]:
    """What was found: clauses and their scores."""
    return [(hit.clause.id, hit.score) for hit in results.hits]


if __name__ == "__main__":
    main()
