"""When a document was issued, published or took effect: a question that its own head answers."""

import re
from dataclasses import replace
from typing import Literal, NamedTuple

from corpus import Document, Span, Stated
from corpus.fold import fold_text
from index.tokens import tokenize
from retrieval.choice import Place
from retrieval.inquiry import Inquiry
from retrieval.results import Hit

Day = Literal["date", "published", "effective", "repealed"]

_NAMED = 0.5
"""Share of the question's words, by rarity, that a document's name has to hold to be meant."""
_PAPER = r"(?:文件|通知|方案|办法|意见|规定|规则|条例|细则|公告|通告|计划|规划|决定|纲要|法|》)"
_WHEN = r"(?:什么时[候间]|何时|哪一?[年天日月]|几[月号]|几时)"
_DAYS: tuple[tuple[Day, str], ...] = (
    ("repealed", r"(?:废止|失效)"),
    ("effective", r"(?:起?施行|生效|开始实施|开始执行)"),
    ("published", r"(?:发布|公布|上网|挂到?网上?|公开)"),
    ("date", r"(?:印发|出台|下发|颁布|制定|成文|签发)"),
)
_ASKED = tuple(
    (day, re.compile(rf"{_PAPER}.{{0,8}}(?:{_WHEN}.{{0,4}}{verb}|{verb}.{{0,6}}{_WHEN})"))
    for day, verb in _DAYS
)
_ABOUT_PAPER = re.compile(r"这[份个部条项]|文件|通知|印发|出台|下发|发布|公布|施行|生效|挂|网上?")


class Issued(NamedTuple):
    """A question for a day of a document, and where it is stated, if it is."""

    document: Document
    place: Place | None


def when_issued(inquiry: Inquiry) -> Issued | None:
    """Return the day of a document that the question asks for; None where it asks for none.

    The document is the one that the question names: most of its words stand in the title, or
    the place it names has this document alone, or no other was searched.
    """
    folded = fold_text(inquiry.results.query)
    day = next((day for day, pattern in _ASKED if pattern.search(folded)), None)
    hit = _meant(inquiry) if day else None
    if day is None or hit is None:
        return None
    value = getattr(hit.document.metadata, day)
    # 哪一年 is not answered by a day without its year.
    lacks = isinstance(value, Stated) and value.value.startswith("--") and "年" in folded
    if not isinstance(value, Stated) or lacks:
        return Issued(hit.document, None)
    return Issued(hit.document, Place(_standing_at(hit, value.span), value.span))


def _meant(inquiry: Inquiry) -> Hit | None:
    """The first hit of the document that the question names."""
    hits = [hit for hit in inquiry.results.hits if inquiry.may_speak(hit.document)]
    here = inquiry.here or frozenset(hit.document.id for hit in hits)
    if len(here) == 1:
        return next((hit for hit in hits if hit.document.id in here), None)
    weights = {t: w for t, w in inquiry.weights.items() if not _ABOUT_PAPER.fullmatch(t)}
    total = sum(weights.values())
    for hit in hits:
        name = set(tokenize(hit.document.label))
        if total and sum(w for token, w in weights.items() if token in name) >= _NAMED * total:
            return hit
    return None


def _standing_at(hit: Hit, span: Span) -> Hit:
    """The hit as found in the clause that holds `span`: the header, or the signature."""
    clauses = hit.document.clauses
    clause = next(c for c in clauses if c.start <= span.start < c.end)
    return replace(hit, clause=clause, matched=span)
