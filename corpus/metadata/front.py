"""Where a document says what it is: the lines above its first number, its title, its 落款."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.document import Clause
from corpus.lines import Line, Page, next_filled
from corpus.metadata.labels import label_field, read_labels
from corpus.spans import Span, Stated
from corpus.titles import find_titles

ORDER = re.compile(r"[^\s。，；《》\d]{2,40}令$")
"""A line like 青禾县人民政府令, which heads an order (令) above its number."""

# （试行） or （2023—2025年） on a line of its own below a title is its end.
_BELOW = re.compile(
    r"[（(](?:\d{4}年?\s?[-—–~～－至到]{1,2}\s?\d{4}年?|\d{4}年?(?:修订|修正|修改)[本版]?|修订[稿版]?|试行|暂行"
    r"|(?:公开)?(?:征求意见稿|草案|送审稿|讨论稿))[）)]$"
)
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
    head = _lines_of(page, _before_numbers(clauses))
    signed = next((clause for clause in clauses if clause.kind == "signature"), None)
    signature = _lines_of(page, [signed]) if signed else []
    labelled = read_labels(page, head)
    return Front(page, clauses, head, signature, labelled, _title(page, clauses, labelled))


def _before_numbers(clauses: Sequence[Clause]) -> list[Clause]:
    """The segments before the first 落款 or number."""
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


def _title(page: Page, clauses: Sequence[Clause], labelled: dict[str, Span]) -> Stated | None:
    """The first title before the first numbered clause; 令 above it only publishes what follows."""
    titles = list(_titles(page, clauses))
    acts = (title for title in titles if not ORDER.match(_squeeze(page.plain[slice(*title.span)])))
    if "title" in labelled:
        return next(acts, None) or _stated_title(page, *labelled["title"])
    return next(acts, None) or next(iter(titles), None)


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


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)
