"""What a draft cites and quotes: 《…》第三条, 青政发〔2024〕5号, “…”, 《…》规定：…"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.facts import Reference
from corpus.facts.references import find_references
from corpus.lines import Page, open_page
from corpus.spans import Span
from retrieval.drafts.short_names import ShortName, document_of, short_names, spelled_out

LEAST = 8
"""Characters from which what stands in quotation marks is a quotation, not a name."""
_LONGEST = 2000
_QUOTE = re.compile(
    rf"“(?P<a>[^“”]{{{LEAST},{_LONGEST}}})”|「(?P<b>[^「」]{{{LEAST},{_LONGEST}}})」"
    rf"|『(?P<c>[^『』]{{{LEAST},{_LONGEST}}})』|\"(?P<d>[^\"\n]{{{LEAST},{_LONGEST}}})\""
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s?[〔\[［（(【]\s?(?:19|20)[0-9]{2}\s?[〕\]］）)】]\s?第?\s?[0-9]{1,4}\s?号"
)
# What leads to a 文号 and is no part of its organ: 依据青政发〔2024〕5号.
_BEFORE_NUMBER = re.compile(
    r".*(?:依据|根据|按照|遵照|参照|依照|对照|详见|参见|执行|落实|贯彻|印发|转发|以及|[和与及见按])"
)
_LEADS = re.compile(r"[^。；;！!？?“”「」『』\"]{0,30}")
_NEXT = re.compile(r"[^。；;！!？?“”「」『』\"]{0,10}")
_BEHIND = re.compile(r"\s{0,4}[（(—–-]{1,3}\s?(?:参?见|引自|出自)?\s?")
_SAID = re.compile(
    r"(?:中|里)?(?:也|还|均|又)?(?:明确)?(?:规定|要求|指出|提出|明确|强调|写明)(?:的是|了|(?!的))[，,：:]?\s{0,4}"
    r"(?P<said>[^。！？!?“”「」\n]{8,400})"
)
# 根据《…》规定，拟……: what follows may be what the draft does on its own.
_GROUNDS = re.compile(r"(?:根据|按照|依据|依照|遵照|参照|结合|落实|贯彻|执行|为了?)$")
_WORDS = re.compile(r"\w")


class Statement(NamedTuple):
    """A stretch of a draft, `draft[span]`, and what it names and quotes of a document.

    `quote` is what stands in quotation marks, `retold` what it says in words of its own.
    """

    span: Span
    title: str | None = None
    number: str | None = None
    address: str | None = None
    quote: Span | None = None
    retold: Span | None = None
    grounds: Span | None = None
    """Its name alone, where the draft goes by it and the words behind may be the draft's own."""


def read_statements(text: str) -> list[Statement]:
    """Return what a draft cites and quotes, in order; names inside a quotation belong to it."""
    page = open_page(text)
    quotes = [Span(*m.span(m.lastgroup or 0)) for m in _QUOTE.finditer(text)]
    quotes = [q for q in quotes if len(_WORDS.findall(text[q.start : q.end])) >= LEAST]
    every = sorted(_references(page), key=lambda r: r.span)
    names = short_names(page, every)
    quotes = [q for q in quotes if not _is_name(text, q, names)]
    references = [r for r in spelled_out(page, every) if not _inside(r.span, quotes)]
    attributed = _attributed(text, references, quotes)
    return sorted(_statements(page, references, quotes, attributed), key=lambda s: s.span)


def _references(page: Page) -> Iterator[Reference]:
    found = find_references(page, 0, len(page.text))
    titled = [reference for reference in found if reference.title]
    yield from titled
    # 本办法第五条 points into the draft; a law may be named without 《》: 教师法第八条.
    for reference in found:
        if not reference.title and (reference.address or "").startswith("第"):
            yield reference
    for match in _NUMBER.finditer(page.plain):
        before = _BEFORE_NUMBER.match(page.plain, *match.span())
        span = Span(before.end() if before else match.start(), match.end())
        if not any(r.span.start <= span.end - 1 < r.span.end for r in titled):
            yield Reference(span, number=page.plain[slice(*span)])


def _is_name(text: str, quote: Span, names: Sequence[ShortName]) -> bool:
    """Whether quotation marks hold a document's short name and no words of it."""
    return document_of(re.sub(r"\s", "", text[slice(*quote)]), quote.start, names) is not None


def _inside(span: Span, quotes: Sequence[Span]) -> bool:
    return any(quote.start <= span.start and span.end <= quote.end for quote in quotes)


def _attributed(
    text: str, references: Sequence[Reference], quotes: Sequence[Span]
) -> dict[Span, Reference]:
    """The reference that each quotation is said to be from: before it, or in brackets behind."""
    found: dict[Span, Reference] = {}
    last: Span | None = None
    for quote in quotes:
        opening = quote.start - 1
        before = [r for r in references if r.span.end <= opening]
        nearest = max(before, key=lambda r: r.span.end, default=None)
        behind = _BEHIND.match(text, quote.end + 1)
        after = [r for r in references if behind and r.span.start == behind.end()]
        if after:
            found[quote] = after[0]
        elif nearest and _LEADS.fullmatch(text, nearest.span.end, opening):
            found[quote] = nearest
        elif last in found and last and _NEXT.fullmatch(text, last.end + 1, opening):
            found[quote] = found[last]
        last = quote
    return found


def _statements(
    page: Page,
    references: Sequence[Reference],
    quotes: Sequence[Span],
    attributed: dict[Span, Reference],
) -> Iterator[Statement]:
    told: set[Span] = set()
    for quote in quotes:
        marked = Span(quote.start - 1, quote.end + 1)
        by = attributed.get(quote)
        if by is None:
            yield Statement(marked, quote=quote)
            continue
        whole = Span(min(by.span.start, marked.start), max(by.span.end, marked.end))
        span = marked if by.span in told else whole
        told.add(by.span)
        yield Statement(span, by.title, by.number, by.address, quote)
    for reference in references:
        if reference.span not in told:
            yield _alone(page, reference)


def _alone(page: Page, reference: Reference) -> Statement:
    said = _SAID.match(page.plain, reference.span.end) if reference.title else None
    retold = Span(*said.span("said")) if said else None
    span = Span(reference.span.start, retold.end) if retold else reference.span
    before = page.plain[max(0, reference.span.start - 4) : reference.span.start]
    grounds = reference.span if retold and _GROUNDS.search(before) else None
    names = (reference.title, reference.number, reference.address)
    return Statement(span, *names, None, retold, grounds)
