"""The short quotation by which a question set finds a place again."""

import re

from corpus import Span
from eval.drafting.values import LONGEST, SHORTEST, Answer
from eval.sets import Gold
from eval.sets.documents import written_at
from retrieval.sentences import trimmed

_STOP = re.compile(r"[，。；：,;:\n]")
_EDGES = "，,；;：:。、）)”》 \u3000"


def gold_of(answer: Answer, name: str) -> Gold:
    """Return the gold that an answer is, in the document of this name."""
    text = answer.source.document.text
    span = _window(text, answer)
    quote = text[span.start : span.end]
    found = written_at(answer.source.document, quote)
    occurrence = found.index(span) + 1 if len(found) > 1 else None
    return Gold(name, quote, occurrence=occurrence)


def _window(text: str, answer: Answer) -> Span:
    """The answer with what stands around it, the words before it first, on one line."""
    clause = answer.clause
    start, end = answer.span.start, min(answer.span.end, answer.span.start + LONGEST)
    start = max(answer.within.start, end - LONGEST, _line_start(text, start, clause.start))
    end = max(end, min(answer.within.end, start + LONGEST, _line_end(text, end, clause.end)))
    if end - start < SHORTEST:
        start = max(start - SHORTEST, _line_start(text, start, clause.start))
    if end - start < SHORTEST:
        stop = _STOP.search(text, start + SHORTEST, clause.end)
        end = min(start + LONGEST, stop.start() if stop else clause.end)
        start = max(min(start, end - SHORTEST), _line_start(text, start, clause.start))
    while start < end - 1 and text[start] in _EDGES:
        start += 1
    return trimmed(text, Span(start, end))


def _line_start(text: str, at: int, least: int) -> int:
    return max(least, text.rfind("\n", least, at) + 1)


def _line_end(text: str, at: int, most: int) -> int:
    found = text.find("\n", at, most)
    return most if found < 0 else found
