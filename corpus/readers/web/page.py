"""The lines of a page while they are written: what tags begin and end on it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.clauses.markers import read_marker
from corpus.readers.web.attributes import Attributes, whole
from corpus.readers.web.cells import Cell, Table
from corpus.readers.web.lines import Pieces, Shown
from corpus.readers.web.list_items import List, open_list
from corpus.script import simplify

_DEEPEST_TABLE = 40
_TITLES = frozenset(("articletitle", "og:title"))


@dataclass(slots=True)
class Markup:
    """The lines of a page, the titles that its head gives it, and the files of its frames."""

    lines: list[Shown] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)


class Page:
    """Writes text on lines, those of a table by its rows, with the numbers of lists before items.

    `hidden`, `region` and `links` are those of the tags that are open where text is written.
    """

    def __init__(self) -> None:
        self.markup = Markup()
        self.hidden = self.region = 0
        self.links: list[str] = []
        self._pieces = Pieces()
        self._sinks: list[list[Shown]] = [self.markup.lines]
        self._preformatted = self._titled = 0
        self._lists: list[List] = []
        self._number = ""
        self._tables: list[Table] = []

    def write(self, text: str) -> None:
        """Put text on the line; where spaces and breaks count, each break ends it."""
        link = self.links[-1] if self.links else ""
        pieces = text.split("\n") if self._preformatted else [text]
        for position, piece in enumerate(pieces):
            if position:
                self.flush()
            self._pieces.write(piece, self.hidden > 0, self.region, link)

    def flush(self) -> None:
        """End the line."""
        if not self._pieces.texts:
            return
        line, self._pieces = self._pieces.line(), Pieces()
        if line is None:
            return
        if self._titled:
            self.markup.titles.append(line.text)
            return
        if self._number:
            marked = read_marker(0, simplify(line.text[:80])) is not None
            line = line if marked else line._replace(text=self._number + line.text)
            self._number = ""
        self._sinks[-1].append(line)

    def begin(self, tag: str, attributes: Attributes) -> None:
        """Take in what an opening tag begins, where it begins anything."""
        if tag in _BEGIN:
            _BEGIN[tag](self, attributes)

    def end(self, tag: str) -> None:
        """Take in what a closing tag ends."""
        if tag in _END:
            _END[tag](self)

    @property
    def _in_table(self) -> bool:
        """Whether cells count; in a table within too many others they are blocks like any."""
        return 0 < len(self._tables) <= _DEEPEST_TABLE

    def _begin_cell(self, attributes: Attributes) -> None:
        if self._in_table:
            cell = Cell([], whole(attributes, "rowspan"), whole(attributes, "colspan"))
            self._tables[-1].row.append(cell)
            self._tables[-1].open_cells += 1
            self._sinks.append(cell.lines)

    def _end_cell(self) -> None:
        if self._in_table:
            self._sinks.pop()
            self._tables[-1].open_cells -= 1

    def _end_row(self) -> None:
        if self._in_table:
            self._sinks[-1] += self._tables[-1].end_row()

    def _begin_table(self, _attributes: Attributes) -> None:
        self._tables.append(Table())

    def _end_table(self) -> None:
        self._end_row()
        self._tables.pop()

    def _begin_list(self, tag: str, attributes: Attributes) -> None:
        self._lists.append(open_list(tag, attributes))

    def _end_list(self) -> None:
        self._lists.pop()

    def _begin_item(self, attributes: Attributes) -> None:
        self._number = self._lists[-1].number(attributes) if self._lists else ""

    def _end_item(self) -> None:
        self._number = ""

    def _begin_title(self, _attributes: Attributes) -> None:
        self._titled += 1

    def _end_title(self) -> None:
        self._titled -= 1

    def _begin_pre(self, _attributes: Attributes) -> None:
        self._preformatted += 1

    def _end_pre(self) -> None:
        self._preformatted -= 1

    def _meta(self, attributes: Attributes) -> None:
        name = attributes.get("name") or attributes.get("property") or ""
        if name.lower() in _TITLES:
            self.markup.titles.append(attributes.get("content", ""))

    def _frame(self, attributes: Attributes) -> None:
        self.markup.frames.append(attributes.get("src", ""))


_BEGIN: dict[str, Callable[[Page, Attributes], None]] = {
    "table": Page._begin_table,
    "tr": lambda page, _: page._end_row(),
    "td": Page._begin_cell,
    "th": Page._begin_cell,
    "ol": lambda page, attributes: page._begin_list("ol", attributes),
    "ul": lambda page, attributes: page._begin_list("ul", attributes),
    "li": Page._begin_item,
    "title": Page._begin_title,
    "pre": Page._begin_pre,
    "meta": Page._meta,
    "frame": Page._frame,
}
_END: dict[str, Callable[[Page], None]] = {
    "table": Page._end_table,
    "tr": Page._end_row,
    "td": Page._end_cell,
    "th": Page._end_cell,
    "ol": Page._end_list,
    "ul": Page._end_list,
    "li": Page._end_item,
    "title": Page._end_title,
    "pre": Page._end_pre,
}
