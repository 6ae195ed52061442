"""What a text says, read once for every comparison."""

import re
from collections.abc import Sequence
from functools import cached_property

from corpus.lines import Page, open_page
from corpus.spans import Span
from retrieval.verify.amounts import Amount, amounts_of
from retrieval.verify.contrasts import Member, members_in
from retrieval.verify.dates import Date, dates_of
from retrieval.verify.duties import Bound, bound_strokes
from retrieval.verify.strokes import Stroke, nearest, stroke_at, strokes_of
from retrieval.verify.words import Words, plain_of

_TITLE = re.compile(r"《[^《》\n]{1,150}》")
_NUMBER = re.compile(
    r"[〔\[［（(【]\s?(?:19|20)[0-9]{2}\s?[〕\]］）)】]\s?第?\s?[0-9]{1,4}\s?号|令\s?第?\s?[0-9]{1,4}\s?号"
)
_ADDRESS = re.compile(
    r"第[零〇一二两三四五六七八九十百千0-9]{1,9}(?:条(?:之[一二三四五六七八九十]{1,2})?|款|项|目|章|节|编)"
    r"|[（(][一二三四五六七八九十0-9]{1,3}[）)]项?|(?:^|(?<=[\n》。；]))\s{0,4}[一二三四五六七八九十0-9]{1,3}[、.．]"
    r"(?:[（(][一二三四五六七八九十0-9]{1,3}[）)][0-9]{0,2}[.．]?)?"
)

SHOWN = 24
"""Characters of a stroke that a reason shows."""


class Said:
    """A text with what it says: words, amounts, dates, strokes, duties."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Figures, dates and duties are all read from the half-width form.
        self.plain = plain_of(text)

    @cached_property
    def page(self) -> Page:
        """The text beside its plain form."""
        return open_page(self.text)._replace(plain=self.plain)

    @cached_property
    def words(self) -> Words:
        """Its tokens."""
        return Words(self.plain)

    @cached_property
    def amounts(self) -> Sequence[Amount]:
        """Its quantities, those in names of documents and addresses left out."""
        return [a for a in amounts_of(self.page) if not self._is_named(a.span)]

    @cached_property
    def dates(self) -> Sequence[Date]:
        """Its dates."""
        return [d for d in dates_of(self.plain) if not self._is_named(d.span)]

    @cached_property
    def strokes(self) -> Sequence[Stroke]:
        """Its strokes."""
        return strokes_of(self.plain)

    @cached_property
    def bound(self) -> Sequence[Bound]:
        """Its strokes with their duties."""
        return bound_strokes(self.page, self.strokes)

    @cached_property
    def members(self) -> Sequence[Member]:
        """Its words that exclude others."""
        return members_in(self.plain)

    @cached_property
    def named(self) -> list[Span]:
        """Where titles, 文号 and addresses stand, whose numbers are compared as names."""
        patterns = (_TITLE, _NUMBER, _ADDRESS)
        return [Span(*match.span()) for each in patterns for match in each.finditer(self.plain)]

    @property
    def is_listed(self) -> bool:
        """Whether figures stand apart from what they are of: 小学、初中分别达到85%、90%."""
        return "分别" in self.plain

    def _is_named(self, span: Span) -> bool:
        return any(named.start <= span.start < named.end for named in self.named)


def near_stroke(claim: Said, span: Span, sources: Sequence[Said]) -> tuple[Said, Stroke] | None:
    """Return the stroke of a source that says what the claim says around `span`, if one does."""
    stroke = stroke_at(claim.strokes, span.start)
    for source in sources:
        near = nearest(stroke, source.strokes) if stroke else None
        if near:
            return source, near
    return None


def around(said: Said, span: Span) -> str:
    """Return a figure with the words of its stroke beside it, as written."""
    stroke = stroke_at(said.strokes, span.start)
    start, end = stroke.span if stroke else span
    start, end = max(start, span.end - SHOWN), min(max(end, span.end), span.start + SHOWN)
    return said.text[start:end].strip()
