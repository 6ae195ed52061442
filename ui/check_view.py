"""HTML of a checked draft: each citation and quotation, and what the library has of it."""

from corpus import Span
from corpus.markup import NOTHING, Html, Mark, element, join
from retrieval.drafts.lines import exists, outcome
from retrieval.shapes import Json
from ui.cards import open_button, status_badge
from ui.downloads import export_buttons
from ui.pager import paged, pager
from ui.render import notice
from ui.strings import Language, say

PAGE = 30
"""Citations shown at once."""
LONGEST_SAME = 120
"""Characters that draft and source share, of which the middle is left out beyond this."""
_KEPT = 40
_NOTES: dict[Language, str] = {"zh": "notes", "en": "english"}
_TAGS = {"draft": "del", "source": "ins"}


def check_view(shape: Json, page: int, language: Language) -> Html:
    """What became of each thing that a draft cites or quotes; `page` counts from 1."""
    findings = shape["findings"]
    at = paged(len(findings), page, PAGE)
    shown = enumerate(at.cut(findings), start=at.first)
    return element(
        "section",
        _summary(shape, language),
        notice(say(language, "notice.pending", pending=shape["pending"]))
        if shape["pending"]
        else None,
        element("ol", *(_finding(number, one, language) for number, one in shown)),
        pager(at, language),
        class_="yj-check yj-paged",
        aria_label=say(language, "check.result"),
    )


def _summary(shape: Json, language: Language) -> Html:
    findings = shape["findings"]
    told = [say(language, "check.count", count=len(findings))] + [
        f"{say(language, f'check.said.{result}')} {count}"
        for result, count in shape["counts"].items()
        if count
    ]
    line = " · ".join(told) if findings else say(language, "check.nothing")
    return element(
        "section",
        element("h2", say(language, "check.result")),
        element("p", line, role="status"),
        export_buttons(language) if findings else None,
        class_="yj-summary",
    )


def _finding(number: int, finding: Json, language: Language) -> Html:
    result = outcome(finding)
    only = f".{exists(finding)}" if result == "uncompared" else ""
    named = say(language, f"check.said.{result}{only}")
    return element(
        "li",
        element(
            "p",
            element("span", f"{number + 1}."),
            element("span", named, class_="yj-strength", data_result=result),
            _source(finding, language),
        ),
        element("blockquote", _words(finding, language), class_="yj-quote"),
        *(element("p", note, class_="yj-note") for note in finding[_NOTES[language]]),
        class_="yj-card",
    )


def _source(finding: Json, language: Language) -> Html:
    """The clause that is meant, and the status of its document; nothing where there is none."""
    document, citation = finding["document"], finding["citation"]
    if document is None or citation is None:
        return NOTHING
    start, end = finding["quote_start"], finding["quote_end"]
    spans = [] if start is None else [Mark(0, Span(start, end))]
    label = say(language, "trace.open_label", citation=citation)
    status = document["status"]
    return join(
        [
            open_button(citation, document["id"], spans, label, "yj-link"),
            status_badge(status) if status else NOTHING,
        ]
    )


def _words(finding: Json, language: Language) -> Html:
    """The words of the draft, with those that the source has instead beside them."""
    pieces = finding["difference"]
    if not pieces:
        return join([finding["text"]])
    last = len(pieces) - 1
    return join(
        _side(piece, language) if piece["side"] in _TAGS else _same(piece["text"], at, last)
        for at, piece in enumerate(pieces)
    )


def _side(piece: Json, language: Language) -> Html:
    said = say(language, f"check.{piece['side']}")
    return element(_TAGS[piece["side"]], element("span", said, class_="yj-hidden"), piece["text"])


def _same(text: str, at: int, last: int) -> str:
    """What both have, shortened on the side where nothing differs."""
    if len(text) <= LONGEST_SAME:
        return text
    return f"{'' if at == 0 else text[:_KEPT]}……{'' if at == last else text[-_KEPT:]}"
