"""The 落款: the organs that issued a document, and the day they did (发文机关署名, 成文日期)."""

import re
from collections.abc import Sequence

from corpus.clauses.annexes import is_annex
from corpus.clauses.titles import title_at
from corpus.lines import Line, next_filled

_MOST_ORGANS = 12
_NOTE = re.compile(r"[（(].{2,20}[）)]$")
# 县长　张某: a decree is signed by a person (GB/T 9704-2012, 10.2).
_SIGNER = re.compile(
    r"代?(?:[省市县区州盟旗部厅局署校院会镇乡行]长|主席|总理|主任|书记|检察长)"
    r"[ \u3000\t]{1,12}\S[ \u3000]{0,4}\S{1,5}$"
)
_TITLE_LINES = 3


def find_signature(lines: Sequence[Line], number: int, stop: int) -> range | None:
    """Return the 落款 that ends at line `number`, or None.

    It is a date below organs; a date alone, where the text ends or another begins below it; an
    organ and a date on one line; or an organ alone as the last line of all.
    """
    line = lines[number]
    if not (line.is_date or line.is_signed or line.is_organ):
        return None
    below = next_filled(lines, number + 1, stop)
    if line.is_organ and not line.is_signed:
        return range(_first_organ(lines, number + 1), number + 1) if below is None else None
    first = _first_organ(lines, number)
    if line.is_date and first == number and not _may_end(lines, below, stop):
        return None
    if below is not None and _NOTE.match(lines[below].body):
        return range(first, below + 1)
    return range(first, number + 1)


def _first_organ(lines: Sequence[Line], below: int) -> int:
    """Return the first line of organs and signers right above line `below`, or `below`."""
    first, filled = below, 0
    for number in range(below - 1, -1, -1):
        if lines[number].is_blank:
            continue
        signs = lines[number].is_organ or _SIGNER.match(lines[number].body)
        if not signs or filled == _MOST_ORGANS:
            break
        first, filled = number, filled + 1
    return first


def _may_end(lines: Sequence[Line], below: int | None, stop: int) -> bool:
    """Whether a text can end above line `below`: nothing, an 附件 or another title stands there."""
    if below is None or is_annex(lines[below]) or lines[below].is_imprint:
        return True
    return title_at(lines, range(below, min(below + _TITLE_LINES, stop))) is not None
