"""What the words of a line say of it: that it is text of a document, or of the page around it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.clauses.markers import read_marker
from corpus.clauses.titles import title_at
from corpus.lines import Line
from corpus.readers.web.cells import is_labelled
from corpus.readers.web.furniture import is_below, is_breadcrumb, is_footer, is_tool, may_be_footer
from corpus.readers.web.lines import Shown
from corpus.script import simplify

_SENTENCE = re.compile(r"[。；;]|[：:]$|，.{0,200}，")
_SHORTEST_SENTENCE = 12
_NUMBER = re.compile(
    r"[（(]?[\u4e00-\u9fff]{1,16}\s{0,3}[〔\[［（(【]\s?(?:19|20)\d{2}\s?[〕\]］）)】]\s{0,3}第?\s?\d{1,4}\s?号"
)
_ATTACHMENT = re.compile(
    r"附\s{0,4}[件表录图]|[0-9０-９]{1,2}\s?[.．、]|.{0,100}\.(?:docx?|xlsx?|pdf|wps|zip|rar)$"
)
_SHORTEST_TITLE, _LONGEST_TITLE = 10, 150
_SITE = re.compile(r"(?:网|网站|门户|平台|人民政府|教育局|委员会|公众号)$")
SMALL = 0.1
"""Of what a page says of documents the share that is next to nothing."""


class JudgedLine(NamedTuple):
    """A line of the page, and what its words say of it.

    `fixed` says that it can hardly belong to anything but a document: a title, a clause number, a
    文号 or another value of a header block; `told` says so of all but a title, which other places
    of a page repeat. `aside` is said of buttons and breadcrumbs, `foot` of
    what stands at the foot of a site, as 主办单位 may.
    """

    shown: Shown
    plain: str
    text: bool
    fixed: bool
    told: bool
    numbered: bool
    aside: bool
    foot: bool

    @property
    def weight(self) -> int:
        """How much it counts as text of a document."""
        return self.shown.size if self.text or self.fixed else 0

    @property
    def said(self) -> int:
        """How much it says by itself: nothing where it only names another page."""
        menu = self.shown.is_link and _SENTENCE.search(self.plain) is None
        return 0 if self.aside or self.foot or menu else self.shown.size

    @property
    def outside(self) -> bool:
        """Whether it stands in a part of the page that is named like navigation, and is it."""
        return self.aside and self.shown.region > 0

    @property
    def strong(self) -> bool:
        """Whether it is text of a document by itself."""
        return self.text or self.fixed

    @property
    def menu(self) -> bool:
        """Whether it only leads to another page: neither to a file attached nor to an item."""
        marked = self.shown.attached or _ATTACHMENT.match(self.plain) is not None
        return self.shown.is_link and not marked and read_marker(0, self.plain[:80]) is None


def judge(lines: Sequence[Shown], titles: Sequence[str]) -> list[JudgedLine]:
    """Return the lines of a page whose head gives it `titles`, with what is to be thought of each.

    Those in parts named like navigation count for nothing, unless the document stands there.
    """
    known = [_bare(simplify(title)) for title in titles]
    return _with_regions([_read(line, known) for line in lines])


def _read(line: Shown, titles: Sequence[str]) -> JudgedLine:
    plain = simplify(line.text)
    aside = is_breadcrumb(plain) or (is_tool(plain) and not line.row)
    numbered = read_marker(0, plain[:80]) is not None and not line.is_link
    footer = is_footer(plain) and not numbered
    foreign = aside or line.is_link or footer or is_below(plain)
    told = numbered or _NUMBER.match(plain) is not None or is_labelled(plain)
    return JudgedLine(
        line,
        plain,
        text=not foreign and _is_text(plain),
        fixed=not foreign and (told or _is_title(plain, titles)),
        told=not foreign and told,
        numbered=not foreign and numbered,
        aside=aside,
        foot=footer or may_be_footer(plain),
    )


def _is_text(plain: str) -> bool:
    found = _SENTENCE.search(plain)
    if found is None:
        return False
    return len(plain) >= _SHORTEST_SENTENCE or found[0] in "：:"


def _is_title(plain: str, titles: Sequence[str]) -> bool:
    bare = _bare(plain)
    if not _SHORTEST_TITLE <= len(bare) <= _LONGEST_TITLE or _SITE.search(bare):
        return False
    if any(bare in title or (len(title) >= 16 and title in bare) for title in titles):
        return True
    return title_at([Line(0, len(plain), 0, plain)], [0]) is not None


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _with_regions(read: list[JudgedLine]) -> list[JudgedLine]:
    """Make light of the parts named like navigation, unless the document stands in one."""
    total = sum(line.weight for line in read)
    weights: dict[int, int] = {}
    for line in read:
        heavy = total + 1 if line.told or line.shown.attached else line.weight
        weights[line.shown.region] = weights.get(line.shown.region, 0) + heavy
    light = {region for region, weight in weights.items() if region and weight <= SMALL * total}
    return [
        line._replace(text=False, fixed=False, told=False, aside=True)
        if line.shown.region in light
        else line
        for line in read
    ]
