"""An answer held against the gold of its question."""

from collections.abc import Iterator, Sequence
from statistics import mean

from corpus import Span
from eval.outcome import AnswerOutcome
from eval.sets import Place
from retrieval.answer import Answer, Citation, Sentence
from retrieval.evidence import lies_in

ALONE = 2
"""The grade of a place that answers a question by itself."""


def judge(found: Answer, unbound: Answer, places: Sequence[Place]) -> AnswerOutcome:
    """Compare an answer with the places of its question's gold; none where nothing answers.

    `unbound` is what would be said without any threshold: `found` itself, where that answers.
    """
    right = answering(unbound, places)
    clauses = {place.clause.id for place in places}
    sound = [citation.clause.id in clauses for citation in unbound.citations]
    wanted = {place.document.id for place in places if place.grade == ALONE}
    cited = {c.document.id for c, holds in zip(unbound.citations, right, strict=True) if holds}
    return AnswerOutcome(
        answered=found.status == "answered",
        confidence=found.confidence,
        holds=any(right),
        exact=any(_is_exact(sentence, unbound, places) for sentence in _told(unbound)),
        precision=mean(sound) if sound else None,
        recall=len(cited) / len(wanted) if wanted else None,
        text=found.text or (found.reason.text if found.reason else ""),
    )


def answering(found: Answer, places: Sequence[Place]) -> list[bool]:
    """Return for each citation whether it covers a place that answers alone."""
    alone = [place for place in places if place.grade == ALONE]
    return [any(covers(citation, place) for place in alone) for citation in found.citations]


def covers(citation: Citation, place: Place) -> bool:
    """Whether a citation holds at least half of a gold quotation.

    Of gold that is a whole clause or a part of one, by its address, any sentence will do.
    """
    if citation.document.id != place.document.id:
        return False
    if is_whole(place) and lies_in(citation.span, place.span):
        return True
    shared = min(citation.span.end, place.span.end) - max(citation.span.start, place.span.start)
    return 2 * shared >= place.span.end - place.span.start


def is_whole(place: Place) -> bool:
    """Whether gold is all of a clause, or of a part that has an address, and no quotation."""
    return place.span in (place.clause.span, *(part.span for part in place.clause.parts))


def _told(found: Answer) -> list[Sentence]:
    """The sentences that set off what was asked for; all of them where none does."""
    return [sentence for sentence in found.sentences if sentence.key] or found.sentences


def _is_exact(sentence: Sentence, found: Answer, places: Sequence[Place]) -> bool:
    """Whether a sentence says the gold: what it sets off, and the gold, lie one in the other.

    Where nothing is set off, one of the places that it cites has to hold the gold whole. Gold that
    is a whole clause says nothing of the words, so that nothing is exact by it.
    """
    alone = [place for place in places if place.grade == ALONE and not is_whole(place)]
    said = list(_places_of(sentence, found))
    return any(
        document == place.document.id
        and (lies_in(place.span, span) or (sentence.key == span and lies_in(span, place.span)))
        for document, span in said
        for place in alone
    )


def _places_of(sentence: Sentence, found: Answer) -> Iterator[tuple[str, Span]]:
    """What a sentence sets off, in its first citation's document; else all that it cites."""
    citations = [found.citations[number - 1] for number in sentence.citations]
    if sentence.key:
        yield citations[0].document.id, sentence.key
        return
    yield from ((citation.document.id, citation.span) for citation in citations)
