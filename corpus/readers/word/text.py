"""Pieces of a Word document: which elements stand for which text, and which only wrap others."""

import re
from collections.abc import Iterator

from docx.oxml.ns import qn

from corpus.readers.word.ooxml import Element, is_on, value

RUN, TEXT, SYMBOL, RUBY = qn("w:r"), qn("w:t"), qn("w:sym"), qn("w:ruby")
RUBY_BASE, BOX = qn("w:rubyBase"), qn("w:txbxContent")
FIELD, FIELD_KIND = qn("w:fldChar"), qn("w:fldCharType")
FIELD_CODE, SIMPLE_FIELD, SIMPLE_CODE = qn("w:instrText"), qn("w:fldSimple"), qn("w:instr")
PICTURED = tuple(qn(f"w:{name}") for name in ("drawing", "pict", "object"))
MATH = tuple(qn(f"m:{name}") for name in ("oMath", "oMathPara"))
EMBEDDED = qn("w:altChunk")
FIXED = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
"""Elements that stand for one character."""
_MATH_TEXT = qn("m:t")
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES, _BRANCHES = f"{_MARKUP}AlternateContent", (f"{_MARKUP}Choice", f"{_MARKUP}Fallback")
_CONTROL, _CONTROL_PROPERTIES = qn("w:sdt"), qn("w:sdtPr")
_CONTROL_CONTENT, _PLACEHOLDER = qn("w:sdtContent"), qn("w:showingPlcHdr")
_GALLERY = f"{qn('w:docPartObj')}/{qn('w:docPartGallery')}"
_WRAPPERS = frozenset(
    qn(f"w:{name}")
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo")
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LINE_ENDS = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
_FONT, _CHARACTER = qn("w:font"), qn("w:char")
# Symbol fonts put their glyphs at F000 to F0FF; these are the ones that policy texts are set with.
_WINGDINGS = {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0xA1: "○", 0xA8: "□", 0xFB: "✗"}
_WINGDINGS |= {0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0xE0: "→", 0x80: "⓪"}
_WINGDINGS |= {0x81 + n: c for n, c in enumerate("①②③④⑤⑥⑦⑧⑨⑩")}
_WINGDINGS |= {0x8C + n: c for n, c in enumerate("❶❷❸❹❺❻❼❽❾❿")}
_GLYPHS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0xA3: "□", 0x2A: "□"},
    "symbol": {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB0: "°", 0xB7: "•", 0xB8: "÷"},
}
_UNKNOWN_GLYPH = "\ufffd"


def opened(element: Element, left_out: set[str]) -> Iterator[Element]:
    """Yield the children of an element, those of mere wrappers in the wrapper's place.

    Deleted text is no child here. `left_out` takes the kinds of note for what is left out.
    """
    for child in element:
        if child.tag in _WRAPPERS:
            yield from opened(child, left_out)
        elif child.tag == _ALTERNATIVES:
            branch = _branch(child)
            if branch is not None:
                yield from opened(branch, left_out)
        elif child.tag == _CONTROL:
            content = _content(child, left_out)
            if content is not None:
                yield from opened(content, left_out)
        else:
            yield child


def _branch(alternatives: Element) -> Element | None:
    """The first way of saying the same thing that has text in it, else the first."""
    branches = [branch for branch in alternatives if branch.tag in _BRANCHES]
    worded = (branch for branch in branches if branch.find(f".//{TEXT}") is not None)
    return next(worded, branches[0] if branches else None)


def _content(control: Element, left_out: set[str]) -> Element | None:
    """What is in a content control, unless it is a 目录 or the words that ask for input."""
    properties = control.find(_CONTROL_PROPERTIES)
    if properties is not None:
        if value(properties.find(_GALLERY)) == "Table of Contents":
            left_out.add("contents")
            return None
        if is_on(properties.find(_PLACEHOLDER)):
            return None
    content: Element | None = control.find(_CONTROL_CONTENT)
    return content


def boxes(element: Element) -> Iterator[Element]:
    """Yield the text boxes of a drawing, each once."""
    for child in opened(element, set()):
        if child.tag == BOX:
            yield child
        else:
            yield from boxes(child)


def text_of(element: Element) -> str:
    """Return the text of a w:t; white space at its ends counts where the file says so."""
    text = element.text or ""
    if element.get(_SPACE) != "preserve":
        text = text.strip(" \t\n\r")
    return _LINE_ENDS.sub(" ", text)


def math_of(element: Element) -> str:
    """Return the characters of a formula in a row."""
    return "".join(t.text or "" for t in element.iter(_MATH_TEXT))


def symbol_of(element: Element) -> str:
    """Return the character that a w:sym shows, U+FFFD where its font is not known."""
    written = element.get(_CHARACTER, "")
    code = int(written, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", written) else 0
    if not 0xF000 <= code <= 0xF0FF:
        return chr(code) if code >= 0x20 and not 0xD800 <= code <= 0xF8FF else _UNKNOWN_GLYPH
    glyphs = _GLYPHS.get(element.get(_FONT, "").casefold(), {})
    return glyphs.get(code - 0xF000, _UNKNOWN_GLYPH)
