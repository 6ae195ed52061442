"""The words of a text alone: without punctuation, blanks and numbering, in one script.

Two texts with the same core say the same word for word. Signs between digits stay (1.5, 3:1,
2021-2023), because without them another number would stand there.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from corpus.fold import fold, fold_text
from corpus.spans import Span

# （一） and ① wherever they stand; 一、 and 1. at the beginning of a line or of a part of a list.
_SIGN = r"[（(〔][一二三四五六七八九十0-9０-９]{1,3}[）)〕]、?|[①-⑳]"
_NUMBER = (
    r"[ \t\u3000]{0,9}(?:[一二三四五六七八九十]{1,3}、|[0-9０-９]{1,3}(?:[.．](?![0-9０-９])|、)"
    r"|第[一二三四五六七八九十百千〇零两0-9]{1,9}条(?=[ \t\u3000]))"
)
NUMBERING = re.compile(rf"{_SIGN}|(?:(?<=\n)|(?<=[；;：:。])|^){_NUMBER}")
"""The numbers of a list, wherever they stand."""
LEADING = re.compile(rf"(?:{_SIGN}|{_NUMBER})\s*")
"""The number that a clause or a line begins with."""
_KEPT = re.compile(r"[^\W_]|[%‰]|(?<=\d)[^\w\s](?=\d)")


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return a short text folded; many requirements are held against the same stretches."""
    return fold_text(text)


class Core(NamedTuple):
    """The words of a text, and where each of their characters stands in it.

    `offsets` holds one place more than `words`, the text's length.
    """

    words: str
    offsets: tuple[int, ...]

    def find(self, words: str) -> Span | None:
        """Return where `words` stand in the text, from its first character to its last."""
        at = self.words.find(words) if words else -1
        while at >= 0:
            end = at + len(words)
            # 85% does not stand in 185%, nor 2025 in 12025.
            if not (self._splits_number(at) or self._splits_number(end)):
                return Span(self.offsets[at], self.offsets[end - 1] + 1)
            at = self.words.find(words, at + 1)
        return None

    def _splits_number(self, at: int) -> bool:
        """Whether a number runs across `words[at]`; 85%，2027年 are two."""
        joined = 0 < at < len(self.words) and self.offsets[at] - self.offsets[at - 1] == 1
        return joined and _is_number(self.words[at - 1]) and _is_number(self.words[at])


def _is_number(character: str) -> bool:
    return character.isdigit() or character in "%‰" or character in _NUMERALS


_NUMERALS = frozenset("零一二三四五六七八九十百千万亿两")


@lru_cache(maxsize=4096)
def core_of(text: str) -> Core:
    """Return the core of `text`."""
    folded = fold(text)
    hidden = np.zeros(len(text) + 1, dtype=np.bool_)
    for number in NUMBERING.finditer(text):
        hidden[number.start() : number.end()] = True
    kept = [
        match.start()
        for match in _KEPT.finditer(folded.text)
        if not hidden[folded.offsets[match.start()]]
    ]
    words = "".join(folded.text[at] for at in kept)
    return Core(words, (*(int(folded.offsets[at]) for at in kept), len(text)))
