"""HTML of a topic's figures, deadlines and lead units, document by document in one table."""

from collections.abc import Sequence

from corpus.markup import NOTHING, Html, element
from retrieval.compare.lines import is_named_apart, name
from retrieval.shapes import Json
from ui.figures import said_values, titles_of
from ui.pager import Paged
from ui.strings import Language, say

MOST_COLUMNS = 8
"""Columns of figures that are shown side by side; the export has more."""
_ASPECTS = ("deadline", "lead")


def beside(shape: Json, at: Paged, language: Language) -> Html:
    """A row for each document, a column for what several of them state."""
    columns = [c for c in shape["columns"] if c["agreement"] != "single"][:MOST_COLUMNS]
    aspects = [aspect for aspect in _ASPECTS if shape[aspect] != "single"]
    if not columns and not aspects:
        return NOTHING
    document = say(language, "topic.document")
    ends = [say(language, f"topic.{aspect}") for aspect in aspects]
    heads = [document, *titles_of(columns, [document, *ends], language), *ends]
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
