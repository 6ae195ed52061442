"""HTML of a topic across documents: what each of them says, and which are silent."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import PurePath

from corpus import Span
from corpus.markup import NOTHING, Html, Mark, element, marked
from retrieval.compare.lines import REASONS
from retrieval.shapes import Json
from ui.beside_view import beside
from ui.cards import open_button, place_of, status_badge
from ui.downloads import export_buttons
from ui.figures import said_value
from ui.pager import SILENT, Paged, page_of, paged, pager
from ui.render import notice
from ui.strings import Language, say

PAGE = 30
"""Documents shown at once."""
SILENT_PAGE = 60
"""Silent documents that are named at once."""
MOST_UNKNOWN = 5
BEGINNING = 20
"""Characters of a further place that say what it is about."""


def topic_view(shape: Json, page: int, language: Language) -> Html:
    """What documents say on a topic; `page` counts from 1."""
    at = paged(len(shape["rows"]), page, PAGE)
    return element(
        "section",
        _summary(shape, language),
        *_reservations(shape, language),
        beside(shape, at, language),
        _quotes(shape, at, language),
        pager(at, language),
        _silent(shape, language),
        class_="yj-topic yj-paged",
        aria_label=say(language, "topic.result"),
    )


def _summary(shape: Json, language: Language) -> Html:
    counts = Counter(silent["reason"] for silent in shape["silent"])
    told = {"rows": len(shape["rows"]), **{reason: counts[reason] for reason in REASONS}}
    line = " · ".join(
        say(language, f"topic.summary.{key}", count=count) for key, count in told.items() if count
    )
    return element(
        "section",
        element("h2", say(language, "topic.result")),
        element("p", line if shape["rows"] else say(language, "topic.nothing"), role="status"),
        export_buttons(language) if shape["rows"] else None,
        class_="yj-summary",
    )


def _reservations(shape: Json, language: Language) -> Iterator[Html]:
    """What to know of the table before relying on it."""
    told = list(shape["remarks"])
    if shape["places"]:
        told.append(say(language, "topic.places", places="、".join(shape["places"])))
    if shape["unknown"] and shape["rows"]:
        words = "、".join(f"“{word}”" for word in shape["unknown"][:MOST_UNKNOWN])
        told.append(say(language, "topic.unknown", words=words))
    if shape["doubtful"]:
        told.append(say(language, "topic.doubtful"))
    if shape["cut"]:
        told.append(say(language, "topic.cut"))
    if shape["left_out"]:
        told.append(say(language, "trace.left_out", count=shape["left_out"]))
    if shape["pending"]:
        told.append(say(language, "notice.pending", pending=shape["pending"]))
    yield from map(notice, told)


# --- each document's own words -----------------------------------------------------------------


def _quotes(shape: Json, at: Paged, language: Language) -> Html:
    if not shape["rows"]:
        return NOTHING
    rows = enumerate(at.cut(shape["rows"]), start=at.first)
    return element(
        "section",
        element("h2", say(language, "topic.quotes")),
        element("ol", *(_quote(number, row, language) for number, row in rows)),
        class_="yj-quotes",
    )


def _quote(number: int, row: Json, language: Language) -> Html:
    document = row["document"]
    label = say(language, "trace.open_label", citation=row["citation"])
    spans = [place_of(row)]
    level = document["level"]
    level_said = (
        say(language, "trace.level", level=level) if level else say(language, "topic.no_level")
    )
    status = document["status"]
    return element(
        "li",
        element(
            "p",
            element("span", f"{number + 1}."),
            open_button(row["citation"], document["id"], spans, label, "yj-link"),
        ),
        element("blockquote", _with_figures(number, row), class_="yj-quote"),
        element("p", _figures(row, language), class_="yj-read") if row["values"] else None,
        element(
            "p",
            element("span", level_said),
            status_badge(status) if status else element("span", say(language, "trace.no_status")),
            *_units(row, language),
            class_="yj-facts",
        ),
        _also(row, language),
        class_="yj-card",
    )


def _with_figures(number: int, row: Json) -> Html:
    """The quotation with the figures of the topic marked."""
    quote, offset = row["quote"], row["start"]
    values = [value for value in row["values"] if value["of_topic"]]
    marks = [
        Mark(n, Span(value["start"] - offset, value["end"] - offset))
        for n, value in enumerate(values, start=1)
    ]
    return marked(quote, Span(0, len(quote)), marks, f"figure-{number}")


def _figures(row: Json, language: Language) -> str:
    return "；".join(said_value(v, language) for v in row["values"] if v["of_topic"])


def _units(row: Json, language: Language) -> Iterator[Html]:
    for role in ("lead", "responsible", "support"):
        if row["units"][role]:
            units = "、".join(row["units"][role])
            yield element("span", say(language, f"topic.units.{role}", units=units))


def _also(row: Json, language: Language) -> Html:
    """Other places of the document that speak of the topic."""
    if not row["also"]:
        return NOTHING
    links = (_other(number, row, place, language) for number, place in enumerate(row["also"], 1))
    return element("p", say(language, "topic.also"), *links, class_="yj-also")


def _other(number: int, row: Json, place: Json, language: Language) -> Html:
    """A further place, told from others of its clause by its number and by how it begins."""
    here = place["address"] == row["address"]
    where = say(language, "topic.here") if here else place["address"]
    quote = " ".join(place["quote"].split())
    begins = quote if len(quote) <= BEGINNING else f"{quote[:BEGINNING]}……"
    name = say(language, "topic.other", number=number, where=where, begins=begins)
    label = say(language, "topic.other_label", name=name, citation=place["citation"])
    spans = [place_of(place)]
    return open_button(name, row["document"]["id"], spans, label, "yj-link")


# --- silent documents --------------------------------------------------------------------------


def _silent(shape: Json, language: Language) -> Html:
    """The documents that have no row, by why; where to look in those that may speak of it."""
    found = sorted(shape["silent"], key=lambda silent: list(REASONS).index(silent["reason"]))
    if not found:
        return NOTHING
    at = paged(len(found), page_of(shape, SILENT), SILENT_PAGE)
    groups = (
        (
            element("h2", say(language, f"topic.silent.{reason}")),
            element("ul", *(_named(silent, language) for silent in group), class_="yj-silent"),
        )
        for reason, group in groupby(at.cut(found), key=lambda silent: str(silent["reason"]))
    )
    return element(
        "section",
        *chain.from_iterable(groups),
        pager(at, language, SILENT),
        class_="yj-topic yj-paged",
        aria_label=say(language, "topic.silent"),
    )


def _named(silent: Json, language: Language) -> Html:
    """A document, to be opened where it comes nearest to the topic."""
    nearest = silent["nearest"] if silent["reason"] != "unmentioned" else None
    title = silent["title"] or PurePath(silent["source"]).name
    marks = [place_of(nearest)] if nearest else []
    where = f" {nearest['address']}" if nearest else ""
    label = say(language, "list.open_label", title=f"{title}{where}")
    return element("li", open_button(f"《{title}》{where}", silent["id"], marks, label, "yj-link"))
