"""A question set against a configuration: index, search every query, measure."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from corpus import Document, parse
from corpus.spans import Span, Stated
from eval.beir import Dataset, DatasetError, Record, read_dataset
from eval.metrics import Run, measure, strictly_ordered
from index import Library
from index.encoders import Encoder
from index.passages import split_passages
from index.report import Progress, ignore_progress
from retrieval.query import QueryError
from retrieval.ranking import Mode
from retrieval.reranking import Reranker
from retrieval.search import Searcher

DEPTH = 100
"""Records ranked for each query: what R@100 needs."""
RECORDS_CHECKED = 300
"""Records cut again to see whether a kept index is of this version: a second or less."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of one run: figures, times, and the ranking they were computed from."""

    dataset: Dataset
    mode: Mode
    metrics: dict[str, float]
    run: Run
    ms: list[float]
    index_seconds: float

    def shape(self) -> dict[str, Any]:
        """The JSON shape that other programs rely on."""
        p50, p95 = np.percentile(self.ms, [50, 95]) if self.ms else (0.0, 0.0)
        return {
            "dataset": self.dataset.name,
            "split": self.dataset.split,
            "mode": self.mode,
            "queries": len(self.dataset.queries),
            "metrics": self.metrics,
            "ms_per_query": {"p50": round(float(p50), 2), "p95": round(float(p95), 2)},
            "index_seconds": round(self.index_seconds, 2),
        }

    def write_trec(self, path: Path) -> None:
        """Write the ranking as a TREC run: query Q0 document rank score name.

        Equal scores are set apart as they were for the measures, which other programs then repeat.
        """
        with path.open("w", encoding="utf-8") as file:
            for query, ranking in strictly_ordered(self.run).items():
                for rank, (record, score) in enumerate(ranking.items(), start=1):
                    file.write(f"{query} Q0 {record} {rank} {score:.9g} youju-{self.mode}\n")


def evaluate(
    folder: Path,
    split: str,
    mode: Mode,
    open_encoder: Callable[[str | None], Encoder],
    model: str | None = None,
    work: Path | None = None,
    progress: Progress = ignore_progress,
    reranker: Reranker | None = None,
) -> Evaluation:
    """Index the corpus of a BEIR folder, search every judged query of a split, and measure.

    With `work`, the index is kept there and found again by the next run on the same corpus.
    """
    dataset = read_dataset(folder, split)
    # Windows cannot delete an index that is still open; the temporary folder then stays.
    with TemporaryDirectory(prefix="youju-eval-", ignore_cleanup_errors=True) as temporary:
        place = work / dataset.fingerprint() if work else Path(temporary) / "library"
        library = Library(place, open_encoder, model)
        if mode != "bm25" and library.advice:
            raise DatasetError(f"{place}: {library.advice}, or name the earlier one with --model")
        _check_kept(library, dataset)
        seconds = index_records(library, dataset, mode != "bm25", progress)
        run, ms = search_all(Searcher(library, reranker=reranker), dataset, mode, progress)
    return Evaluation(dataset, mode, measure(dataset.qrels, run), run, ms, seconds)


def _check_kept(library: Library, dataset: Dataset) -> None:
    """Refuse a kept index that cuts texts otherwise than this version: its figures would be old."""
    snapshot = library.snapshot()
    if not snapshot.passages:
        return
    for record in islice(dataset.records(), RECORDS_CHECKED):
        positions = snapshot.positions_of_document.get(record.id, ())
        kept = [snapshot.passages[position].text_hash for position in positions]
        now = [passage.text_hash for passage in split_passages(record_document(record))]
        if kept and kept != now:
            raise DatasetError(
                f"{library.folder} was indexed by another version, which cuts {record.id!r} "
                "otherwise: delete that folder, or name another with --work"
            )


def index_records(library: Library, dataset: Dataset, vectors: bool, progress: Progress) -> float:
    """Add every record as a document, with vectors where asked; return the seconds it took."""

    def add() -> None:
        progress("read", 0, 1)
        library.put_all(record_document(record) for record in dataset.records())
        progress("read", 1, 1)
        library.refresh()

    seconds = _timed(library, "words", add)
    if vectors:
        stage = f"vectors {library.encoder.name}"
        seconds += _timed(library, stage, lambda: library.embed(progress))
    return seconds


def _timed(library: Library, stage: str, build: Callable[[], None]) -> float:
    """Return the seconds of a stage, which a library that was kept has behind it and remembers."""
    key = f"index_seconds {stage}"
    known = library.store.meta(key)
    if known is None:
        start = time.perf_counter()
        build()
        known = repr(time.perf_counter() - start)
        library.store.set_meta({key: known})
    return float(known)


def record_document(record: Record) -> Document:
    """Return a record as a document: its id kept, its title known, its text cut into clauses."""
    text = f"{record.title}\n{record.text}" if record.title else record.text
    document = parse(record.id, record.id, text or " ")
    if not record.title:
        return document
    title = Stated(record.title, Span(0, len(record.title)))
    return document.retitled(title)


def search_all(
    searcher: Searcher, dataset: Dataset, mode: Mode, progress: Progress
) -> tuple[Run, list[float]]:
    """Search every query; return the scores of its records, best first, and the milliseconds."""
    run: Run = {}
    ms: list[float] = []
    for done, (query_id, text) in enumerate(dataset.queries.items()):
        progress("queries", done, len(dataset.queries))
        start = time.perf_counter()
        try:
            run[query_id] = searcher.rank_documents(text, mode, DEPTH)
        except QueryError as error:
            raise DatasetError(f"{dataset.folder}: query {query_id!r}: {error}") from error
        ms.append((time.perf_counter() - start) * 1000)
    progress("queries", len(dataset.queries), len(dataset.queries))
    return run, ms
