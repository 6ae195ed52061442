"""Evaluation in the background: one at a time, which every page can watch and come back to."""

import threading
from collections.abc import Sequence
from typing import NamedTuple

from corpus import YoujuError
from eval.configurations import Configuration
from eval.report.judged import Judged, pairs
from eval.running import Changed, Stopped, run
from eval.sets import QuestionSet
from index import Library
from index.report import Stop, never
from ui.watching import BrokenOff, Watched

FIGURES = "figures"
"""The stage after the questions: each interval takes thousands of resamples."""


class EvaluationError(YoujuError):
    """An evaluation that cannot be begun."""


class Look(NamedTuple):
    """How far an evaluation has come at one moment, or what it came to."""

    running: bool
    stopping: bool
    questions: QuestionSet | None
    """None before the first evaluation."""
    names: tuple[str, ...]
    """Of the configurations, in the order in which they are run."""
    stage: str
    """The configuration that is being run, or FIGURES."""
    done: int
    total: int
    judged: tuple[Judged, ...]
    error: YoujuError | None


_NOTHING = Look(False, False, None, (), "", 0, 0, (), None)


class Evaluating(Watched[Look]):
    """Runs question sets in one library. Safe to share between threads.

    What an evaluation came to stays until the next one is begun, for whoever comes back.
    """

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._look = _NOTHING

    def start(
        self,
        questions: QuestionSet,
        configurations: Sequence[Configuration],
        is_over: Stop = never,
    ) -> None:
        """Begin to ask the questions under each configuration.

        It is stopped when `is_over` says that whoever began it may no longer do so. Raises
        EvaluationError while another evaluation goes on.
        """
        with self._changed:
            if self._running:
                raise EvaluationError(
                    f"{self._look.questions and self._look.questions.name} is being evaluated: "
                    "wait until it has ended, or stop it"
                )
            names = tuple(one.name for one in configurations)
            total = len(questions.questions)
            self._look = Look(True, False, questions, names, names[0], 0, total, (), None)
            self._stop.clear()
            self._running, self._told = True, False
            arguments = (questions, tuple(configurations), is_over)
            threading.Thread(target=self._work, args=arguments, daemon=True).start()

    def _seen(self) -> Look:
        return self._look._replace(running=self._running, stopping=self._stop.is_set())

    def _work(
        self, questions: QuestionSet, configurations: Sequence[Configuration], is_over: Stop
    ) -> None:
        def stop() -> bool:
            return self._stop.is_set() or is_over()

        error: YoujuError | None = BrokenOff()
        judged: tuple[Judged, ...] = ()
        try:
            for configuration in configurations:
                result = run(questions, self._library, configuration, self._tell, stop)
                judged = (*judged, Judged(result))
            _check_same(self._library, judged)
            self._compute(judged)
            error = None
        except Stopped:
            error, judged = None, ()
        except YoujuError as found:
            error, judged = found, ()
        finally:
            with self._changed:
                self._look = self._look._replace(judged=judged, error=error)
                self._running = False
                self._changed.notify_all()

    def _compute(self, judged: Sequence[Judged]) -> None:
        """Compute the figures here, so that no page has to wait for them."""
        compared = list(pairs(judged))
        total = len(judged) + len(compared)
        for done, one in enumerate(judged):
            self._tell(FIGURES, done, total)
            _ = one.summary, one.measured, one.recall
        for done, pair in enumerate(compared, start=len(judged)):
            self._tell(FIGURES, done, total)
            _ = pair.comparisons

    def _tell(self, stage: str, done: int, total: int) -> None:
        with self._changed:
            self._look = self._look._replace(stage=stage, done=done, total=total)
            self._changed.notify_all()


def _check_same(library: Library, judged: Sequence[Judged]) -> None:
    """Refuse to compare runs between which documents came or went."""
    if len({one.result.record.library for one in judged}) > 1:
        raise Changed(f"{library.folder} was changed while the questions were asked: run them anew")
