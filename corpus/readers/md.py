"""Markdown: a policy text with light marks around it, which are not part of what it says."""

import re

from corpus.decode import decode
from corpus.readers.reading import Reading

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
# Marks at the start of a line, and rules that stand on lines of their own.
_QUOTE = re.compile(r"(?:[ ]{0,3}>[ ]?)*")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}(?:[ \t]+|$)")
_BULLET = re.compile(r"^[ ]{0,3}[*+-][ \t]+(?=\S)")
_RULE = re.compile(r"[ ]{0,3}(?:(?:[-*_][ \t]*){3,}|=+[ \t]*)$")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
# ____ is a figure left empty, and no mark.
_STRONG = re.compile(r"(?<![*_])(\*\*|__)(?![*_\s])((?:(?!\1).)+)(?<![*_\s])\1(?![*_])")
_LINK = re.compile(r"!?\[([^\[\]]+)\]\((?:https?:|[./#])[^()\s]*\)")
# CommonMark escapes a number that is not meant as a list: 1\. 加强领导
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>-])")


def read(data: bytes) -> Reading:
    """Decode a Markdown file and take off the marks (#, **, >, ---) that only set the type.

    Numbers stay as written: a policy's own 1. is part of its text, not a Markdown list.
    """
    text, encoding = decode(data)
    lines = _FRONT_MATTER.sub("", text).split("\n")
    return Reading("\n".join(_plain(line) for line in lines), encoding)


def _plain(line: str) -> str:
    line = line.rstrip(" \t").removesuffix("\\")
    line = _QUOTE.sub("", line, count=1)
    if _RULE.match(line) or _FENCE.match(line):
        return ""
    heading = _HEADING.match(line)
    if heading:
        line = line[heading.end() :].rstrip("#").rstrip(" \t")
    line = _LINK.sub(r"\1", _STRONG.sub(r"\2", _BULLET.sub("", line, count=1)))
    return _ESCAPE.sub(r"\1", line)
