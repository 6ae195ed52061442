"""The events that are noted below a title, and the days they give: 通过, 修正, 公布.

2024年1月15日某省人民政府第21次常务会议通过, 2024年1月22日某省人民政府令第142号公布: one event
each. 自2024年3月1日起施行 is another kind of date.
"""

import re
from collections.abc import Iterator

from corpus.lines import DATE
from corpus.metadata.dates import WRITTEN, find_date, stated_date
from corpus.metadata.front import ORDER, PUBLISHES, Front
from corpus.spans import Span, Stated

_TERM = r"第[一二三四五六七八九十百]{1,4}届"
_EVENT = re.compile(
    rf"(?<!自)(?P<date>{DATE.pattern})(?!起)\s{{0,3}}"
    rf"(?:(?:{_TERM})?(?P<organ>国务院|(?:[^《》，,。\d第\n]|{_TERM}){{2,40}}?"
    r"(?:委员会|政府|国务院|[厅局部])))?"
    r"(?P<order>(?:令|公告)\s?第?\s?\d{1,4}\s?号)?"
    rf"(?:(?!{DATE.pattern}).)*?(?P<verb>(?:通过)?批准|通过|公布|修正|修订|发布)"
)
_PUBLISHES = ("公布", "发布")
_AMENDS = ("修正", "修订")
# A year alone below a title is what it is about: 工作要点（2024年）.
_ALONE = re.compile(rf"[（(]?\s?(?P<date>(?!.{{4}}\s?年\s?[）)]?$){WRITTEN})\s?[）)]?(?:印发)?$")
# （青教发〔2025〕3号 2025年3月1日）: a database puts the day behind the 文号.
_NUMBERED = re.compile(rf"[（(][^（）()]{{4,40}}号\s{{1,3}}(?P<date>{WRITTEN})[）)]$")
_REPORTED = re.compile(rf"[^。《》\n]{{2,80}}?(?P<date>{WRITTEN})\s?(?:联合)?(?:印发|出台)《")
_DATED_LINES = (_ALONE, _NUMBERED, _REPORTED)
_ORDER_NUMBER = re.compile(r"令\s?[（(]?第")


def events(front: Front) -> Iterator[re.Match[str]]:
    """The events noted below the title, with groups date, organ, order and verb."""
    for line in front.head:
        yield from _EVENT.finditer(front.page.plain, line.start, line.end)


def find_written(front: Front) -> Stated | None:
    """Return the 成文日期 (GB/T 9704, 7.3.5.4: the day it was passed, or signed for issue).

    That of the 落款, or of a later amendment; the one that a table labels so; the last day on
    which the text was passed, amended or approved; failing these the day it was published, a date
    that stands alone or behind an organ below the title, or the one on which a newspaper's line
    says it was issued.
    """
    passed = [event for event in events(front) if event["verb"] not in _PUBLISHES]
    published = [event for event in events(front) if event["verb"] in _PUBLISHES]
    signed = find_signed(front)
    amended = _latest(front, [e.span("date") for e in passed if e["verb"] in _AMENDS])
    if signed and amended and amended.value > signed.value:
        return amended
    return (
        signed
        or labelled_date(front, "date")
        or _latest(front, [event.span("date") for event in passed])
        or _latest(front, [event.span("date") for event in published])
        or _alone(front)
    )


def find_published(front: Front) -> Stated | None:
    """Return the day of publication (公布, 发布), where a label, a note or an order says it."""
    return labelled_date(front, "published") or max(_published(front), default=None)


def find_first_published(front: Front) -> Stated | None:
    """Return the day of the first publication: an amended text took effect after that one."""
    return min(_published(front), default=None) or labelled_date(front, "published")


def _published(front: Front) -> list[Stated]:
    published = (e for e in events(front) if e["verb"] in _PUBLISHES or e["order"])
    spans = [event.span("date") for event in published]
    signed = find_signed(front) if _is_order(front) else None
    return [stated for span in spans if (stated := stated_date(front.page, span))] or (
        [signed] if signed else []
    )


def _is_order(front: Front) -> bool:
    """Whether the text above the 落款 is an order (令) that publishes: 现予公布."""
    orders = any(ORDER.match(line.body) or _ORDER_NUMBER.search(line.body) for line in front.head)
    return orders and any(PUBLISHES.search(line.body) for line in front.head)


def find_signed(front: Front) -> Stated | None:
    """Return the date of the 落款, which signs the document."""
    lines = reversed(front.signature)
    found = (DATE.search(front.page.plain, line.start, line.end) for line in lines)
    return next((stated_date(front.page, match.span()) for match in found if match), None)


def labelled_date(front: Front, name: str) -> Stated | None:
    """Return the date that a table above the text gives for a field."""
    span = front.labelled.get(name)
    return find_date(front.page, *span) if span else None


def _latest(front: Front, spans: list[tuple[int, int]]) -> Stated | None:
    dates = [stated for span in spans if (stated := stated_date(front.page, span))]
    return max(dates, key=lambda stated: stated.value, default=None)


def _alone(front: Front) -> Stated | None:
    """The latest whole date on a line of its own, or one in part, of an organ or a news line."""
    plain, spans = front.page.plain, []
    for line in front.head:
        found = (pattern.match(plain, *line.body_span) for pattern in _DATED_LINES)
        match = next(filter(None, found), None)
        if match:
            spans.append(Span(*match.span("date")))
        elif line.is_signed:
            # The head of 纪要 names the organ and the day on one line.
            spans += [Span(*date.span()) for date in DATE.finditer(plain, *line.body_span)]
    whole = [span for span in spans if DATE.match(plain, *span)]
    return _latest(front, [*whole]) or _latest(front, [*spans])
