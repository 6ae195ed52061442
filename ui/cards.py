"""HTML of one document or one clause: its facts, its status, and the card of a source.

Ids come from numbers only, and a button names what it does in `data-act`; page.js does the rest.
"""

from collections.abc import Sequence
from typing import NamedTuple

from corpus import Clause, Document, Part, Span
from corpus.citation import cite, where
from corpus.fields import as_shown
from corpus.markup import NOTHING, Html, Mark, element, marked
from retrieval import Citation, Hit, Standing
from retrieval.shapes import Json
from ui.strings import Language, say

AROUND = 180
"""Characters of the clause shown on each side of a quotation."""

_QUIET = frozenset({"现行", "试行", "暂行"})
"""Statuses that need no warning colour."""
_CARE = "yj-badge yj-badge-warn"


class Source(NamedTuple):
    """A clause shown as a card, with the numbered quotations in it; none for a mere neighbour."""

    document: Document
    standing: Standing
    clause: Clause
    address: str
    citation: str
    """As officials write it: 《title》（文号）第十二条第二款."""
    quotes: tuple[Mark, ...] = ()


def sources_of(citations: Sequence[Citation]) -> list[Source]:
    """Return one source for each cited clause, in the order of its first citation."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.clause.id, []).append(citation)
    return [
        Source(
            first.document,
            first.standing,
            first.clause,
            "、".join(dict.fromkeys(citation.address for citation in (first, *others)))
            + where(first.document, [citation.span for citation in (first, *others)]),
            cite(first.document, *(Part(c.address, c.span) for c in (first, *others))),
            tuple(Mark(citation.n, citation.span) for citation in (first, *others)),
        )
        for first, *others in groups.values()
    ]


def source_of(hit: Hit) -> Source:
    """Return a found clause as a source without quotations."""
    address = hit.clause.address + where(hit.document, [hit.clause.span])
    return Source(hit.document, hit.standing, hit.clause, address, cite(hit.document, hit.clause))


def badge(standing: Standing) -> Html:
    """A document's status; nothing where its text states none, since nothing is guessed."""
    return status_badge(standing.status) if standing.status else NOTHING


def status_badge(status: str) -> Html:
    """A status; one that asks for care stands out."""
    return element("span", status, class_="yj-badge" if status in _QUIET else _CARE)


def notice_of(standing: Standing, language: Language) -> Html:
    """What to know before relying on a document: a draft, repealed, or replaced by which."""
    if standing.notice is None:
        return NOTHING
    return element("p", standing.notice.said(language), class_="yj-note")


def facts(document: Document, standing: Standing, language: Language) -> Html:
    """Issuer, 文号, date and status in a line, and what replaces the document."""
    metadata = document.metadata
    stated = (
        metadata.issuer,
        metadata.number.value if metadata.number else None,
        as_shown(metadata.date.value, language) if metadata.date else None,
    )
    line = [element("span", value) for value in stated if value]
    newer = standing.replaced_by
    if newer:
        issued = newer.metadata.date
        name = f"{newer.label}（{as_shown(issued.value, language)}）" if issued else newer.label
        link = open_button(name, newer.id, class_="yj-link")
        line.append(element("span", say(language, "source.replaced"), link))
    return element("p", badge(standing), *line, class_="yj-facts")


def place_of(found: Json) -> Mark:
    """The stretch of a document that a result names, as what opens the document takes it."""
    return Mark(0, Span(found["start"], found["end"]))


def open_button(
    text: str,
    document_id: str,
    marks: Sequence[Mark] = (),
    label: str | None = None,
    class_: str = "yj-button",
) -> Html:
    """A button that opens a document in the reader, with these stretches marked."""
    spans = " ".join(f"{mark.span.start}-{mark.span.end}" for mark in marks)
    return element(
        "button",
        text,
        type="button",
        class_=class_,
        aria_label=label,
        data_act="open_document",
        data_document=document_id,
        data_spans=spans,
    )


def excerpt(text: str, clause: Span, marks: Sequence[Mark]) -> Html:
    """Return the clause with its marks; a long one shortened to what stands around them."""
    windows = _windows(clause, marks)
    pieces = [marked(text, _trimmed(text, window), marks) for window in windows]
    before = _dots() if windows[0].start > clause.start else None
    after = _dots() if windows[-1].end < clause.end else None
    between = [child for piece in pieces[1:] for child in (_dots(), piece)]
    return element("blockquote", before, pieces[0], *between, after, class_="yj-quote")


def _windows(clause: Span, marks: Sequence[Mark]) -> list[Span]:
    if clause.end - clause.start <= 3 * AROUND:
        return [clause]
    if not marks:
        return [Span(clause.start, clause.start + 2 * AROUND)]
    windows: list[Span] = []
    for mark in sorted(marks, key=lambda mark: mark.span):
        start = max(clause.start, mark.span.start - AROUND)
        end = min(clause.end, mark.span.end + AROUND)
        if windows and start <= windows[-1].end:
            windows[-1] = Span(windows[-1].start, max(end, windows[-1].end))
        else:
            windows.append(Span(start, end))
    return windows


def _trimmed(text: str, window: Span) -> Span:
    piece = text[window.start : window.end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece) - len(piece.rstrip())
    return Span(window.start + left, max(window.start + left, window.end - right))


def _dots() -> Html:
    return element("span", "……", class_="yj-dots")


def card(number: int, source: Source, language: Language) -> Html:
    """The card of one source; `number` is its place, and gives the element its id."""
    document, clause = source.document, source.clause
    numbers = [_number(mark.n, language) for mark in source.quotes]
    shown = source.quotes or (Mark(0, clause.span),)
    label = say(language, "source.open_label", title=document.label, address=source.address)
    return element(
        "article",
        element("h3", *numbers, document.label),
        facts(document, source.standing, language),
        element(
            "p",
            element("strong", source.address),
            *(element("span", heading) for heading in clause.path),
            class_="yj-where",
        ),
        excerpt(document.text, clause.span, source.quotes),
        element(
            "p",
            open_button(say(language, "source.open"), document.id, shown, label),
            _cite_button(source, language),
            class_="yj-card-acts",
        ),
        class_="yj-card",
        id=f"source-{number}",
        tabindex="-1",
    )


def copy_button(name: str, text: str, language: Language, label: str | None = None) -> Html:
    """A button that copies a text and says that it did."""
    return element(
        "button",
        say(language, name),
        type="button",
        class_="yj-link",
        aria_label=label,
        data_copy=text,
        data_done=say(language, "answer.copied"),
    )


def _cite_button(source: Source, language: Language) -> Html:
    label = say(language, "source.cite_label", citation=source.citation)
    return copy_button("source.cite", source.citation, language, label)


def _number(n: int, language: Language) -> Html:
    """The number of a quotation, which leads back to its sentence."""
    return element(
        "button",
        f"[{n}]",
        type="button",
        class_="yj-number",
        aria_label=say(language, "source.back", n=n),
        data_back_to=n,
    )
