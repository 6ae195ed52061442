"""A text as words and numbers that can be compared: 百分之八十五 is 85%, １，２００ is 1200."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from corpus.facts.counters import TIMES
from corpus.numerals import parse_numeral, parse_whole
from corpus.script import simplify

_WIDTH = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：！？（）"
}
_WIDTH |= {ord("○"): ord("〇"), ord("﹪"): ord("%")}
_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])|[0-9]{1,18}(?:\.[0-9]{1,6})?"
_CHINESE = r"[零〇一二两三四五六七八九十百千万亿]{1,16}(?:点[零〇一二三四五六七八九]{1,4})?"
_NUMBER = re.compile(
    rf"(?P<of>[百千])分之(?:(?P<share>{_ARABIC})|(?P<written>{_CHINESE}))"
    rf"|(?P<arabic>{_ARABIC})\s?(?P<times>万亿|百万|千万|万|亿)?\s?(?P<sign>[%‰])?"
    rf"|(?!百分[之点]|千分之)(?P<chinese>{_CHINESE})(?!分之)"
)
_SHARES = {"百": 100, "千": 1000, "%": 100, "‰": 1000}
# What ends a stretch of words; 、 does not, because what governs a list stands before all of it.
_STOPS = frozenset("，,；;。.：:！!？?\n（）()〔〕[]【】…|")
_SEPARATOR = "\0"


class Token(NamedTuple):
    """A character, or a number with its value, at `plain[start:end]`; equal keys say the same."""

    key: str
    start: int
    end: int
    value: Fraction | None = None


def plain_of(text: str) -> str:
    """Return `text` simplified, half-width and in lower case, exactly as long."""
    plain = simplify(text).translate(_WIDTH)
    return "".join(low if len(low := c.lower()) == 1 else c for c in plain)


def number_value(written: str) -> Fraction | None:
    """Return the number that Chinese numerals write, also above 9999: 一万二千, 三亿."""
    whole, _, decimals = written.partition("点")
    number = parse_whole(whole)
    digits = [parse_numeral(digit) for digit in decimals]
    if number is None:
        return None
    return number + Fraction(Decimal(f"0.{''.join(map(str, digits))}") if digits else 0)


class Words:
    """The tokens of a text without punctuation, and where stretches of it begin and end."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.tokens = list(_tokens(plain))

    @cached_property
    def keys(self) -> str:
        """The tokens in a form in which one text is looked for in another."""
        return _joined(token.key for token in self.tokens)

    @cached_property
    def masked(self) -> str:
        """The same with every number alike."""
        return _joined("#" if token.value is not None else token.key for token in self.tokens)

    @property
    def numbers(self) -> list[Token]:
        """The tokens that are numbers."""
        return [token for token in self.tokens if token.value is not None]

    def is_edge(self, index: int) -> bool:
        """Whether a stretch may begin or end before a token: at a stop, or at an end."""
        if index in (0, len(self.tokens)):
            return True
        gap = self.plain[self.tokens[index - 1].end : self.tokens[index].start]
        # 第二条　学校: the number of an article ends with white space.
        numbered = self.tokens[index - 1].key in ("条", "章", "节") and gap.isspace()
        return numbered or not _STOPS.isdisjoint(gap)


def places(part: str, whole: str) -> Iterator[int]:
    """Yield the tokens at which `part` begins in `whole`, both as `keys` or both as `masked`."""
    at = whole.find(part) if len(part) > 1 else -1
    counted, index = 0, 0
    while at >= 0:
        index += whole.count(_SEPARATOR, counted, at)
        counted = at
        yield index
        at = whole.find(part, at + 1)


def same_words(part: Words, whole: Words) -> Iterator[bool]:
    """Yield, for each place of `whole` with the words of `part`, whether its numbers are equal.

    A place counts where it begins and ends with a stretch of `whole`.
    """
    length = len(part.tokens)
    for at in places(part.masked, whole.masked):
        if whole.is_edge(at) and whole.is_edge(at + length):
            same = whole.tokens[at : at + length]
            yield all(a.key == b.key for a, b in zip(part.tokens, same, strict=True))


def differing(part: Words, whole: Words) -> tuple[Token, Token] | None:
    """Return the first numbers that differ where the words are the same, or None."""
    length = len(part.tokens)
    for at in places(part.masked, whole.masked):
        same = whole.tokens[at : at + length]
        pairs = zip(part.tokens, same, strict=True)
        return next(((a, b) for a, b in pairs if a.key != b.key), None)
    return None


def _joined(keys: Iterator[str]) -> str:
    inner = _SEPARATOR.join(keys)
    return f"{_SEPARATOR}{inner}{_SEPARATOR}" if inner else ""


def _tokens(plain: str) -> Iterator[Token]:
    at = 0
    for match in _NUMBER.finditer(plain):
        yield from _characters(plain, at, match.start())
        value, sign = _value(match)
        if value is None:
            yield from _characters(plain, *match.span())
        else:
            yield Token(f"{value}{sign}", *match.span(), value)
        at = match.end()
    yield from _characters(plain, at, len(plain))


def _characters(plain: str, start: int, end: int) -> Iterator[Token]:
    for at in range(start, end):
        if plain[at].isalnum():
            yield Token(plain[at], at, at + 1)


def _value(match: re.Match[str]) -> tuple[Fraction | None, str]:
    if match["chinese"]:
        return number_value(match["chinese"]), ""
    if match["arabic"]:
        number = Fraction(match["arabic"].replace(",", "")) * 10 ** TIMES[match["times"] or ""]
        sign = match["sign"]
    else:
        share = match["share"]
        read = Fraction(share.replace(",", "")) if share else number_value(match["written"])
        if read is None:
            return None, ""
        number, sign = read, match["of"]
    return (number / _SHARES[sign], "%") if sign else (number, "")


def value_set(texts: Sequence[Words]) -> set[tuple[Fraction, bool]]:
    """Return the numbers of some texts, each with whether it is a share."""
    return {
        (token.value, token.key.endswith("%"))
        for words in texts
        for token in words.tokens
        if token.value is not None
    }
