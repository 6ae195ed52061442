"""HTML of the reader: a whole document, its table of contents, and the quoted clause marked."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from corpus import Clause, Document, Span
from corpus.document import Kind
from corpus.fields import as_shown
from corpus.markup import NOTHING, Html, Mark, element
from index.references import Resolver
from retrieval import Standing
from ui.cards import badge, facts, open_button
from ui.clause_facts import clause_facts
from ui.clause_text import section
from ui.reader_bar import Places, back_button, bar
from ui.remarks import notes
from ui.render import error, notice
from ui.strings import Language, say

MOST_SHOWN = 300_000
"""Characters of a document that a browser is given at once; few documents have as many."""
LONGEST_ENTRY = 26
"""Characters of an entry in the table of contents."""

_UNLISTED: frozenset[Kind] = frozenset({"contents", "lead", "trailer"})
_SPANS = re.compile(r"(?:[0-9]{1,9}-[0-9]{1,9}(?: |$))*")
_ENTRY_END = re.compile(r"[。；;]|\n")


def are_spans(written: str) -> bool:
    """Whether a text names spans as buttons do."""
    return _SPANS.fullmatch(written) is not None


def read_spans(written: str, length: int) -> list[Span]:
    """Return the spans that a button names (`12-40 55-80`), those that lie in the document.

    Raises ValueError for anything else, which no button of this page writes.
    """
    if not are_spans(written):
        raise ValueError(f"found {written[:40]!r}, expected spans like 12-40 55-80")
    pairs = (pair.split("-") for pair in written.split())
    spans = [Span(int(start), int(end)) for start, end in pairs]
    return sorted(span for span in spans if span.start < span.end <= length)


def write_spans(spans: Sequence[Span]) -> str:
    """Return spans as a button names them."""
    return " ".join(f"{span.start}-{span.end}" for span in spans)


class Opened(NamedTuple):
    """A document as it is read, and what is to be marked in it."""

    document: Document
    standing: Standing
    resolver: Resolver
    spans: Sequence[Span] = ()
    """What was quoted, in order."""
    sought: str = ""
    """The words that were looked for in it; empty where none were."""
    found: Sequence[Span] = ()
    """Where those words stand, in order."""
    versions: Sequence[Standing] = ()
    """All versions of the document, in order of time; none where it is the only one."""
    address: str = ""
    """What an address says to have it opened so."""
    serial: int = 0
    """A number that differs each time something is opened."""


def document_view(opened: Opened, language: Language) -> Html:
    """The document with its contents beside it, and at the places that are marked their facts."""
    document = opened.document
    window = _window(document, opened.found or opened.spans)
    shown = range(clause_at(document, window.start), clause_at(document, window.end - 1) + 1)
    text = element(
        "div",
        _head(opened, language),
        None if window == Span(0, len(document.text)) else notice(_shortened(window, language)),
        *_sections(opened, window, shown, language),
        class_="yj-text",
    )
    places = Places(
        document.id, write_spans(opened.spans), len(opened.spans), opened.sought, len(opened.found)
    )
    return element(
        "article",
        bar(document.label, places, language),
        element("div", _contents(opened, shown, language), text, class_="yj-pages"),
        class_="yj-reader",
        data_serial=opened.serial,
        data_sought="true" if opened.sought else None,
        data_reading=opened.address,
        aria_label=say(language, "reader.label"),
    )


def _sections(opened: Opened, window: Span, shown: range, language: Language) -> Iterator[Html]:
    """The clauses that are shown, and below one that was quoted what it lays down."""
    document, aimed = opened.document, _clauses_of(opened.document, opened.spans)
    quoted = _marks(document, opened.spans)
    found = [Mark(n, span) for n, span in enumerate(opened.found, start=1)]
    for place in shown:
        yield section(document, place, window, quoted, found, place in aimed)
        if place in aimed:
            yield clause_facts(document, document.clauses[place], opened.resolver, language)


def _clauses_of(document: Document, spans: Sequence[Span]) -> set[int]:
    return {clause_at(document, span.start) for span in spans}


def _window(document: Document, spans: Sequence[Span]) -> Span:
    """The characters that are shown: all, or of a very long document those around the aim."""
    length = len(document.text)
    aim = spans[0].start if spans else 0
    start = max(0, min(aim - MOST_SHOWN // 2, length - MOST_SHOWN))
    return Span(start, min(length, start + MOST_SHOWN))


def _shortened(window: Span, language: Language) -> str:
    return say(language, "reader.shortened", start=window.start + 1, end=window.end)


def _marks(document: Document, spans: Sequence[Span]) -> list[Mark]:
    """What to mark; a span that is a whole clause needs none, the clause itself is lit."""
    clauses = (document.clauses[clause_at(document, span.start)] for span in spans)
    return [
        Mark(n, span)
        for n, (span, clause) in enumerate(zip(spans, clauses, strict=True), start=1)
        if span != clause.span
    ]


def clause_at(document: Document, offset: int) -> int:
    """The place of the clause that holds the character at `offset`."""
    return bisect_right(document.clauses, offset, key=lambda clause: clause.start) - 1


def cannot_open(text: str, language: Language) -> Html:
    """The reader without a document, and why."""
    bar = element("div", back_button(language), class_="yj-bar")
    return element("article", bar, error(text), class_="yj-reader")


def _head(opened: Opened, language: Language) -> Html:
    document = opened.document
    name = say(language, "reader.file", name=PurePath(document.source).name)
    return element(
        "header",
        element("h2", document.label, tabindex="-1"),
        facts(document, opened.standing, language),
        _versions(opened, language),
        *notes(document, language),
        element("p", name, class_="yj-file"),
    )


def _versions(opened: Opened, language: Language) -> Html:
    """The versions of the document in order, the others as links."""
    if not opened.versions:
        return NOTHING
    said = [_version(one, opened.document, language) for one in opened.versions]
    return element("p", element("span", say(language, "reader.versions")), *said, class_="yj-facts")


def _version(version: Standing, here: Document, language: Language) -> Html:
    issued = version.document.metadata.date
    name = as_shown(issued.value, language) if issued else say(language, "reader.undated")
    if version.document.id == here.id:
        named = element("strong", name, aria_current="true")
    else:
        named = open_button(name, version.document.id, class_="yj-link")
    return element("span", named, " ", badge(version))


def _contents(opened: Opened, shown: range, language: Language) -> Html:
    document, aimed = opened.document, _clauses_of(opened.document, opened.spans)
    holding = _clauses_of(document, opened.found)
    entries = [
        element(
            "li",
            element("a", text, href=f"#clause-{i}", aria_current="true" if i in aimed else None),
            data_depth=min(len(clause.path), 3),
            data_kind=clause.kind,
            data_found=i in holding,
        )
        for i, clause in zip(shown, document.clauses[shown.start : shown.stop], strict=True)
        if clause.kind not in _UNLISTED and (text := _entry(document, clause))
    ]
    return element(
        "nav",
        element(
            "details",
            element("summary", say(language, "reader.contents")),
            element("ol", *entries),
            open=True,
        ),
        class_="yj-contents",
        aria_label=say(language, "reader.contents"),
    )


def _entry(document: Document, clause: Clause) -> str:
    """How the table of contents names a clause: its heading, or how it begins."""
    if clause.kind in ("header", "preamble", "signature"):
        return clause.address
    text = document.quote(clause.span).strip()
    end = _ENTRY_END.search(text)
    first = " ".join((text[: end.start()] if end else text).split())
    return first if len(first) <= LONGEST_ENTRY else first[: LONGEST_ENTRY - 1] + "…"
