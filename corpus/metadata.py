"""What a document says of itself, each value with the place that says it.

Nothing is guessed: a value that the text does not state is absent.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.document import Clause, Metadata
from corpus.lines import DATE, Line, Page
from corpus.numerals import parse_numeral
from corpus.spans import Span, Stated
from corpus.titles import find_titles

_OPEN, _CLOSE = r"[〔\[［（(【]", r"[〕\]］）)】]"
_NUMBER = re.compile(
    r"(?:发?文件?字?号[：:]\s{0,3})?[（(]?\s{0,3}"
    rf"(?P<number>[\u4e00-\u9fff]{{1,16}}\s{{0,3}}{_OPEN}\s?(?:19|20)\d{{2}}\s?{_CLOSE}\s{{0,3}}"
    r"第?\s?\d{1,4}\s?号)\s{0,3}(?:\d{4}年[\d月日]{0,6})?\s{0,3}[）)]?$"
)
_DRAFT = r"(?P<draft>征求意见稿|送审稿|草案|讨论稿)"
_TRIAL = r"(?P<trial>试行|暂行)"
_KINDS = "规定|办法|条例|方案|细则|意见|标准|规则|规程|制度"
_STATUS = re.compile(rf"{_DRAFT}|{_TRIAL}(?=[）)]|{_KINDS})")
_STATUS_BELOW = re.compile(rf"\s{{0,5}}》?\s{{0,5}}[（(](?:公开)?(?:{_DRAFT}|{_TRIAL})[）)]")
_ORGAN_END = (
    r"(?:委员会|人民政府|政府|办公厅|办公室|教育厅|教育局|厅|局|部|院|党委|区委|市委|县委|省委|"
    r"学校|大学|学院|中学|小学|幼儿园|领导小组)"
)
_TITLE_ISSUER = re.compile(
    rf"(?P<organs>(?!关于)[^《》]{{2,60}}?{_ORGAN_END})"
    r"(?:等[^，。《》]{0,6}部门)?\s?(?:关于|印发|转发|批转|发布|公布)"
)
# 2024年1月15日某省人民政府第21次常务会议通过, 2024年1月22日某省人民政府令第142号公布: one event
# each. 自2024年3月1日起施行 is another kind of date.
_TERM = r"第[一二三四五六七八九十百]{1,4}届"
_ADOPTED = re.compile(
    rf"(?<!自)(?P<date>{DATE.pattern})(?!起)\s{{0,3}}"
    rf"(?:(?:{_TERM})?(?P<organ>国务院|(?:[^《》，,。\d第\n]|{_TERM}){{2,40}}?"
    r"(?:委员会|政府|国务院|[厅局部])))?"
    r"(?P<order>令\s?第?\s?\d{1,4}\s?号)?"
    rf"(?:(?!{DATE.pattern}).)*?(?P<verb>通过|公布|修正|修订|发布|批准)"
)
# A place has a name of its own: 全市, 关于社区 and 教育示范区 are not places.
_NOT_A_NAME = r"关于|教育|学校|示范|发展|推进|加强|加快|做好|进一步|[全各本我该]"
_REGION = re.compile(
    rf"(?:(?!{_NOT_A_NAME})[\u4e00-\u9fff]){{2,7}}?(?:自治区|自治州|自治县|省|市|县|州|盟|旗|"
    r"(?<![社园校学片景灾])区)(?![\u4e00-\u9fff]?(?:级|域|内|外|分))"
)
_NAMED = r"《[^《》]{2,80}》(?:[（(][^《》（）()]{0,60}[）)])?"
_REPEALED = re.compile(
    rf"(?P<before>.{{0,2}})(?P<listed>{_NAMED}(?:(?:以?及|[、和与])[^。《》，,]{{0,30}}{_NAMED}){{0,20}})"
    r"[^。《》]{0,12}$"
)
_TITLED = re.compile(r"《(?P<title>[^《》]+)》(?:[（(](?P<number>[^（）()]*号)[）)])?")
_FARTHEST_TITLE = 600


def find_metadata(page: Page, clauses: Sequence[Clause]) -> Metadata:
    """Return title, issuers, 文号, date, status, region and what is replaced, with their spans."""
    head = _lines_of(page, _front(clauses))
    title = next(_titles(page, clauses), None)
    signature = _signature(page, clauses)
    issuers = tuple(_signed_by(page, signature)) or tuple(_titled_by(page, title))
    issuers = issuers or tuple(_adopted_by(page, head))
    return Metadata(
        title=title,
        issuers=issuers,
        number=next(_numbers(page, head), None),
        date=_last_date(page, signature) or _adoption_date(page, head),
        status=_status(page, title),
        region=_region(page, title, issuers),
        replaces=tuple(_replaces(page)),
    )


def _front(clauses: Sequence[Clause]) -> list[Clause]:
    """The segments before the first 落款 or number: where a document says what it is."""
    front: list[Clause] = []
    for clause in clauses:
        if clause.kind not in ("header", "preamble", "annex"):
            break
        front.append(clause)
    return front


def _lines_of(page: Page, chosen: Sequence[Clause]) -> list[Line]:
    if not chosen:
        return []
    start, end = chosen[0].start, chosen[-1].end
    return [line for line in page.lines if start <= line.start < end and not line.is_blank]


def _titles(page: Page, clauses: Sequence[Clause]) -> Iterator[Stated]:
    """The titles before the first numbered clause; the document's own is the first."""
    numbered = (c.start for c in clauses if c.kind in ("heading", "item", "article"))
    stop = next(numbered, len(page.text))
    before = [n for n, line in enumerate(page.lines) if line.start < stop]
    for title in find_titles(page.lines, before):
        yield _stated_title(page, page.lines[title.lines[0]], page.lines[title.lines[-1]])


def _stated_title(page: Page, first: Line, last: Line) -> Stated:
    start, end = first.body_span.start, last.body_span.end
    if page.plain[start] == "《" and page.plain.find("》", start) == end - 1:
        start, end = start + 1, end - 1
    value = re.sub(r"[\s\u200b]*\n[\s\u200b]*", "", page.text[start:end])
    value = re.sub(r"(?<=[\u4e00-\u9fff》）])[ \u3000]+(?=[\u4e00-\u9fff《（])", " ", value)
    return Stated(value, Span(start, end))


def _signature(page: Page, clauses: Sequence[Clause]) -> list[Line]:
    """The lines of the first 落款: the document's own, before those of what it carries."""
    signed = next((clause for clause in clauses if clause.kind == "signature"), None)
    return _lines_of(page, [signed]) if signed else []


def _signed_by(page: Page, signature: Sequence[Line]) -> Iterator[Stated]:
    for line in signature:
        if line.is_organ or line.is_signed:
            written = re.split(rf"{DATE.pattern}|[（(]", page.plain[line.start : line.end])[0]
            yield from _organs(page, line.start, line.start + len(written))


def _organs(page: Page, start: int, end: int) -> Iterator[Stated]:
    """Each organ between white space or 、, or the one that is written with spaces in its name."""
    found = list(re.finditer(r"[^\s?？、，,]+", page.plain[start:end]))
    if found and min(len(organ[0]) for organ in found) < 3:
        yield _stated(page, start + found[0].start(), start + found[-1].end())
        return
    for organ in found:
        yield _stated(page, start + organ.start(), start + organ.end())


def _titled_by(page: Page, title: Stated | None) -> Iterator[Stated]:
    match = _TITLE_ISSUER.match(page.plain, *title.span) if title else None
    if match:
        yield from _organs(page, *match.span("organs"))


def _adoptions(page: Page, head: Sequence[Line]) -> Iterator[re.Match[str]]:
    """The events of the notes below the title: 通过, 公布, 修正, each with its date."""
    for line in head:
        yield from _ADOPTED.finditer(page.plain, line.start, line.end)


def _adopted_by(page: Page, head: Sequence[Line]) -> Iterator[Stated]:
    """The organ of the last event below the title; one that only approved (批准) comes last."""
    events = [event for event in _adoptions(page, head) if event["organ"]]
    events.sort(key=lambda event: event["verb"] != "批准")
    if events:
        yield _stated(page, *events[-1].span("organ"))


def _numbers(page: Page, head: Sequence[Line]) -> Iterator[Stated]:
    """The 文号 on a line of its own, or the 令 that published the document."""
    for line in head:
        match = _NUMBER.match(page.plain, *line.body_span)
        if match:
            yield _stated(page, *match.span("number"))
    orders = [event for event in _adoptions(page, head) if event["order"] and event["organ"]]
    for order in reversed(orders):
        yield _stated(page, order.start("organ"), order.end("order"))


def _last_date(page: Page, signature: Sequence[Line]) -> Stated | None:
    found = (DATE.search(page.plain, line.start, line.end) for line in reversed(signature))
    return next((_stated_date(page, match.span()) for match in found if match), None)


def _adoption_date(page: Page, head: Sequence[Line]) -> Stated | None:
    """The latest date of the adoption notes, or a date on a line of its own below the title."""
    spans = [event.span("date") for event in _adoptions(page, head)]
    alone = (DATE.search(page.plain, *line.body_span) for line in head if line.is_date)
    spans += [match.span() for match in alone if match]
    dates = [stated for span in spans if (stated := _stated_date(page, span))]
    return max(dates, key=lambda stated: stated.value, default=None)


def _stated_date(page: Page, span: tuple[int, int]) -> Stated | None:
    """Return the date as ISO 8601 with the span that writes it, or None for a 13th month."""
    parts = [parse_numeral(part) for part in re.findall(r"[^\s年月日]+", page.plain[slice(*span)])]
    year, month, day = (part or 0 for part in parts)
    try:
        return Stated(date(year, month, day).isoformat(), Span(*span))
    except ValueError:
        return None


def _status(page: Page, title: Stated | None) -> Stated | None:
    if title is None:
        return None
    match = _STATUS.search(page.plain, *title.span) or _STATUS_BELOW.match(
        page.plain, title.span.end
    )
    if match is None:
        return None
    span = Span(*match.span("draft" if match["draft"] else "trial"))
    return Stated("征求意见稿" if match["draft"] else match["trial"], span)


def _region(page: Page, title: Stated | None, issuers: Sequence[Stated]) -> Stated | None:
    for stated in (*([title] if title else []), *issuers):
        match = _REGION.match(page.plain, *stated.span)
        if match:
            return _stated(page, *match.span())
    return None


def _replaces(page: Page) -> Iterator[Stated]:
    """The documents that this one repeals (……同时废止), by 文号 where it is given."""
    for repeal in re.finditer("废止", page.plain):
        begin = max(0, repeal.start() - _FARTHEST_TITLE)
        begin = (
            max(page.plain.rfind(mark, begin, repeal.start()) + 1 for mark in "。\n;；") or begin
        )
        match = _REPEALED.search(page.plain, begin, repeal.start())
        if match and not match["before"].endswith(("根据", "依据", "依照", "按照", "修改")):
            for titled in _TITLED.finditer(page.plain, *match.span("listed")):
                yield _stated(page, *titled.span("number" if titled["number"] else "title"))


def _stated(page: Page, start: int, end: int) -> Stated:
    return Stated(page.text[start:end], Span(start, end))
