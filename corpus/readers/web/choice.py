"""Which lines of a web page are the document: from its header block to its last line.

Nothing between the first and the last line that reads like the text of a document is left out,
save what is surely not part of it: a sentence lost is worse than a menu kept.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from corpus.readers.web.furniture import is_footer, is_tool, without_buttons
from corpus.readers.web.judging import JudgedLine, judge
from corpus.readers.web.lines import Shown, count
from corpus.readers.web.window import window
from corpus.script import simplify

_SHORTEST_RUN = 3
# Below this share of what the page says the choice is not to be trusted.
_LEAST_KEPT = 0.5


class Choice(NamedTuple):
    """The lines that are kept, how many were left out, and whether the page is kept as a whole."""

    lines: list[str]
    left_out: int
    whole: bool = False


def choose(lines: Sequence[Shown], titles: Sequence[str]) -> Choice:
    """Return the lines of the document on a page whose head gives it `titles`."""
    read = judge(_visible(lines), titles)
    kept = _kept(read, window(read))
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


def _kept(read: Sequence[JudgedLine], within: range) -> list[int]:
    """The lines of the window without buttons, and without runs of links to other pages."""
    inside = [n for n in within if not read[n].aside]
    kept: list[int] = []
    for linked, run in groupby(inside, key=lambda n: read[n].menu):
        numbers = list(run)
        if not linked or len(numbers) < _SHORTEST_RUN:
            kept += numbers
    return kept


def _written(read: Sequence[JudgedLine], kept: Sequence[int]) -> list[str]:
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
