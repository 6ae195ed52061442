"""What became of questions: counted by status; their text logged only where that was asked for."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Literal, get_args

from corpus import YoujuError
from retrieval import Answer

Outcome = Literal["answered", "not_found", "error"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

TEXTS = logging.getLogger("youju.questions")
"""The one way by which a question reaches a log; `ui.monitor.log_as` opens it, or nobody does."""
TEXTS.setLevel(logging.CRITICAL + 1)

_counted: Counter[str] = Counter()
_lock = Lock()


def asked(question: str, run: Callable[[], Answer]) -> Answer:
    """Answer a question, and note what became of it."""
    try:
        found = run()
    except YoujuError:
        _note(question, "error")
        raise
    _note(question, found.status)
    return found


def counts() -> Mapping[str, int]:
    """Return the questions of this process by what became of them."""
    with _lock:
        return {outcome: _counted[outcome] for outcome in OUTCOMES}


def _note(question: str, outcome: Outcome) -> None:
    with _lock:
        _counted[outcome] += 1
    TEXTS.info(
        "%s: %s",
        outcome,
        question,
        extra={"event": "question", "details": {"status": outcome, "question": question}},
    )
