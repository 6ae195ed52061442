"""Questions of yes or no for what a clause orders, forbids, permits or encourages."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.facts import Duty, Obligation
from eval.drafting.parts import Part, Reading
from eval.drafting.values import Answer, Draft
from retrieval.evidence import lies_in

_LEAST_REST, _LEAST_ALONE = 5, 7
"""Characters of what is ordered, behind a subject and alone: less says nothing (应当公开)."""
_LEAST_SUBJECT = 2
_NO_SUBJECT = re.compile(r"(?:的|时|后|前|中|内|外|并|且|也|均|都|不|[，、])$")
# 通过政府购买服务方式 goes on behind the comma; of 小学化倾向 nothing is asked.
_UNFINISHED = re.compile(r"(?:方式|途径|形式|手段|模式|机制|方法|倾向|现象)$")
_POINTS = re.compile(
    r"前款|前条|前项|本条|上述|下列|以下|如下|之一|第[一二三四五六七八九十百]{1,6}[条款项]"
)


class _Form(NamedTuple):
    """How a duty is asked about: words in its place, where it has a subject and where it leads."""

    within: str
    leading: str | None = None


_FORMS: dict[Duty, _Form] = {
    "must_not": _Form("可不可以", "允许{}吗"),
    "must": _Form("是不是必须"),
    "may": _Form("可不可以"),
    "encouraged": _Form("是否鼓励", "是否鼓励{}"),
}
# 确保 and 要 order in general; 严禁 and 禁止 lead their sentence.
_WORDS = re.compile(r"应当?|必须|须|不得|不准|不许|严禁|禁止|可以|有权|鼓励")
_LEADING = re.compile(r"严禁|禁止|鼓励")


def ask_duties(reading: Reading) -> Iterator[Draft]:
    """Yield a question for each part of a clause with one duty that can be asked about."""
    for part in reading.parts:
        duties = [o for o in reading.clause.facts.obligations if lies_in(o.word.span, part.span)]
        asked = _asked(reading, part, duties[0]) if len(duties) == 1 else None
        text = reading.framed(part, asked) if asked else None
        if text:
            answer = Answer(reading.source, reading.clause, part.span, part.span)
            yield Draft("yes-no", text, reading.clause, (answer,))


def _asked(reading: Reading, part: Part, duty: Obligation) -> str | None:
    plain, word = reading.source.page.plain, reading.plain(duty.word.span)
    left = plain[part.span.start : duty.word.span.start]
    right = plain[duty.word.span.end : part.span.end]
    if _UNFINISHED.search(right) or len(right) < _LEAST_REST:
        return None
    if not _WORDS.fullmatch(word) or _POINTS.search(left + right):
        return None
    form = _FORMS[duty.duty]
    if not left and form.leading and len(right) >= _LEAST_ALONE and _LEADING.fullmatch(word):
        return form.leading.format(right)
    if len(left) < _LEAST_SUBJECT or _NO_SUBJECT.search(left) or _LEADING.fullmatch(word):
        return None
    return f"{left}{form.within}{right}"
