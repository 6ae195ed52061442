"""Which documents a document is based on, and which it repeals."""

import re
from collections.abc import Iterator

from corpus.metadata.front import Front
from corpus.spans import Span, Stated

_NOTE = r"(?:[（(][^《》（）()]{0,60}[）)])?"
_NUMBERED = r"(?:[（(][^《》（）()]{0,60}号[）)])?"
_NAMED = rf"《[^《》]{{2,80}}》{_NOTE}"
# Officials nest 《》 where 〈〉 should stand.
_NESTED = rf"《[^《》]{{2,80}}(?:《[^《》]{{2,80}}》[^《》]{{0,40}})?》{_NUMBERED}"
_LISTED = rf"{_NAMED}(?:(?:以?及|[、和与])[^。《》，,]{{0,30}}{_NAMED}|{_NAMED}){{0,20}}"
_REPEALED = re.compile(rf"(?P<before>.{{0,2}})(?P<listed>{_LISTED})[^。《》]{{0,12}}$")
_TITLED = re.compile(r"《(?P<title>[^《》]+)》(?:[（(](?P<number>[^（）()]*号)[）)])?")
_FARTHEST_TITLE = 600
_NOT_REPEALING = ("根据", "依据", "依照", "按照", "修改")

_REPEALING = re.compile("废止|失效")
_KEEPING = re.compile("修改|保留|继续|除外")
_FIRST_TITLE = re.compile(rf"\s{{0,20}}[^《》\n]{{0,30}}?(?P<listed>{_NAMED})")

_BASED = re.compile(
    r"(?:根据|依据|依照|按照|遵照|为了?(?:深入|全面|进一步|认真|切实)?(?:贯彻落实|贯彻执行|贯彻|落实|实施))"
    rf"[^。；;\n《》]{{0,20}}(?P<listed>{_NESTED})"
)
_FURTHER = re.compile(
    rf"(?:等?(?:法律|法规)?(?:以?及|[、和与，,])[^。；;\n《》]{{0,20}})?(?P<listed>{_NESTED})"
)
# What follows one of these is the document itself, or what it does.
_ACTS = re.compile(r"制定|制订|起草|现将|现印发|现就|现提|提出|特制|通知如下")
_MOST_BASES = 20


def find_bases(front: Front) -> tuple[Stated, ...]:
    """Return the documents that the preamble or the first 条 says it is based on.

    Each as written, 《…》（文号）, after 根据, 依据, 按照 or 为贯彻落实 and before 制定本办法 or
    现提出.
    """
    found: dict[str, Stated] = {}
    for span in _preambles(front):
        for base in _bases_in(front, span):
            found.setdefault(base.value, base)
    return tuple(found.values())[:_MOST_BASES]


def _preambles(front: Front) -> Iterator[Span]:
    """The preamble, and the first 条 or the paragraph that stands where it would."""
    for clause in front.clauses:
        if clause.kind == "preamble":
            yield clause.span
        elif clause.kind == "article":
            yield clause.span
            return
        elif clause.kind == "item":
            return


def _bases_in(front: Front, span: Span) -> Iterator[Stated]:
    plain = front.page.plain
    for based in _BASED.finditer(plain, *span):
        at = based.start()
        further: re.Match[str] | None = based
        while further and not _ACTS.search(plain, at, further.start("listed")):
            listed = front.stated(*further.span("listed"))
            # A stray line break inside a name is no part of it.
            yield Stated(re.sub(r"\s{0,9}\n\s{0,9}", "", listed.value), listed.span)
            at = further.end("listed")
            further = _FURTHER.match(plain, at, span.end)


def find_replaced(front: Front) -> Iterator[Stated]:
    """The documents that this one repeals (……同时废止), by 文号 where it is given."""
    plain, above = front.page.plain, 0
    for repeal in re.finditer("废止|停止(?:执行|施行)", plain):
        begin = max(above, repeal.start() - _FARTHEST_TITLE)
        begin = max(plain.rfind(mark, begin, repeal.start()) + 1 for mark in "。\n;；") or begin
        above = repeal.end()
        match = _REPEALED.search(plain, begin, repeal.start())
        if match and not match["before"].endswith(_NOT_REPEALING):
            yield from _titled(front, Span(*match.span("listed")))
    yield from _titled_repeals(front)
    yield from _listed_repeals(front)


def _titled(front: Front, span: Span) -> Iterator[Stated]:
    for titled in _TITLED.finditer(front.page.plain, *span):
        yield front.stated(*titled.span("number" if titled["number"] else "title"))


def _listed_repeals(front: Front) -> Iterator[Stated]:
    """The documents listed below 一、废止下列文件, one an item."""
    for clause in front.clauses:
        headed = clause.kind == "item" and clause.path and _REPEALING.search(clause.path[-1])
        if headed and not _KEEPING.search(clause.path[-1]):
            item = _FIRST_TITLE.match(front.page.plain, clause.start, clause.end)
            if item:
                yield from _titled(front, Span(*item.span("listed")))


def _titled_repeals(front: Front) -> Iterator[Stated]:
    """关于废止《甲办法》的决定: a title that repeals."""
    if front.title:
        repeals = re.search("废止", front.page.plain[slice(*front.title.span)])
        if repeals:
            yield from _titled(
                front, Span(front.title.span.start + repeals.end(), front.title.span.end)
            )
