"""Word's fields: { PAGE }, { TOC }, { REF }: their result is text, their code is not.

A field begins, separates its code from its result, and ends, in runs that may stand in different
paragraphs (ECMA-376-1, 17.16.18).
"""

import re
from dataclasses import dataclass

_LONGEST_CODE = 1000
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# How Word writes a circled character that is no character: { eq \o\ac(○,1) }.
_ENCLOSED = re.compile(
    r"\s{0,9}eq\s{1,9}\\o\s{0,9}\\ac\s{0,9}\(\s{0,9}[○〇]\s{0,9}[,，;]([^()]{1,9})\)", re.IGNORECASE
)


@dataclass(slots=True)
class _Field:
    code: str = ""
    has_result: bool = False

    @property
    def is_hidden(self) -> bool:
        return not self.has_result or is_contents(self.code)


def is_contents(code: str) -> bool:
    """Whether a field is the 目录 that Word makes from the headings."""
    return [word.upper() for word in code.split(maxsplit=1)[:1]] == ["TOC"]


class Fields:
    """The fields that are open at a place in the document."""

    def __init__(self, ignored: bool = False) -> None:
        self._ignored = ignored
        self._open: list[_Field] = []

    @property
    def are_open(self) -> bool:
        """Whether a field has begun and not ended."""
        return bool(self._open)

    @property
    def in_contents(self) -> bool:
        """Whether this is the result of a field that makes a 目录."""
        return any(field.has_result and is_contents(field.code) for field in self._open)

    @property
    def hide(self) -> bool:
        """Whether text here is the code of a field, or an entry of a 目录."""
        return any(field.is_hidden for field in self._open)

    def code(self, text: str) -> None:
        """Take in a piece of the code of the innermost field."""
        if self._open and len(self._open[-1].code) < _LONGEST_CODE:
            self._open[-1].code += text

    def mark(self, kind: str) -> str:
        """Take in a `begin`, `separate` or `end`, and return the text that ends there."""
        if self._ignored:
            return ""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].has_result = True
        elif kind == "end" and self._open:
            field = self._open.pop()
            return "" if field.has_result or self.hide else _enclosed(field.code)
        return ""


def _enclosed(code: str) -> str:
    match = _ENCLOSED.match(code)
    if match is None:
        return ""
    inside = match[1].strip()
    counted = inside.isascii() and inside.isdigit() and 0 < int(inside) <= len(_CIRCLED)
    return _CIRCLED[int(inside) - 1] if counted else inside
