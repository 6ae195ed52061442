"""One question in one configuration: searched, by either leg too, and answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

from corpus import Span
from eval.answering import judge
from eval.breakdown import MEANING, WORDS
from eval.configurations import Configuration
from eval.outcome import AnswerOutcome, Leg, Outcome, first_rank
from eval.sets import Place, Question
from retrieval.answer import Answer, answer
from retrieval.evidence import lies_in
from retrieval.ranking import Mode
from retrieval.search import Searcher

LEGS: dict[Leg, Mode] = {WORDS: "bm25", MEANING: "dense"}


class Placed(NamedTuple):
    """A question, what of the library is its gold, and where in it the gold stands."""

    question: Question
    gold: Mapping[str, int]
    places: Sequence[Place]
    overlap: float | None


class Ranked(NamedTuple):
    """What a search found: scores by target, and the passages, each with its document's id."""

    targets: dict[str, float]
    passages: tuple[tuple[str, Span], ...] = ()


Rank = Callable[[Searcher, str, Mode, Configuration], Ranked]


def rank_clauses(searcher: Searcher, text: str, mode: Mode, configuration: Configuration) -> Ranked:
    """Return the clauses that are found, and the passages of them that matched."""
    hits = searcher.search(text, configuration.top, mode, configuration.filters).hits
    passages = tuple((hit.document.id, hit.matched) for hit in hits)
    return Ranked({hit.clause.id: hit.score for hit in hits}, passages)


def rank_documents(
    searcher: Searcher, text: str, mode: Mode, configuration: Configuration
) -> Ranked:
    """Return the documents that are found, each by its best passage."""
    return Ranked(searcher.rank_documents(text, mode, configuration.top))


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks the questions of a set in one configuration; `plain` searches without a reranker."""

    configuration: Configuration
    searcher: Searcher
    plain: Searcher
    rank: Rank

    def ask(self, one: Placed) -> Outcome:
        """Search one question, answer it where that is asked for, and compare with its gold."""
        question, settings = one.question, self.configuration
        clock = perf_counter()
        ranked = self.rank(self.searcher, question.text, settings.mode, settings)
        ms = (perf_counter() - clock) * 1000
        return Outcome(
            id=question.id,
            question=question.text,
            kind=question.kind,
            answerable=question.answerable,
            overlap=one.overlap,
            gold=dict(one.gold),
            ranking=ranked.targets,
            ms=ms,
            span_rank=_span_rank(ranked, one.places),
            leg_ranks=self._leg_ranks(one),
            answer=self._answer(one) if settings.answers else None,
        )

    def _leg_ranks(self, one: Placed) -> dict[Leg, int]:
        settings = self.configuration
        if settings.mode != "hybrid" or not settings.attribution or not one.gold:
            return {}
        ranked = {
            leg: self.rank(self.plain, one.question.text, mode, settings)
            for leg, mode in LEGS.items()
        }
        return {leg: first_rank(found.targets, one.gold) for leg, found in ranked.items()}

    def _answer(self, one: Placed) -> AnswerOutcome:
        """The answer, and where it was not sure enough, what it would have been."""
        settings = self.configuration

        def say(threshold: float) -> Answer:
            return answer(
                self.searcher, one.question.text, settings.filters, settings.mode, threshold
            )

        found = say(settings.threshold)
        return judge(found, found if found.citations else say(0.0), one.places)


def _span_rank(ranked: Ranked, places: Sequence[Place]) -> int | None:
    """The rank of the first passage that holds a place, from 1; 0 where none does.

    A long clause that is gold as a whole stands in several passages; any of them will do.
    """
    gold = [(place.document.id, place.span) for place in places if place.grade > 0]
    if not gold:
        return None
    for rank, (document, span) in enumerate(ranked.passages, start=1):
        inside = (wanted for name, wanted in gold if name == document)
        if any(lies_in(wanted, span) or lies_in(span, wanted) for wanted in inside):
            return rank
    return 0
