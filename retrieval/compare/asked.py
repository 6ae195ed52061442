"""A topic: its words with their weights, and the kind of thing that it asks for."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np

from corpus.fold import fold_text
from index.tokens import tokenize, words
from index.words import idf
from retrieval.compare.columns import SHARES
from retrieval.compare.values import Value
from retrieval.query import content
from retrieval.results import Hit
from retrieval.search import Searcher

Wanted = Literal["share", "number", "date", "unit", "any"]
"""毛入园率、占比; 多少; 什么时候; 由谁负责; whatever is said."""

# 哪几个地方 asks for places, not for a number of them.
_WHICH = re.compile(r"[哪各](?:些|几)?(?:个|份|所)?(?:地方|地区|文件|省市?|市|县|区|学校)")
# The first row that fits is what is asked for.
_WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    ("share", re.compile(r"(?<!效)(?<!频)率(?![先领性])|占比|比例|比重|百分")),
    (
        "date",
        re.compile(r"什么时[候间]|何时|哪一?[年天日月]|几[年月号](?:底|初)?前|日期|截止|期限|时限"),
    ),
    (
        "number",
        re.compile(
            r"多少|几[个名所位人家项天年岁次节门种类元分周月小]|多[长久大高远]|金额|人数|数量|名额|上限|下限"
        ),
    ),
    ("unit", re.compile(r"牵头|谁|哪.{0,2}(?:部门|单位|机构)|什么(?:部门|单位)|由.{0,6}负责")),
)
# What a topic is measured in, by the family of units (retrieval/measures.py).
_MEASURED = (
    (re.compile(r"收费|学费|费用|补助|补贴|经费|津贴|资助|奖金"), "元"),
    (re.compile(r"比例|占比|(?<!效)(?<!频)率(?![先领性])"), "%"),
    (re.compile(r"(?<!什么)时间|时长"), "分钟"),
)
_DATED = re.compile(r"[0-9]{1,4}\s?(?:年|月|日)|年底|每年|[年月日天]内|[年月日]前")
_ORGAN = re.compile(r"单位|部门|政府|[厅局委办](?!理)|学校|领导小组")


class Topic(NamedTuple):
    """What is compared; `weights` are its tokens with their idf in the library."""

    text: str
    wants: Wanted
    weights: dict[str, float]
    unknown: tuple[str, ...] = ()
    """Its words that stand nowhere in the library."""
    phrase: str = ""
    """All of them as one, folded."""

    @property
    def measures(self) -> frozenset[str]:
        """The families of units that it is measured in, where it says: 元 of 收费."""
        said = fold_text(self.text)
        return frozenset(family for pattern, family in _MEASURED if pattern.search(said))

    def coverage(self, own: str, above: str = "", share: float = 0.5) -> float:
        """Return the share of its words, by rarity, in a text; those `above` count `share`."""
        total = sum(self.weights.values())
        if not total:
            return 0.0
        # Within a sentence a word may be cut otherwise than by itself.
        if self.phrase and self.phrase in fold_text(own):
            return 1.0
        said = set(tokenize(own))
        over = set(tokenize(above)) - said if above else set()
        held = sum(w for token, w in self.weights.items() if token in said)
        held += sum(w for token, w in self.weights.items() if token in over) * share
        return held / total

    def without(self, places: Iterable[str]) -> "Topic":
        """Return the topic without the places that it names: they say who, not what."""
        named = [fold_text(place) for place in places]
        gone = {token for place in named for token in tokenize(place)}
        phrase = self.phrase
        for place in named:
            phrase = phrase.replace(place, "")
        left = {token: w for token, w in self.weights.items() if token not in gone}
        # A topic that is a place and nothing else stays what it is.
        return self._replace(weights=left, phrase=phrase) if phrase and left else self

    def is_of_kind(self, value: Value) -> bool:
        """Whether a figure may be what it asks for: a share where it asks for one."""
        return self.wants != "share" or value.family in SHARES

    def is_answered(self, hit: Hit, sentence: str, values: Sequence[Value]) -> bool:
        """Whether a sentence holds the kind of thing that it asks for."""
        if self.wants in ("share", "number"):
            return any(value.of_topic for value in values)
        if self.wants == "unit":
            return any(hit.clause.units) or _ORGAN.search(sentence) is not None
        return self.wants == "any" or _DATED.search(sentence) is not None


def topic_of(searcher: Searcher, text: str) -> Topic:
    """Read a topic as `ask` reads a question."""
    about = content(text, searcher.synonyms.synonyms)
    weights = searcher.term_weights(about)
    said = _WHICH.sub("", fold_text(text))
    wants: Wanted = next((kind for kind, pattern in _WANTED if pattern.search(said)), "any")
    nowhere = float(idf(np.zeros(1, np.int64), searcher.library.snapshot().words.size)[0])
    unknown = (w for w in words(about) if len(w) > 1 and weights.get(w, 0.0) >= nowhere)
    return Topic(text, wants, weights, tuple(dict.fromkeys(unknown)), "".join(about.split()))
