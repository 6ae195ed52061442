"""A question set that brings its documents: indexed, kept where that is asked for, and run."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from corpus import Document, YoujuError, parse
from corpus.spans import Span, Stated
from eval.configurations import Configuration
from eval.metrics import Run, measure
from eval.running import RunResult, run
from eval.sets import QuestionSet, Record
from eval.summary import Times
from index import Library
from index.encoders import Encoder
from index.passages import split_passages
from index.report import Progress, ignore_progress

RECORDS_CHECKED = 300
"""Records cut again to see whether a kept index is of this version: a second or less."""

OpenEncoder = Callable[[str | None], Encoder]


class KeptError(YoujuError):
    """A kept index whose figures would not be those of this version."""


class Indexed(NamedTuple):
    """A library that holds the documents of a set, and the seconds that indexing took."""

    library: Library
    seconds: float


@dataclass(frozen=True)
class Evaluation:
    """One search over a BEIR folder: what each query came to, and how long the index took."""

    questions: QuestionSet
    result: RunResult
    index_seconds: float

    @property
    def run(self) -> Run:
        """The ranking by query that the figures were computed from."""
        return {one.id: one.ranking for one in self.result.outcomes}

    @property
    def metrics(self) -> dict[str, float]:
        """The mean of each measure of the command line."""
        return measure(self.questions.qrels, self.run)

    def shape(self) -> dict[str, Any]:
        """The JSON shape that other programs rely on."""
        return {
            "dataset": self.questions.name,
            "split": self.questions.split,
            "mode": self.result.record.configuration.mode,
            "queries": len(self.result.outcomes),
            "metrics": self.metrics,
            "ms_per_query": Times.of(self.result.record.time.ms)._asdict(),
            "index_seconds": round(self.index_seconds, 2),
        }


def evaluate(
    questions: QuestionSet,
    configuration: Configuration,
    open_encoder: OpenEncoder,
    work: Path | None = None,
    progress: Progress = ignore_progress,
) -> Evaluation:
    """Index the corpus of a BEIR folder, search every judged query of a split, and measure.

    With `work`, the index is kept there and found again by the next run on the same corpus.
    """
    meaning = configuration.mode != "bm25"
    with indexed(questions, open_encoder, configuration.model, meaning, work, progress) as held:
        result = run(questions, held.library, configuration, progress)
    return Evaluation(questions, result, held.seconds)


@contextmanager
def indexed(
    questions: QuestionSet,
    open_encoder: OpenEncoder,
    model: str | None = None,
    vectors: bool = True,
    work: Path | None = None,
    progress: Progress = ignore_progress,
) -> Iterator[Indexed]:
    """Lend a library of the documents that a set brings, in `work` or gone afterwards.

    Raises KeptError for one that was kept by another version.
    """
    # Windows cannot delete an index that is still open; the temporary folder then stays.
    with TemporaryDirectory(prefix="youju-eval-", ignore_cleanup_errors=True) as temporary:
        place = work / questions.records_fingerprint() if work else Path(temporary) / "library"
        library = Library(place, open_encoder, model)
        if vectors and library.advice:
            raise KeptError(f"{place}: {library.advice}, or name the earlier one with --model")
        _check_kept(library, questions)
        yield Indexed(library, index_records(library, questions, vectors, progress))


def _check_kept(library: Library, questions: QuestionSet) -> None:
    """Refuse a kept index that cuts texts otherwise than this version: its figures would be old."""
    snapshot = library.snapshot()
    if not snapshot.passages:
        return
    for record in islice(questions.records(), RECORDS_CHECKED):
        positions = snapshot.positions_of_document.get(record.id, ())
        kept = [snapshot.passages[position].text_hash for position in positions]
        now = [passage.text_hash for passage in split_passages(record_document(record))]
        if kept and kept != now:
            raise KeptError(
                f"{library.folder} was indexed by another version, which cuts {record.id!r} "
                "otherwise: delete that folder, or name another with --work"
            )


def index_records(
    library: Library, questions: QuestionSet, vectors: bool, progress: Progress
) -> float:
    """Add every record as a document, with vectors where asked; return the seconds it took."""

    def add() -> None:
        progress("read", 0, 1)
        library.put_all(record_document(record) for record in questions.records())
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
