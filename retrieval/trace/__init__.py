"""From a requirement to every clause that states it, in its own words or in others."""

from retrieval.trace.lists import Requirement
from retrieval.trace.tracing import MOST_MATCHES, Tracer, trace, trace_all
from retrieval.trace.values import STRENGTHS, Difference, Match, Row, Strength

__all__ = [
    "MOST_MATCHES",
    "STRENGTHS",
    "Difference",
    "Match",
    "Requirement",
    "Row",
    "Strength",
    "Tracer",
    "trace",
    "trace_all",
]
