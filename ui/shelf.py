"""HTML of the library: the list of documents, and what became of added files."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from corpus import Document
from index import Report
from retrieval import Standing
from ui.cards import facts, open_button
from ui.errors import explain
from ui.markup import NOTHING, Html, element
from ui.strings import Language, say

PAGE = 50
"""Documents shown at once."""
NAMED = 200
"""Files named in a report."""


class Shelf(NamedTuple):
    """A library as its list shows it, in the order of adding."""

    standings: Sequence[Standing]
    clauses: dict[str, int]

    @property
    def total(self) -> int:
        """How many clauses there are."""
        return sum(self.clauses.values())


def listing(shelf: Shelf, page: int, language: Language) -> Html:
    """One page of the list, the newest document first; `page` counts from 1."""
    pages = max(1, -(-len(shelf.standings) // PAGE))
    page = min(max(page, 1), pages)
    newest = list(reversed(shelf.standings))[(page - 1) * PAGE : page * PAGE]
    counts = {"documents": len(shelf.standings), "clauses": shelf.total}
    return element(
        "section",
        element("h2", say(language, "list.label", **counts)),
        element("ul", *(_row(standing, shelf, language) for standing in newest)),
        _pager(page, pages, language),
        class_="yj-shelf",
    )


def _row(standing: Standing, shelf: Shelf, language: Language) -> Html:
    document = standing.document
    title = say(language, "list.open_label", title=document.label)
    count = say(language, "list.clauses", count=shelf.clauses.get(document.id, 0))
    return element(
        "li",
        element(
            "div",
            open_button(document.label, document.id, label=title, class_="yj-title"),
            facts(document, standing, language),
            *(element("p", note.text, class_="yj-note") for note in document.notes),
        ),
        element("span", count, class_="yj-count"),
        _remove(document, language),
    )


def _remove(document: Document, language: Language) -> Html:
    label = say(language, "list.remove_label", title=document.label)
    confirm = element(
        "button",
        say(language, "list.confirm_button"),
        type="button",
        class_="yj-button yj-danger",
        data_act="remove_document",
        data_document=document.id,
    )
    return element(
        "details",
        element("summary", say(language, "list.remove"), aria_label=label),
        element("div", element("p", say(language, "list.confirm")), confirm, class_="yj-confirm"),
        class_="yj-remove",
    )


def _pager(page: int, pages: int, language: Language) -> Html:
    if pages == 1:
        return NOTHING
    return element(
        "nav",
        _turn("list.previous", page - 1, page > 1, language),
        element("span", say(language, "list.page", page=page, pages=pages)),
        _turn("list.next", page + 1, page < pages, language),
        class_="yj-pager",
        aria_label=say(language, "list.pages"),
    )


def _turn(name: str, page: int, possible: bool, language: Language) -> Html:
    return element(
        "button",
        say(language, name),
        type="button",
        class_="yj-button",
        data_act="turn_page",
        data_page=page,
        disabled=not possible,
    )


def report_of(report: Report, language: Language) -> Html:
    """What became of each added file, the failed ones first, with the reason."""
    rows = [
        *(
            _line("failed", PurePath(failure.source).name, explain(failure.error, language))
            for failure in report.failed
        ),
        *(_line("added", d.label, *_remarks(d)) for d in report.added),
        *(_line("replaced", d.label, *_remarks(d)) for d in report.replaced),
        *(_line("unchanged", d.label) for d in report.unchanged),
    ]
    named = [_labelled(kind, parts, language) for kind, parts in rows[:NAMED]]
    outcomes = ("added", "replaced", "unchanged", "failed")
    counts = [(name, len(getattr(report, name))) for name in outcomes]
    summary = " · ".join(
        say(language, "report.summary", count=count, outcome=say(language, f"report.{name}"))
        for name, count in counts
        if count
    )
    return element(
        "section",
        element("h2", say(language, "report.label"), element("span", summary)),
        element("ul", *named),
        class_="yj-report",
        role="status",
    )


def _remarks(document: Document) -> Iterator[str]:
    return (note.text for note in document.notes)


def _line(kind: str, *parts: str) -> tuple[str, tuple[str, ...]]:
    return kind, parts


def _labelled(kind: str, parts: tuple[str, ...], language: Language) -> Html:
    name, *details = parts
    return element(
        "li",
        element("span", say(language, f"report.{kind}"), class_=f"yj-outcome yj-{kind}"),
        element("span", name),
        *(element("span", detail, class_="yj-note") for detail in details),
    )
