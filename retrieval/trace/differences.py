"""How what a clause says differs from a requirement of the same matter."""

from collections.abc import Iterator, Sequence

from corpus.facts import Duty
from corpus.spans import Span
from retrieval.trace.coverage import Word
from retrieval.trace.figures import figures_differ, numbers_differ
from retrieval.trace.opposites import opposites
from retrieval.trace.statement import Statement
from retrieval.trace.times import dates_differ, periods_differ
from retrieval.trace.values import Difference

_MOST_WORDS = 6
_LACKING = 0.3


def differences(
    here: Statement, there: Statement, words: Sequence[Word], found: Sequence[float]
) -> tuple[Difference, ...]:
    """Return what differs, what is counted first; `found` is how much of each word is there."""
    told = [
        *figures_differ(here, there),
        *periods_differ(here, there),
        *dates_differ(here, there),
        *_duty(here, there),
        *_scope(here, there),
        *_degree(here, there),
        *numbers_differ(here, there),
        *opposites(here.said(here.span), there.said(there.span)),
        *_words(words, found),
    ]
    return tuple(_once(told))


def _once(told: Sequence[Difference]) -> Iterator[Difference]:
    """Each pair of words once, as it was told first."""
    known: set[tuple[str, str]] = set()
    kinds = {difference.kind for difference in told if difference.about}
    for difference in told:
        # 以下 against 以上 is told with its figure.
        if difference.kind in kinds and not difference.about and difference.there:
            continue
        if (difference.here, difference.there) not in known:
            known.add((difference.here, difference.there))
            yield difference


def _duty(here: Statement, there: Statement) -> Iterator[Difference]:
    mine, theirs = _kinds(here), _kinds(there)
    if mine != theirs:
        yield Difference(
            "duty",
            _duty_words(here, mine - theirs or mine),
            _duty_words(there, theirs - mine or theirs),
            span=_duty_span(there, theirs - mine),
        )


def _kinds(statement: Statement) -> set[Duty]:
    """The kinds of duty; what is simply said is demanded."""
    return set(statement.duties) - {"must"} or {"must"}


def _duty_words(statement: Statement, kinds: set[Duty]) -> str:
    return "、".join(statement.duties[kind].value for kind in sorted(kinds & set(statement.duties)))


def _duty_span(statement: Statement, kinds: set[Duty]) -> Span | None:
    return next((statement.duties[kind].span for kind in kinds if kind in statement.duties), None)


def _scope(here: Statement, there: Statement) -> Iterator[Difference]:
    """For whom: 小学 against 初中. A clause for more (中小学) holds for each of them."""
    for mine, theirs in zip(here.scopes, there.scopes, strict=True):
        wanted, given = (frozenset().union(*words.values()) for words in (mine, theirs))
        if wanted and given and not wanted <= given:
            yield Difference("scope", "、".join(mine), "、".join(theirs))


def _degree(here: Statement, there: Statement) -> Iterator[Difference]:
    mine, theirs = ({d.value.rstrip("的"): d for d in s.degrees} for s in (here, there))
    for word, degree in theirs.items():
        if word not in mine:
            yield Difference("degree", "", degree.value, span=degree.span)
    for word, degree in mine.items():
        if word not in theirs:
            yield Difference("degree", degree.value, "")


def _words(words: Sequence[Word], found: Sequence[float]) -> Iterator[Difference]:
    """What the requirement speaks of and the clause does not; a word or two are its own."""
    lacking = [w for w, share in zip(words, found, strict=True) if share < _LACKING]
    if lacking:
        told = sorted(lacking, key=lambda word: -word.weight)[:_MOST_WORDS]
        yield Difference("words", "、".join(word.text for word in told), "", slight=True)
