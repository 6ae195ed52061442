"""A word that excludes another must be the one that the source has: 小学, not 初中."""

import re
from collections.abc import Iterator, Sequence

from retrieval.verify.contrasts import Member, contrasts
from retrieval.verify.said import Said
from retrieval.verify.strokes import Stroke, is_elided, nearest, share, stroke_at
from retrieval.verify.verdicts import Reason

_CLOSE = 0.6
# Words that leave out no case, and those of a source that say as much.
_WHOLE = re.compile(r"所有|全部|全体|一律|任何|一切")
_AS_WHOLE = re.compile(r"所有|全部|全体|一律|任何|一切|[各每均都全凡]|统一")
_ONLY = re.compile(r"仅限|只能|只有|唯一|只允许|只可")
_AS_ONLY = re.compile(r"[仅只限]|唯一|不得|方可|以内|除外")


def check_terms(claim: Said, sources: Sequence[Said], context: str) -> Iterator[Reason]:
    """Yield a reason for each such word that its source has not where it says the same thing.

    Either it stands nowhere in the source and another one does in that place, or the stroke that
    is nearest has another one, and no stroke with this one says as much.
    """
    for member in claim.members:
        stroke = stroke_at(claim.strokes, member.start)
        absent = not any(word in context for word in contrasts()[member.group][member.member])
        alone = stroke is not None and len(_in_stroke(claim, stroke, member.group)) == 1
        if stroke is None or not (absent or alone):
            continue
        other = next(
            (o for source in sources if (o := _other(member, stroke, source, absent))), None
        )
        if other:
            yield Reason("term", (member.written, other.written))


def check_scope(claim: Said, sources: Sequence[Said]) -> Iterator[Reason]:
    """Yield a reason for a word such as 所有 or 只能 where the source sets no such scope."""
    for words, same in ((_WHOLE, _AS_WHOLE), (_ONLY, _AS_ONLY)):
        found = words.search(claim.plain)
        if found and not any(same.search(source.plain) for source in sources):
            yield Reason("no_scope", (found[0],))


def _in_stroke(said: Said, stroke: Stroke, group: int) -> list[Member]:
    start, end = stroke.span
    return [m for m in said.members if m.group == group and start <= m.start < end]


def _other(member: Member, stroke: Stroke, source: Said, absent: bool) -> Member | None:
    near = nearest(stroke, source.strokes)
    there = _in_stroke(source, near, member.group) if near else []
    if near is None or not there or any(m.member == member.member for m in there):
        return None
    if absent:
        return there[0]
    having = [
        s
        for m in source.members
        if m[:2] == member[:2]
        if (s := stroke_at(source.strokes, m.start))
    ]
    common = len(stroke.pairs & near.pairs)
    close = share(stroke.pairs, near.pairs) >= _CLOSE
    apart = all(len(stroke.pairs & s.pairs) < common and not is_elided(s, near) for s in having)
    return there[0] if close and having and apart else None
