"""The strokes of a text, from one comma to the next, and which of two texts say the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.spans import Span
from retrieval.verify.words import plain_of

_STROKE = re.compile(r"[^，,；;。：:！!？?\n]+")
_SENTENCE = re.compile(r"[。！!？?；;]")
_RUN = re.compile(r"[\u3400-\u9fff]+")
# What says how something is meant and not what: it is compared on its own.
_IDLE = re.compile(
    r"[零〇一二两三四五六七八九十百千万亿]|应当|应该|必须|需要|可以|不得|严禁|禁止|鼓励|不能|不准|不许|允许|"
    r"以上|以下|以内|左右|不低于|不少于|不超过|不高于|低于|高于|超过|至少|达到|根据|按照|依据|规定|要求|"
    r"[的了和与及或并]"
)
CLOSE = 0.5
"""Share of a stroke's pairs of characters from which another says the same thing."""

HELD = 0.75
"""Share of the other's pairs from which a stroke holds it, whatever else it says."""
_SEVERAL = 4
ELIDED = 0.75
"""Share of the pairs of a stroke below which one after it may lean on it."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stroke, `plain[span]`; `sentence` counts the sentences before it.

    `pairs` are its pairs of neighbouring characters, without numbers and words of duty.
    """

    span: Span
    text: str
    sentence: int
    pairs: frozenset[str]


def strokes_of(plain: str) -> list[Stroke]:
    """Return the strokes of a plain text in order."""
    return list(_strokes(plain))


def _strokes(plain: str) -> Iterator[Stroke]:
    ends = [match.end() for match in _SENTENCE.finditer(plain)]
    sentence = 0
    for match in _STROKE.finditer(plain):
        while sentence < len(ends) and ends[sentence] <= match.start():
            sentence += 1
        if match[0].strip():
            yield Stroke(Span(*match.span()), match[0].strip(), sentence, pairs_of(match[0]))


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring ideographs of a text; of a lone one, itself."""
    runs = _RUN.findall(_IDLE.sub(" ", plain_of(text)))
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return frozenset(pairs or (run for run in runs))


def share(part: frozenset[str], whole: frozenset[str]) -> float:
    """Return the share of `part` that `whole` has; 0 where there is nothing to compare."""
    return len(part & whole) / len(part) if part else 0.0


def nearest(stroke: Stroke, others: Sequence[Stroke]) -> Stroke | None:
    """Return the stroke that says most of what `stroke` says, if one is close to it.

    Of two that say as much it is the shorter one, then the first.
    """
    best = max(
        others,
        key=lambda other: (len(stroke.pairs & other.pairs), -len(other.pairs)),
        default=None,
    )
    if best is None:
        return None
    held = len(best.pairs) >= _SEVERAL and share(best.pairs, stroke.pairs) >= HELD
    return best if held or share(stroke.pairs, best.pairs) >= CLOSE else None


def is_elided(stroke: Stroke, before: Stroke) -> bool:
    """Whether a stroke leaves out what one before it in its sentence says for both.

    小学生每天睡眠时间达到10小时，初中生达到9小时: the second is much shorter.
    """
    follows = stroke.sentence == before.sentence and before.span.start < stroke.span.start
    return follows and len(stroke.pairs) < ELIDED * len(before.pairs)


def stroke_at(strokes: Sequence[Stroke], place: int) -> Stroke | None:
    """Return the stroke that holds a place of the text."""
    return next((s for s in strokes if s.span.start <= place < s.span.end), None)
