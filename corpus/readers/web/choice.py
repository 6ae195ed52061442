"""Which lines of a web page are the document: from its header block to its last line.

Nothing between the first and the last line that reads like the text of a document is left out,
save what is surely not part of it: a sentence lost is worse than a menu kept.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from corpus.clauses.markers import read_marker
from corpus.clauses.titles import title_at
from corpus.lines import Line
from corpus.readers.web.cells import is_labelled
from corpus.readers.web.furniture import (
    is_below,
    is_breadcrumb,
    is_footer,
    is_tool,
    may_be_footer,
    names_host,
    without_buttons,
)
from corpus.readers.web.lines import Shown, count
from corpus.script import simplify

_SENTENCE = re.compile(r"[。；;]|[：:]$|，.{0,200}，")
_SHORTEST_SENTENCE = 12
_LONGEST_LEAD = 60  # 各乡镇人民政府，县直各部门：
_NUMBER = re.compile(
    r"[（(]?[\u4e00-\u9fff]{1,16}\s{0,3}[〔\[［（(【]\s?(?:19|20)\d{2}\s?[〕\]］）)】]\s{0,3}第?\s?\d{1,4}\s?号"
)
_ATTACHMENT = re.compile(
    r"附\s{0,4}[件表录图]|[0-9０-９]{1,2}\s?[.．、]|.{0,100}\.(?:docx?|xlsx?|pdf|wps|zip|rar)$"
)
_SHORTEST_TITLE, _LONGEST_TITLE = 10, 150
_SITE = re.compile(r"(?:网|网站|门户|平台|人民政府|教育局|委员会|公众号)$")
_MOST_ABOVE = 12
_SHORTEST_RUN = 3
_SMALL = 0.1
# Below this share of what the page says the choice is not to be trusted.
_LEAST_KEPT = 0.5


class Choice(NamedTuple):
    """The lines that are kept, how many were left out, and whether the page is kept as a whole."""

    lines: list[str]
    left_out: int
    whole: bool = False


class _Line(NamedTuple):
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


def choose(lines: Sequence[Shown], titles: Sequence[str]) -> Choice:
    """Return the lines of the document on a page whose head gives it `titles`."""
    visible = _visible(lines)
    known = [_bare(simplify(title)) for title in titles]
    read = [_read(line, known) for line in visible]
    read = _with_regions(read)
    kept = _kept(read, _window(read))
    if sum(read[n].said for n in kept) < _LEAST_KEPT * sum(line.said for line in read):
        kept = [n for n, line in enumerate(read) if not line.aside and not is_footer(line.plain)]
        return Choice([read[n].shown.text for n in kept], len(read) - len(kept), whole=True)
    written = _written(read, kept)
    return Choice(written, len(read) - len(written))


def _visible(lines: Sequence[Shown]) -> list[Shown]:
    """The lines that are shown; all of them where a script would show the most of the page."""
    visible = [line for line in lines if not line.hidden]
    shown = sum(line.size for line in visible)
    hidden = sum(line.size for line in lines) - shown
    return visible if hidden <= shown else list(lines)


def _read(line: Shown, titles: Sequence[str]) -> _Line:
    plain = simplify(line.text)
    aside = is_breadcrumb(plain) or (is_tool(plain) and not line.row)
    numbered = read_marker(0, plain[:80]) is not None and not line.is_link
    footer = is_footer(plain) and not numbered
    foreign = aside or line.is_link or footer or is_below(plain)
    told = numbered or _NUMBER.match(plain) is not None or is_labelled(plain)
    return _Line(
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


def _with_regions(read: list[_Line]) -> list[_Line]:
    """Make light of the parts named like navigation, unless the document stands in one."""
    total = sum(line.weight for line in read)
    weights: dict[int, int] = {}
    for line in read:
        heavy = total + 1 if line.told or line.shown.attached else line.weight
        weights[line.shown.region] = weights.get(line.shown.region, 0) + heavy
    light = {region for region, weight in weights.items() if region and weight <= _SMALL * total}
    return [
        line._replace(text=False, fixed=False, told=False, aside=True)
        if line.shown.region in light
        else line
        for line in read
    ]


class _Weights:
    """How much of the document stands between two lines of the page."""

    def __init__(self, read: Sequence[_Line]) -> None:
        self._weights = [0, *accumulate(line.weight for line in read)]
        self._fixed = [0, *accumulate(line.fixed for line in read)]

    def is_little(self, start: int, stop: int) -> bool:
        """Whether the lines from `start` to `stop` are next to nothing of the document."""
        weight = self._weights[stop] - self._weights[start]
        return self._fixed[start] == self._fixed[stop] and weight <= _SMALL * self._weights[-1]


def _window(read: Sequence[_Line]) -> range:
    """From the first to the last line of the document, its header block and 落款 included."""
    strong = [n for n, line in enumerate(read) if line.strong]
    if not strong:
        return range(0)
    weights = _Weights(read)
    start = _head(read, strong, weights)
    stop = _foot(read, start, weights)
    strong = [n for n in strong if start <= n < stop]
    return range(_upward(read, strong[0]), _downward(read, strong[-1], stop))


def _head(read: Sequence[_Line], strong: Sequence[int], weights: _Weights) -> int:
    """Return the first strong line; below the last breadcrumb, where little stands above it."""
    crumbs = [n for n in range(strong[-1]) if is_breadcrumb(read[n].plain)]
    crumb = next((n for n in reversed(crumbs) if weights.is_little(0, n)), 0)
    return next(n for n in strong if n >= crumb)


def _foot(read: Sequence[_Line], start: int, weights: _Weights) -> int:
    """Return the first line of what stands below the document that begins at `start`."""
    for n in range(start + 1, len(read)):
        plain = read[n].plain
        if (is_below(plain) or is_footer(plain)) and weights.is_little(n, len(read)):
            return _soft_foot(read, n)
    return len(read)


def _soft_foot(read: Sequence[_Line], foot: int) -> int:
    """Take 主办单位 and what is below it, right above 版权所有, for the foot as well."""
    if not is_footer(read[foot].plain):
        return foot
    for n in range(foot - 1, 0, -1):
        if names_host(read[n].plain):
            return n
        if not (read[n].foot or read[n].aside):
            break
    return foot


def _upward(read: Sequence[_Line], first: int) -> int:
    """Take the lines above the first strong one that lead nowhere: the issuer's head, the title."""
    start = first
    for n in range(first - 1, max(-1, first - 1 - _MOST_ABOVE), -1):
        line = read[n]
        if _is_menu(line) or is_breadcrumb(line.plain) or line.outside:
            break
        if not line.aside:
            start = n
    return start


def _downward(read: Sequence[_Line], last: int, stop: int) -> int:
    """Take the lines below the last strong one: 落款, rows of a table, files attached."""
    end, listing = last + 1, False
    for n in range(last, stop):
        line = read[n]
        foreign = line.shown.is_link and not (line.shown.attached or listing)
        if n > last and (line.outside or (foreign and _is_menu(line))):
            break
        if not line.aside:
            end = n + 1
        # What 附件： lists may be links to pages.
        listing = line.plain.startswith("附") or (listing and line.shown.is_link)
    return end


def _kept(read: Sequence[_Line], window: range) -> list[int]:
    """The lines of the window without buttons, and without runs of links to other pages."""
    inside = [n for n in window if not read[n].aside]
    kept: list[int] = []
    for linked, run in groupby(inside, key=lambda n: _is_menu(read[n])):
        numbers = list(run)
        if not linked or len(numbers) < _SHORTEST_RUN:
            kept += numbers
    return kept


def _is_menu(line: _Line) -> bool:
    shown = line.shown
    marked = shown.attached or _ATTACHMENT.match(line.plain) is not None
    return shown.is_link and not marked and read_marker(0, line.plain[:80]) is None


def _written(read: Sequence[_Line], kept: Sequence[int]) -> list[str]:
    """The kept lines, those of the header block and below the last sentence without buttons."""
    numbered = [n for n in kept if read[n].numbered]
    texts = []
    for n in kept:
        line = read[n]
        beside = not numbered or n < numbered[0] or n > numbered[-1]
        text = without_buttons(line.shown.text, line.plain) if beside else line.shown.text
        if text is line.shown.text or (count(text) and not is_tool(simplify(text))):
            texts.append(text)
    return texts
