"""A question as its answer is looked for, and which documents may give one."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from corpus import Document
from corpus.fold import fold_text
from retrieval.kinds import UNIT_KINDS, Wanted, wanted
from retrieval.origins import place_at_start
from retrieval.query import content
from retrieval.results import Results
from retrieval.search import Searcher

_ABOUT_UNITS = re.compile(r"牵头|主办|配合|负责|责任(?!感|险|心)")


@dataclass(frozen=True)
class Inquiry:
    """A question as its answer is looked for: what it wants, its words, and what it is about."""

    results: Results
    wanted: Wanted
    weights: dict[str, float] = field(repr=False)
    """The idf of each token of its content."""
    passages: int
    """How many the library has: the more, the more of a question's words some clause shares."""

    @classmethod
    def of(cls, searcher: Searcher, results: Results) -> "Inquiry":
        """Read what a question that was searched asks for."""
        weights = searcher.term_weights(content(results.query, searcher.synonyms.synonyms))
        passages = len(searcher.library.snapshot().passages)
        return cls(results, wanted(results.query), weights, passages)

    @cached_property
    def here(self) -> frozenset[str] | None:
        """The documents of the place that the question is about; None where it names no place.

        A question that wants several documents is about no place alone, but where it names
        several places it is about these.
        """
        places = self.results.places
        named = frozenset[str]().union(*places.values())
        alone = not self.results.several or len(places) > 1
        return named if named and alone else None

    @cached_property
    def stranger(self) -> str | None:
        """The place that the question begins with, where no document comes from there."""
        return None if self.results.places else place_at_start(fold_text(self.results.query))

    def may_speak(self, document: Document) -> bool:
        """Whether a document may answer.

        Not where it is known to hold in another place only, nor where a version is asked for that
        it is not.
        """
        if not self.results.earlier.lets_speak(document):
            return False
        region, level = document.metadata.region, document.metadata.level
        if region is None or (level is not None and level.value == "国家"):
            return True
        if self.stranger is not None:
            return self.stranger in document.text
        return self.here is None or document.id in self.here

    @cached_property
    def about(self) -> str:
        """The question without the place: within its documents, the name tells nothing apart."""
        if self.here is None:
            return self.results.query
        text = fold_text(self.results.query)
        for name in sorted(self.results.places, key=len, reverse=True):
            text = text.replace(name, "")
        return text if len(text.strip("的?。, ")) >= 2 else self.results.query

    @property
    def reads_units(self) -> bool:
        """Whether the units of a clause (牵头单位……) may answer."""
        kind = self.wanted.kind
        asks = _ABOUT_UNITS.search(fold_text(self.results.query)) is not None
        return kind in UNIT_KINDS or (asks and kind in ("yes_no", "any"))
