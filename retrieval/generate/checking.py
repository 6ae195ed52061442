"""What a model said, sentence by sentence, held against the passages that it names."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus import Span
from index.tokens import tokenize
from retrieval.answer import Citation, precise_address
from retrieval.generate.plain import for_people
from retrieval.sentences import split_sentences
from retrieval.verify import Checked, Verdict, verify
from retrieval.verify.markers import split_marked
from retrieval.verify.verdicts import gravest

Verify = Callable[[str, Sequence[Citation]], Sequence[Checked]]
"""`retrieval.verify.verify`, or what a test puts in its place."""
Outcome = tuple[Verdict, tuple[str, ...]]

LEAST_SHARED = 0.2
"""Share of a sentence's words that what it cites must have, whatever else is found of it: one in
another language, or of a word or two, gives the verifier little to hold on to.
"""
_MOST_TOGETHER = 3
"""Sentences of a passage that are cited together, before the whole of it is."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a model without its markers, and what became of it when it was checked.

    `citations` are the quotations that it rests on: numbered like the passages while an answer is
    being made, and in the order of the answer when it is done.
    """

    text: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def is_verified(self) -> bool:
        """Whether what it says stands in what it cites."""
        return self.verdict == "verified"


def check_stream(
    sentences: Iterable[str], passages: Sequence[Citation], verify: Verify = verify
) -> Iterator[Said]:
    """Yield a model's sentences with their verdicts.

    A sentence without a marker waits for the next that has one: it is that one's as well where it
    has the very words of what is cited there, for a list is often cited at its end.
    """
    waiting: list[str] = []
    for sentence in map(for_people, sentences):
        if not _text(sentence):
            continue
        markers = _markers(sentence)
        if not markers:
            waiting.append(sentence)
            continue
        for unmarked in waiting:
            borrows = verify(unmarked + sentence, passages)[0].verdict == "verified"
            yield check(unmarked + markers if borrows else unmarked, passages, verify)
        waiting = []
        yield check(sentence, passages, verify)
    yield from (check(unmarked, passages, verify) for unmarked in waiting)


def check(sentence: str, passages: Sequence[Citation], verify: Verify = verify) -> Said:
    """Return a sentence with its verdict; of each passage it cites as little as bears that out."""
    checked = verify(sentence, passages)
    numbers = dict.fromkeys(n for part in checked for n in part.citations)
    cited = [passage for n in numbers for passage in passages if passage.n == n]
    outcome = _outcome(checked)
    for at, passage in enumerate(cited):
        for narrow in _parts(passage, _text(sentence)):
            attempt = [*cited[:at], narrow, *cited[at + 1 :]]
            if _outcome(verify(sentence, attempt)) == outcome:
                cited = attempt
                break
    if outcome[0] == "verified" and _shared(_text(sentence), cited) < LEAST_SHARED:
        outcome = ("unsupported", ("与所引原文没有共同的字词",))
    return Said(_text(sentence), *outcome, tuple(cited))


def _shared(text: str, cited: Sequence[Citation]) -> float:
    words = set(tokenize(text))
    quoted = set(tokenize("\n".join(citation.quote for citation in cited)))
    return len(words & quoted) / len(words) if words else 0.0


def _outcome(checked: Sequence[Checked]) -> Outcome:
    reasons = dict.fromkeys(reason.text for part in checked for reason in part.reasons)
    return gravest(part.verdict for part in checked), tuple(reasons)


def _text(sentence: str) -> str:
    """The sentence without its markers."""
    return "".join(part.text for s in split_marked(sentence) for part in s.segments).strip()


def _markers(sentence: str) -> str:
    """The markers of the sentence, one after the other."""
    numbers = dict.fromkeys(n for s in split_marked(sentence) for n in s.citations)
    return "".join(f"[{n}]" for n in numbers)


def _parts(passage: Citation, text: str) -> Iterator[Citation]:
    """Yield a passage's sentences, then neighbours together, those that share most with `text`."""
    document = passage.document
    sentences = list(split_sentences(document.text, passage.span))
    wanted = set(tokenize(text))
    for together in range(1, min(_MOST_TOGETHER, len(sentences) - 1) + 1):
        runs = [
            Span(sentences[at].start, sentences[at + together - 1].end)
            for at in range(len(sentences) - together + 1)
        ]
        shared = [len(wanted & set(tokenize(document.quote(span)))) for span in runs]
        best = max(range(len(runs)), key=lambda at: (shared[at], -at))
        address = precise_address(passage.clause, runs[best])
        yield replace(passage, span=runs[best], address=address)
