"""What a search gives: clauses, best first, and what a reader should know of how it went."""

from dataclasses import dataclass, field
from typing import NamedTuple

from corpus import Clause, Document, Span
from index.encoders import Vectors
from retrieval.earlier import NONE, Earlier
from retrieval.exact import FoundBy
from retrieval.remarks import Remark
from retrieval.standing import Standing


class Scores(NamedTuple):
    """The parts of a score as they are: BM25, cosine, what a reranker said.

    None where a leg did not take part, or the reranker did not read the passage.
    """

    bm25: float | None
    dense: float | None
    rerank: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found, and the stretch of it that matched best."""

    rank: int
    score: float
    scores: Scores
    document: Document
    standing: Standing
    clause: Clause
    matched: Span
    """The passage that matched; of a clause found by its address, what the address names."""
    found_by: FoundBy = "words"


@dataclass(slots=True)
class Results:
    """The hits of one search, best first, with what a reader should know of how it went."""

    query: str
    hits: list[Hit]
    pending: int = 0
    left_out: int = 0
    """Documents that took no part because a later one replaced or repealed them."""
    fitting: int | None = None
    """Documents that the filters let take part; None where none were set."""
    exact_only: bool = False
    """Whether nothing answers the query but what it names; see `Lookup.exact_only`."""
    places: dict[str, frozenset[str]] = field(default_factory=dict)
    """The documents of each place that the query names."""
    several: bool = False
    """Whether the query wants to hear from several documents."""
    earlier: Earlier = NONE
    """What the query asks for of what no longer holds."""
    vector: Vectors | None = None
    """That of the query, shape (1, dimension), where meaning took part."""
    remarks: list[Remark] = field(default_factory=list)
    ms: dict[str, float] = field(default_factory=dict)
