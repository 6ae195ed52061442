"""How an answer was found: the words looked for, what each leg found, scores, and the decision."""

from collections.abc import Sequence
from typing import NamedTuple

from corpus.fold import fold_text
from corpus.markup import NOTHING, Html, Mark, element
from index.segment import cut
from retrieval import Answer, Hit, Searcher
from retrieval.confidence import THRESHOLD
from retrieval.query import ADDED_WEIGHT
from ui.cards import open_button
from ui.conversation import Turn
from ui.strings import Language, say

OF_A_LEG = 5
"""Clauses shown of either leg."""
TOGETHER = 8
"""Clauses shown of both: those whose sentences were read."""
MOST_WORDS = 40

_RANKED = frozenset({"words", "meaning", "both"})


class Trail(NamedTuple):
    """What a question was looked for by, and what was found before sentences were chosen."""

    words: Sequence[str]
    added: Sequence[str]
    """Words of policy for the everyday ones."""
    by_words: Sequence[Hit]
    by_meaning: Sequence[Hit]
    together: Sequence[Hit]


def trail_of(searcher: Searcher, turn: Turn) -> Trail:
    """Search again as the answer was searched for, and by either leg alone. Raises YoujuError."""
    question, filters = turn.understood, turn.filters
    by_words = searcher.search(question, OF_A_LEG, "bm25", filters)
    by_meaning = searcher.search(question, OF_A_LEG, "dense", filters)
    together = searcher.search(question, TOGETHER, filters=filters)
    return Trail(
        _words(question),
        searcher.synonyms.synonyms.policy_words(question)[:MOST_WORDS],
        [hit for hit in by_words.hits if hit.found_by in _RANKED],
        [hit for hit in by_meaning.hits if hit.found_by in _RANKED],
        together.hits,
    )


def _words(question: str) -> list[str]:
    """The words of a question as they are cut, each once."""
    found = (word.strip() for word in cut(fold_text(question)))
    return list(dict.fromkeys(word for word in found if word.isalnum()))[:MOST_WORDS]


# --- as HTML -----------------------------------------------------------------------------------


def trail_view(trail: Trail, turn: Turn, language: Language) -> Html:
    """The trail in the order in which things happened."""
    return element(
        "div",
        *_searched(trail, language),
        _leg("trail.by_words", trail.by_words, "bm25", language),
        _leg("trail.by_meaning", trail.by_meaning, "dense", language),
        _together(trail.together, language),
        *_decided(turn.found, language),
        class_="yj-trail-body",
    )


def _searched(trail: Trail, language: Language) -> list[Html]:
    asked = (element("span", word, class_="yj-word") for word in trail.words)
    added = [element("span", word, class_="yj-word yj-added") for word in trail.added]
    note = say(language, "trail.added", weight=ADDED_WEIGHT) if added else None
    return [
        element("h3", say(language, "trail.words")),
        element("p", *asked, class_="yj-words"),
        element("p", note, *added, class_="yj-words") if added else NOTHING,
        element("p", say(language, "trail.pairs"), class_="yj-read"),
    ]


def _leg(name: str, hits: Sequence[Hit], score: str, language: Language) -> Html:
    """What one leg alone finds, best first."""
    rows = [
        element("li", _place(hit, language), element("span", _number(getattr(hit.scores, score))))
        for hit in hits
    ]
    nothing = element("p", say(language, "trail.nothing"), class_="yj-read")
    heading = element("h3", say(language, name))
    return element("section", heading, element("ol", *rows, class_="yj-leg") if rows else nothing)


def _together(hits: Sequence[Hit], language: Language) -> Html:
    heads = ("trail.clause", "trail.found_by", "trail.bm25", "trail.cosine", "trail.score")
    rows = (
        element(
            "tr",
            element("td", _place(hit, language)),
            element("td", say(language, f"trail.by.{hit.found_by}")),
            *(element("td", part, class_="yj-score") for part in _parts(hit)),
        )
        for hit in hits
    )
    head = element("tr", *(element("th", say(language, name), scope="col") for name in heads))
    table = element("table", element("thead", head), element("tbody", *rows))
    return element(
        "section",
        element("h3", say(language, "trail.together")),
        element(
            "div",
            table,
            class_="yj-scroll",
            tabindex="0",
            role="region",
            aria_label=say(language, "trail.together"),
        ),
    )


def _parts(hit: Hit) -> tuple[str, ...]:
    return _number(hit.scores.bm25, 1), _number(hit.scores.dense), _number(hit.score)


def _place(hit: Hit, language: Language) -> Html:
    title, address = hit.document.label, hit.clause.address
    label = say(language, "source.open_label", title=title, address=address)
    mark = Mark(0, hit.clause.span)
    link = open_button(address, hit.document.id, (mark,), label, class_="yj-link")
    return element("span", link, element("span", title), class_="yj-place")


def _number(score: float | None, digits: int = 3) -> str:
    return "–" if score is None else f"{score:.{digits}f}"


def _decided(found: Answer, language: Language) -> list[Html]:
    """The confidence against the threshold, and how long each step took."""
    enough = found.confidence >= THRESHOLD
    decision = say(
        language,
        "trail.answered" if enough else "trail.unanswered",
        confidence=f"{found.confidence:.2f}",
        threshold=f"{THRESHOLD:.2f}",
    )
    steps = (say(language, f"trail.ms.{name}", ms=f"{ms:.0f}") for name, ms in found.ms.items())
    return [
        element("h3", say(language, "trail.decision")),
        element("p", decision),
        element("p", " · ".join(steps), class_="yj-read"),
    ]
