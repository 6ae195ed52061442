"""Who issued a document (发文机关), and its number (文号)."""

import re
from collections.abc import Iterator

from corpus.lines import DATE
from corpus.metadata.dates import WRITTEN
from corpus.metadata.events import events
from corpus.metadata.front import ORDER, Front
from corpus.spans import Span, Stated

_OPEN, _CLOSE = r"[〔\[［（(【]", r"[〕\]］）)】]"
_YEARLY = rf"{_OPEN}\s?(?:19|20)\d{{2}}\s?{_CLOSE}\s{{0,3}}第?\s?\d{{1,4}}\s?号"
_NUMBER = re.compile(
    r"(?:发?文件?字?号[：:]\s{0,3})?[（(]?\s{0,3}"
    rf"(?P<number>(?![\u4e00-\u9fff]{{1,16}}公报)[\u4e00-\u9fff]{{1,16}}\s{{0,3}}(?:{_YEARLY}|(?:19|20)\d{{2}}年第\d{{1,4}}号)"
    r"|[\u4e00-\u9fff]{2,30}令\s?[（(]?第?\s?[\d一二三四五六七八九十百〇零]{1,6}\s?号[）)]?)"
    rf"(?:\s{{0,3}}(?:{WRITTEN}|\d{{4}}年[\d月日]{{0,6}})?\s{{0,3}}[）)]?|[，,\s]{{1,3}}\d{{4}}年[^（）()\n]{{0,60}}[）)]|\s{{1,20}}签发人[：:][^\n]{{0,20}})$"
)
_BARE = re.compile(rf"{_YEARLY}$")
_ORDINAL = re.compile(r"[（(]?(?:\d{4}年)?第?\s?[\d一二三四五六七八九十百〇零]{1,6}\s?号[）)]?$")
_ORGAN_END = (
    r"(?:委员会|人民政府|政府|办公厅|办公室|教育厅|教育局|厅|局|部|院|党委|区委|市委|县委|省委|"
    r"学校|大学|学院|中学|小学|幼儿园|领导小组)"
)
_TITLE_ISSUER = re.compile(
    rf"(?P<organs>(?!关于)[^《》]{{2,60}}?{_ORGAN_END})"
    r"(?:等[^，。《》]{0,6}部门)?\s?(?:关于|印发|转发|批转|发布|公布)"
)
_REPORTED = re.compile(
    rf"(?P<organs>[^。，,《》\d\n]{{2,60}}?{_ORGAN_END})(?:等[^，。《》]{{0,6}}部门)?\s?"
    rf"(?:[于在]\s?)?(?:{WRITTEN})\s?(?:联合)?(?:印发|发布|出台|公布)《"
)
# 甲委员会令第8号、乙委员会令第11号发布
_JOINT_ORDER = re.compile(r"号[、和](?P<organ>[^、，。；《》\d\s]{3,40}?)令\s?第?\s?\d{1,4}(?=号)")
_ORDERED = re.compile(
    rf"{ORDER.pattern[:-1]}\s?"
    r"(?:[（(]?第?\s?[\d一二三四五六七八九十百〇零]{1,6}\s?号[）)]?|\d{4}年第\d{1,4}号)?$"
)
_AND_OTHERS = re.compile(r"等[^，。《》]{0,6}$")


def find_issuers(front: Front) -> tuple[Stated, ...]:
    """Return who signed the document; else who a table, a 令, the title, or a note below names."""
    for named in (
        _signed_by,
        _labelled,
        _ordered_by,
        _titled_by,
        _adopted_by,
        _reported,
        _headed_by,
    ):
        issuers = tuple(named(front))
        if issuers:
            return issuers
    return ()


def find_number(front: Front) -> Stated | None:
    """Return the 文号 on a line of its own or in a table, or the 令 that published the document."""
    named = (_numbered, _order, _labelled_number, _published_by_order, _bare_number)
    return next((number for find in named for number in find(front)), None)


def _signed_by(front: Front) -> Iterator[Stated]:
    for line in front.signature:
        if line.is_organ or line.is_signed:
            written = front.page.plain[line.start : line.end]
            written = re.split(rf"{DATE.pattern}|[（(]", written)[0]
            yield from _organs(front, line.start, line.start + len(written))


def _labelled(front: Front) -> Iterator[Stated]:
    span = front.labelled.get("issuers")
    if span:
        others = _AND_OTHERS.search(front.page.plain, *span)
        yield from _organs(front, span.start, others.start() if others else span.end)


def _ordered_by(front: Front) -> Iterator[Stated]:
    """青禾县人民政府令, a line above the number of the order."""
    for line in front.head:
        order = _ORDERED.match(front.page.plain, *line.body_span)
        # 主席令 publishes what 全国人民代表大会 passed.
        if order and not order["organ"].endswith("主席"):
            yield front.stated(*order.span("organ"))
            return


def _titled_by(front: Front) -> Iterator[Stated]:
    match = _TITLE_ISSUER.match(front.page.plain, *front.title.span) if front.title else None
    if match:
        yield from _organs(front, *match.span("organs"))


def _adopted_by(front: Front) -> Iterator[Stated]:
    """The organ of the last event below the title; one that only approved (批准) comes last."""
    found = [event for event in events(front) if event["organ"]]
    found.sort(key=lambda event: not event["verb"].endswith("批准"))
    if found:
        yield front.stated(*found[-1].span("organ"))
        joint = _JOINT_ORDER.finditer(front.page.plain, *found[-1].span())
        yield from (front.stated(*order.span("organ")) for order in joint)


def _reported(front: Front) -> Iterator[Stated]:
    """A newspaper's line above the text: 某办公厅5月23日印发《…》."""
    for line in front.head:
        match = _REPORTED.match(front.page.plain, *line.body_span)
        if match:
            yield from _organs(front, *match.span("organs"))
            return


def _headed_by(front: Front) -> Iterator[Stated]:
    """The organ beside the day in the head of 纪要."""
    for line in front.head:
        date = DATE.search(front.page.plain, *line.body_span) if line.is_signed else None
        if date:
            yield from _organs(front, line.body_start, date.start())
            return


def _organs(front: Front, start: int, end: int) -> Iterator[Stated]:
    """Each organ between white space or 、, or the one that is written with spaces in its name."""
    found = list(re.finditer(r"[^\s?？、，,；;]+", front.page.plain[start:end]))
    if found and min(len(organ[0]) for organ in found) < 3:
        yield front.stated(start + found[0].start(), start + found[-1].end())
        return
    for organ in found:
        yield front.stated(start + organ.start(), start + organ.end())


def _numbered(front: Front) -> Iterator[Stated]:
    for line in front.head:
        match = _NUMBER.match(front.page.plain, *line.body_span)
        if match:
            yield front.stated(*match.span("number"))


def _bare_number(front: Front) -> Iterator[Stated]:
    """〔2024〕15号 alone on a line, as in the head of 纪要."""
    for line in front.head:
        match = _BARE.match(front.page.plain, *line.body_span)
        if match:
            yield front.stated(*match.span())


def _order(front: Front) -> Iterator[Stated]:
    """青禾县人民政府令 and 第12号 on two lines, read as one number."""
    for line, below in zip(front.head, front.head[1:], strict=False):
        ordinal = _ORDINAL.match(below.body) if ORDER.match(line.body) else None
        if ordinal:
            span = Span(line.body_start, below.body_start + ordinal.end())
            organ = front.page.text[line.body_start : line.body_span.end]
            yield Stated(organ + front.page.text[below.body_start : span.end], span)


def _labelled_number(front: Front) -> Iterator[Stated]:
    span = front.labelled.get("number")
    if span and re.search(r"\d", front.page.plain[slice(*span)]):
        yield front.stated(*span)


def _published_by_order(front: Front) -> Iterator[Stated]:
    orders = [event for event in events(front) if event["order"] and event["organ"]]
    for order in reversed(orders):
        yield front.stated(order.start("organ"), order.end("order"))
