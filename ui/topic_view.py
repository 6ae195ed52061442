"""HTML of a topic across documents: figures side by side, each one's words, and who is silent."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from corpus import Span
from retrieval.compare.lines import REASONS, is_named_apart, name
from retrieval.shapes import Json
from ui.cards import open_button, status_badge
from ui.downloads import export_buttons
from ui.figures import said_value, said_values, title_of
from ui.markup import NOTHING, Html, Mark, element, join, marked
from ui.pager import Paged, paged, pager
from ui.render import notice
from ui.strings import Language, say

PAGE = 30
"""Documents shown at once."""
MOST_COLUMNS = 8
"""Columns of figures that are shown side by side; the export has more."""
MOST_SILENT = 30
"""Silent documents that are named for each reason."""
MOST_UNKNOWN = 5
_ASPECTS = ("deadline", "lead")


def topic_view(shape: Json, page: int, language: Language) -> Html:
    """What documents say on a topic; `page` counts from 1."""
    at = paged(len(shape["rows"]), page, PAGE)
    return element(
        "section",
        _summary(shape, language),
        *_reservations(shape, language),
        _beside(shape, at, language),
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


# --- side by side ------------------------------------------------------------------------------


def _beside(shape: Json, at: Paged, language: Language) -> Html:
    """A row for each document, a column for what several of them state."""
    columns = [c for c in shape["columns"] if c["agreement"] != "single"][:MOST_COLUMNS]
    aspects = [aspect for aspect in _ASPECTS if shape[aspect] != "single"]
    if not columns and not aspects:
        return NOTHING
    heads = [
        say(language, "topic.document"),
        *(title_of(column, language) for column in columns),
        *(say(language, f"topic.{aspect}") for aspect in aspects),
    ]
    body = [
        _line(number, row, columns, aspects, language)
        for number, row in enumerate(at.cut(shape["rows"]), start=at.first)
    ]
    apart = any(map(is_named_apart, columns))
    title = say(language, "topic.beside")
    table = element(
        "table",
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *body),
    )
    return element(
        "section",
        element("h2", title),
        element("div", table, class_="yj-beside", tabindex="0", role="region", aria_label=title),
        element("p", say(language, "topic.beside_note"), class_="yj-read"),
        element("p", say(language, "topic.apart"), class_="yj-read") if apart else None,
    )


def _line(
    number: int, row: Json, columns: Sequence[Json], aspects: Sequence[str], language: Language
) -> Html:
    differs = {found["aspect"] for found in row["differs"]}
    cells = (
        *(_figure(number, column, language) for column in columns),
        *(_cell(_aspect(row, aspect), aspect in differs, language) for aspect in aspects),
    )
    return element(
        "tr", element("th", f"{number + 1}. {name(row['document'])}", scope="row"), *cells
    )


def _figure(number: int, column: Json, language: Language) -> Html:
    cell = next((cell for cell in column["cells"] if cell["row"] == number), None)
    if cell is None:
        return _cell("", False, language)
    said = said_values(cell["values"], language, is_named_apart(column))
    return _cell(said, cell["differs"], language)


def _aspect(row: Json, aspect: str) -> str:
    days = (deadline["date"] for deadline in row["deadlines"])
    said = days if aspect == "deadline" else row["units"]["lead"]
    return "、".join(dict.fromkeys(said))


def _cell(said: str, differs: bool, language: Language) -> Html:
    if not said:
        return element("td", say(language, "topic.unsaid"), class_="yj-unsaid")
    if not differs:
        return element("td", said)
    sign = element("span", "≠", aria_hidden="true")
    hidden = element("span", say(language, "topic.differs"), class_="yj-hidden")
    return element("td", sign, hidden, " ", element("mark", said), class_="yj-differs")


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
    spans = [Mark(0, Span(row["start"], row["end"]))]
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
    links = (
        open_button(
            say(language, "topic.here") if place["address"] == row["address"] else place["address"],
            row["document"]["id"],
            [Mark(0, Span(place["start"], place["end"]))],
            say(language, "trace.open_label", citation=place["citation"]),
            "yj-link",
        )
        for place in row["also"]
    )
    return element("p", say(language, "topic.also"), *links, class_="yj-also")


# --- silent documents --------------------------------------------------------------------------


def _silent(shape: Json, language: Language) -> Html:
    """The documents that have no row, by why; where to look in those that may speak of it."""
    groups = []
    for reason in REASONS:
        found = [silent for silent in shape["silent"] if silent["reason"] == reason]
        if found:
            groups += [
                element("h2", say(language, f"topic.silent.{reason}")),
                element("ul", *_named(found, language), class_="yj-silent"),
            ]
    return join(groups)


def _named(found: Sequence[Json], language: Language) -> Iterator[Html]:
    for silent in found[:MOST_SILENT]:
        nearest = silent["nearest"] if silent["reason"] != "unmentioned" else None
        title = silent["title"] or PurePath(silent["source"]).name
        marks = [Mark(0, Span(nearest["start"], nearest["end"]))] if nearest else []
        where = f" {nearest['address']}" if nearest else ""
        label = say(language, "list.open_label", title=f"{title}{where}")
        yield element(
            "li", open_button(f"《{title}》{where}", silent["id"], marks, label, "yj-link")
        )
    if len(found) > MOST_SILENT:
        more = say(language, "topic.silent.more", count=len(found) - MOST_SILENT)
        yield element("li", more)
