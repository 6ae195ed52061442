"""Questions that several documents answer: what each of them sets one indicator to."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.facts import Figure
from corpus.script import simplify
from eval.drafting.parts import Part, Reading
from eval.drafting.values import Answer, Draft
from retrieval.evidence import lies_in

LEAST = 3
"""Documents that must state an indicator before it is asked of all."""
_PLACES = re.compile(r"^(?:[全我本各][省市县区](?:（区）)?|到\d{4}年|\d{4}年)+")
_SET = re.compile(r"(?:统一|提高|提升|增加|调整|达|扩大)?(?:到|至|为)?$")
_MEASURED = re.compile(
    r"(?:率|比例|占比|比重|标准|津贴|补助|补贴|保教费|经费|拨款|收费|时间|时长|面积|资金)$"
)
_RATE = re.compile(r"每[人生月年天学期]{1,2}")


class _Stated(NamedTuple):
    reading: Reading
    part: Part
    figure: Figure


def ask_several(readings: Sequence[Reading]) -> Iterator[Draft]:
    """Yield a question for each indicator that at least LEAST documents set, counted alike."""
    said: dict[tuple[str, str], list[_Stated]] = defaultdict(list)
    for stated in _figures(readings):
        name = _name(stated.figure)
        if name:
            said[name, simplify(stated.figure.unit)].append(stated)
    for (name, _), found in said.items():
        sources = {one.reading.source.document.id: one.reading.source for one in found}
        if len(sources) < LEAST:
            continue
        placed = all(source.name.place for source in sources.values())
        whose = "各地的" if placed else "各份文件规定的"
        answers = tuple(
            Answer(s.reading.source, s.reading.clause, s.figure.span, s.part.span) for s in found
        )
        yield Draft("several", f"{whose}{name}分别是多少？", found[0].reading.clause, answers)


def _figures(readings: Sequence[Reading]) -> Iterator[_Stated]:
    for reading in readings:
        for part in reading.parts:
            figures = [f for f in reading.clause.facts.figures if lies_in(f.span, part.span)]
            yield from (_Stated(reading, part, figure) for figure in figures[:1])


def _name(figure: Figure) -> str | None:
    """What is measured, without the place and the rate before and behind it; None of a count."""
    if figure.indicator is None or figure.upper or figure.comparison in ("+", "-"):
        return None
    name = _PLACES.sub("", simplify(figure.indicator.value))
    name = _SET.sub("", _RATE.sub("", name))
    return name if len(name) > 3 and _MEASURED.search(name) else None
