"""A requirement as it is looked for: its words, its core, and what it demands."""

import re
from dataclasses import dataclass

from corpus.spans import Span
from retrieval.search import Searcher
from retrieval.sentences import split_sentences
from retrieval.trace.cores import Core, core_of
from retrieval.trace.coverage import Word, content_words, weighed
from retrieval.trace.statement import Statement, read_requirement

MOST_SENTENCES = 4
MOST_WORDS = 120
"""Words of a requirement that are looked for; one that has more is several."""
_ASKS = re.compile(
    r"[?？]\s*$|[吗呢]\s*[?？。]?\s*$|多少|什么时候|哪[些个里年]|怎么|如何|几[个所名]"
)


@dataclass(frozen=True, slots=True)
class Demand:
    """What is wanted of a clause that states a requirement."""

    text: str
    core: Core
    statement: Statement
    words: tuple[Word, ...]
    sentences: int
    """How many neighbouring sentences may state it together: as many as it has."""

    @property
    def is_question(self) -> bool:
        """Whether it asks instead of demanding: no clause says the same as a question."""
        return _ASKS.search(self.text) is not None


def demand_of(searcher: Searcher, text: str) -> Demand:
    """Read a requirement; its words are weighed by how rare they are in the library."""
    statement = read_requirement(text)
    words = content_words(statement.bare)[:MOST_WORDS]
    weights = searcher.term_weights(" ".join(words))
    sentences = sum(1 for _ in split_sentences(text, Span(0, len(text))))
    return Demand(
        text,
        core_of(text),
        statement,
        weighed(words, weights, searcher.synonyms.synonyms),
        min(MOST_SENTENCES, max(1, sentences)),
    )
