"""What was changed in words that were otherwise copied: 不 left out, 高于 for 低于, 上 for 下."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.facts import Duty
from retrieval.verify.said import Said
from retrieval.verify.strokes import nearest
from retrieval.verify.verdicts import Reason

COPIED = 0.75
"""Share of a stroke's characters that must be the source's for it to be copied from there."""
_LONGEST = 2000
"""Characters of a stroke that are compared; no prose goes on so long without a comma."""
_BESIDE = 6
_PAIRS = "高低上下前后多少早晚大小内外增减升降长短有无优劣出入强弱宽严先后远近是否加减始末收免"
_OPPOSITES = frozenset(map(frozenset, zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
_NEGATES = re.compile(r"(?:不得|不|未|没有|无|非|勿|严禁|禁止)$")
_HARMLESS = re.compile(r"(?:不断|不仅|不但|无论|不管|不论)")
_DUTIES: dict[str, Duty] = {
    **dict.fromkeys(("应当", "应", "必须", "须", "要", "务必", "应该", "需要", "需"), "must"),
    **dict.fromkeys(("可以", "可", "有权", "允许"), "may"),
    **dict.fromkeys(("不得", "严禁", "禁止", "不准", "不能", "不可", "不应"), "must_not"),
    **dict.fromkeys(("鼓励", "支持", "提倡", "倡导", "引导"), "encouraged"),
}


class _Edit(NamedTuple):
    """What stands in the claim, in the source, and what both have right behind it."""

    own: str
    its: str
    behind: str
    at: int
    its_at: int


def check_edits(claim: Said, sources: Sequence[Said]) -> Iterator[Reason]:
    """Yield a reason for each small change that turns round what was copied."""
    every = [stroke for source in sources for stroke in source.strokes]
    for stroke in claim.strokes:
        near = nearest(stroke, every)
        if near is None:
            continue
        own, its = stroke.text[:_LONGEST], near.text[:_LONGEST]
        edits = _edits(own, its)
        if sum(len(edit.own) for edit in edits) <= (1 - COPIED) * len(own):
            turning = next((edit for edit in edits if _turns(edit)), None)
            if turning:
                yield Reason("turned", (_around(own, turning.at), _around(its, turning.its_at)))


def _edits(own: str, its: str) -> list[_Edit]:
    from rapidfuzz.distance import Levenshtein

    # Changes side by side are one: 没有 for 不布置.
    changes: list[list[int]] = []
    for o in Levenshtein.opcodes(own, its):
        if o.tag == "equal":
            continue
        if changes and changes[-1][1] == o.src_start and changes[-1][3] == o.dest_start:
            changes[-1][1], changes[-1][3] = o.src_end, o.dest_end
        else:
            changes.append([o.src_start, o.src_end, o.dest_start, o.dest_end])
    return [
        _Edit(own[start:end], its[low:high], own[end : end + 2], start, low)
        for start, end, low, high in changes
    ]


def _turns(edit: _Edit) -> bool:
    own, its = edit.own, edit.its
    if len(own) == len(its) and any(
        frozenset(pair) in _OPPOSITES for pair in zip(own, its, strict=True)
    ):
        return True
    duties = {_DUTIES.get(own), _DUTIES.get(its)} - {None}
    if len(duties) == 2:
        return True
    # What is negated stands in both: 未达到 and 达到.
    negated = [
        text
        for text in (own, its)
        if _NEGATES.search(text) and not _HARMLESS.match(text + edit.behind)
    ]
    return len(negated) == 1 and bool(edit.behind) and not _says_no(own, its)


def _says_no(own: str, its: str) -> bool:
    """Whether both say no, in words of their own: 严禁 for 不得."""
    return all(re.search(r"[不未没无非勿禁]", text) for text in (own, its))


def _around(text: str, at: int) -> str:
    return text[max(0, at - _BESIDE) : at + 2 * _BESIDE]
