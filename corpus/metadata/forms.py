"""What kind of document it is (文种), and what it says of its own standing."""

import re

from corpus.metadata.front import Front
from corpus.spans import Span, Stated

# 党政机关公文处理工作条例 art. 8 and 立法法 name most of these; longer names first.
_NAMES = (
    "通知|意见|方案|办法|规定|条例|决定|计划|规划|纲要|细则|解释|批复|公告|通告|报告|要点|措施|标准|"
    "决议|章程|规则|规程|指南|指引|目录|清单|制度|守则|准则|公报|请示|纪要|议案|通报|预案|基准|大纲|公约|函|令|法"
)
SELF = rf"(?:行动|若干|实施|工作|暂行|试行)?(?:{_NAMES}|文件)"
"""What follows 本 where a document speaks of itself: 本办法, 本行动计划."""

_WHOLE_NAME = {"法": "法律", "复函": "函"}
_BRACKETS = r"(?:[（(][^（）()]{1,30}[）)])"
_FORM = re.compile(
    rf"(?P<form>{_NAMES})(?:(?:{_BRACKETS}){{0,3}}》){{0,2}}(?:\s{{0,9}}{_BRACKETS}){{0,3}}$"
)
_LONGEST_TAIL = 120

_DRAFT = r"(?P<draft>征求意见稿|送审稿|草案|讨论稿)"
_TRIAL = r"(?P<trial>试行|暂行)"
_KINDS = "规定|办法|条例|方案|细则|意见|标准|规则|规程|制度"
_STATUS = re.compile(rf"{_DRAFT}|{_TRIAL}(?=[）)]|{_KINDS})")
_STATUS_BELOW = re.compile(rf"\s{{0,5}}》?\s{{0,5}}[（(](?:公开)?(?:{_DRAFT}|{_TRIAL})[）)]")
# What legal databases write under 时效性, the first that is found in it.
_LABELLED = (
    ("不再有效|已?失效|已?废止|宣布无效", "已废止"),
    ("已被(?:修改|修订|替代)|已?修改|已?修订", "已被替代"),
    ("征求意见", "征求意见稿"),
    ("试行|暂行", "试行"),
    ("尚未生效|未生效", None),
    ("现行|有效|^是$", "现行"),
)


def find_form(front: Front) -> Stated | None:
    """Return the 文种 that ends the title; the one inside 《》 where the title ends with them."""
    spans = [front.title.span] if front.title else []
    spans += [front.labelled["form"]] if "form" in front.labelled else []
    for span in spans:
        match = _FORM.search(front.page.plain, max(span.start, span.end - _LONGEST_TAIL), span.end)
        if match:
            return Stated(_WHOLE_NAME.get(match["form"], match["form"]), Span(*match.span("form")))
    return None


def find_status(front: Front) -> Stated | None:
    """Return what the document says of its standing: a draft, on trial, or what a table says."""
    return _titled_status(front) or _labelled_status(front)


def _titled_status(front: Front) -> Stated | None:
    title, plain = front.title, front.page.plain
    if title is None:
        return None
    match = _STATUS.search(plain, *title.span) or _STATUS_BELOW.match(plain, title.span.end)
    if match is None:
        return None
    span = Span(*match.span("draft" if match["draft"] else "trial"))
    return Stated("征求意见稿" if match["draft"] else "试行", span)


def _labelled_status(front: Front) -> Stated | None:
    span = front.labelled.get("status")
    if span is None:
        return None
    written = front.page.plain[slice(*span)]
    for pattern, status in _LABELLED:
        if re.search(pattern, written):
            return Stated(status, span) if status else None
    return None
