"""A quotation against its source, character by character; punctuation and script do not count."""

import re
from itertools import accumulate
from typing import Any, Literal, NamedTuple

from corpus.spans import Span
from retrieval.verify.words import plain_of

Side = Literal["both", "draft", "source"]

LIKE = 75.0
"""Percent of equal characters from which a passage is what was meant to be quoted."""
_MARGIN = 30
"""Characters beside the likest window in which its real ends are looked for."""


_GAP = 4
_UNIT = re.compile(r"[0-9]{1,20}|[零〇一二两三四五六七八九十百千万亿]{1,20}|[\s\S]")
_NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿")
_STOPS = frozenset("。；;！？\n")
_LEFT_OUT = re.compile(r"…{1,4}|\.{3,6}|⋯{1,4}")


class Piece(NamedTuple):
    """A stretch that both have, or one only; `both` is shown as the draft has it."""

    text: str
    side: Side


class Core:
    """The letters, digits and ideographs of a text, simplified, and where each of them stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        plain = plain_of(text)
        self.places = [at for at, c in enumerate(plain) if c.isalnum() or c in "%‰"]
        self.letters = "".join(plain[at] for at in self.places)

    def span(self, start: int, end: int) -> Span:
        """The place in the text of `letters[start:end]`, which is not empty."""
        return Span(self.places[start], self.places[end - 1] + 1)

    def cut(self, start: int, end: int) -> str:
        """Return `letters[start:end]` as written, without what stands behind them."""
        return self.text[slice(*self.span(start, end))]

    def find(self, other: "Core", start: int = 0) -> Span | None:
        """Return where the letters of another core stand among these, never inside a number."""
        at = self.letters.find(other.letters, start)
        while at >= 0 and other.letters:
            end = at + len(other.letters)
            if not (self._cuts_number(at) or self._cuts_number(end)):
                return Span(at, end)
            at = self.letters.find(other.letters, at + 1)
        return None

    def back(self, start: int, letters: int) -> int:
        """Return up to so many letters before a place, none of an earlier sentence."""
        for at in range(start, max(0, start - letters), -1):
            if self._ends_sentence(at):
                return at
        return max(0, start - letters)

    def on(self, end: int, letters: int) -> int:
        """Return up to so many letters behind a place, of the same sentence, a number whole."""
        last = min(len(self.letters), end + letters)
        last = next((at for at in range(end, last) if self._ends_sentence(at)), last)
        while last < len(self.letters) and self._goes_on(last):
            last += 1
        return last

    def _goes_on(self, at: int) -> bool:
        """Whether a number stands on both sides of a place."""
        return {*self.letters[at - 1 : at + 1]} <= _NUMERALS and self._are_neighbours(at)

    def _ends_sentence(self, at: int) -> bool:
        """Whether a sentence ends before a letter."""
        if not 0 < at < len(self.places):
            return True
        return not _STOPS.isdisjoint(self.text[self.places[at - 1] + 1 : self.places[at]])

    def _cuts_number(self, at: int) -> bool:
        around = self.letters[at - 1 : at + 1] if at else ""
        return len(around) == 2 and around.isdigit() and self._are_neighbours(at)

    def _are_neighbours(self, at: int) -> bool:
        return at < len(self.places) and self.places[at] == self.places[at - 1] + 1


def find_quoted(quoted: Core, source: Core) -> Span | None:
    """Return where a quotation stands word by word among the letters of `source`.

    What …… leaves out may be anything.
    """
    parts = [core for part in _LEFT_OUT.split(quoted.text) if (core := Core(part)).letters]
    spans: list[Span] = []
    for part in parts:
        found = source.find(part, spans[-1].end if spans else 0)
        if found is None:
            return None
        spans.append(found)
    return Span(spans[0].start, spans[-1].end) if spans else None


class Likeness(NamedTuple):
    """How like a stretch of a source is, in percent, and where its letters are in its core."""

    score: float
    span: Span


def likest(quoted: Core, source: Core, least: float = LIKE) -> Likeness | None:
    """Return the stretch of `source` that is most like `quoted`, or None below `least`."""
    from rapidfuzz import fuzz

    if not quoted.letters or not source.letters:
        return None
    found = fuzz.partial_ratio_alignment(quoted.letters, source.letters, score_cutoff=least)
    if found is None or len(source.letters) * 2 < len(quoted.letters):
        return None
    start, end = _ends(quoted, source, Span(found.dest_start, found.dest_end))
    return Likeness(found.score, Span(start, end)) if end > start else None


def _ends(quoted: Core, source: Core, window: Span) -> Span:
    """Where what was quoted begins and ends: the likest of the window, and of wider ones.

    The window has the length of the quotation, whose words may stand farther apart in the source.
    """
    from rapidfuzz import fuzz

    margins = ((0, 0), (_MARGIN, 0), (0, _MARGIN), (_MARGIN, _MARGIN))
    wider = [
        Span(max(0, window.start - before), min(len(source.letters), window.end + behind))
        for before, behind in margins
    ]
    ends = [_fitted(quoted, source, span) for span in wider]
    # Without a far letter that it had been led to, a stretch may end closer.
    ends += [_fitted(quoted, source, span) for span in dict.fromkeys(ends) if span.end > span.start]
    return max(ends, key=lambda s: fuzz.ratio(quoted.letters, source.letters[s.start : s.end]))


def _fitted(quoted: Core, source: Core, wide: Span) -> Span:
    """A stretch without what stands at its ends and was not meant to be quoted."""
    from rapidfuzz.distance import Indel

    letters = source.letters[wide.start : wide.end]
    equal = [o for o in Indel.opcodes(quoted.letters, letters) if o.tag == "equal"]
    if not equal:
        return wide
    # Letters that were found far before the others, or behind them, are not what was meant.
    low, high = 0, len(equal) - 1
    while low < high and _is_apart(equal[low].src_end, equal[low], equal[low + 1]):
        low += 1
    while low < high and _is_apart(
        len(quoted.letters) - equal[high].src_start, equal[high - 1], equal[high]
    ):
        high -= 1
    own, its = equal[low], equal[high]
    start = source.back(wide.start + own.dest_start, own.src_start)
    return Span(start, source.on(wide.start + its.dest_end, len(quoted.letters) - its.src_end))


def _is_apart(letters: int, one: Any, other: Any) -> bool:
    """Whether more of the source lies between two equal stretches than the outer letters count."""
    return bool(other.dest_start - one.dest_end > max(_GAP, letters))


def difference(quoted: Core, source: Core, span: Span) -> tuple[Piece, ...]:
    """Return the quotation piece by piece against `source.letters[span]`."""
    from rapidfuzz.distance import Levenshtein

    own, its = _units(quoted.letters), _units(source.letters[span.start : span.end])
    own_ends, its_ends = _ends_of(own, 0), _ends_of(its, span.start)
    pieces: list[Piece] = []
    for edit in Levenshtein.opcodes(own, its):
        side: Side = "both" if edit.tag == "equal" else "draft"
        if edit.src_end > edit.src_start:
            first, last = own_ends[edit.src_start], own_ends[edit.src_end]
            pieces.append(Piece(_written(quoted, first, last), side))
        if side == "draft" and edit.dest_end > edit.dest_start:
            first, last = its_ends[edit.dest_start], its_ends[edit.dest_end]
            shown = _written(source, first, last) if last < span.end else source.cut(first, last)
            pieces.append(Piece(shown.strip(), "source"))
    return tuple(pieces)


def _units(letters: str) -> list[str]:
    """Letters one by one, but numbers whole: 25 for 21 is one change, 一百五十 for 一百二十五."""
    return _UNIT.findall(letters)


def _ends_of(units: list[str], start: int) -> list[int]:
    """Where each unit begins among the letters, and where the last one ends."""
    return list(accumulate(map(len, units), initial=start))


def _written(core: Core, first: int, last: int) -> str:
    """Some letters as written, with the punctuation behind them but for the last."""
    end = core.places[last] if last < len(core.places) else core.places[last - 1] + 1
    stop = core.places[last - 1] + 1
    tail = core.text[stop:end]
    return core.text[core.places[first] : stop] + (tail if len(tail) <= 2 else "")
