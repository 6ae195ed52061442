"""HTML of the library: the list of documents, and what became of added files."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from corpus import Document
from corpus.markup import Html, element
from index import Failure, Near, Report
from retrieval import Standing
from ui.cards import facts, open_button
from ui.errors import explain
from ui.pager import paged, pager
from ui.remarks import kept_corrections, remarks
from ui.strings import Language, say

PAGE = 50
"""Documents shown at once."""
NAMED = 200
"""Files named in a report."""
PASSED_OVER = 8
"""Files named of those in archives that no reader takes."""


class Shelf(NamedTuple):
    """A library as its list shows it, in the order of adding."""

    standings: Sequence[Standing]
    clauses: dict[str, int]
    near: Mapping[str, Sequence[Near]] = MappingProxyType({})
    may_change: bool = True
    """Whether documents can be edited and removed by who looks at it."""

    @property
    def total(self) -> int:
        """How many clauses there are."""
        return sum(self.clauses.values())


def listing(
    shelf: Shelf, page: int, language: Language, found: Sequence[Standing] | None = None
) -> Html:
    """One page of the list, the newest document first; `page` counts from 1.

    `found` are the documents that were looked for, where not all are shown.
    """
    shown = list(reversed(shelf.standings if found is None else found))
    at = paged(len(shown), page, PAGE)
    counts = {"documents": len(shelf.standings), "clauses": shelf.total}
    heading = say(language, "list.label", **counts)
    if found is not None:
        heading += say(language, "list.found" if shown else "list.none_found", count=len(shown))
    return element(
        "section",
        element("h2", heading, tabindex="-1"),
        element("ul", *(row(standing, shelf, language) for standing in at.cut(shown))),
        pager(at, language),
        class_="yj-shelf",
    )


def row(standing: Standing, shelf: Shelf, language: Language) -> Html:
    """A document with what is known of it, and what can be done with it."""
    document = standing.document
    title = say(language, "list.open_label", title=document.label)
    count, near = shelf.clauses.get(document.id, 0), shelf.near.get(document.id, ())
    acts = (_edit(document, language), _remove(document, language)) if shelf.may_change else ()
    return element(
        "li",
        element(
            "div",
            open_button(document.label, document.id, label=title, class_="yj-title"),
            facts(document, standing, language),
            _filed(document, language),
            *remarks(document, count, near, language),
        ),
        element("div", *acts, class_="yj-acts"),
    )


def _filed(document: Document, language: Language) -> Html | None:
    """The collection of a document, where it is in another one than most."""
    if document.collection is None:
        return None
    said = say(language, "list.collection", name=document.collection)
    return element("p", said, class_="yj-read")


def _edit(document: Document, language: Language) -> Html:
    return element(
        "button",
        say(language, "list.edit"),
        type="button",
        class_="yj-quiet",
        aria_label=say(language, "list.edit_label", title=document.label),
        data_act="edit_document",
        data_document=document.id,
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
        element(
            "div",
            element("ul", *named),
            class_="yj-report-files",
            tabindex="0",
            role="region",
            aria_label=say(language, "report.label"),
        ),
        _passed_over(report, language),
        class_="yj-report",
        role="status",
    )


def _passed_over(report: Report, language: Language) -> Html | None:
    """The files within archives that no reader takes."""
    found = report.passed_over
    if not found:
        return None
    names = "、".join(PurePath(name).name for name in found[:PASSED_OVER])
    said = say(language, "report.passed_over", count=len(found), names=names)
    return element("p", said + ("……" if len(found) > PASSED_OVER else ""), class_="yj-read")


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
        if kind == "replaced":
            told = [*told, *kept_corrections(what, language)]
    return element(
        "li",
        element("span", say(language, f"report.{kind}"), class_=f"yj-outcome yj-{kind}"),
        element("div", element("span", name), *told),
    )
