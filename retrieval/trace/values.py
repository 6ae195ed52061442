"""What a trace gives: for each requirement the clauses that state it, and how closely."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from corpus import Clause, Document, Span
from retrieval.remarks import Remark
from retrieval.standing import Standing

Strength = Literal["verbatim", "equivalent", "related"]
STRENGTHS: tuple[Strength, ...] = ("verbatim", "equivalent", "related")
"""Word for word; the same duty in other words, its figures equal; the same matter otherwise."""

Kind = Literal["figure", "deadline", "rate", "duty", "scope", "degree", "words"]
"""What differs: a quantity; until when; each day or each week; 应当 or 不得; for whom; how firmly
(原则上); words of the requirement that the clause does not have."""

Untraced = Literal["heading", "overlong"]
"""Why a line was not looked for: it demands nothing, or is too long for one requirement."""


class Difference(NamedTuple):
    """What the requirement says, and what the clause says in its place; "" where it says nothing.

    `about` is what is counted, where that is known; `span` is where the document says it. A
    `slight` one (达到85%, 85%以上) does not make another requirement of it.
    """

    kind: Kind
    here: str
    there: str
    about: str = ""
    slight: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The smallest stretch of a clause that states a requirement, or speaks of its matter."""

    strength: Strength
    document: Document
    standing: Standing
    clause: Clause
    address: str
    span: Span
    differences: tuple[Difference, ...] = ()
    score: float = 0.0
    """How well it fits, 0 to 1; 1 word for word."""

    @property
    def quote(self) -> str:
        """The quoted characters, as written."""
        return self.document.quote(self.span)


@dataclass(slots=True)
class Row:
    """A requirement with its matches, from the highest level down, the newest first."""

    requirement: str
    matches: list[Match] = field(default_factory=list)
    untraced: Untraced | None = None
    more: int = 0
    """Matches beyond those that were asked for."""
    left_out: int = 0
    """Documents that took no part because a later one replaced or repealed them."""
    pending: int = 0
    """Passages without a vector yet, which are found by their words only."""
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_stated(self) -> bool:
        """Whether a clause states it, in its own words or in others."""
        return any(match.strength != "related" for match in self.matches)
