"""Where a document says what it is: the lines above its first number, its title, its 落款."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from corpus.clauses.titles import find_titles
from corpus.document import Clause
from corpus.lines import DATE, Line, Page, next_filled
from corpus.metadata.labels import label_field, read_labels
from corpus.spans import Span, Stated

ORDER = re.compile(
    r"(?P<organ>(?:(?!关于)[^\s。，；：《》\d>]){1,40}(?:政府|委员会|主席|国务院|大会|法院|检察院|[部委局厅署院办]))"
    r"(?P<form>令|公告)$"
)
"""A line like 青禾县人民政府令, which heads an order (令) or 公告 above its number."""

PUBLISHES = re.compile(r"现予以?(?:公布|发布)|现将[^。\n]{0,60}予以(?:公布|发布)|现(?:公布|发布)")
"""What an order says of the act that it publishes."""

# （试行） or （2023—2025年） on a line of its own below a title is its end.
_BELOW = re.compile(
    r"[（(](?:\d{4}年?\s?[-—–~～－至到]{1,2}\s?\d{4}年?|\d{4}年?(?:修订|修正|修改)[本版]?|修订[稿版]?|试行|暂行"
    r"|(?:公开)?(?:征求意见稿|草案|送审稿|讨论稿))[）)]$"
)
_NAMES_ORGAN = re.compile(r"(?!关于)[^《》]{2,60}(?:关于|印发|转发|批转)")
_FRONT_KINDS = ("header", "preamble", "annex")
_BREAK = re.compile(r"[\s\u200b]*\n[\s\u200b]*")


class Front(NamedTuple):
    """The parts of a document that its metadata is read from.

    `head` are the filled lines before its first number, `signature` those of its first 落款,
    `labelled` holds for each field that a table names where its value stands.
    """

    page: Page
    clauses: Sequence[Clause]
    head: Sequence[Line]
    signature: Sequence[Line]
    labelled: dict[str, Span]
    title: Stated | None

    def stated(self, start: int, end: int) -> Stated:
        """The characters `text[start:end]`, as written."""
        return Stated(self.page.text[start:end], Span(start, end))


def open_front(page: Page, clauses: Sequence[Clause]) -> Front:
    """Find the parts of a document that its metadata is read from."""
    above = _before_numbers(clauses)
    carried = _carried(above)
    head = _lines_of(page, above[:carried] if carried else above)
    if any(PUBLISHES.search(line.body) for line in head):
        # Below the 落款 of an order stands the act itself, with the notes of its adoption.
        head += [line for line in _lines_of(page, _act(clauses)) if line not in head]
    signed = next((clause for clause in clauses if clause.kind == "signature"), None)
    signature = _lines_of(page, [signed]) if signed else []
    labelled = read_labels(page, head)
    title = _title(page, clauses, head, labelled)
    if carried and title and signed and not _signs(page, signature, title):
        signature = []
    return Front(page, clauses, head, signature, labelled, title)


def _before_numbers(clauses: Sequence[Clause]) -> list[Clause]:
    """The segments before the first 落款 or number."""
    return list(takewhile(lambda clause: clause.kind in _FRONT_KINDS, clauses))


def _carried(above: Sequence[Clause]) -> int:
    """The segment where a text begins that a letter carries without a 落款 between, or 0.

    Its 文号 is not the letter's.
    """
    kinds = [clause.kind for clause in above]
    text = kinds.index("preamble") if "preamble" in kinds else len(kinds)
    return next((n for n in range(text, len(kinds)) if kinds[n] == "header"), 0)


def _signs(page: Page, signature: Sequence[Line], title: Stated) -> bool:
    """Whether a 落款 is that of the organ that the title names, or the title names none."""
    if not _NAMES_ORGAN.match(page.plain, *title.span):
        return True
    named = re.sub(r"\s", "", page.plain[slice(*title.span)])
    organs = (DATE.sub("", line.bare) for line in signature)
    return any(organ and named.startswith(organ) for organ in organs)


def _act(clauses: Sequence[Clause]) -> list[Clause]:
    """The segments between the first 落款 and the first number below it."""
    kinds = [clause.kind for clause in clauses]
    first = kinds.index("signature") + 1 if "signature" in kinds else len(kinds)
    return list(takewhile(lambda clause: clause.kind in _FRONT_KINDS, clauses[first:]))


def _lines_of(page: Page, chosen: Sequence[Clause]) -> list[Line]:
    if not chosen:
        return []
    start, end = chosen[0].start, chosen[-1].end
    return [line for line in page.lines if start <= line.start < end and not line.is_blank]


def _title(
    page: Page, clauses: Sequence[Clause], head: Sequence[Line], labelled: dict[str, Span]
) -> Stated | None:
    """The first title before the first number; an order above it only publishes what follows.

    会议纪要 alone is the head of the page where a title with a subject follows.
    """
    titles = list(_titles(page, clauses))
    publishes = any(PUBLISHES.search(line.body) for line in head)
    named = [title for title in titles if len(title.value) > len("会议纪要")] or titles
    acts = (title for title in named if not (publishes and _is_order(page, title)))
    if "title" in labelled and not titles:
        return _stated_title(page, *labelled["title"])
    return next(acts, None) or next(iter(titles), None)


def _is_order(page: Page, title: Stated) -> bool:
    return ORDER.match(re.sub(r"\s", "", page.plain[slice(*title.span)])) is not None


def _titles(page: Page, clauses: Sequence[Clause]) -> Iterator[Stated]:
    numbered = (c.start for c in clauses if c.kind in ("heading", "item", "article"))
    stop = next(numbered, len(page.text))
    before = [n for n, line in enumerate(page.lines) if line.start < stop]
    before = [n for n in before if label_field(page.lines[n]) is None]
    for title in find_titles(page.lines, before):
        below = next_filled(page.lines, title.lines[-1] + 1, len(page.lines))
        ends = below is not None and _BELOW.match(page.lines[below].body)
        last = page.lines[below if below is not None and ends else title.lines[-1]]
        yield _stated_title(page, page.lines[title.lines[0]].body_span.start, last.body_span.end)


def _stated_title(page: Page, start: int, end: int) -> Stated:
    if page.plain[start] == "《" and page.plain.find("》", start) == end - 1:
        start, end = start + 1, end - 1
    value = _BREAK.sub("", page.text[start:end])
    value = re.sub(r"(?<=[\u4e00-\u9fff》）])[ \u3000]+(?=[\u4e00-\u9fff《（])", " ", value)
    return Stated(value, Span(start, end))
