"""What a question names: an address (第十二条第二款, 三、（二）5), a 文号, a title in 《》.

Everything here is read from the folded question: one script, one width, one kind of bracket.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from corpus.fold import CJK, fold_text
from corpus.numerals import NUMERAL, parse_numeral
from index.addresses import Level, levels_of, written

COUNTRY = fold_text("中华人民共和国")

_N = NUMERAL
_IDEOGRAPH = "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in CJK) + "]"
_ARTICLE = (
    rf"{_N}{{1,9}}条(?!件|例|约|线|路|[高铁生产跑]{{1,2}})(?:之{_N}{{1,2}})?(?:第{_N}{{1,4}}款)?"
    rf"(?:(?:第\(?|\(){_N}{{1,4}}\)?项)?(?:第{_N}{{1,3}}目)?"
)
_TOP, _SECOND = r"[一二三四五六七八九十]{1,3}", r"\([一二三四五六七八九十0-9]{1,3}\)"
_NUMBER = r"[0-9]{1,2}(?![0-9%年月日个名人元所次天])"
_BELOW = rf"{_SECOND}(?:{_NUMBER}[.,]?)?(?:\([0-9]{{1,2}}\))?"
_ADDRESS = re.compile(rf"第{_ARTICLE}|(?<![{_N[1:-1]}(]){_TOP},(?:{_BELOW}|{_NUMBER}\.)")
# Right behind a title an address needs less to be known for one: 教师法12条, 《…意见》三.
_BEHIND = re.compile(rf"第?{_ARTICLE}|{_TOP},(?:{_BELOW}|{_NUMBER}\.?)?|{_BELOW}")
_TITLE = re.compile(r"<(?P<title>(?:[^<>]|<[^<>]{1,60}>){2,150})>")
_YEARLY = rf"\((?P<year>(?:19|20)[0-9]{{2}})\)第?(?P<number>{_N}{{1,4}})号"
_ORDER = (
    rf"(?P<kind>令|公告)(?P<of>(?:19|20)[0-9]{{2}}年)?\(?第?(?P<order>{_N}{{1,6}})号\)?"
    rf"|第(?P<before>{_N}{{1,6}})号令"
)
_DOCUMENT_NUMBER = re.compile(rf"(?P<organ>{_IDEOGRAPH}{{1,30}}?)(?:{_YEARLY}|{_ORDER})")
_NOTE = re.compile(r"(?:\([^()]{1,20}\([0-9]{4}\)[^()]{1,8}\))?的?")
_DROPPED = re.compile(rf"[<>]|{COUNTRY}")
_WIDE = str.maketrans("(),", "（）、")
_LAW_BEFORE = re.compile(
    rf"(?P<name>{_IDEOGRAPH}{{2,30}}(?<=法|典|例|定|则|程|见|案))(?<!方法|做法|协定|流程)的?$"
)
# 本法第三条 and 有关规定第三条 name no document.
_THIS = re.compile(r"(?:本|该|此|上述|有关|相关|什么|哪些|规定|条例|办法)(?:法|条例|规定|办法)的?$")
_LONGEST_TITLE = 32
# What stands before a name that is not a part of it: 根据教育法, 请问教师法, 的办法.
_BEFORE = frozenset("据照按依和与及或在对于从由合是的了查看问用行彻习版读找把给为到说见其该此这那")


class Address(NamedTuple):
    """An address that was asked for: 第十二条第二款 by its levels, 三、（二）5. by its numbers."""

    start: int
    end: int
    levels: tuple[Level, ...]
    numbers: tuple[int, ...]
    shown: str
    """As official texts write it, for a remark."""


class Cited(NamedTuple):
    """A stretch of the question that names a document: in 《》, or by its 文号.

    `name` is what to look for, the first that is known; `shown` is how people wrote it.
    """

    start: int
    end: int
    names: tuple[str, ...]
    shown: str


class Question:
    """A question folded, with the signs taken out that say nothing of a name.

    `text` has no 《》 and no 中华人民共和国; `edges` are the places where something was taken out,
    where a name may therefore begin or end; `titles` are what stood in 《》.
    """

    def __init__(self, query: str) -> None:
        folded = fold_text(query)
        self.edges: set[int] = set()
        self._places: list[int] = []
        kept: list[str] = []
        at = length = 0
        for cut in (*_DROPPED.finditer(folded), None):
            end = cut.start() if cut else len(folded)
            kept.append(folded[at:end])
            self._places += range(at, end)
            length += end - at
            self.edges.add(length)
            at = cut.end() if cut else end
        self.text = "".join(kept)
        self._places.append(len(folded))
        self.titles = [self._title(match) for match in _TITLE.finditer(folded)]

    def _title(self, match: re.Match[str]) -> Cited:
        start, end = (self._new_place(place) for place in match.span("title"))
        name = self.text[start:end]
        return Cited(start, end, (name, without_version(name)), match["title"])

    def _new_place(self, folded: int) -> int:
        """Where a place of the folded question is in `text`."""
        return bisect_left(self._places, folded)

    def is_edge(self, at: int) -> bool:
        """Whether a name may begin at a place: at the start, or behind what is no part of it."""
        if at == 0 or at in self.edges or at == len(self.text):
            return True
        before = self.text[at - 1]
        return before in _BEFORE or not re.match(_IDEOGRAPH, before)

    def numbers(self) -> Iterator[Cited]:
        """Yield each 文号, under the names that the words before it leave possible."""
        for match in _DOCUMENT_NUMBER.finditer(self.text):
            organ = match["organ"]
            tail = _number_tail(match)
            starts = [n for n in range(len(organ)) if n == 0 or self.is_edge(match.start() + n)]
            names = tuple(organ[n:] + tail for n in starts)
            yield Cited(*match.span(), names, match[0])

    def addresses(self, titles: list[int]) -> Iterator[Address]:
        """Yield each address; `titles` are the places where the name of a document ends."""
        behind = [m for end in titles if (m := _BEHIND.match(self.text, self._past_note(end)))]
        taken = {m.start() for m in behind}
        others = [m for m in _ADDRESS.finditer(self.text) if m.start() not in taken]
        for match in sorted((*behind, *others), key=lambda m: m.start()):
            address = _address(match)
            if address:
                yield address

    def law_before(self, at: int) -> Cited | None:
        """Return what looks like the title of a law right before a place: 根据(乙法)第三条."""
        law = _LAW_BEFORE.search(self.text, max(0, at - _LONGEST_TITLE), at)
        if law is None or _THIS.search(law[0]):
            return None
        first, last = law.span("name")
        starts = [n for n in range(first, last - 1) if n == first or self.is_edge(n)]
        name = self.text[starts[-1] : last]
        return Cited(starts[-1], last, (name,), name)

    def _past_note(self, end: int) -> int:
        """Past the 文号 in brackets that may follow a title, and 的."""
        note = _NOTE.match(self.text, end)
        return note.end() if note else end


def number_name(number: str) -> str:
    """Return a 文号 in the form in which `Question.numbers` looks for it."""
    folded = _DROPPED.sub("", fold_text(number))
    match = _DOCUMENT_NUMBER.search(folded)
    return match["organ"] + _number_tail(match) if match else folded


def _number_tail(match: re.Match[str]) -> str:
    """教基(2023)5: the brackets, 第, and the numeral's script make no difference."""
    if match["year"]:
        return f"({match['year']}){_value(match['number'])}"
    if match["before"]:
        return f"令{_value(match['before'])}"
    return f"{match['kind']}{match['of'] or ''}{_value(match['order'])}"


def _value(numeral: str) -> str:
    number = parse_numeral(numeral)
    return numeral if number is None else str(number)


def without_version(title: str) -> str:
    """Return a folded title without a last remark in brackets, or a day behind it."""
    title = re.sub(r"[-_ ]?[0-9]{4}-[0-9]{2}-[0-9]{2}$", "", title)
    if title.endswith(")") and "(" in title[1:]:
        return title[: title.rindex("(")]
    return title


def plain_name(folded: str) -> str:
    """Return a folded title as `Question.text` would have it."""
    return _DROPPED.sub("", folded)


def _address(match: re.Match[str]) -> Address | None:
    if "条" in match[0]:
        levels = tuple(levels_of(f"第{match[0].removeprefix('第')}"))
        return Address(*match.span(), levels, (), written(levels)) if levels else None
    numbers = item_numbers(match[0])
    return Address(*match.span(), (), numbers, match[0].translate(_WIDE)) if numbers else None


def item_numbers(address: str) -> tuple[int, ...]:
    """Return the numbers of 三、（二）5., however each is written: (3, 2, 5)."""
    numerals = re.findall(rf"{_N}{{1,6}}", fold_text(address))
    return tuple(number for n in numerals if (number := parse_numeral(n)) is not None)
