"""HTML of the reader: a whole document, its table of contents, and the quoted clause marked."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import PurePath

from corpus import Clause, Document, Span
from corpus.document import Kind
from corpus.markup import Html, Mark, element, marked
from retrieval import Standing
from ui.cards import facts
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


def read_spans(written: str, length: int) -> list[Span]:
    """Return the spans that a button names (`12-40 55-80`), those that lie in the document.

    Raises ValueError for anything else, which no button of this page writes.
    """
    if not _SPANS.fullmatch(written):
        raise ValueError(f"found {written[:40]!r}, expected spans like 12-40 55-80")
    pairs = (pair.split("-") for pair in written.split())
    spans = [Span(int(start), int(end)) for start, end in pairs]
    return sorted(span for span in spans if span.start < span.end <= length)


def document_view(
    document: Document, standing: Standing, spans: Sequence[Span], serial: int, language: Language
) -> Html:
    """The document with its contents beside it; `serial` differs each time it is opened."""
    aimed = {_clause_at(document, span.start) for span in spans}
    window = _window(document, spans)
    shown = range(_clause_at(document, window.start), _clause_at(document, window.end - 1) + 1)
    marks = _marks(document, spans)
    text = element(
        "div",
        _head(document, standing, language),
        None if window == Span(0, len(document.text)) else notice(_shortened(window, language)),
        *(_section(document, i, window, marks, i in aimed) for i in shown),
        class_="yj-text",
    )
    return element(
        "article",
        _bar(document, bool(aimed), language),
        element("div", _contents(document, shown, aimed, language), text, class_="yj-pages"),
        class_="yj-reader",
        data_serial=serial,
        aria_label=say(language, "reader.label"),
    )


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
    clauses = (document.clauses[_clause_at(document, span.start)] for span in spans)
    return [
        Mark(n, span)
        for n, (span, clause) in enumerate(zip(spans, clauses, strict=True), start=1)
        if span != clause.span
    ]


def _clause_at(document: Document, offset: int) -> int:
    """The place of the clause that holds the character at `offset`."""
    return bisect_right(document.clauses, offset, key=lambda clause: clause.start) - 1


def _bar(document: Document, aimed: bool, language: Language) -> Html:
    here = element(
        "button",
        say(language, "reader.here"),
        type="button",
        class_="yj-button",
        data_aim="true",
    )
    return element(
        "div",
        back_button(language),
        element("span", document.label, class_="yj-bar-title"),
        here if aimed else None,
        class_="yj-bar",
    )


def back_button(language: Language) -> Html:
    """The button that leaves the reader."""
    return element(
        "button", say(language, "reader.back"), type="button", class_="yj-button", data_back="true"
    )


def cannot_open(text: str, language: Language) -> Html:
    """The reader without a document, and why."""
    bar = element("div", back_button(language), class_="yj-bar")
    return element("article", bar, error(text), class_="yj-reader")


def _head(document: Document, standing: Standing, language: Language) -> Html:
    name = say(language, "reader.file", name=PurePath(document.source).name)
    return element(
        "header",
        element("h2", document.label, tabindex="-1"),
        facts(document, standing, language),
        *notes(document, language),
        element("p", name, class_="yj-file"),
    )


def _contents(document: Document, shown: range, aimed: set[int], language: Language) -> Html:
    entries = [
        element(
            "li",
            element("a", text, href=f"#clause-{i}", aria_current="true" if i in aimed else None),
            data_depth=min(len(clause.path), 3),
            data_kind=clause.kind,
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


def _section(
    document: Document, place: int, window: Span, marks: Sequence[Mark], aimed: bool
) -> Html:
    clause = document.clauses[place]
    part = Span(max(clause.start, window.start), min(clause.end, window.end))
    held = [m for m in marks if m.span.start < part.end and m.span.end > part.start]
    return element(
        "section",
        marked(document.text, part, held, "found"),
        id=f"clause-{place}",
        class_="yj-clause yj-aimed" if aimed else "yj-clause",
        data_kind=clause.kind,
    )
