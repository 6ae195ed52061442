"""Everyday words and what policy texts say for them: the program's pairs, and a library's own."""

from retrieval.synonyms.library import FILE, LibrarySynonyms
from retrieval.synonyms.table import SynonymsError, unusable
from retrieval.synonyms.words import Synonyms, built_in, built_in_pairs

__all__ = [
    "FILE",
    "LibrarySynonyms",
    "Synonyms",
    "SynonymsError",
    "built_in",
    "built_in_pairs",
    "unusable",
]
