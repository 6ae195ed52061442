"""What a Word style gives the text in it: its numbering, and whether it is hidden."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from docx.oxml.ns import qn

from corpus.readers.word.ooxml import Element, is_on, number, value

PPR, RPR = qn("w:pPr"), qn("w:rPr")
VANISH = qn("w:vanish")
_STYLE, _STYLE_ID, _TYPE = qn("w:style"), qn("w:styleId"), qn("w:type")
_DEFAULT, _BASED_ON = qn("w:default"), qn("w:basedOn")
_NUM_PR, _NUM_ID, _ILVL = qn("w:numPr"), qn("w:numId"), qn("w:ilvl")
_P_STYLE, _R_STYLE = qn("w:pStyle"), qn("w:rStyle")


class Numbered(NamedTuple):
    """The list (w:numId) and the level (0 to 8, None if not said) that a paragraph names."""

    list_id: str
    level: int | None


class Styles:
    """The styles of a document, each with those that it is based on."""

    def __init__(self, part: Element | None) -> None:
        found = [] if part is None else part.findall(_STYLE)
        self._by_id = {style.get(_STYLE_ID, ""): style for style in found}
        defaults = (s for s in found if s.get(_TYPE) == "paragraph" and s.get(_DEFAULT) == "1")
        self._hides: dict[str, bool] = {"": False}
        self._lists: dict[str, Numbered | None] = {"": None}
        self._default: str = next((s.get(_STYLE_ID, "") for s in defaults), "")

    def lineage(self, style_id: str) -> Iterator[tuple[str, Element]]:
        """Yield the style, then the one it is based on, and so on; a circle is walked once."""
        seen: set[str] = set()
        while style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style_id, style
            style_id = value(style.find(_BASED_ON))

    def of_paragraph(self, properties: Element | None) -> str:
        """Return the id of the style of a paragraph, from its w:pPr."""
        named = value(_in(properties, _P_STYLE))
        return named if named in self._by_id else self._default

    def numbered(self, style_id: str) -> Numbered | None:
        """Return the list that a style puts its paragraphs in, or None."""
        if style_id not in self._lists:
            self._lists[style_id] = _merged(s.find(PPR) for _, s in self.lineage(style_id))
        return self._lists[style_id]

    def numbered_paragraph(self, properties: Element | None) -> Numbered | None:
        """Return the list that a paragraph is in, by its own w:numPr or its style, or None."""
        own = _in(properties, _NUM_PR)
        if own is None:
            return self.numbered(self.of_paragraph(properties))
        styled = (s.find(PPR) for _, s in self.lineage(self.of_paragraph(properties)))
        return _merged(chain((properties,), styled))

    def hides(self, style_id: str) -> bool:
        """Whether text in the style is hidden."""
        if style_id not in self._hides:
            found = (_in(style.find(RPR), VANISH) for _, style in self.lineage(style_id))
            said = next((vanish for vanish in found if vanish is not None), None)
            self._hides[style_id] = is_on(said)
        return self._hides[style_id]

    def hides_run(self, properties: Element | None, paragraph_style: str) -> bool:
        """Whether a run with this w:rPr is hidden, in a paragraph of that style."""
        own = _in(properties, VANISH)
        if own is not None:
            return is_on(own)
        return self.hides(value(_in(properties, _R_STYLE))) or self.hides(paragraph_style)


def _in(properties: Element | None, tag: str) -> Element | None:
    return None if properties is None else properties.find(tag)


def _merged(properties: Iterable[Element | None]) -> Numbered | None:
    """The first list and the first level that are said; a style may give one and not the other."""
    level: int | None = None
    for each in properties:
        numbered = _in(each, _NUM_PR)
        said_list, said_level = _in(numbered, _NUM_ID), _in(numbered, _ILVL)
        if level is None and said_level is not None:
            level = number(said_level, 0)
        if said_list is not None:
            # List 0 takes a paragraph out of the list that its style puts it in.
            list_id = value(said_list)
            return Numbered(list_id, level) if list_id not in ("", "0") else None
    return None
