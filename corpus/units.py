"""Who carries a clause out: 牵头单位, 责任单位, 配合单位, in brackets or on lines of their own."""

import re
from collections.abc import Iterator

from corpus.facts import Units
from corpus.lines import Page
from corpus.spans import Span, Stated

_ROLES = {
    "lead": "牵头|主办",
    "responsible": "责任|承办|负责|实施|落实",
    "support": "配合|协办|参与|协同|支持",
}
_LABEL = re.compile(
    r"(?P<role>" + "|".join(_ROLES.values()) + r")(?:单位|部门)[及和与]?(?:责任单位)?\s*[：:]\s*"
)
# The list ends with its line, its bracket or its sentence; 各县<市、区> keeps its own brackets.
_LIST = re.compile(r"(?:[<＜(（][^<>＜＞()（）\n]*[>＞)）]|[^；;。)）〕】\]\n])*")
_UNIT = re.compile(r"(?:[<＜(（][^<>＜＞()（）\n]*[>＞)）]|[^、，,；;\s])+")
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split("|")}


def find_units(page: Page, start: int, end: int) -> Units:
    """Return the units that `page.text[start:end]` names, each with its span."""
    named: dict[str, list[Stated]] = {role: [] for role in _ROLES}
    labels = list(_LABEL.finditer(page.plain, start, end))
    # A label may follow on the same line without ；: 牵头单位：教育局 责任单位：财政局.
    stops = [*(label.start() for label in labels), end][1:]
    for label, stop in zip(labels, stops, strict=True):
        named[_ROLE_OF[label["role"]]] += _listed(page, label.end(), stop)
    return Units(**{role: tuple(units) for role, units in named.items()})


def _listed(page: Page, start: int, stop: int) -> Iterator[Stated]:
    listed = _LIST.match(page.plain, start, stop)
    for unit in _UNIT.finditer(page.plain, start, listed.end() if listed else start):
        span = Span(unit.start(), unit.end() - unit[0].endswith("等"))
        yield Stated(page.text[span.start : span.end], span)
