"""What a clause points at: documents in 《》, clauses of its own document (本法第五条, 前款)."""

import re

from corpus.facts import Reference
from corpus.lines import Page
from corpus.numerals import NUMERAL
from corpus.spans import Span

_OPEN, _CLOSE = r"[〔\[［（(【]", r"[〕\]］）)】]"
_NUMBER = (
    rf"[\u4e00-\u9fff]{{1,14}}\s?{_OPEN}\s?(?:19|20)[0-9]{{2}}\s?{_CLOSE}\s?第?\s?[0-9]{{1,4}}\s?号"
    r"|[\u4e00-\u9fff]{2,14}令\s?第?\s?[0-9]{1,4}\s?号"
)
_ITEM = rf"(?:第?\s?[（(]\s?{NUMERAL}{{1,4}}\s?[）)]|第{NUMERAL}{{1,4}})\s?项"
_INNER = rf"(?:第{NUMERAL}{{1,4}}款)?(?:{_ITEM})?(?:第{NUMERAL}{{1,3}}目)?"
_ARTICLE = rf"第{NUMERAL}{{1,9}}条(?:之{NUMERAL}{{1,2}})?{_INNER}"
_DOCUMENT = re.compile(
    r"《(?P<title>(?:[^《》\n]|《[^《》\n]{1,60}》){2,150})》"
    rf"(?:\s?[（(](?P<number>{_NUMBER})[^（）()\n]{{0,12}}[）)])?"
    rf"(?:[（(][^（）()《》\n]{{1,20}}[）)])?(?P<address>{_ARTICLE})?"
)
_OWN_NAMES = "法|办法|条例|规定|细则|意见|方案|通知|规则|章程|决定|实施办法|标准|规程|制度"
_CLAUSE = re.compile(
    rf"(?:本(?:{_OWN_NAMES}))?(?P<article>{_ARTICLE})"
    rf"|(?P<this>本条(?:第{NUMERAL}{{1,4}}款(?:{_ITEM})?|{_ITEM}))"
    rf"|(?P<former>前[一二两三四]?[款条项](?:第{NUMERAL}{{1,4}}款)?(?:{_ITEM})?)(?!件)"
    rf"|本(?:{_OWN_NAMES})(?P<chapter>第{NUMERAL}{{1,5}}章)"
    rf"|(?<![条款0-9一二三四五六七八九十])(?P<inner>第{NUMERAL}{{1,4}}款(?:{_ITEM})?|{_ITEM})(?=[规所的中至之和、])"
    rf"|(?P<annex>附[件表]\s?{NUMERAL}{{1,3}})"
    r"|(?<=[见按照])(?P<bare>附[件表])"
)
_MOST_PADDING = 64
_JOINS = re.compile(r"[、和及与或至]|以及")
# The number that opens a clause is its own; in running text one of these follows.
_GOES_ON = re.compile(r"[规所的中至之和、及或]")
_ALIAS = re.compile(r"(?:简称|以下称|统称)[为：:]?$")
_HELD = ("证书", "许可证", "合格证")


def find_references(page: Page, start: int, end: int) -> list[Reference]:
    """Return what `page.text[start:end]` points at, in order.

    An address that goes on from one behind a title belongs to that document (《教师法》第十条、
    第十一条). The title of a law that is only given a short name (以下简称《办法》) is none.
    """
    found: list[Reference] = []
    documents = [m for m in _DOCUMENT.finditer(page.plain, start, end) if _points(page.plain, m)]
    clauses = [
        m for m in _CLAUSE.finditer(page.plain, start, end) if not _opens(page.plain, m, start)
    ]
    for match in sorted((*documents, *clauses), key=lambda m: (m.start(), -m.end())):
        if found and match.start() < found[-1].span.end:
            continue
        found.append(
            _document(page, match) if match.re is _DOCUMENT else _clause(page, match, found)
        )
    return found


def _points(plain: str, match: re.Match[str]) -> bool:
    alias = _ALIAS.search(plain, max(0, match.start() - 6), match.start())
    return alias is None and not match["title"].endswith(_HELD)


def _opens(plain: str, match: re.Match[str], start: int) -> bool:
    """Whether what matched is the number at the head of a clause, or of an annex on its line."""
    nearest = max(start, match.start() - _MOST_PADDING)
    line = plain.rfind("\n", nearest, match.start()) + 1 or nearest
    if plain[line : match.start()].strip():
        return False
    named = match["article"] and match.start() == match.start("article")
    # Below the first line of a clause a number with no white space behind it refers.
    first = not plain[start : min(match.start(), start + _MOST_PADDING)].strip()
    set_off = plain[match.end() : match.end() + 1].isspace()
    heads = named and (first or set_off) and not _GOES_ON.match(plain, match.end())
    return bool(heads or match["annex"])


def _document(page: Page, match: re.Match[str]) -> Reference:
    title = re.sub(r"\s", "", page.text[slice(*match.span("title"))])
    number, address = (_written(page, match, name) for name in ("number", "address"))
    return Reference(Span(*match.span()), title, number, address)


def _clause(page: Page, match: re.Match[str], found: list[Reference]) -> Reference:
    group = next(name for name, value in match.groupdict().items() if value)
    reference = Reference(Span(*match.span()), address=_written(page, match, group))
    last = found[-1] if found else None
    if last and last.title and last.address and group in ("article", "inner"):
        between = page.plain[last.span.end : match.start()]
        if _JOINS.fullmatch(between.strip()) and match.start() == match.start(group):
            return reference._replace(title=last.title, number=last.number)
    return reference


def _written(page: Page, match: re.Match[str], group: str) -> str | None:
    return re.sub(r"\s", "", page.text[slice(*match.span(group))]) if match[group] else None
