"""HTML of a topic's figures, deadlines and lead units, document by document in tables."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.markup import NOTHING, Html, element
from retrieval.compare.elsewhere import counted, is_elsewhere
from retrieval.compare.lines import is_named_apart, name
from retrieval.shapes import Json
from ui.cards import open_button, place_of
from ui.figures import said_values, titles_of
from ui.pager import Paged
from ui.strings import Language, say

MOST_COLUMNS = 8
"""Columns of figures that stand in one table; further ones are folded up below it."""
_ASPECTS = ("deadline", "lead")


class _Line(NamedTuple):
    """A row of the comparison, its number from 0, and in what its figures are counted."""

    number: int
    row: Json
    counted: frozenset[str]


class _Columns(NamedTuple):
    """What stands side by side in one table: figures with their titles, and aspects."""

    titles: Sequence[str]
    figures: Sequence[Json]
    aspects: Sequence[str] = ()


def beside(shape: Json, at: Paged, language: Language) -> Html:
    """A row for each document, a column for what several of them state."""
    figures = [c for c in shape["columns"] if c["agreement"] != "single"]
    aspects = [aspect for aspect in _ASPECTS if shape[aspect] != "single"]
    if not figures and not aspects:
        return NOTHING
    others = [say(language, f"topic.{one}") for one in ("document", *aspects)]
    titles = titles_of(figures, others, language)
    rows = enumerate(at.cut(shape["rows"]), start=at.first)
    lines = [_Line(number, row, counted(row)) for number, row in rows]
    first = _Columns(titles[:MOST_COLUMNS], figures[:MOST_COLUMNS], aspects)
    further = _Columns(titles[MOST_COLUMNS:], figures[MOST_COLUMNS:])
    return element(
        "section",
        element("h2", say(language, "topic.beside")),
        _table(lines, first, say(language, "topic.beside"), language),
        *_further(lines, further, language),
        *(element("p", line, class_="yj-read") for line in _notes(lines, figures, language)),
    )


def _further(lines: Sequence[_Line], columns: _Columns, language: Language) -> Iterator[Html]:
    """What one table has no room for."""
    if columns.figures:
        told = say(language, "topic.further", count=len(columns.figures))
        yield element("details", element("summary", told), _table(lines, columns, told, language))


def _notes(lines: Sequence[_Line], figures: Sequence[Json], language: Language) -> Iterator[str]:
    """How the tables are to be read."""
    yield say(language, "topic.beside_note")
    if any(_says_elsewhere(line, column) for line in lines for column in figures):
        yield say(language, "topic.elsewhere_note")
    if any(map(is_named_apart, figures)):
        yield say(language, "topic.apart")


def _table(lines: Sequence[_Line], columns: _Columns, title: str, language: Language) -> Html:
    ends = (say(language, f"topic.{aspect}") for aspect in columns.aspects)
    heads = (say(language, "topic.document"), *columns.titles, *ends)
    table = element(
        "table",
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *(_row(line, columns, language) for line in lines)),
    )
    return element("div", table, class_="yj-beside", tabindex="0", role="region", aria_label=title)


def _row(line: _Line, columns: _Columns, language: Language) -> Html:
    differs = {found["aspect"] for found in line.row["differs"]}
    cells = (
        *(_figure(line, column, language) for column in columns.figures),
        *(_cell(_aspect(line.row, one), one in differs, language) for one in columns.aspects),
    )
    return element("tr", element("th", _named(line), scope="row"), *cells)


def _named(line: _Line) -> str:
    return f"{line.number + 1}. {name(line.row['document'])}"


def _figure(line: _Line, column: Json, language: Language) -> Html:
    cell = _cell_of(line, column)
    if cell is not None:
        said = said_values(cell["values"], language, is_named_apart(column))
        return _cell(said, cell["differs"], language)
    if not _says_elsewhere(line, column):
        return _cell("", False, language)
    return element("td", _opener(line, language))


def _opener(line: _Line, language: Language) -> Html:
    """Opens a document at all its places that speak of the topic."""
    told = say(language, "topic.elsewhere")
    places = (line.row, *line.row["also"])
    marks = [place_of(place) for place in places]
    label = f"{told} {_named(line)}"
    return open_button(told, line.row["document"]["id"], marks, label, "yj-link")


def _cell_of(line: _Line, column: Json) -> Json | None:
    return next((cell for cell in column["cells"] if cell["row"] == line.number), None)


def _says_elsewhere(line: _Line, column: Json) -> bool:
    return _cell_of(line, column) is None and is_elsewhere(column, line.counted)


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
