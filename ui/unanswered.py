"""What is said where nothing was found: on the page, and in the files that are made of it."""

from typing import NamedTuple

from retrieval import Answer
from ui.strings import Language, say

_ALONE = frozenset({"none_fit", "none_hold"})
"""Reasons that leave no more to be said of the documents."""
_SAID = frozenset({"nothing_said"})
"""Reasons that say no more than the heading does."""


class Unanswered(NamedTuple):
    """A heading, and the sentences below it."""

    heading: str
    body: list[str]


def unanswered(answer: Answer, documents: int, language: Language) -> Unanswered:
    """Return what is said of an answer that was not found; the library has so many documents."""
    reason = answer.reason
    if reason is not None and reason.kind in _ALONE:
        return Unanswered(reason.said(language), [say(language, "missing.widen")])
    if answer.fitting is None:
        where = say(language, "missing.whole", documents=documents)
    else:
        where = say(language, "missing.fitting", documents=answer.fitting)
    body = [say(language, "missing.body" if answer.nearest else "missing.nothing", where=where)]
    if reason is not None and reason.kind not in _SAID:
        body.insert(0, reason.said(language) + ("." if language == "en" else "。"))
    return Unanswered(say(language, "missing.title"), body)
