"""What the word index counts: words and character bigrams of the folded text.

Words carry the meaning, bigrams need no dictionary and forgive a wrong cut; one BM25 index holds
both. A word of two characters is its own bigram and then counts twice, which measured a little
better than keeping the streams apart (docs/benchmarks.md).
"""

import re

from corpus.fold import CJK, fold_text
from index.segment import segment

_CJK = "".join(f"{chr(first)}-{chr(last)}" for first, last in CJK)

# A run of Chinese; a decimal (85.5%, 3.2.1); letters and digits together (2025, 5g, 85%).
# Punctuation and white space are no tokens.
_RUNS = re.compile(rf"([{_CJK}]+)|\d+(?:\.\d+)+%?|[^\W_{_CJK}]+%?")


def words(text: str) -> list[str]:
    """Return the words, longer ones after the words inside them; numbers and Latin words whole."""
    return _words(_runs(text))


def bigrams(text: str) -> list[str]:
    """Return each two neighbouring Chinese characters; one that stands alone is a token itself."""
    return _bigrams(_runs(text))


def tokenize(text: str) -> list[str]:
    """Return the words and then the bigrams of `text`: what is indexed, and what is asked."""
    runs = _runs(text)
    return _words(runs) + _bigrams(runs)


def _runs(text: str) -> list[tuple[str, bool]]:
    """Return the runs of the folded text, and whether each is Chinese."""
    return [(found[0], bool(found[1])) for found in _RUNS.finditer(fold_text(text))]


def _words(runs: list[tuple[str, bool]]) -> list[str]:
    return [word for run, chinese in runs for word in (segment(run) if chinese else (run,))]


def _bigrams(runs: list[tuple[str, bool]]) -> list[str]:
    tokens: list[str] = []
    for run, chinese in runs:
        if chinese and len(run) > 1:
            tokens.extend(run[start : start + 2] for start in range(len(run) - 1))
        else:
            tokens.append(run)
    return tokens
