"""Where on a web page the document begins, and where it ends."""

from collections.abc import Sequence
from itertools import accumulate

from corpus.readers.web.furniture import is_below, is_breadcrumb, is_footer, names_host
from corpus.readers.web.judging import SMALL, JudgedLine

_MOST_ABOVE = 12


class _Weights:
    """How much of the document stands between two lines of the page."""

    def __init__(self, read: Sequence[JudgedLine]) -> None:
        self._weights = [0, *accumulate(line.weight for line in read)]
        self._fixed = [0, *accumulate(line.fixed for line in read)]

    def is_little(self, start: int, stop: int) -> bool:
        """Whether the lines from `start` to `stop` are next to nothing of the document."""
        weight = self._weights[stop] - self._weights[start]
        return self._fixed[start] == self._fixed[stop] and weight <= SMALL * self._weights[-1]


def window(read: Sequence[JudgedLine]) -> range:
    """Return the first to the last line of the document, its header block and 落款 included."""
    strong = [n for n, line in enumerate(read) if line.strong]
    if not strong:
        return range(0)
    weights = _Weights(read)
    start = _head(read, strong, weights)
    stop = _foot(read, start, weights)
    strong = [n for n in strong if start <= n < stop]
    return range(_upward(read, strong[0]), _downward(read, strong[-1], stop))


def _head(read: Sequence[JudgedLine], strong: Sequence[int], weights: _Weights) -> int:
    """Return the first strong line; below the last breadcrumb, where little stands above it."""
    crumbs = [n for n in range(strong[-1]) if is_breadcrumb(read[n].plain)]
    crumb = next((n for n in reversed(crumbs) if weights.is_little(0, n)), 0)
    return next(n for n in strong if n >= crumb)


def _foot(read: Sequence[JudgedLine], start: int, weights: _Weights) -> int:
    """Return the first line of what stands below the document that begins at `start`."""
    for n in range(start + 1, len(read)):
        plain = read[n].plain
        if (is_below(plain) or is_footer(plain)) and weights.is_little(n, len(read)):
            return _soft_foot(read, start, n)
    return len(read)


def _soft_foot(read: Sequence[JudgedLine], start: int, foot: int) -> int:
    """Take 主办单位 and what is below it, right above 版权所有, for the foot as well.

    Not so where the document begins with it.
    """
    if not is_footer(read[foot].plain):
        return foot
    for n in range(foot - 1, start, -1):
        if names_host(read[n].plain):
            return n
        if not (read[n].foot or read[n].aside):
            break
    return foot


def _upward(read: Sequence[JudgedLine], first: int) -> int:
    """Take the lines above the first strong one that lead nowhere: the issuer's head, the title."""
    start = first
    for n in range(first - 1, max(-1, first - 1 - _MOST_ABOVE), -1):
        line = read[n]
        if line.menu or is_breadcrumb(line.plain) or line.outside:
            break
        if not line.aside:
            start = n
    return start


def _downward(read: Sequence[JudgedLine], last: int, stop: int) -> int:
    """Take the lines below the last strong one: 落款, rows of a table, files attached."""
    end, listing = last + 1, False
    for n in range(last, stop):
        line = read[n]
        foreign = line.shown.is_link and not (line.shown.attached or listing)
        if n > last and (line.outside or (foreign and line.menu)):
            break
        if not line.aside:
            end = n + 1
        # What 附件： lists may be links to pages.
        listing = line.plain.startswith("附") or (listing and line.shown.is_link)
    return end
