"""A text as lines that know where they stand."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.script import simplify
from corpus.spans import Span

# What pads a line without being read: white space, zero-width characters.
_PADDING = " \t\u3000\xa0\u200b\u200c\u200d\ufeff\u2002\u2003\u2009"
_DATE = (
    r"(?:[0-9０-９]{4}|[〇○零一二三四五六七八九]{4})\s{0,3}年\s{0,3}"
    r"[0-9０-９一二三四五六七八九十]{1,3}\s{0,3}月\s{0,3}"
    r"[0-9０-９一二三四五六七八九十]{1,3}\s{0,3}日"
)
DATE = re.compile(_DATE)
_DATE_LINE = re.compile(rf"[（(]?{_DATE}[）)]?(?:印发)?$")
_ORGAN = (
    r"[^。；;：:，,！!《》（）()\d]{2,60}(?:委员会|政府|办公厅|办公室|厅|局|部|院|会|委|党委|中心|"
    r"领导小组|学校|大学|学院|中学|小学|幼儿园|处|署|社|团|公司|银行|检察院|法院|联合会|集团|"
    r"督导室|教研室|研究室|研究所|电教馆|[总支大]队|妇联|残联)"
)
_ORGAN_LINE = re.compile(rf"{_ORGAN}$")
_SIGNED_LINE = re.compile(rf"{_ORGAN}{_DATE}$")
_IMPRINT = re.compile(rf"(?:抄送|抄报|分送|主题词|信息公开选项)[：:]|.*{_DATE}印发$")
# A line that ends with a comma goes on below: running text with a stray line break.
_SENTENCE_ENDS = ("。", "：", ":", "；", ";", "！", "，", ",")
_SEAL = re.compile(r"[\s?？]|[（(](?:盖章|公章|印章)[）)]")
_LONGEST_SIGNATURE = 200
_LONGEST_HEADING = 80


class Line(NamedTuple):
    """One line: `text[start:end]` with its line end, and what it says without padding.

    `body` begins at `text[body_start]`.
    """

    start: int
    end: int
    body_start: int
    body: str

    @property
    def body_span(self) -> Span:
        """The characters of `body`."""
        return Span(self.body_start, self.body_start + len(self.body))

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read in it, or lost glyphs alone."""
        return not self.body.strip("?？ ")

    @property
    def bare(self) -> str:
        """The body without white space, the '?' that lost glyphs leave, and （盖章）."""
        return _SEAL.sub("", self.body)

    @property
    def is_date(self) -> bool:
        """Whether it holds a date alone, as the last line of a 落款 does."""
        return self._says(_DATE_LINE)

    @property
    def is_organ(self) -> bool:
        """Whether it reads like the name of an issuing organ alone (发文机关署名)."""
        return self._says(_ORGAN_LINE)

    @property
    def is_signed(self) -> bool:
        """Whether it holds an organ and a date, a whole 落款 on one line."""
        return self._says(_SIGNED_LINE)

    @property
    def is_imprint(self) -> bool:
        """Whether it belongs to the 版记 below a document: 抄送, 印发."""
        return self._says(_IMPRINT)

    @property
    def is_sentence(self) -> bool:
        """Whether it is running text: it ends like a sentence, or is too long for a heading.

        The note of an adoption begins with its date, and may be long.
        """
        ended = self.body.endswith(_SENTENCE_ENDS)
        return ended or (len(self.body) >= _LONGEST_HEADING and not DATE.match(self.body))

    def _says(self, pattern: re.Pattern[str]) -> bool:
        return len(self.body) < _LONGEST_SIGNATURE and pattern.match(self.bare) is not None


def next_filled(lines: Sequence[Line], start: int, stop: int) -> int | None:
    """Return the first line of `lines[start:stop]` that holds text, or None."""
    return next((n for n in range(start, min(stop, len(lines))) if not lines[n].is_blank), None)


class Page(NamedTuple):
    """A text beside its plain form: its characters made Simplified, one for one.

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
        body_start = start + len(raw) - len(raw.lstrip("\n" + _PADDING))
        lines.append(Line(start, start + len(raw), body_start, raw.strip("\n" + _PADDING)))
        start += len(raw)
    return Page(text, plain, tuple(lines))


def _keep_newlines(text: str) -> list[str]:
    """Split after each newline and nowhere else: str.splitlines would also at separators."""
    pieces = text.split("\n")
    return [piece + "\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])
