"""What a document says of itself, each value with the place that says it.

Nothing is guessed: a value that the text does not state is absent.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.document import Clause, Metadata, Span, Stated
from corpus.lines import DATE, Line, Page
from corpus.numerals import parse_numeral
from corpus.titles import find_titles

_NUMBER = re.compile(
    r"[（(]?\s*(?P<number>[\u4e00-\u9fff]{1,16}\s*[〔\[［（(【]\s*(?:19|20)\d{2}\s*[〕\]］）)】]\s*"
    r"第?\s*\d{1,4}\s*号)\s*[）)]?$"
)
_STATUS = ("征求意见稿", "公开征求意见稿", "送审稿", "草案", "讨论稿", "暂行", "试行")
_DRAFTS = ("征求意见稿", "送审稿", "草案", "讨论稿")
_ORGAN_END = (
    r"(?:委员会|人民政府|政府|办公厅|办公室|教育厅|教育局|厅|局|部|院|党委|区委|市委|县委|省委|"
    r"学校|大学|学院|中学|小学|幼儿园|领导小组)"
)
_TITLE_ISSUER = re.compile(rf"(?P<organs>[^《》]{{2,60}}?{_ORGAN_END})(?:印发|转发)?\s*关于")
# 2024年1月15日某省人民政府第21次常务会议通过, 2024年1月22日某省人民政府令第142号公布: one event
# each. 自2024年3月1日起施行 is another kind of date.
_ADOPTED = re.compile(
    rf"(?<!自)(?P<date>{DATE.pattern})(?!起)\s*"
    r"(?:(?:第[一二三四五六七八九十百]+届)?(?P<organ>(?:[^《》，,。\d第\n]|第[一二三四五六七八九十百]+届){2,40}?(?:委员会|政府|国务院|[厅局部])))?"
    r"(?P<order>令\s*第?\s*\d{1,4}\s*号)?"
    rf"(?:(?!{DATE.pattern}).)*?(?:通过|公布|修正|修订|发布|批准)"
)
_REGION = re.compile(
    r"[\u4e00-\u9fff]{2,7}?(?:自治区|自治州|自治县|省|市|县|区|州|盟|旗)(?![\u4e00-\u9fff]?(?:级|域|内|外|分))"
)
_ANNULLED = re.compile(
    r"《(?P<title>[^《》]+)》(?:\s*[（(](?P<number>[^（）()]*号)[）)])?[^。《》]{0,12}(?:同时|即行|予以)?废止"
)


def find_metadata(page: Page, clauses: Sequence[Clause]) -> Metadata:
    """Return title, issuers, 文号, date, status, region and what is replaced, with their spans."""
    head = _lines_of(page, clauses, _front(clauses))
    title = next(_titles(page, clauses), None)
    signature = _signature(page, clauses)
    issuers = tuple(_signed_by(page, signature)) or tuple(_titled_by(page, title))
    return Metadata(
        title=title,
        issuers=issuers or tuple(_adopted_by(page, head)),
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


def _lines_of(page: Page, clauses: Sequence[Clause], chosen: list[Clause]) -> list[Line]:
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
        first, last = page.lines[title.lines[0]], page.lines[title.lines[-1]]
        yield _stated_title(page, first, last)


def _stated_title(page: Page, first: Line, last: Line) -> Stated:
    start = page.plain.index(first.body, first.start)
    end = page.plain.index(last.body, last.start) + len(last.body)
    if page.plain[start] == "《" and page.plain.find("》", start) == end - 1:
        start, end = start + 1, end - 1
    value = re.sub(r"\s*\n\s*", "", page.text[start:end])
    return Stated(
        re.sub(r"(?<=[\u4e00-\u9fff》）])[ \u3000]+(?=[\u4e00-\u9fff《（])", " ", value),
        Span(start, end),
    )


def _signature(page: Page, clauses: Sequence[Clause]) -> list[Line]:
    """The lines of the first 落款: the document's own, before those of what it carries."""
    signed = next((c for c in clauses if c.kind == "signature"), None)
    return _lines_of(page, clauses, [signed]) if signed else []


def _signed_by(page: Page, signature: Sequence[Line]) -> Iterator[Stated]:
    for line in signature:
        if line.is_organ:
            for organ in re.finditer(r"[^\s?？]{4,}", page.plain[line.start : line.end]):
                yield _stated(page, line.start + organ.start(), line.start + organ.end())


def _titled_by(page: Page, title: Stated | None) -> Iterator[Stated]:
    if title is None:
        return
    match = _TITLE_ISSUER.match(page.plain, title.span.start, title.span.end)
    if match:
        for organ in re.finditer(r"[^\s、，,]+", match["organs"]):
            offset = match.start("organs")
            yield _stated(page, offset + organ.start(), offset + organ.end())


def _adoptions(page: Page, head: Sequence[Line]) -> Iterator[re.Match[str]]:
    """The events of the notes below the title: 通过, 公布, 修正, each with its date."""
    for line in head:
        yield from _ADOPTED.finditer(page.plain, line.start, line.end)


def _adopted_by(page: Page, head: Sequence[Line]) -> Iterator[Stated]:
    """The organ of the last event below the title."""
    events = [event for event in _adoptions(page, head) if event["organ"]]
    if events:
        yield _stated(page, events[-1].start("organ"), events[-1].end("organ"))


def _numbers(page: Page, head: Sequence[Line]) -> Iterator[Stated]:
    """The 文号 on a line of its own, or the 令 that published the document."""
    for line in head:
        begin = page.plain.index(line.body, line.start)
        match = _NUMBER.match(page.plain, begin, begin + len(line.body))
        if match:
            yield _stated(page, match.start("number"), match.end("number"))
    orders = [event for event in _adoptions(page, head) if event["order"] and event["organ"]]
    for order in reversed(orders):
        yield _stated(page, order.start("organ"), order.end("order"))


def _last_date(page: Page, signature: Sequence[Line]) -> Stated | None:
    found = (_date_in(page, line) for line in reversed(signature))
    return next((_stated_date(match) for match in found if match), None)


def _adoption_date(page: Page, head: Sequence[Line]) -> Stated | None:
    """The latest date of the adoption notes, or a date on a line of its own below the title."""
    found = [*_adoptions(page, head)]
    found += [m for line in head if line.is_date if (m := _date_in(page, line))]
    dates = [date for match in found if (date := _stated_date(match))]
    return max(dates, key=lambda date: date.value, default=None)


def _date_in(page: Page, line: Line) -> re.Match[str] | None:
    return re.compile(rf"(?P<date>{DATE.pattern})").search(page.plain, line.start, line.end)


def _stated_date(match: re.Match[str]) -> Stated | None:
    """Return the date as ISO 8601 with the span that writes it, or None for a 13th month."""
    parts = [parse_numeral(part) for part in re.findall(r"[^\s年月日]+", match["date"])]
    if len(parts) != 3 or None in parts:
        return None
    year, month, day = (part or 0 for part in parts)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Stated(f"{year:04d}-{month:02d}-{day:02d}", Span(*match.span("date")))


def _status(page: Page, title: Stated | None) -> Stated | None:
    if title is None:
        return None
    for word in _STATUS:
        at = page.plain.find(word, title.span.start, title.span.end + 30)
        bracketed = page.plain[at - 1] in "（(" if at > 0 else False
        if at >= 0 and (at < title.span.end or bracketed):
            return Stated("征求意见稿" if word in _DRAFTS else word, Span(at, at + len(word)))
    return None


def _region(page: Page, title: Stated | None, issuers: Sequence[Stated]) -> Stated | None:
    for stated in (*([title] if title else []), *issuers):
        match = _REGION.match(page.plain, stated.span.start, stated.span.end)
        if match:
            return _stated(page, match.start(), match.end())
    return None


def _replaces(page: Page) -> Iterator[Stated]:
    """The documents that this one repeals (……同时废止), by 文号 where it is given."""
    for match in _ANNULLED.finditer(page.plain):
        group = "number" if match["number"] else "title"
        yield _stated(page, match.start(group), match.end(group))


def _stated(page: Page, start: int, end: int) -> Stated:
    return Stated(page.text[start:end], Span(start, end))
