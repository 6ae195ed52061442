"""A question set under one configuration: each question searched, and answered where asked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from time import perf_counter
from typing import Any

from corpus import YoujuError
from eval.asking import Asker, Placed, rank_clauses, rank_documents
from eval.breakdown import found_by
from eval.configurations import Configuration, ConfigurationError
from eval.outcome import AnswerOutcome, Outcome
from eval.record import RunRecord, SetRecord, Timing, encoder_record, library_record
from eval.sets import QuestionSet, SetError, resolve
from eval.summary import Summary, summarise
from index import Library
from index.encoders.errors import EncoderError
from index.report import Progress, Stop, ignore_progress, never
from retrieval.query import QueryError
from retrieval.reranking import CrossEncoder, Reranker
from retrieval.search import Searcher

SHOWN = 10
"""Targets of a ranking that the JSON shape holds; a TREC run holds all."""

OpenReranker = Callable[[str], Reranker]


class Stopped(YoujuError):
    """A run that was left before its last question: there are no figures of half a set."""


class Changed(YoujuError):
    """A library that was changed during a run: its figures would be of no one library."""


@dataclass(frozen=True)
class RunResult:
    """What a run was made of, and what each question came to."""

    record: RunRecord
    outcomes: tuple[Outcome, ...]

    @property
    def name(self) -> str:
        """That of the configuration."""
        return self.record.configuration.name

    @cached_property
    def summary(self) -> Summary:
        """All figures with their intervals."""
        return summarise(self.outcomes)

    def shape(self) -> dict[str, Any]:
        """Return the JSON shape; of two equal runs, only `record.time` may differ."""
        summary = self.summary.shape()
        del summary["ms_per_query"]
        questions = [_question_shape(one) for one in self.outcomes]
        return {"record": self.record.shape(), **summary, "outcomes": questions}


def _question_shape(one: Outcome) -> dict[str, Any]:
    """A question without its milliseconds, and with the head of its ranking."""
    return {
        "id": one.id,
        "question": one.question,
        "kind": one.kind,
        "answerable": one.answerable,
        "overlap": one.overlap,
        "gold": one.gold,
        "rank": one.rank,
        "span_rank": one.span_rank,
        "leg_ranks": one.leg_ranks,
        "found_by": found_by(one),
        "ranking": list(one.ranking.items())[:SHOWN],
        "answer": one.answer and {n: getattr(one.answer, n) for n in AnswerOutcome.__slots__},
    }


def run(
    question_set: QuestionSet,
    library: Library,
    configuration: Configuration,
    progress: Progress = ignore_progress,
    cancelled: Stop = never,
    open_reranker: OpenReranker = CrossEncoder,
) -> RunResult:
    """Ask every question of a set in a library, and say what each came to.

    Targets are the clauses that hold the gold; of a set that brings its documents, which the
    library then holds, they are these. Raises SetError for gold that the library does not have and
    for a question that cannot be asked, ConfigurationError for a configuration that cannot be run
    here, Stopped where `cancelled` says so between two questions, and Changed where documents came
    or went meanwhile.
    """
    started, clock = datetime.now(UTC), perf_counter()
    day, state = configuration.day or date.today(), library.snapshot().state
    check(configuration, question_set, library)
    asker = _asker(configuration, library, day, open_reranker, bool(question_set.brought))
    asked = list(_placed(question_set, library))
    outcomes = tuple(_outcomes(asker, asked, question_set, progress, cancelled))
    if library.snapshot().state != state:
        raise Changed(f"{library.folder} was changed while the questions were asked: run them anew")
    record = RunRecord(
        SetRecord(question_set.name, question_set.split, question_set.fingerprint(), len(outcomes)),
        library_record(library),
        encoder_record(library, configuration.mode),
        configuration,
        Timing(started, day, perf_counter() - clock, tuple(one.ms for one in outcomes)),
    )
    return RunResult(record, outcomes)


def _outcomes(
    asker: Asker,
    asked: Sequence[Placed],
    question_set: QuestionSet,
    progress: Progress,
    cancelled: Stop,
) -> Iterator[Outcome]:
    """Ask one question after another. Raises Stopped between two of them."""
    name = asker.configuration.name
    for done, one in enumerate(asked):
        if cancelled():
            raise Stopped(f"stopped after {done} of {len(asked)} questions: nothing is measured")
        progress(name, done, len(asked))
        try:
            yield asker.ask(one)
        except QueryError as error:
            said = f"question {one.question.id!r}: {error}"
            raise SetError(question_set.path, [(one.question.line, said)]) from error
    progress(name, len(asked), len(asked))


def check(configuration: Configuration, question_set: QuestionSet, library: Library) -> None:
    """Raise ConfigurationError where a configuration cannot be run on a set and a library."""
    name, snapshot = configuration.name, library.snapshot()
    if not snapshot.passages:
        raise ConfigurationError(f"{library.folder} is empty: add documents with `youju add PATH`")
    if question_set.brought and (configuration.answers or configuration.filters):
        raise ConfigurationError(
            f"the configuration {name} has answers or filters: {question_set.name} is a BEIR "
            "folder, whose gold is whole documents without metadata; name another configuration"
        )
    if configuration.mode == "bm25":
        return
    if snapshot.vectors is None:
        raise ConfigurationError(
            f"the configuration {name} compares meanings, and {library.folder} has no vectors yet: "
            f"make them with `youju reencode --library {library.folder}`"
        )
    if configuration.encoder not in (None, snapshot.state.encoder):
        raise ConfigurationError(
            f"the configuration {name} asks for the encoder {configuration.encoder}, "
            f"{library.folder} was built with {snapshot.state.encoder}: encode a copy of it with "
            f"`youju reencode --model {configuration.model}`, and name that with --library"
        )


def _placed(question_set: QuestionSet, library: Library) -> Iterator[Placed]:
    """Yield the questions with their targets. Raises SetError for gold that is not there."""
    if question_set.brought:
        for question in question_set.questions:
            yield Placed(question, question_set.qrels[question.id], (), None)
        return
    documents = [library.document(document.id) for document in library.documents()]
    for one in resolve(question_set, documents):
        gold: dict[str, int] = {}
        for place in one.places:
            clause = place.clause.id
            gold[clause] = max(place.grade, gold.get(clause, place.grade))
        yield Placed(one.question, gold, one.places, one.overlap)


def _asker(
    configuration: Configuration,
    library: Library,
    day: date,
    open_reranker: OpenReranker,
    whole_documents: bool,
) -> Asker:
    """Open what a configuration names. Raises ConfigurationError where it cannot be had."""
    rank = rank_documents if whole_documents else rank_clauses
    plain = Searcher(library, lambda: day)
    if configuration.reranker is None:
        return Asker(configuration, plain, plain, rank)
    try:
        reranker = open_reranker(configuration.reranker)
    except EncoderError as error:
        raise ConfigurationError(f"the configuration {configuration.name}: {error}") from error
    return Asker(configuration, Searcher(library, lambda: day, reranker), plain, rank)
