"""From when to when a document is in force: 施行, 有效期, 废止.

立法技术规范 puts 施行 into the last article; a 公文 says it in its last paragraph, an order (令)
in its only one, a legal database below the title.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.metadata.dates import WRITTEN, find_date, read_date, stated_date, years_on
from corpus.metadata.events import find_first_published, find_signed, labelled_date
from corpus.metadata.forms import SELF
from corpus.metadata.front import Front
from corpus.numerals import NUMERAL, parse_numeral
from corpus.spans import Span, Stated

_BEGINS = r"(?:施行|实施|执行|生效|试行)"
_NOT_OF = r"(?![的后])"
# 本办法自2024年3月1日起施行; in an article of its own 本办法 may be left out.
_FROM = re.compile(
    rf"(?P<own>本{SELF}[^。；;\n《》]{{0,30}})?[自从于]\s{{0,3}}(?:(?P<date>{WRITTEN})\s{{0,3}}|(?P<by>公布|发布|颁布|印发"
    rf"|下发|发文)之?日)起?(?:开始|正式)?\s{{0,3}}{_BEGINS}{_NOT_OF}"
)
_BELOW_TITLE = re.compile(rf"(?P<date>{WRITTEN})\s{{0,3}}起?{_BEGINS}[）)]?$")
_OWN_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千\d]{1,9}条[\s\u3000]{0,4}$")
# 许可证有效期三年 is another's term: it is the document's behind a comma of its own sentence
# (…起施行，有效期五年), or where the document is named (本办法有效期五年).
_SAID = rf"(?:(?P<own>本{SELF}的?)|(?<=[，,；;（(]))(?:暂定)?"
_TERM = re.compile(
    rf"{_SAID}(?:有效期|试行期|暂行期)限?(?:自(?P<since>{WRITTEN})起?)?[为：:，,]?\s{{0,3}}"
    rf"(?:(?P<years>{NUMERAL}{{1,3}})\s?(?P<unit>年|个月)|(?:截?[至止到]|延长至)?(?P<until>{WRITTEN}))"
)
_ENDS = re.compile(
    rf"{_SAID}[自至到于](?P<until>{WRITTEN})起?(?:自动|自行|同时)?(?:废止|失效|截?止)"
)
_PROMULGATED = ("公布", "颁布")
_SENTENCE_ENDS = "。\n"
_LONGEST_SENTENCE = 200


class Terms(NamedTuple):
    """The day a document takes effect, and its last day or the day it is repealed."""

    effective: Stated | None
    repealed: Stated | None


def find_terms(front: Front) -> Terms:
    """Return from when to when the document is in force, as far as it says so.

    自公布之日起施行 is the day of publication where that is stated; 自印发之日起施行 is the day it
    was printed and sent, which the 成文日期 of its 落款 stands for. The span is that of the
    sentence's own words. 有效期至 gives its date, the last day in force; 有效期五年 gives the last
    day of five years from a stated day of taking effect. A day that is not stated is None.
    """
    page = front.page
    effective = labelled_date(front, "effective")
    sentence: Span | None = None
    for match in _starts(front):
        sentence = Span(match.start(), _sentence_end(page.plain, match.end()))
        said = _effective(front, match)
        effective = effective or said
        if said:
            break
    repealed = labelled_date(front, "repealed") or _repealed(front, sentence, effective)
    return Terms(effective, repealed)


def _starts(front: Front) -> Iterator[re.Match[str]]:
    """The statements of taking effect that are about this document, the front's first."""
    plain = front.page.plain
    end = front.head[-1].end if front.head else 0
    for line in front.head:
        begun = _BELOW_TITLE.match(plain, *line.body_span)
        found = [begun] if begun else list(_FROM.finditer(plain, line.start, line.end))
        yield from (match for match in found if not _is_of_another(plain, match))
    body = [match for match in _FROM.finditer(plain, end) if _says_itself(plain, match)]
    # The 附则 stands last; above it an amended text may tell of its own history.
    yield from reversed(body)


def _is_of_another(plain: str, match: re.Match[str]) -> bool:
    return plain[match.start() - 1 : match.start()] == "》"


def _says_itself(plain: str, match: re.Match[str]) -> bool:
    if match["own"]:
        return True
    above = plain[max(0, match.start() - 20) : match.start()]
    return _OWN_ARTICLE.search(above) is not None


def _effective(front: Front, match: re.Match[str]) -> Stated | None:
    if match["date"]:
        return stated_date(front.page, match.span("date"))
    day = find_first_published(front)
    if match["by"] not in _PROMULGATED:
        day = _imprint(front) or day or find_signed(front)
    return Stated(day.value, Span(*match.span())) if day else None


def _imprint(front: Front) -> Stated | None:
    """The date of the 版记 (某某办公室2024年5月1日印发)."""
    for line in reversed(front.page.lines):
        if line.is_imprint and line.body.endswith("印发"):
            return find_date(front.page, *line.body_span)
    return None


def _repealed(front: Front, sentence: Span | None, effective: Stated | None) -> Stated | None:
    term = next(_terms(front, sentence), None)
    if term is None:
        return None
    if term["until"]:
        return stated_date(front.page, term.span("until"))
    return _last_day(term, _since(term) or (effective.value if effective else None))


def _terms(front: Front, sentence: Span | None) -> Iterator[re.Match[str]]:
    """The terms that are set behind 施行 in its sentence, then those that name the document."""
    plain = front.page.plain
    for pattern in (_TERM, _ENDS):
        if sentence:
            yield from pattern.finditer(plain, *sentence)
    for pattern in (_TERM, _ENDS):
        yield from (match for match in pattern.finditer(plain) if match["own"])


def _since(match: re.Match[str]) -> str | None:
    return read_date(match["since"]) if match["since"] else None


def _last_day(match: re.Match[str], since: str | None) -> Stated | None:
    number = parse_numeral(match["years"]) or 0
    years, months = divmod(number, 12) if match["unit"] == "个月" else (number, 0)
    last = years_on(since, years) if since and not months else None
    return Stated(last, Span(*match.span())) if last else None


def _sentence_end(plain: str, start: int) -> int:
    stop = min(start + _LONGEST_SENTENCE, len(plain))
    ends = [at for mark in _SENTENCE_ENDS if (at := plain.find(mark, start, stop)) >= 0]
    return min(ends, default=stop)
