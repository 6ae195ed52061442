"""A text as lines that know where they stand."""

import re
from typing import NamedTuple

from corpus.script import simplify

# What pads a line without being read: white space, zero-width characters, lost glyphs ('?').
_PADDING = " \t\u3000\xa0\u200b\u200c\u200d\ufeff\u2002\u2003\u2009"
_DATE = (
    r"(?:[0-9０-９]{4}|[〇○零一二三四五六七八九]{4})\s*年\s*"
    r"[0-9０-９一二三四五六七八九十]{1,3}\s*月\s*[0-9０-９一二三四五六七八九十]{1,3}\s*日"
)
DATE = re.compile(_DATE)
_DATE_LINE = re.compile(rf"[（(]?{_DATE}[）)]?(?:印发)?$")
_ORGAN_LINE = re.compile(
    r"[^。；;：:，,！!《》（）()\d]{2,60}(?:委员会|政府|办公厅|办公室|厅|局|部|院|会|委|党委|中心|领导小组|"
    r"学校|大学|学院|中学|小学|幼儿园|处|署|社|团|公司|银行|检察院|法院|联合会|集团)$"
)


class Line(NamedTuple):
    """One line: `text[start:end]` with its line end, and what it says without padding."""

    start: int
    end: int
    body: str

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read in it, or lost glyphs alone."""
        return not self.body.strip("?？ ")

    @property
    def bare(self) -> str:
        """The body without the '?' that lost glyphs leave, and without inner white space."""
        return re.sub(r"[\s?？]", "", self.body)

    @property
    def is_date(self) -> bool:
        """Whether it holds a date alone, as the last line of a 落款 does."""
        return len(self.body) < 200 and _DATE_LINE.match(self.bare) is not None

    @property
    def is_organ(self) -> bool:
        """Whether it reads like the name of an issuing organ alone (发文机关署名)."""
        return len(self.body) < 200 and _ORGAN_LINE.match(self.bare) is not None

    @property
    def is_sentence(self) -> bool:
        """Whether it is running text: it ends like a sentence, or is too long for a heading."""
        return self.body.endswith(("。", "：", ":", "；", ";", "！")) or len(self.body) >= 80


class Page(NamedTuple):
    """A text beside its plain form: simplified, half width, and exactly as long.

    Patterns read `plain`, people read `text`, and an offset means the same place in both.
    """

    text: str
    plain: str
    lines: tuple[Line, ...]


def open_page(text: str) -> Page:
    """Return `text` with its plain form and its lines."""
    plain = simplify(text)
    lines, start = [], 0
    for raw in _keep_newlines(plain):
        end = start + len(raw)
        lines.append(Line(start, end, raw.strip("\n" + _PADDING)))
        start = end
    return Page(text, plain, tuple(lines))


def _keep_newlines(text: str) -> list[str]:
    """Split after each newline and nowhere else (str.splitlines also breaks at \\x1c and \\x0b)."""
    pieces = text.split("\n")
    return [piece + "\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])
