"""A text whose list numbers are out of the way of what is read from it."""

from collections.abc import Sequence

from corpus.clauses.markers import CHAPTERS, Marker
from corpus.lines import Page

_CITED = (*CHAPTERS, "条")
_MARK = "；"


def without_labels(page: Page, markers: Sequence[Marker]) -> Page:
    """Return the page with a semicolon for each character of 一、（一）1. and ① in `plain`.

    So 2. of 2.15个乡镇 is no part of a quantity, and （一） none of what it counts. Offsets stay.
    """
    plain = list(page.plain)
    for marker in markers:
        if marker.style in _CITED or marker.found == "mended":
            continue
        start = page.lines[marker.line].body_start + marker.offset
        for at in range(start, start + marker.length - len(marker.heading)):
            if not plain[at].isspace():
                plain[at] = _MARK
    return page._replace(plain="".join(plain))
