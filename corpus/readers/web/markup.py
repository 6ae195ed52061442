"""HTML as the lines that a browser would show, each with what its markup says of it.

The parser hands over one tag after another and no tree is built, so neither the depth nor the
size of a page costs more than its length. Nothing that a page points to is opened, and entities
that it declares itself are not expanded.
"""

from dataclasses import dataclass

from lxml import etree

from corpus.readers.web.attributes import (
    NO_ATTRIBUTES,
    Attributes,
    is_hidden,
    is_region,
    link_kind,
    stands_apart,
)
from corpus.readers.web.page import Markup, Page

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


def read_markup(text: str) -> Markup:
    """Return the lines of a page of HTML, whatever its markup is worth."""
    target = _Target()
    # The text is decoded already: what the page declares as its encoding does not count.
    parser = etree.HTMLParser(
        target=target, encoding="utf-8", no_network=True, huge_tree=False, recover=True
    )
    parser.feed(text.encode("utf-8", "replace"))
    parser.close()
    return target.page.markup


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
        self.page = Page()
        self.heard: list[str] = []
        self.closed = ""
        self.open: list[_Opened] = []
        self.skipped = self.regions = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        self.settle()
        attributes = dict(attributes) if attributes else NO_ATTRIBUTES
        opened = self._opened(tag, attributes)
        self.open.append(opened)
        if opened.skipped:
            self.skipped += 1
            return
        if opened.apart:
            self.page.flush()
        elif tag == self.closed or self.closed == "label":
            self.heard.append(" ")
        self.page.hidden += opened.hidden
        if opened.region:
            self.regions += 1
            self.page.region = self.regions
        if opened.link:
            self.page.links.append(opened.link)
        self.page.begin(tag, attributes)

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
        return not self.page.region and is_region(tag, attributes)

    def end(self, _tag: str) -> None:
        self.settle()
        opened = self.open.pop()
        if opened.skipped:
            self.skipped -= 1
            return
        if opened.apart:
            self.page.flush()
        self.closed = opened.tag if opened.tag in _SPACED else ""
        self.page.end(opened.tag)
        self.page.hidden -= opened.hidden
        if opened.region:
            self.page.region = 0
        if opened.link:
            self.page.links.pop()

    def data(self, text: str) -> None:
        # A text may come in as many pieces as it has characters.
        if not self.skipped:
            self.heard.append(text)

    def comment(self, text: str) -> None:
        """What stands between Word's <![if]> and <![endif]> is text, the two are comments."""

    def close(self) -> None:
        self.settle()
        self.page.flush()

    def settle(self) -> None:
        """Put the text since the last tag on the line."""
        if not self.heard:
            return
        self.closed = ""
        self.page.write("".join(self.heard))
        self.heard.clear()
