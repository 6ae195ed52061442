"""Measure the word index: time to cut, build, save and open, and a query against rank-bm25.

    python -m benchmarks.words [--records FOLDER/corpus.jsonl] [--queries FOLDER/queries.jsonl]

Without --records the passages are made of words drawn from the dictionary by their frequency.
"""

import argparse
import json
import math
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import jieba
import numpy as np
from rank_bm25 import BM25Okapi

from index.places import cache_folder
from index.tokens import tokenize
from index.words import Words, build, open_words, save

T = TypeVar("T")
Score = Callable[[list[str]], object]


class LuceneOkapi(BM25Okapi):  # type: ignore[misc]
    """rank-bm25 with the idf that the word index uses; how it scores a query is its own."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for term, n in nd.items():
            self.idf[term] = math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5))


def main() -> None:
    """Print one line for each measurement."""
    options = _options()
    texts, queries = _texts(options)
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, numpy {np.__version__}"
    )
    print(f"passages {len(texts):,}, characters {sum(map(len, texts)):,}, queries {len(queries)}")
    seconds, token_lists = timed(lambda: [tokenize(text) for text in texts])
    print(f"cut {seconds:.1f} s, {sum(map(len, token_lists)):,} tokens")
    words = _index(token_lists)
    asked = [tokenize(query) for query in queries]
    _queries("youju", words.scores, asked)
    _queries("youju, best 100", lambda tokens: words.top(tokens, 100), asked)
    few = asked[: options.compared]
    seconds, reference = timed(lambda: LuceneOkapi(token_lists, k1=words.k1, b=words.b))
    print(f"rank-bm25 build {seconds:.1f} s")
    _queries("rank-bm25", reference.get_scores, few)
    print(f"rank-bm25 over youju: {_ratio(reference.get_scores, words.scores, few):.0f}")
    worst = max(_difference(words.scores(tokens), reference.get_scores(tokens)) for tokens in few)
    print(f"largest relative difference of a score: {worst:.1e}")
    if find_spec("bm25s"):
        _compare_bm25s(token_lists, words, asked)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=Path, help="corpus.jsonl in the BEIR layout")
    parser.add_argument("--queries", type=Path, help="queries.jsonl (default: beside the records)")
    parser.add_argument("--passages", type=int, default=20_000, help="how many to generate")
    parser.add_argument("--compared", type=int, default=20, help="queries that rank-bm25 answers")
    return parser.parse_args()


def _texts(options: argparse.Namespace) -> tuple[list[str], list[str]]:
    if options.records is None:
        return _generated(options.passages, 60), _generated(200, 12)
    queries = options.queries or options.records.with_name("queries.jsonl")
    return _records(options.records), _records(queries)


def _records(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [f"{record.get('title', '')} {record['text']}".strip() for record in records]


def _generated(count: int, length: int) -> list[str]:
    """Return texts of `length` words each, the same in every run."""
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache_folder())
    tokenizer.initialize()
    counts = {word: count for word, count in tokenizer.FREQ.items() if count}
    chances = np.fromiter(counts.values(), dtype=np.float64)
    random = np.random.default_rng(count)
    drawn = random.choice(len(counts), size=(count, length), p=chances / chances.sum())
    known = list(counts)
    return ["".join(known[word] for word in text) for text in drawn]


def _index(token_lists: list[list[str]]) -> Words:
    """Build, save and open again; return the opened index, which is what a library searches."""
    seconds, words = timed(lambda: build(token_lists))
    terms, postings = len(words.vocabulary), len(words.weights)
    print(f"build {seconds:.1f} s, {terms:,} terms, {postings:,} postings")
    with tempfile.TemporaryDirectory() as beside:
        folder = Path(beside) / "words"
        seconds, _ = timed(lambda: save(words, folder))
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"save {seconds:.2f} s, {size / 1e6:.1f} MB")
        seconds, opened = timed(lambda: open_words(folder))
        print(f"open, checksums verified {seconds * 1000:.0f} ms")
    return opened


def _queries(name: str, score: Score, asked: Sequence[list[str]]) -> None:
    times = [_milliseconds(score, tokens) for tokens in asked]
    p50, p95 = np.percentile(times, [50, 95])
    print(f"query, {name}: p50 {p50:.2f} ms, p95 {p95:.2f} ms over {len(asked)}")


def _ratio(theirs: Score, ours: Score, asked: Sequence[list[str]]) -> float:
    """Return the median of theirs over ours, timed in turn, so that a busy machine slows both."""
    return float(np.median([_milliseconds(theirs, t) / _milliseconds(ours, t) for t in asked]))


def _milliseconds(score: Score, tokens: list[str]) -> float:
    return timed(lambda: score(tokens))[0] * 1000


def _compare_bm25s(token_lists: list[list[str]], words: Words, asked: list[list[str]]) -> None:
    import bm25s

    retriever = bm25s.BM25(method="lucene", k1=words.k1, b=words.b)
    seconds, _ = timed(lambda: retriever.index(token_lists, show_progress=False))
    print(f"bm25s build {seconds:.1f} s")
    _queries("bm25s", retriever.get_scores, asked)
    print(f"bm25s over youju: {_ratio(retriever.get_scores, words.scores, asked):.2f}")


def _difference(found: np.ndarray, expected: np.ndarray) -> float:
    return float(np.max(np.abs(found - expected) / np.maximum(expected, 1e-9)))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the wall seconds that `work` took, and what it returned."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


if __name__ == "__main__":
    main()
