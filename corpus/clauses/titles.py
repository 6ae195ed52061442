"""Which of the lines before the first number are the title (标题)."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.lines import Line

_TYPES = (
    "通知|意见|方案|办法|规定|条例|法|决定|计划|规划|纲要|细则|解释|复函|批复|函|公告|通告|报告|要点|"
    "措施|标准|决议|章程|规则|规程|指南|指引|目录|清单|制度|守则|准则|公报|请示|纪要|令|总结|建议|"
    "通报|议案|答复|预案|基准|大纲|公约|手册|解读|问答|合同|协议书?|承诺书|责任书|倡议书|公开信|分工表"
)
_AFTER = r"(?:[（(][^（）()]{1,30}[）)])*"
_TITLE = re.compile(
    rf"(?:《[^《》]+{_AFTER}》|[^。；;！!？?《》]*(?:《.+》)?[^。；;！!？?《》]*?(?:{_TYPES}){_AFTER}"
    r"|[^。；;！!？?《》]+(?:印发|转发|批转|发布|公布)(?:《[^《》]+》)+)$"
)
# Most lines end otherwise, and need no closer look.
_LAST_SIGNS = {kind[-1] for kind in _TYPES.split("|")} | set("》）)")
# 工作方案 names no subject: it ends a title that begins on the line above.
_TAIL = re.compile(rf"的?(?:实施|工作|行动|管理|若干|暂行|试行)*(?:{_TYPES}){_AFTER}$")
# Web furniture, a 文号, a numbered line: none of them is part of a title.
_NEVER = re.compile(
    r"(?:(?:政府|政务)?信息公开(?:目录|指南|制度|年报)?$|通知公告$|公示公告$|政策法规|法定主动公开)|"
    r".*(?:[>›»]|当前位置|首页|https?://|法宝|打印|字体|来源[：:]|浏览|文件$"
    r"|[〔\[［]\d{4}[〕\]］]\s*\d+\s*号(?:\s*签发人.*)?$)"
    r"|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]"
)
SHORTEST_TITLE = 10
"""Characters; 工作措施 above 一、 is a heading that lost its number, and no title."""
_LONGEST = 120
_MOST_LINES = 3


class Title(NamedTuple):
    """The lines that a title stands on, and the title as written there."""

    lines: tuple[int, ...]
    text: str


def find_titles(lines: Sequence[Line], numbers: Sequence[int]) -> Iterator[Title]:
    """Yield the titles among the given lines, in order.

    A title is a short line, or up to three, that ends with the name of a kind of document
    (GB/T 9704-2012, 7.3.1: 发文机关、事由和文种), with 《》 around it or not.
    """
    filled = [n for n in numbers if not lines[n].is_blank]
    position = 0
    while position < len(filled):
        title = title_at(lines, filled[position : position + _MOST_LINES])
        if title:
            yield title
        position += len(title.lines) if title else 1


def title_at(lines: Sequence[Line], numbers: Sequence[int]) -> Title | None:
    """Return the title that begins on the first of the given lines, or None."""
    written = ""
    taken: list[int] = []
    for number in numbers:
        line = lines[number]
        if line.is_blank:
            continue
        if _is_never(line) or (taken and _begins_anew(line, lines[taken[0]])):
            return None
        written += line.body
        taken.append(number)
        if len(written) <= _LONGEST and _stands_alone(written):
            return Title(tuple(taken), written)
        if len(taken) == _MOST_LINES:
            break
    return None


def _is_never(line: Line) -> bool:
    if len(line.body) > _LONGEST or line.is_sentence:
        return True
    return line.is_date or line.is_signed or _NEVER.match(line.body) is not None


def _stands_alone(body: str) -> bool:
    ends = body[-1:] in _LAST_SIGNS
    return ends and _TITLE.match(_squeeze(body)) is not None and _balanced(body)


def _begins_anew(line: Line, first: Line) -> bool:
    """Whether a title stands on `line` alone, and `first` is another line, not its beginning."""
    names = _TAIL.match(_squeeze(line.body)) is None
    weighs = len(line.body) >= 0.8 * len(first.body) and not first.is_organ
    return names and weighs and _stands_alone(line.body)


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def _balanced(text: str) -> bool:
    return text.count("《") == text.count("》")
