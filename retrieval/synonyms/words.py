"""Everyday words, and the words that policy texts use for the same thing."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from corpus.fold import fold_text
from index.segment import cut
from retrieval.lexicon import Found, Lexicon
from retrieval.synonyms.table import read_table

BUILT_IN = Path(__file__).parent.with_name("everyday.tsv")
"""The table that comes with the program."""


class Synonyms:
    """What the everyday words in a text mean in the words of policy."""

    def __init__(self, pairs: Mapping[str, tuple[str, ...]]) -> None:
        self._words: Lexicon[tuple[str, ...]] = Lexicon(
            {fold_text(everyday): policy for everyday, policy in pairs.items()}
        )

    def find(self, folded: str) -> Iterator[Found[tuple[str, ...]]]:
        """Yield the everyday words of a folded text; 上学 is none in 晚上学习."""
        ends: set[int] = set()

        def is_word(text: str, start: int, end: int) -> bool:
            if not ends:
                ends.update(_word_ends(text))
            return start in ends and end in ends

        return self._words.find(folded, is_word)

    def policy_words(self, text: str) -> list[str]:
        """Return the words of policy for the everyday words of `text`, each once, in order."""
        found = self.find(fold_text(text))
        return list(dict.fromkeys(word for each in found for word in each.value))

    def said_in_policy(self, folded: str) -> str:
        """Return a folded text with its everyday words replaced by the best ones of policy."""
        parts, at = [], 0
        for found in self.find(folded):
            parts += [folded[at : found.start], f" {found.value[0]} "]
            at = found.end
        return "".join([*parts, folded[at:]])


def _word_ends(text: str) -> Iterator[int]:
    at = 0
    yield at
    for word in cut(text):
        at += len(word)
        yield at


@cache
def built_in() -> Synonyms:
    """Return the table that comes with the program."""
    return Synonyms(built_in_pairs())


@cache
def built_in_pairs() -> dict[str, tuple[str, ...]]:
    """Return the pairs that come with the program."""
    return read_table(BUILT_IN).pairs
