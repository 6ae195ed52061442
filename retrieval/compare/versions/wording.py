"""The wording of a clause: what is left of it when its form is set aside."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from corpus import Clause, Document
from corpus.facts.quantities import find_quantities
from corpus.fold import fold
from corpus.numerals import CHINESE_NUMERAL, NUMERAL
from corpus.script import simplify
from index.segment import cut
from retrieval.measures import in_measure, measure

_CIRCLED = "①-⑳⒈-⒛⑴-⒇㈠-㈩"
# Numbers that open a line. What follows is no numeral: 三、四年级 and 1.5 are no labels.
_ITEM = (
    rf"(?:[（(]\s?{NUMERAL}{{1,5}}\s?[）)][、.．]?(?!\s?[项款目、和至或])"
    rf"|{CHINESE_NUMERAL}{{1,5}}\s?[、.．](?!\s?{NUMERAL})"
    rf"|[0-9０-９]{{1,3}}\s?[、.．)）](?!\s?{NUMERAL})|[0-9]{{1,3}}[.．](?=(?:19|20)[0-9]{{2}}年)"
    rf"|[{_CIRCLED}][、.．]?)"
)
_OWN = re.compile(
    rf"\s*(?:第\s?{NUMERAL}{{1,9}}\s?(?:条|分?编|篇|部分|章|节)(?:之{CHINESE_NUMERAL}{{1,2}})?|{_ITEM})"
)
_LINE = re.compile(rf"\n\s{{0,99}}{_ITEM}")
_BETWEEN_DIGITS = frozenset(".,:/-~+*")
_ALWAYS = frozenset("%‰℃")
# A date, an address and a number stay whole; quantities are found before.
_TOKEN = re.compile(
    rf"第{NUMERAL}{{1,9}}[条款项目章节编]|[0-9]{{2,4}}年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?|[0-9]+(?:[.,:/\-~+*][0-9]+)*(?:[年月日时分]|%)?"
    r"|[a-z]+|[^0-9a-z]"
)


LONGEST_OPENING = 25
"""Characters of an opening that names a clause: 加强组织领导。"""
_OPENING = frozenset("《〈“‘「『（([〔【")
_ENDS_OPENING = frozenset("。：:.\n")


class Token(NamedTuple):
    """A word or a figure: equal keys say the same, in whatever script, width or numerals."""

    key: str
    start: int
    """Where it begins in the document."""


class _Figure(NamedTuple):
    start: int
    end: int
    key: str


class Wording:
    """A clause without its numbers, punctuation, white space, script and width.

    `text` is what is compared, one character for each of `places`, which are offsets in the
    document. `sense` is `text` with every figure written in one way.
    """

    def __init__(self, document: Document, clause: Clause) -> None:
        self.document, self.clause = document, clause
        raw = document.quote(clause.span)
        folded = fold(raw)
        labels = _labels(raw)
        kept = [
            (character, place)
            for number, (character, place) in enumerate(
                zip(folded.text, folded.offsets.tolist(), strict=False)
            )
            if place not in labels and _says(folded.text, number)
        ]
        self.text = "".join(character for character, _ in kept).replace("~", "-")
        self.places = [clause.start + place for _, place in kept]

    @cached_property
    def _figures(self) -> list[_Figure]:
        """The quantities, by their place in `text`: 85% of 百分之八十五, 60分钟 of 1小时."""
        raw = simplify(self.document.quote(self.clause.span))
        found = []
        for quantity in find_quantities(raw, 0, len(raw)):
            start = bisect_left(self.places, self.clause.start + quantity.span.start)
            end = bisect_left(self.places, self.clause.start + quantity.span.end)
            if start < end:
                unit = quantity.unit_in(raw)
                numbers = (quantity.value, quantity.upper or "")
                said = "~".join(in_measure(number, unit) for number in numbers)
                key = f"⟦{said}{measure(unit)}⟧"
                found.append(_Figure(start, end, key))
        return found

    @cached_property
    def sense(self) -> str:
        """What the clause says; two clauses of one sense differ in form alone."""
        pieces, at = [], 0
        for figure in self._figures:
            pieces += [self.text[at : figure.start], figure.key]
            at = figure.end
        return "".join([*pieces, self.text[at:]])

    @cached_property
    def opening(self) -> str:
        """The words before the first mark, where they are few enough to name the clause."""
        text = self.document.text
        for number in range(1, min(len(self.places), LONGEST_OPENING)):
            between = text[self.places[number - 1] + 1 : self.places[number]]
            if any(mark in between for mark in _ENDS_OPENING):
                return self.text[:number]
        return ""

    @cached_property
    def tokens(self) -> list[Token]:
        """The words and figures in order, none cut in two."""
        return [Token(key, self._opened(self.places[start])) for start, key in self._cut()]

    def _opened(self, place: int) -> int:
        """Where a word begins with the brackets and quotation marks that open before it."""
        while place > self.clause.start and self.document.text[place - 1] in _OPENING:
            place -= 1
        return place

    def _cut(self) -> Iterator[tuple[int, str]]:
        at = 0
        for figure in self._figures:
            yield from self._words(at, figure.start)
            yield figure.start, figure.key
            at = figure.end
        yield from self._words(at, len(self.text))

    def _words(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """Cut where punctuation stood, then into dates, addresses, numbers and words."""
        for first, last in self._runs(start, end):
            run, at = "", first
            for match in _TOKEN.finditer(self.text, first, last):
                if len(match[0]) == 1 and not match[0].isdigit():
                    run += match[0]
                    continue
                yield from _cut_run(run, at)
                yield match.start(), match[0]
                run, at = "", match.end()
            yield from _cut_run(run, at)

    def _runs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Stretches between which the document has punctuation."""
        text, places = self.document.text, self.places
        first = start
        for number in range(start + 1, end):
            between = text[places[number - 1] + 1 : places[number]]
            if between and not between.isspace():
                yield first, number
                first = number
        if first < end:
            yield first, end


def _cut_run(run: str, at: int) -> Iterator[tuple[int, str]]:
    for word in cut(run) if run else ():
        yield at, word
        at += len(word)


def _labels(raw: str) -> set[int]:
    """The places of the numbers of the clause and of its parts."""
    own = _OWN.match(raw)
    found = [*([own] if own else []), *_LINE.finditer(raw)]
    return {place for match in found for place in range(*match.span())}


def _says(folded: str, number: int) -> bool:
    """Whether a folded character is more than form: letters, digits, and marks within numbers."""
    character = folded[number]
    if character.isalnum() or character in _ALWAYS:
        return True
    inside = 0 < number < len(folded) - 1 and character in _BETWEEN_DIGITS
    return inside and folded[number - 1].isdigit() and folded[number + 1].isdigit()
