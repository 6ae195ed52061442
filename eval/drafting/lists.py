"""Questions for lists: 下列 and 四个环节 within a clause, and what stands below a heading."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus import Span
from corpus.script import simplify
from eval.drafting.parts import Part, Reading
from eval.drafting.values import SHORTEST, Answer, Draft

_FOLLOWING = re.compile(r"(?:下列|以下)(?=[\u4e00-\u9fff])")
_CASES = re.compile(r"有(?:下列|以下)(?:情形|情况|行为)之一的?")
_COUNT = r"(?P<count>[两二三四五六七八九十]|\d{1,2})(?P<counter>个|类|项|种|方面|大类|门)"
_ROW = re.compile(
    r"(?P<before>.{0,30}?(?:开设|限于|包括|包含|涵盖|分为|设置|设立|按照|按))"
    rf"(?:[^，、：“”（）\s]{{1,12}}、){{2,}}[^，、：“”（）\s]{{1,10}}?{_COUNT}(?P<noun>[\u4e00-\u9fff]{{2,8}})"
)
_COUNTED_LEAD = re.compile(
    rf"^(?P<before>[^，、]{{2,30}}?){_COUNT}(?P<noun>[\u4e00-\u9fff]{{2,8}})$"
)
_FIRST_ITEM = re.compile(r"\s*[：:]?\s*(?:[（(]?[一1１][）)、.．]|一是)")

_CITED = ("article", "item")
_FEWEST, _MOST = 2, 8
"""Clauses below a heading that is asked about."""
_SHORTEST, _TELLING = 4, 6
"""Characters of a heading that may name a topic, and of one that names it by itself."""
_TITLED = re.compile(
    r"^(?:附件\S*\s)?(?:第[一二三四五六七八九十百]+[章节]\s*|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])"
)
_GENERAL = re.compile(
    r"总则|附则|总体|保障实施|实施保障|强化.{0,4}保障|目标|原则|要求$|指导思想|保障措施|组织|主要任务|重点任务|任务分工|监督与责任|责任$|法律责任|实施步骤|其他|附件"
)


def ask_lists(reading: Reading) -> Iterator[Draft]:
    """Yield a question for each list that a part of a clause leads into or holds."""
    for part in reading.parts:
        asked = _asked(reading, part)
        text = reading.framed(part, asked) if asked else None
        if text:
            yield Draft("list", text, reading.clause, (_answer(reading, part),))


def _asked(reading: Reading, part: Part) -> str | None:
    plain = reading.plain(part.span)
    behind = reading.source.page.plain[part.span.end : reading.clause.end]
    leads = behind[:1] in ("：", ":")
    if leads and any(_CASES.search(reading.plain(lead)) for lead in (*part.leads, part.span)):
        rest = _CASES.sub("", plain).lstrip("，")
        return f"哪些情形下{rest}" if len(rest) > 3 else None
    if leads and _FOLLOWING.search(plain):
        return _FOLLOWING.sub("哪些", plain, count=1)
    counted = _COUNTED_LEAD.match(plain)
    if leads and counted and _FIRST_ITEM.match(behind):
        return f"{counted['before']}哪{counted['count']}{counted['counter']}{counted['noun']}"
    return _row_asked(plain)


def _row_asked(plain: str) -> str | None:
    """开设体育、艺术、科学、阅读、劳动五类课程 → 开设哪五类课程."""
    row = _ROW.fullmatch(plain)
    return f"{row['before']}哪{row['count']}{row['counter']}{row['noun']}" if row else None


def _answer(reading: Reading, part: Part) -> Answer:
    return Answer(
        reading.source, reading.clause, part.span, Span(part.span.start, reading.clause.end)
    )


def ask_headings(readings: Sequence[Reading]) -> Iterator[Draft]:
    """Yield for each heading of a document with a few clauses below what it provides for."""
    below: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.clause.path and reading.clause.kind in _CITED:
            below[reading.clause.path].append(reading)
    for path, children in below.items():
        first = children[0]
        asked = _topic(path)
        if asked and _FEWEST <= len(children) <= _MOST and any(c.heading for c in children):
            text = f"{first.source.name.whose(asked)}方面有哪些规定？"
            yield Draft("list", text, first.clause, tuple(map(_headed, children)))


def _topic(path: Sequence[str]) -> str | None:
    """What the last heading is about, with the one above it where it is short; None of 总则."""
    topics = [_TITLED.sub("", simplify(heading)) for heading in path]
    topic, above = topics[-1], topics[-2] if len(topics) > 1 else ""
    if len(topic) < _SHORTEST or _GENERAL.search(topic):
        return None
    if len(topic) >= _TELLING:
        return f"在{topic}"
    return f"{above}，在{topic}" if len(above) >= _TELLING and not _GENERAL.search(above) else None


def _headed(reading: Reading) -> Answer:
    """The heading of a clause, or its first words: they say what it is about."""
    start = reading.opening.start
    length = len(reading.heading) or SHORTEST
    span = Span(start, min(start + length, reading.opening.end))
    within = Span(start, reading.opening.end) if not reading.heading else span
    return Answer(reading.source, reading.clause, span, within)
