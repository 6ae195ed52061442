"""How much of what a requirement says a stretch of text says too: its words, by rarity."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.fold import fold_text
from index.segment import cut
from retrieval.synonyms import Synonyms
from retrieval.trace.vocabulary import FREE, GRAMMAR, SAME, VERBS

_CHINESE = re.compile(r"[\u4e00-\u9fff]+|[a-z][a-z0-9+]*")
_GENERIC = 0.5
"""What a verb of policy weighs against its rarity: 落实 and 推进 stand in every clause."""
_PRESENCE = 1.5
"""What every word weighs beside its rarity: 改革 stands in every plan, yet it is missed."""
_PART = 0.7
"""What a part of a longer word counts: 家庭教育 of 家庭教育指导."""


class Word(NamedTuple):
    """A word that counts, with what may stand in its place and what it weighs."""

    text: str
    others: frozenset[str]
    weight: float

    def found_in(self, folded: str) -> float:
        """How much of it a folded text has, 0 to 1."""
        if self.text in folded:
            return 1.0
        for other in self.others:
            if other in folded:
                return 1.0
        pairs = _pairs(self.text)
        return _PART * sum([pair in folded for pair in pairs]) / len(pairs) if pairs else 0.0


@lru_cache(maxsize=4096)
def _pairs(word: str) -> tuple[str, ...]:
    """The pairs of neighbouring characters of a word that may be found in parts."""
    return tuple(word[at : at + 2] for at in range(len(word) - 1)) if len(word) > 2 else ()


def content_words(text: str) -> list[str]:
    """Return the words of `text` that say what it is about, each once, folded."""
    cuts = (word for run in _CHINESE.findall(fold_text(text)) for word in _cut(run))
    return [word for word in dict.fromkeys(cuts) if len(word) > 1 and word not in FREE]


def _cut(run: str) -> Iterator[str]:
    """The words of a run; single characters beside each other are one that no dictionary has.

    核增 is cut into 核 and 增, 县管校聘 into its four characters.
    """
    alone = ""
    for word in [run] if run.isascii() else cut(run):
        if len(word) == 1 and word not in GRAMMAR:
            alone += word
            continue
        yield alone
        yield word
        alone = ""
    yield alone


def weighed(
    words: Sequence[str], weights: Mapping[str, float], synonyms: Synonyms
) -> tuple[Word, ...]:
    """Return words with what may stand in their place, and their weights by rarity."""
    heaviest = max(weights.values(), default=1.0)
    return tuple(
        Word(
            word,
            SAME.get(word, frozenset()) | frozenset(synonyms.policy_words(word)),
            (_PRESENCE + weights.get(word, heaviest)) * (_GENERIC if word in VERBS else 1.0),
        )
        for word in words
    )


def shares(words: Sequence[Word], folded: str) -> list[float]:
    """Return for each word how much of it a folded text has."""
    return [word.found_in(folded) for word in words]


def covered(words: Sequence[Word], found: Sequence[float]) -> float:
    """Return the share of the words' weight that was found, 0 to 1; 0 where there is no word."""
    total = sum(word.weight for word in words)
    held = sum(word.weight * share for word, share in zip(words, found, strict=True))
    return held / total if total else 0.0
