"""What the screen of evaluation works with: runs of question sets, and sets that are made."""

from collections.abc import Sequence
from copy import copy

from eval.configurations import Configuration
from eval.sets import QuestionSet
from index import Library
from index.report import Stop, never
from retrieval import Searcher
from ui.access import AccessError
from ui.evaluating import Evaluating
from ui.labelling import Labelling

EDITORS_ONLY = "this account asks and reads only: an editor evaluates and labels questions"


class Evaluation:
    """Evaluates one library. Where it may not be changed, whoever tries is told so.

    An evaluation tells of every document, and a set is kept for all.
    """

    def __init__(self, library: Library, searcher: Searcher, may_change: bool = True) -> None:
        self.library, self.searcher, self.may_change = library, searcher, may_change
        self._runs, self._labelling = Evaluating(library), Labelling(library)
        self._is_over: Stop = never

    def until(self, is_over: Stop) -> "Evaluation":
        """Return the same for somebody: what they start is stopped when `is_over` says so."""
        theirs = copy(self)
        theirs._is_over = is_over
        return theirs

    def start(self, questions: QuestionSet, configurations: Sequence[Configuration]) -> None:
        """Begin an evaluation. Raises EvaluationError, and AccessError like `runs`."""
        self.runs.start(questions, configurations, self._is_over)

    @property
    def runs(self) -> Evaluating:
        """What runs question sets. Raises AccessError where who asks may only read."""
        self._check()
        return self._runs

    @property
    def labelling(self) -> Labelling:
        """The sets that are made here. Raises AccessError where who asks may only read."""
        self._check()
        return self._labelling

    def _check(self) -> None:
        if not self.may_change:
            raise AccessError(EDITORS_ONLY)
