"""The clock times of a text: 八时二十分, 8:20, 八点半, 下午2时 as minutes of the day."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.facts import Comparison
from corpus.numerals import parse_numeral
from corpus.spans import Span

_HALF = (
    r"(?P<half>凌晨|清晨|早上|早晨|早|上午|(?P<noon>中午|正午)"
    r"|(?P<late>下午|午后|傍晚|晚上|晚间|夜间|晚))"
)
_N = r"[0-9]{1,2}|[零〇一二两三四五六七八九十]{1,3}"
_NO_DIGIT = r"(?<![0-9零〇一二两三四五六七八九十百千万第.:：/])"
_CLOCK = re.compile(
    rf"(?:{_HALF}\s?)?{_NO_DIGIT}(?:"
    r"(?P<h>[0-2]?[0-9])\s?[:：\u2236]\s?(?P<m>[0-5][0-9])(?:[:：\u2236][0-5][0-9])?(?![0-9.:：\u2236%])"
    rf"|(?P<hour>{_N})\s?(?P<sign>[时点])(?![间段候刻代期限效常值速差])"
    rf"(?:钟|整|(?P<thirty>半)|(?P<quarter>[一三])刻|过?(?P<minute>{_N})\s?分(?![之钟]))?)"
)
# What a time is before, or behind, where neither 上午 nor a minute says that it is one.
_LEADS = re.compile(
    r"(?:[早晚迟]于|时间(?:为|是|定为)?|[每当次][天日晚]|[0-9一二三四五六七八九十][日号])\s?$"
)
_FOLLOWS = re.compile(
    r"\s?(?:[以之]?[前后]|起|开始|结束|上[课学班]|下[课班]|放学|[到离入进返]校|熄灯|就寝|起床|许|左右"
    r"|[-－—–~～至到]{1,2}\s?(?:[0-9零一二两三四五六七八九十]{1,3}\s?[时点:：]))"
)
_RATIO = re.compile(r"比[^，。；,;\n]{0,10}$")
_OF_RATIO = re.compile(r"\s?(?:的?比例|的?比率|比|配[备置])")
_TO = re.compile(r"\s?(?:[-－—–~～]{1,2}|至|到)\s?")
_BEFORE: tuple[tuple[Comparison, re.Pattern[str]], ...] = (
    (">=", re.compile(r"(?:不[得能应宜可]?|未)早于\s?$")),
    ("<=", re.compile(r"(?:不[得能应宜可]?|未)(?:[晚迟]于|超过)\s?$")),
    ("<", re.compile(r"早于\s?$")),
    (">", re.compile(r"(?:[晚迟]于|超过)\s?$")),
)
_BEHIND: tuple[tuple[Comparison, re.Pattern[str]], ...] = (
    ("<=", re.compile(r"\s?[以之]?前")),
    (">=", re.compile(r"\s?(?:[以之]?后|起|开始)")),
)
_AROUND = 14
_MORNING = 6
"""The hour from which 8:20 is a time with nothing beside it: ratios are 1:20, 3:7."""
HALF_DAY = 720
"""Minutes."""


class Clock(NamedTuple):
    """A time of the day in minutes; `loose` where 下午 may be left out: 2:30, 三点."""

    span: Span
    minutes: int
    loose: bool
    comparison: Comparison


def clocks_of(plain: str) -> Iterator[Clock]:
    """Yield the clock times of a plain text in order; 1:50 behind 比 is a ratio, 三点要求 none."""
    last: re.Match[str] | None = None
    half = ""
    for match in _CLOCK.finditer(plain):
        goes_on = last is not None and _TO.fullmatch(plain, last.end(), match.start()) is not None
        minutes = _minutes(match)
        if minutes is None or not (goes_on or _is_clock(plain, match)):
            continue
        # 下午2:30—5:00: the second is of the same half of the day.
        half = _half(match) or (half if goes_on else "")
        last = match
        yield _clock(plain, match, minutes, half)


def _half(match: re.Match[str]) -> str:
    return (
        "late" if match["late"] else "noon" if match["noon"] else "early" if match["half"] else ""
    )


def _clock(plain: str, match: re.Match[str], minutes: int, half: str) -> Clock:
    late = half == "late" or (half == "noon" and minutes < HALF_DAY // 2)
    if late and minutes < HALF_DAY:
        minutes += HALF_DAY
    return Clock(
        Span(*match.span()), minutes, not half and minutes <= HALF_DAY + 59, _meant(plain, match)
    )


def _meant(plain: str, match: re.Match[str]) -> Comparison:
    before = plain[max(0, match.start() - _AROUND) : match.start()]
    said = [c for c, words in _BEFORE if words.search(before)]
    said += [c for c, words in _BEHIND if words.match(plain, match.end())]
    return said[0] if said else "="


def _minutes(match: re.Match[str]) -> int | None:
    """Minutes of the day as written, or None for what no clock shows."""
    hour = parse_numeral(match["h"] or match["hour"])
    minute = parse_numeral(match["m"] or match["minute"] or "0")
    if match["thirty"]:
        minute = 30
    elif match["quarter"]:
        minute = 15 if match["quarter"] == "一" else 45
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    return hour * 60 + minute


def _is_clock(plain: str, match: re.Match[str]) -> bool:
    """Whether it is a time: 八点二十分, 8时, at 8点; not 三点要求, 一时, 1:50 of a ratio."""
    before = plain[max(0, match.start() - _AROUND) : match.start()]
    if match["half"]:
        return True
    if match["h"]:
        if _RATIO.search(before) or _OF_RATIO.match(plain, match.end()):
            return False
        if int(match["h"]) >= _MORNING:
            return True
    elif match["sign"] == "时" and match["hour"] not in ("一", "两"):
        return True
    if match["minute"] or match["quarter"] or match[0].endswith(("钟", "半", "整")):
        return True
    return bool(_LEADS.search(before) or _FOLLOWS.match(plain, match.end()))
