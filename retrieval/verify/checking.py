"""Every sentence of an answer against the clauses that it cites, without a model."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from corpus import Span
from retrieval.verify.content import claims_nothing, folded, unspoken, without_ordinal
from retrieval.verify.duties import turned_duties, turned_negations
from retrieval.verify.edits import check_edits
from retrieval.verify.figures import check_figures
from retrieval.verify.markers import Segment, Sentence, split_marked
from retrieval.verify.names import check_names, check_places
from retrieval.verify.numbers import check_dates, check_numbers
from retrieval.verify.organs import check_organs
from retrieval.verify.said import Said, around
from retrieval.verify.sources import problems_of
from retrieval.verify.terms import check_scope, check_terms
from retrieval.verify.verdicts import Checked, Cited, Reason, VerifyError, gravest
from retrieval.verify.words import Words, differing, plain_of, same_words

if TYPE_CHECKING:
    from retrieval.answer import Answer

LONGEST = 200_000
"""Characters of a text that is verified; an answer has a few hundred."""
MOST_CITATIONS = 200
LONGEST_SENTENCE = 2000
LONGEST_QUOTE = 20_000
"""Characters; beyond them a sentence is verified only where its words are the source's."""


class _Source:
    """A citation with what it says, read once, and what is wrong with it."""

    def __init__(self, cited: Cited) -> None:
        self.cited = cited
        self.problems = problems_of(cited)
        self.said = Said(cited.quote)

    @cached_property
    def about(self) -> list[str]:
        """What is known of the quotation besides its words."""
        metadata = self.cited.document.metadata
        values = (metadata.number, metadata.region, *metadata.issuers)
        known = [value.value for value in values if value]
        return [self.cited.document.label, *self.cited.clause.path, self.cited.address, *known]

    @cached_property
    def days(self) -> list[str]:
        """The days on which the document was issued or took effect."""
        metadata = self.cited.document.metadata
        days = (metadata.date, metadata.published, metadata.effective)
        return [day.value for day in days if day]


def verify(text: str, citations: Sequence[Cited]) -> list[Checked]:
    """Return what becomes of each sentence of `text`, whose markers [n] number `citations`.

    A sentence without a marker is verified only where its words are the very words of what the
    next marked sentence cites. Spans are places in `text`. Raises VerifyError for a text or a
    number of citations beyond the limits.
    """
    _check_size(text, citations)
    sources = {cited.n: _Source(cited) for cited in citations}
    sentences = list(split_marked(text))
    following: list[tuple[int, ...]] = []
    for sentence in reversed(sentences):
        following.append(sentence.citations or (following[-1] if following else ()))
    pairs = zip(sentences, reversed(following), strict=True)
    return [_check(sentence, borrowed, sources) for sentence, borrowed in pairs]


def verify_answer(answer: "Answer") -> list[Checked]:
    """Return what becomes of each sentence of an answer; spans are places in `answer.text`."""
    _check_size(answer.text, answer.citations)
    sources = {cited.n: _Source(cited) for cited in answer.citations}
    checked, at = [], 0
    for sentence in answer.sentences:
        at = answer.text.index(sentence.text, at)
        span = Span(at, at + len(sentence.text))
        segments = (Segment(sentence.text, sentence.citations),)
        checked.append(_check(Sentence(span, segments), (), sources))
        at = span.end
    return checked


def _check_size(text: str, citations: Sequence[Cited]) -> None:
    if len(text) > LONGEST or len(citations) > MOST_CITATIONS:
        raise VerifyError(
            f"the text has {len(text):,} characters and {len(citations)} citations, at most "
            f"{LONGEST:,} and {MOST_CITATIONS} are verified: verify it in parts"
        )


def _check(sentence: Sentence, borrowed: tuple[int, ...], sources: dict[int, _Source]) -> Checked:
    found = [_check_segment(segment, borrowed, sources) for segment in sentence.segments]
    reasons = tuple(dict.fromkeys(chain.from_iterable(found)))
    verdict = gravest(reason.verdict for reason in reasons)
    if not reasons and not all(_is_idle(segment) for segment in sentence.segments):
        verdict = "verified"
    return Checked(sentence.span, verdict, reasons, sentence.citations)


def _is_idle(segment: Segment) -> bool:
    said = Said(without_ordinal(segment.text[:LONGEST_SENTENCE]))
    return claims_nothing(said, bool(segment.citations))


def _check_segment(
    segment: Segment, borrowed: tuple[int, ...], sources: dict[int, _Source]
) -> list[Reason]:
    unknown = [n for n in segment.citations if n not in sources]
    if unknown:
        return [Reason("unknown_source", (str(n),)) for n in unknown]
    own = [sources[n] for n in segment.citations]
    problems = [problem for source in own for problem in source.problems]
    if problems:
        return problems
    if _is_said(segment.text, own):
        return []
    if len(segment.text) > LONGEST_SENTENCE or any(len(s.cited.quote) > LONGEST_QUOTE for s in own):
        return [Reason("too_long")]
    claim = Said(without_ordinal(segment.text))
    if claims_nothing(claim, bool(own)):
        return []
    if own:
        return list(_against(claim, own, sources))
    # Without a marker of its own nothing but the source's own words will do.
    near = [sources[n] for n in borrowed if n in sources and not sources[n].problems]
    if _is_said(segment.text, near):
        return []
    altered = [reason for source in near for reason in _other_numbers(claim, source)]
    return altered or [Reason("no_source")]


def _is_said(text: str, sources: Sequence[_Source]) -> bool:
    """Whether the words of a text are those of one of the sources, numbers and all."""
    texts = (text, without_ordinal(text))
    words = [Words(plain_of(one)) for one in texts]
    return any(
        any(same_words(own, source.said.words)) for own in words for source in sources if own.tokens
    )


def _against(claim: Said, own: Sequence[_Source], sources: dict[int, _Source]) -> Iterator[Reason]:
    """Every reason against a claim, given what it cites."""
    numbers = [reason for source in own for reason in _other_numbers(claim, source)]
    if len(numbers) == len(own):
        yield numbers[0]
        return
    said = [source.said for source in own]
    cited = [source.cited for source in own]
    about = [text for source in own for text in source.about]
    context = " ".join([*(source.said.plain for source in own), *map(plain_of, about)])
    reasons = [
        *check_figures(claim, said),
        *check_dates(claim, said, [day for source in own for day in source.days]),
        *check_numbers(
            claim, said, {t.key for text in about for t in Words(plain_of(text)).numbers}
        ),
        *check_names(claim.text, cited),
        *check_places(claim.plain, cited, [s.cited for s in sources.values()], context),
        *_turned(claim, said),
        *check_terms(claim, said, context),
        *check_scope(claim, said),
        *check_organs(claim.plain, " ".join(one.plain for one in said), context),
    ]
    yield from reasons
    if not any(reason.verdict == "altered" for reason in reasons):
        missing = unspoken(claim.text, folded([s.quote for s in cited]), folded(about))
        if missing:
            yield Reason("content", ("、".join(missing[:6]),))


def _turned(claim: Said, said: Sequence[Said]) -> list[Reason]:
    """What the claim turns round; each way to find it tells the same again in other words."""
    source = " ".join(one.plain for one in said)
    forbids = any("must_not" in bound.duties for bound in claim.bound)
    return (
        list(turned_duties(claim.bound, [bound for one in said for bound in one.bound]))
        or list(turned_negations(claim.plain, source, forbids))
        or list(check_edits(claim, said))
    )


def _other_numbers(claim: Said, source: _Source) -> Iterator[Reason]:
    """A reason where the claim has the source's words with another number among them."""
    found = differing(claim.words, source.said.words)
    if found and not any(same_words(claim.words, source.said.words)):
        own, its = (Span(token.start, token.end) for token in found)
        yield Reason("figure", (around(claim, own), around(source.said, its)))
