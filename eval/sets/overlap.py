"""How many of a question's words a clause shares, so that easy questions hide no hard ones."""

from collections.abc import Iterable

from index.tokens import words


def content_words(text: str) -> set[str]:
    """Return the distinct words of `text` but for single Chinese characters (的, 吗, 年)."""
    return {word for word in words(text) if len(word) > 1 or word.isascii()}


def overlap(question: str, clauses: Iterable[str]) -> float:
    """Return the largest |Q ∩ C| / |Q| over the gold clauses, Q and C being content words."""
    asked = content_words(question)
    shared = (len(asked & content_words(clause)) for clause in clauses)
    return round(max(shared, default=0) / len(asked), 2) if asked else 0.0
