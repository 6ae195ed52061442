"""HTML as the lines that a browser would show, each with what its markup says of it.

The parser hands over one tag after another and no tree is built, so neither the depth nor the
size of a page costs more than its length. Nothing that a page points to is opened, and entities
that it declares itself are not expanded.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from corpus.clauses.markers import read_marker
from corpus.readers.web.attributes import (
    NO_ATTRIBUTES,
    Attributes,
    is_hidden,
    is_region,
    link_kind,
    stands_apart,
    whole,
)
from corpus.readers.web.cells import Cell, Table
from corpus.readers.web.lines import Pieces, Shown
from corpus.readers.web.list_items import List, open_list
from corpus.script import simplify

_BLOCK_TAGS = (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html "
    "legend li main menu nav noframes ol optgroup p pre search section summary table tbody td "
    "tfoot th thead title tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SKIPPED_TAGS = (
    "audio button canvas datalist iframe math noscript option rp rt script select style svg "
    "template textarea video"
)
_SKIPPED = frozenset(_SKIPPED_TAGS.split())
# Two of these in a row are set apart on the screen, though no space is between them.
_SPACED = frozenset(("a", "label"))
_DEEPEST_TABLE = 40
_TITLES = frozenset(("articletitle", "og:title"))


@dataclass(slots=True)
class Markup:
    """The lines of a page, the titles that its head gives it, and the files of its frames."""

    lines: list[Shown] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)


def read_markup(text: str) -> Markup:
    """Return the lines of a page of HTML, whatever its markup is worth."""
    target = _Target()
    # The text is decoded already: what the page declares as its encoding does not count.
    parser = etree.HTMLParser(
        target=target, encoding="utf-8", no_network=True, huge_tree=False, recover=True
    )
    parser.feed(text.encode("utf-8", "replace"))
    parser.close()
    return target.page


@dataclass(slots=True)
class _Opened:
    """What an open tag changed, to be taken back when it closes."""

    tag: str
    skipped: bool = False
    apart: bool = False
    hidden: bool = False
    region: bool = False
    link: str = ""


class _Target:
    """Takes the parser's events and writes lines; the methods without _ are called by lxml."""

    def __init__(self) -> None:
        self.page = Markup()
        self.heard: list[str] = []
        self.closed = ""
        self.pieces = Pieces()
        self.sinks: list[list[Shown]] = [self.page.lines]
        self.open: list[_Opened] = []
        self.skipped = self.hidden = self.preformatted = self.titled = 0
        self.regions = self.region = 0
        self.links: list[str] = []
        self.lists: list[List] = []
        self.number = ""
        self.tables: list[Table] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        self.settle()
        attributes = dict(attributes) if attributes else NO_ATTRIBUTES
        opened = self._opened(tag, attributes)
        self.open.append(opened)
        if opened.skipped:
            self.skipped += 1
            return
        if opened.apart:
            self.flush()
        elif tag == self.closed or self.closed == "label":
            self.heard.append(" ")
        self.hidden += opened.hidden
        if opened.region:
            self.regions += 1
            self.region = self.regions
        if opened.link:
            self.links.append(opened.link)
        if tag in _BEGIN:
            _BEGIN[tag](self, attributes)

    def _opened(self, tag: str, attributes: Attributes) -> _Opened:
        if self.skipped or tag in _SKIPPED:
            return _Opened(tag, skipped=True)
        if not attributes:
            return _Opened(tag, apart=tag in _BLOCKS, region=self._opens_region(tag, attributes))
        return _Opened(
            tag,
            apart=tag in _BLOCKS or stands_apart(attributes),
            hidden=is_hidden(attributes),
            region=self._opens_region(tag, attributes),
            link=link_kind(attributes.get("href", "")) if tag == "a" else "",
        )

    def _opens_region(self, tag: str, attributes: Attributes) -> bool:
        return not self.region and is_region(tag, attributes)

    def end(self, _tag: str) -> None:
        self.settle()
        opened = self.open.pop()
        if opened.skipped:
            self.skipped -= 1
            return
        if opened.apart:
            self.flush()
        self.closed = opened.tag if opened.tag in _SPACED else ""
        if opened.tag in _END:
            _END[opened.tag](self)
        self.hidden -= opened.hidden
        if opened.region:
            self.region = 0
        if opened.link:
            self.links.pop()

    def data(self, text: str) -> None:
        # A text may come in as many pieces as it has characters.
        if not self.skipped:
            self.heard.append(text)

    def comment(self, text: str) -> None:
        """What stands between Word's <![if]> and <![endif]> is text, the two are comments."""

    def close(self) -> None:
        self.settle()
        self.flush()

    def settle(self) -> None:
        """Put the text since the last tag on the line."""
        if not self.heard:
            return
        self.closed = ""
        text = "".join(self.heard)
        self.heard.clear()
        pieces = text.split("\n") if self.preformatted else [text]
        for position, piece in enumerate(pieces):
            if position:
                self.flush()
            link = self.links[-1] if self.links else ""
            self.pieces.write(piece, self.hidden > 0, self.region, link)

    def flush(self) -> None:
        """End the line."""
        if not self.pieces.texts:
            return
        line, self.pieces = self.pieces.line(), Pieces()
        if line is None:
            return
        if self.titled:
            self.page.titles.append(line.text)
            return
        if self.number:
            marked = read_marker(0, simplify(line.text[:80])) is not None
            line = line if marked else line._replace(text=self.number + line.text)
            self.number = ""
        self.sinks[-1].append(line)

    @property
    def in_table(self) -> bool:
        """Whether cells count; in a table within too many others they are blocks like any."""
        return 0 < len(self.tables) <= _DEEPEST_TABLE

    def begin_cell(self, attributes: Attributes) -> None:
        if self.in_table:
            cell = Cell([], whole(attributes, "rowspan"), whole(attributes, "colspan"))
            self.tables[-1].row.append(cell)
            self.tables[-1].open_cells += 1
            self.sinks.append(cell.lines)

    def end_cell(self) -> None:
        if self.in_table:
            self.sinks.pop()
            self.tables[-1].open_cells -= 1

    def end_row(self) -> None:
        if self.in_table:
            self.sinks[-1] += self.tables[-1].end_row()

    def begin_table(self, _attributes: Attributes) -> None:
        self.tables.append(Table())

    def end_table(self) -> None:
        self.end_row()
        self.tables.pop()

    def begin_list(self, tag: str, attributes: Attributes) -> None:
        self.lists.append(open_list(tag, attributes))

    def end_list(self) -> None:
        self.lists.pop()

    def begin_item(self, attributes: Attributes) -> None:
        self.number = self.lists[-1].number(attributes) if self.lists else ""

    def end_item(self) -> None:
        self.number = ""

    def begin_title(self, _attributes: Attributes) -> None:
        self.titled += 1

    def end_title(self) -> None:
        self.titled -= 1

    def begin_pre(self, _attributes: Attributes) -> None:
        self.preformatted += 1

    def end_pre(self) -> None:
        self.preformatted -= 1

    def meta(self, attributes: Attributes) -> None:
        name = attributes.get("name") or attributes.get("property") or ""
        if name.lower() in _TITLES:
            self.page.titles.append(attributes.get("content", ""))

    def frame(self, attributes: Attributes) -> None:
        self.page.frames.append(attributes.get("src", ""))


_BEGIN: dict[str, Callable[[_Target, Attributes], None]] = {
    "table": _Target.begin_table,
    "tr": lambda target, _: target.end_row(),
    "td": _Target.begin_cell,
    "th": _Target.begin_cell,
    "ol": lambda target, attributes: target.begin_list("ol", attributes),
    "ul": lambda target, attributes: target.begin_list("ul", attributes),
    "li": _Target.begin_item,
    "title": _Target.begin_title,
    "pre": _Target.begin_pre,
    "meta": _Target.meta,
    "frame": _Target.frame,
}
_END: dict[str, Callable[[_Target], None]] = {
    "table": _Target.end_table,
    "tr": _Target.end_row,
    "td": _Target.end_cell,
    "th": _Target.end_cell,
    "ol": _Target.end_list,
    "ul": _Target.end_list,
    "li": _Target.end_item,
    "title": _Target.end_title,
    "pre": _Target.end_pre,
}
