"""Numbers with their units, as policy texts write them: 1.5万个, 三至六年, 百分之八十五, 1:3."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.facts.counters import COUNTER, MULTIPLE, split_unit
from corpus.numerals import parse_numeral, parse_whole
from corpus.spans import Span

_DIGIT = "[0-9０-９]"
_ARABIC = (
    rf"{_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}}){{1,4}}(?!{_DIGIT})|"
    rf"{_DIGIT}{{1,12}}(?:[.．]{_DIGIT}{{1,6}})?"
)
_CHINESE = (
    "[零〇一二两三四五六七八九十百千]{1,9}(?:万[零一二两三四五六七八九十百千]{2,9})?"
    "(?:点[零〇一二三四五六七八九]{1,4})?"
)
_TERM = re.compile(
    rf"(?<![第0-9０-９A-Za-z.．/])(?:"
    rf"(?P<percent>(?P<hundred>[百千])分之(?P<share>{_CHINESE}|{_ARABIC}))"
    rf"|(?P<whole>[一二三四五六七八九十]{{1,3}})分之(?P<part>[一二三四五六七八九十]{{1,3}})"
    rf"|(?P<over>{_DIGIT}{{1,2}})/(?P<under>{_DIGIT}{{1,2}})(?![0-9０-９/年月日])"
    rf"|(?P<left>{_DIGIT}{{1,3}}(?:\.{_DIGIT})?)\s?[:：\u2236]\s?(?P<right>{_DIGIT}{{1,3}}(?:\.{_DIGIT})?)(?![0-9:：\u2236])"
    r"|(?P<half>一半|半数)"
    rf"|(?P<number>{_ARABIC}|(?<![零〇一二两三四五六七八九十百千]){_CHINESE})\s?(?P<before>[余多])?"
    rf"(?P<unit>(?:{MULTIPLE})?(?P<after>[余多])?\s?(?:{COUNTER})|{MULTIPLE})?"
    r")"
)
_TO = re.compile(r"\s?(?:[-－—–~～]{1,2}|至|到)\s?")
_FROM_TO = re.compile(r"(?:及)?以上(?:、|，|至)?\s?")
_BELOW = re.compile(r"(?:及)?以下")
_ASCII = str.maketrans("０１２３４５６７８９．：\u2236", "0123456789.::") | {ord(","): None}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit: `unit` spans it, and is empty for a ratio or a fraction.

    `value` and `upper` are decimal digits, or a ratio 1:3, or a fraction 2/3. `bounded` says that
    the range is written 以上……以下, `more` that 余 or 多 follows the number.
    """

    span: Span
    value: str
    unit: Span
    sign: str | None = None
    upper: str | None = None
    bounded: bool = False
    more: bool = False

    def unit_in(self, text: str) -> str:
        """The unit as written in `text`, % for 百分之."""
        written = text[self.unit.start : self.unit.end]
        return self.sign if self.sign is not None else re.sub(r"[余餘多\s]", "", written)


def find_quantities(plain: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield the quantities of `plain[start:end]` in order; a number without a unit is none."""
    waiting: Quantity | None = None
    for match in _TERM.finditer(plain, start, end):
        term = _term(match)
        if term is None:
            continue
        joined = _joined(plain, waiting, term) if waiting else None
        if waiting and joined is None and _has_unit(waiting):
            yield waiting
        waiting = joined or term
    if waiting and _has_unit(waiting):
        yield waiting


def _has_unit(quantity: Quantity) -> bool:
    return quantity.sign is not None or quantity.unit.end > quantity.unit.start


def _term(match: re.Match[str]) -> Quantity | None:
    span = Span(*match.span())
    nowhere = Span(span.end, span.end)
    if match["half"]:
        return Quantity(span, "50", nowhere, "%")
    if match["percent"]:
        value = read_number(match["share"])
        sign = "%" if match["hundred"] == "百" else "‰"
        return Quantity(span, value, nowhere, sign) if value else None
    if match["whole"] or match["over"]:
        return _fraction(match, span)
    if match["left"]:
        return Quantity(span, f"{match['left']}:{match['right']}".translate(_ASCII), nowhere, "")
    return _counted(match, span)


def _fraction(match: re.Match[str], span: Span) -> Quantity | None:
    over = read_number(match["part"] or match["over"])
    under = read_number(match["whole"] or match["under"])
    if not over or not under or int(over) >= int(under):
        return None
    return Quantity(span, f"{over}/{under}", Span(span.end, span.end), "")


def _counted(match: re.Match[str], span: Span) -> Quantity | None:
    value = read_number(match["number"])
    if value is None:
        return None
    start, end = match.span("unit") if match["unit"] else (span.end, span.end)
    more = bool(match["before"] or match["after"])
    quantity = Quantity(span, value, Span(start, end), more=more)
    # 三四个 is three or four.
    low = match["number"]
    if low in _NEXT:
        return replace(quantity, value=read_number(low[0]) or "", upper=read_number(low[1]))
    return quantity


_NEXT = {"一二", "一两", "二三", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"}


def read_number(text: str) -> str | None:
    """Return the decimal digits of a numeral: 三十 → 30, 零点三 → 0.3, １，２００ → 1200."""
    if text[0] in "0123456789０１２３４５６７８９":
        return text.translate(_ASCII)
    whole, _, decimals = text.partition("点")
    number = parse_whole(whole)
    digits = [parse_numeral(digit) for digit in decimals]
    if number is None:
        return None
    return f"{number}.{''.join(map(str, digits))}" if digits else str(number)


def _joined(plain: str, low: Quantity, high: Quantity) -> Quantity | None:
    """The range from `low` to `high`, where they are written as one."""
    if low.upper or high.upper or not _has_unit(high) or "/" in low.value or ":" in low.value:
        return None
    between = plain[low.span.end : high.span.start]
    bounded = bool(_FROM_TO.fullmatch(between)) and _BELOW.match(plain, high.span.end) is not None
    units = low.unit_in(plain), high.unit_in(plain)
    if not bounded and not (_TO.fullmatch(between) and units[0] in ("", units[1], units[1][:1])):
        return None
    span = Span(low.span.start, high.span.end)
    value, upper, unit = low.value, high.value, high.sign
    if units[0] != units[1] and bounded:
        value, upper = (_whole(*one) for one in zip((value, upper), units, strict=True))
        unit = split_unit(units[1])[1]
    return replace(high, span=span, value=value, upper=upper, sign=unit, bounded=bounded)


def _whole(value: str, unit: str) -> str:
    """Write a number out: 2 of 万元 is 20000."""
    return f"{Decimal(value).scaleb(split_unit(unit)[0]):f}"
