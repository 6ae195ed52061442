"""Questions for the times of a clause: 最晚什么时候, 从什么时候起, 哪一年."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from corpus import Span
from eval.drafting.parts import Reading
from eval.drafting.values import Answer, Draft

_DATE = r"(?:\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?)"
_DAY = r"\d{1,2}月\d{1,2}日"
_DAY_TOO = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日"
_BEFORE = r"(?:[底末初]|上旬|中旬|下旬|上半年)?(?:之前|以前|前)"
_AT = re.compile(r"[于在](?=每年$)|[于在]$")
# What is done at a time, so that 哪一年 and 最晚什么时候 may stand before it.
_ACTS = re.compile(
    r"完成|公布|发布|公开|建成|开园|投入使用|移交|达到|全部|配齐|消除|实现|制定|出台|建立|启动|组织|开展|通过|接受|申报|申请|"
    r"补发|补足|发放|办理|提交|报|结束|印发|新增|更换|安装|整改|召开|汇总|受理|登记|组建|基本|力争|形成|评估|验收|确保|设立"
)


def _by(left: str, right: str) -> str | None:
    """于2025年6月底前移交: 最晚什么时候移交; before a subject, what is to be done stands first."""
    left = _AT.sub("", left)
    if left or _ACTS.match(right):
        return f"{left}最晚什么时候{right}"
    return f"{right}，最晚要在什么时候做到"


def _since(left: str, right: str) -> str | None:
    return f"{left}从什么时候起{right}" if left else None


def _until(left: str, right: str) -> str | None:
    return None if right else "本文件的有效期到什么时候"


def _term(left: str, right: str) -> str | None:
    return f"{left}从哪个学期起{right}" if left else f"从哪个学期起，{right}"


def _between(left: str, right: str) -> str | None:
    if left.endswith("为") and not right:
        return f"{left[:-1]}是什么时候"
    return f"{left}什么时候{right}" if right else None


def _year(left: str, right: str) -> str | None:
    return None if left or not _ACTS.match(right) else f"哪一年{right}"


class _Form(NamedTuple):
    """A way to state a time, and what asks for it: made of what stands before and behind it."""

    pattern: re.Pattern[str]
    asked: Callable[[str, str], str | None]
    needs_rest: bool = True


# The first that fits is asked.
_FORMS = (
    _Form(re.compile(rf"有效期[至到]{_DATE}"), _until, needs_rest=False),
    _Form(re.compile(rf"[于在]?{_DATE}{_BEFORE}"), _by),
    _Form(re.compile(rf"[自从]{_DATE}起"), _since),
    _Form(re.compile(r"[自从]?\d{4}年[春秋]季学期(?:开学)?起"), _term),
    _Form(re.compile(rf"(?:\d{{4}}年)?{_DAY}[至到—]{_DAY_TOO}"), _between, needs_rest=False),
    _Form(re.compile(r"\d{4}年(?=[\u4e00-\u9fff])"), _year),
)


def ask_dates(reading: Reading) -> Iterator[Draft]:
    """Yield a question for each part of a clause that says by when, since when, or when."""
    for part in reading.parts:
        plain = reading.plain(part.span)
        found = next(((f, m) for f in _FORMS if (m := f.pattern.search(plain))), None)
        if found is None:
            continue
        form, match = found
        left, right = plain[: match.start()], plain[match.end() :].lstrip("，")
        if re.search(r"\d{4}年", left + right) or (form.needs_rest and not right):
            continue
        asked = form.asked(left, right)
        text = reading.framed(part, asked, timed=False) if asked else None
        if text:
            start = part.span.start + match.start()
            span = Span(start, part.span.start + match.end())
            answer = Answer(reading.source, reading.clause, span, part.quotable)
            yield Draft("date", text, reading.clause, (answer,))
