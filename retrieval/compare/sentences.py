"""The sentences of one document that speak of a topic, and how well each does."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus import Span
from corpus.fold import fold_text
from retrieval.compare.asked import Topic
from retrieval.compare.values import Around, Value, stretches, values_of
from retrieval.evidence import is_units
from retrieval.headings import is_heading
from retrieval.results import Hit
from retrieval.sentences import split_sentences

LONGEST_READ = 1500
"""Characters of a clause that is read whole; of a longer one, the stretch that matched."""
OF_THE_TOPIC = 0.6
"""A figure is of the topic where the words around it hold this share of what the best ones hold."""

CARRIED = 0.8
"""What words of the topic count that stand before the comma before a figure."""


class Weights(NamedTuple):
    """How much counts what speaks for a sentence, each part 0 to 1."""

    words: float = 0.45
    figure: float = 0.2
    clause: float = 0.2
    kind: float = 0.15


WEIGHTS = Weights()


class Spoken(NamedTuple):
    """A sentence that may speak of the topic."""

    hit: Hit
    span: Span
    covered: float
    """The share of the topic's words in it; those of the headings above it count half."""
    score: float
    values: tuple[Value, ...]
    answers: bool
    """Whether it holds the kind of thing that the topic asks for."""


def speaking(topic: Topic, hits: Sequence[Hit], best: float) -> list[Spoken]:
    """Return the sentences of some clauses, those that speak of the topic best first.

    `best` is the score of the best clause of the library.
    """
    found = [_spoken(topic, hit, span, best) for hit in hits for span in _candidates(hit)]
    found.sort(key=lambda s: (not s.answers, -s.score, s.hit.rank, s.span.start))
    return _measured_first(topic, found)


def _measured_first(topic: Topic, found: list[Spoken]) -> list[Spoken]:
    """Put the sentence with 元 first where 收费 is asked for and another of its clause was best."""
    measures = topic.measures
    if not found or not measures or _has_measure(found[0], measures):
        return found
    clause = found[0].hit.clause.id
    same = (s for s in found if s.hit.clause.id == clause and s.answers >= found[0].answers)
    better = next((s for s in same if _has_measure(s, measures)), None)
    return [better, *(s for s in found if s is not better)] if better else found


def _has_measure(spoken: Spoken, measures: frozenset[str]) -> bool:
    return any(value.family in measures for value in spoken.values)


def _candidates(hit: Hit) -> Iterator[Span]:
    """The sentences of a clause without its heading and its units, unless it has no other."""
    is_long = hit.clause.end - hit.clause.start > LONGEST_READ
    within = hit.matched if is_long or hit.found_by == "address" else hit.clause.span
    spans = list(split_sentences(hit.document.text, within)) or [within]
    telling = [span for place, span in enumerate(spans) if _tells(hit, span, first=not place)]
    yield from telling or spans[:1]


def _tells(hit: Hit, span: Span, first: bool) -> bool:
    said = hit.document.quote(span)
    return not is_units(said) and not (first and is_heading(hit.clause, said, span))


def _spoken(topic: Topic, hit: Hit, span: Span, best: float) -> Spoken:
    said = hit.document.quote(span)
    covered = topic.coverage(said, _above(hit, span))
    values, figure = _judged(topic, hit, span)
    holds = topic.is_answered(hit, fold_text(said), values)
    clause = max(hit.score, 0.0) / best if best > 0 else 0.0
    parts = Weights(covered, figure, min(clause, 1.0), float(holds))
    score = sum(weight * part for weight, part in zip(WEIGHTS, parts, strict=True))
    return Spoken(hit, span, covered, score, values, holds)


def _above(hit: Hit, span: Span) -> str:
    """The title, the headings, and what the clause begins with where that is not the sentence."""
    first = next(split_sentences(hit.document.text, hit.clause.span), hit.clause.span)
    own = hit.document.quote(first)[:60] if first.end <= span.start else ""
    return "\n".join((hit.document.label, *hit.clause.path, own))


def _of_topic(topic: Topic, around: Around, said: float, follows: bool) -> float:
    """How well the words around a figure cover the topic; `follows` where it has no subject.

    提供课后服务，每个教学日不少于二小时: without words of its own it is of what was said before.
    课后服务每天2小时，每学期收费400元: what has some of them adds those that were said.
    """
    if said:
        # A share names what it is of: 入园率达到95%，巩固率达到98%.
        is_share = topic.wants == "share"
        return said if is_share else topic.coverage(around.own, around.earlier, CARRIED)
    return CARRIED * topic.coverage(around.before) if follows else 0.0


def _judged(topic: Topic, hit: Hit, span: Span) -> tuple[tuple[Value, ...], float]:
    """The figures of a sentence, which of them are of the topic, and how well the best one is."""
    values, wants_share = values_of(hit.document, hit.clause, span), topic.wants == "share"
    around = list(stretches(hit.document, span, values, wants_share))
    own = [topic.coverage(one.own) for one in around]
    alone = not wants_share and not any(own)
    covered = [
        _of_topic(topic, one, said, alone or value.indicator is None) * topic.is_of_kind(value)
        for value, one, said in zip(values, around, own, strict=True)
    ]
    most = max(covered, default=0.0)
    judged = (
        value._replace(of_topic=most > 0 and share >= OF_THE_TOPIC * most)
        for value, share in zip(values, covered, strict=True)
    )
    # What speaks for the sentence is what stands beside a figure itself.
    beside = max((s for s, share in zip(own, covered, strict=True) if share), default=0.0)
    return tuple(judged), beside or most
