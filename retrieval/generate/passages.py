"""The passages that a model is shown: what the answer quotes, then what else was found."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus import Clause, Document, Span
from retrieval.answer import Answer, Citation, precise_address
from retrieval.generate.plain import is_planted
from retrieval.results import Hit
from retrieval.sentences import split_sentences, trimmed
from retrieval.standing import Standing

PASSAGES = 8
CHARACTERS = 2400
"""Of all passages: with the task and the answer they fit 4,096 tokens, which is what Ollama keeps
of a conversation unless it is told otherwise; of a longer one it drops the beginning in silence.
"""
LONGEST = 600
"""Characters of a clause that is shown whole; of a longer one, the stretch that was quoted."""


class Shown(NamedTuple):
    """The passages that a model is shown, numbered from 1, and how many sentences it is not."""

    passages: tuple[Citation, ...]
    planted: int


class _Stretch(NamedTuple):
    document: Document
    standing: Standing
    clause: Clause
    span: Span


def choose_passages(answer: Answer, hits: Sequence[Hit]) -> Shown:
    """Return what is shown of an answer's clauses and of what the search found, best first.

    A sentence that speaks to a model parts a passage in two and is left out.
    """
    passages: list[Citation] = []
    planted = characters = 0
    for stretch in _stretches(answer, hits):
        clean, left_out = _without_planted(stretch.document, stretch.span)
        planted += left_out
        for span in clean:
            characters += span.end - span.start
            if passages and (characters > CHARACTERS or len(passages) == PASSAGES):
                return Shown(tuple(passages), planted)
            passages.append(_numbered(len(passages) + 1, stretch, span))
    return Shown(tuple(passages), planted)


def _stretches(answer: Answer, hits: Sequence[Hit]) -> Iterator[_Stretch]:
    """What is worth showing, each clause once."""
    seen: set[tuple[str, str, Span | None]] = set()
    for quoted in answer.citations:
        whole = trimmed(quoted.document.text, quoted.clause.span)
        long = whole.end - whole.start > LONGEST
        span = quoted.span if long else whole
        key = (quoted.document.id, quoted.clause.id, span)
        if key not in seen:
            seen |= {key, (quoted.document.id, quoted.clause.id, None)}
            yield _Stretch(quoted.document, quoted.standing, quoted.clause, span)
    for hit in hits:
        if (hit.document.id, hit.clause.id, None) not in seen:
            span = trimmed(hit.document.text, hit.matched)
            yield _Stretch(hit.document, hit.standing, hit.clause, span)


def _without_planted(document: Document, span: Span) -> tuple[list[Span], int]:
    """Return a passage without sentences that speak to a model, and the number of those."""
    clean: list[Span] = []
    planted, start = 0, span.start
    for sentence in split_sentences(document.text, span):
        if is_planted(document.quote(sentence)):
            planted += 1
            clean.append(trimmed(document.text, Span(start, sentence.start)))
            start = sentence.end
    clean.append(trimmed(document.text, Span(start, span.end)))
    return [part for part in clean if part.end > part.start], planted


def _numbered(n: int, stretch: _Stretch, span: Span) -> Citation:
    document, standing, clause, _ = stretch
    return Citation(n, document, standing, clause, precise_address(clause, span), span)
