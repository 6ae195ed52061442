"""A question that itself asks for an earlier version (2013年的规定, 旧办法, 修订前的标准).

What a later document replaced or repealed takes part in a search only when it is asked for. Such
a question asks for it: by words, or by the year of a version that was replaced.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus import Document
from index.versions import issued
from retrieval.filters import Filters
from retrieval.lookup import Lookup
from retrieval.remarks import Remark
from retrieval.view import View

_RULES = (
    r"(?:管理|暂行|试行)?(?:规定|办法|条例|标准|政策|制度|规则|规程|准则|章程|细则|方案|意见|文件|通知|"
    r"法规|规章|版本|版|法(?![定人学院治官]))"
)
_THAT = r"(?:的|那一?[版个部份]|这一?[版个部份]|老|旧|原){0,3}"
# 开学之前的要求 is about no earlier version: what follows an event is left to 修订前 and the like.
_ALONE = r"(?:^|(?<=[,。、:;? 按照据看查依和与跟比在]))"
_GONE = r"(?:废止|废除|失效|作废|被?替代|被?取代|被?代替)"
_WORDS = re.compile(
    rf"(?:旧|(?<![养敬尊孤助])老){_RULES}|(?<![还复高中])原{_RULES}|新[、和与及]?[旧老](?:两?[版个部份]|{_RULES})"
    rf"|(?:原来|原先|过去|先前|从前|早先|上一[版个部]|前一[版个部])(?:执行|实行|施行)?{_THAT}{_RULES}"
    rf"|{_ALONE}(?:以前|之前|此前|当时)(?:执行|实行|施行)?{_THAT}{_RULES}"
    rf"|{_ALONE}(?:以前|之前|过去|原来|原先|从前|当时)[是都]{{0,2}}(?:怎么|怎样|如何)(?:规定|要求)"
    rf"|(?:已经?)?{_GONE}了?{_THAT}{_RULES}"
    r"|(?:修订|修正|修改|废止|失效)[之以]?前(?:的|是|版|,|怎|如何|[?。]?$)"
)
_COMPARES = re.compile(
    r"不同|区别|差[别异]|变化|变了|对比|比较|相比|新.?[旧老]|现在|如今|现行|改[成为了]|哪一?[版个部份]"
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
# 到2025年, 2021-2025年 and 2025年底前 are times by which something is done.
_DUE = re.compile(r"(?:(?<![找查看得])到|[至止~-])\s?$")
_BY_THEN = re.compile(
    r"年?(?:\s?[-~至到]|(?:年?底|年?末|秋|春|[0-9]{1,2}月)?(?:[之以]?前|起|底|末))"
)
_OF_YEAR = re.compile(
    rf"年?(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?(?:发布|印发|公布|颁布|出台|制定|施行|实施|执行|修订|修正)?"
    rf"(?:[、和与跟及](?:19|20)[0-9]{{2}}年?){{0,2}}{_THAT}{_RULES}|年?那一?[版个部份]"
)


class Earlier(NamedTuple):
    """What a question asks for of what no longer holds: documents by id.

    `alone` says that it asks for these and not for what holds now; then `newer` are the versions
    that took their place, which cannot answer, and neither can a document of another year where
    a year says which version is meant.
    """

    documents: frozenset[str] = frozenset()
    alone: bool = False
    newer: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()

    def lets_speak(self, document: Document) -> bool:
        """Whether a document may answer."""
        of_year = not self.years or issued(document)[:4] in self.years
        return document.id not in self.newer and of_year


NONE = Earlier()


def earlier_asked(folded: str, lookup: Lookup, view: View) -> Earlier:
    """Return the documents that a folded question opens because it asks for an earlier version.

    A year opens the replaced versions of that year, where the question speaks of the rules of the
    year (2013年的规定) or names the document, and the newest version is of another year. Words
    open all that no longer holds, unless a year says which.
    """
    past = view.standing.superseded
    if not past:
        return NONE
    of_years = dict(_of_years(folded, lookup, view))
    asked = frozenset(of_years) or (past if _WORDS.search(folded) else frozenset())
    if not asked or _COMPARES.search(folded) or len(set(_years(folded))) > 1:
        return Earlier(asked)
    newer = (view.standing[name].replaced_by for name in asked)
    by_id = frozenset(document.id for document in newer if document)
    return Earlier(asked, True, by_id - asked, frozenset(of_years.values()))


def opened(filters: Filters, earlier: Earlier, view: View) -> list[Remark]:
    """Return a remark where documents that no longer hold take part only for a question's sake."""
    if not earlier.documents:
        return []
    shut, open_ones = view.choose(filters), view.choose(filters, earlier.documents)
    number = shut.left_out - open_ones.left_out
    return [Remark("earlier", (str(number),))] if number else []


def _of_years(folded: str, lookup: Lookup, view: View) -> Iterator[tuple[str, str]]:
    """The documents that no longer hold, of a year that the question asks about, and the year."""
    of_rules = set(_years(folded, bound=True))
    any_year = set(_years(folded))
    named = {entry.id for name in lookup.named for entry in name.entries or ()}
    for identity in sorted(view.standing.superseded) if any_year else ():
        year = view.issued(identity)[:4]
        if year in of_rules or (year in any_year and identity in named):
            newest = view.standing[identity].replaced_by
            if newest is None or issued(newest)[:4] != year:
                yield identity, year


def _years(folded: str, bound: bool = False) -> Iterator[str]:
    """The years of a question that are no deadline; `bound`: only those of rules (2013年的规定)."""
    for match in _YEAR.finditer(folded):
        due = _DUE.search(folded, 0, match.start()) or _BY_THEN.match(folded, match.end())
        if not due and (not bound or _OF_YEAR.match(folded, match.end())):
            yield match[0]
