"""Chinese words by jieba's dictionary: the most probable path, and the words inside long words.

The same output as `jieba.Tokenizer().cut_for_search(text, HMM=False)` for a run of Chinese
characters (a test compares them), at about twice the speed. Only the dictionary of the package is
read: importing jieba would set up a logger on standard error, and loading its dictionary reads a
`marshal` file from the system's temporary folder, where anyone may have put it.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from math import inf, log
from pathlib import Path
from typing import NamedTuple

from corpus.errors import YoujuError


class Dictionary(NamedTuple):
    """Words with the logarithm of their probability.

    `longest` gives the length of the longest word that begins with these two characters;
    `unknown` is the logarithm for a character that begins no word.
    """

    weights: dict[str, float]
    longest: dict[str, int]
    unknown: float


def segment(run: str, dictionary: Dictionary | None = None) -> list[str]:
    """Cut a run of Chinese characters into words, each long word after the words inside it."""
    known = dictionary or jieba_dictionary()
    words: list[str] = []
    for word in _most_probable(run, known):
        if len(word) > 2:
            words.extend(_inside(word, known.weights))
        words.append(word)
    return words


def _most_probable(run: str, dictionary: Dictionary) -> Iterator[str]:
    """Yield the words whose probabilities have the highest product, found from the end."""
    weights, longest, unknown = dictionary
    score = [0.0] * (len(run) + 1)  # of the best path from here to the end
    ends = [0] * len(run)  # of the first word on that path
    for start in range(len(run) - 1, -1, -1):
        weight = weights.get(run[start])
        best, best_end = (-inf, 0) if weight is None else (weight + score[start + 1], start + 1)
        reach = longest.get(run[start : start + 2], 0)
        for end in range(start + 2, min(len(run), start + reach) + 1):
            weight = weights.get(run[start:end])
            # Of equals the longest, as in jieba.
            if weight is not None and weight + score[end] >= best:
                best, best_end = weight + score[end], end
        score[start] = best if best_end else unknown + score[start + 1]
        ends[start] = best_end or start + 1
    start = 0
    while start < len(run):
        yield run[start : ends[start]]
        start = ends[start]


def _inside(word: str, weights: dict[str, float]) -> Iterator[str]:
    """Yield the words of two, then of three characters within a longer word."""
    for size in range(2, min(3, len(word) - 1) + 1):
        for start in range(len(word) - size + 1):
            part = word[start : start + size]
            if part in weights:
                yield part


@cache
def jieba_dictionary() -> Dictionary:
    """Read the dictionary that the jieba package brings (349,046 lines, a third of a second)."""
    package = find_spec("jieba")
    if package is None or package.origin is None:
        raise YoujuError("the package jieba is not installed: run `pip install jieba==0.42.1`")
    return parse((Path(package.origin).parent / "dict.txt").read_text("utf-8"))


def parse(lines: str) -> Dictionary:
    """Parse lines of word, count and part of speech; of a word given twice the last counts."""
    fields = lines.split()
    words, counts = fields[::3], fields[1::3]
    total = log(sum(map(int, counts)))
    # A few thousand distinct counts stand behind all words.
    logs = {count: log(int(count)) - total for count in set(counts)}
    weights = dict(zip(words, map(logs.__getitem__, counts), strict=True))
    words.sort(key=len)
    longest = dict(zip([word[:2] for word in words], map(len, words), strict=True))
    return Dictionary(weights, longest, -total)
