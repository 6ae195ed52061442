"""From a question to clauses, and from clauses to an answer with its citations."""

from retrieval.answer import Answer, Citation, answer
from retrieval.filters import Filters
from retrieval.query import QueryError
from retrieval.ranking import MODES, Mode
from retrieval.results import Hit, Results
from retrieval.search import Searcher
from retrieval.standing import Standing, standings

__all__ = [
    "MODES",
    "Answer",
    "Citation",
    "Filters",
    "Hit",
    "Mode",
    "QueryError",
    "Results",
    "Searcher",
    "Standing",
    "answer",
    "standings",
]
