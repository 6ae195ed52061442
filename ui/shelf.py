"""HTML of the library: the list of documents, and what became of added files."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from corpus import Document
from index import Failure, Near, Report
from retrieval import Standing
from ui.cards import facts, open_button
from ui.errors import explain
from ui.markup import NOTHING, Html, element
from ui.remarks import remarks
from ui.strings import Language, say

PAGE = 50
"""Documents shown at once."""
NAMED = 200
"""Files named in a report."""


class Shelf(NamedTuple):
    """A library as its list shows it, in the order of adding."""

    standings: Sequence[Standing]
    clauses: dict[str, int]
    near: Mapping[str, Sequence[Near]] = MappingProxyType({})

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
    count, near = shelf.clauses.get(document.id, 0), shelf.near.get(document.id, ())
    return element(
        "li",
        element(
            "div",
            open_button(document.label, document.id, label=title, class_="yj-title"),
            facts(document, standing, language),
            *remarks(document, count, near, language),
        ),
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
    rows: list[tuple[str, Document | Failure]] = [
        *(("failed", failure) for failure in report.failed),
        *(("added", document) for document in report.added),
        *(("replaced", document) for document in report.replaced),
        *(("unchanged", document) for document in report.unchanged),
    ]
    named = [_outcome(kind, what, report, language) for kind, what in rows[:NAMED]]
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


def _outcome(kind: str, what: Document | Failure, report: Report, language: Language) -> Html:
    """What became of one file, and what there is to know about it or to do."""
    told: Iterable[Html] = ()
    if isinstance(what, Failure):
        name = PurePath(what.source).name
        told = [element("p", explain(what.error, language), class_="yj-note")]
    else:
        name = what.label
        if kind != "unchanged":
            near = report.near.get(what.id, ())
            told = remarks(what, report.counts.get(what.id, 0), near, language)
    return element(
        "li",
        element("span", say(language, f"report.{kind}"), class_=f"yj-outcome yj-{kind}"),
        element("div", element("span", name), *told),
    )
