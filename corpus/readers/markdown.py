"""Markdown: a policy text with light marks around it, which are not part of what it says."""

import re

from corpus.decode import Decoded, decode

_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_BULLET = re.compile(r"^[ ]{0,3}[*+-][ \t]+(?=\S)", re.MULTILINE)
_QUOTE = re.compile(r"^[ ]{0,3}>[ \t]?", re.MULTILINE)
_RULE = re.compile(r"^[ ]{0,3}(?:[-*_][ \t]*){3,}$", re.MULTILINE)
_HARD_BREAK = re.compile(r"(?:[ ]{2,}|\\)$", re.MULTILINE)
# CommonMark escapes a number that is not meant as a list: 1\. 加强领导
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>-])")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def read_markdown(data: bytes) -> Decoded:
    """Decode a Markdown file and take off the marks (#, **, >, ---) that only set the type.

    Numbers stay as written: a policy's own 1. is part of its text, not a Markdown list.
    """
    text, encoding = decode(data)
    text = _FRONT_MATTER.sub("", text)
    text = _RULE.sub("", _HARD_BREAK.sub("", text))
    text = _HEADING.sub(r"\1", _QUOTE.sub("", text))
    text = _STRONG.sub(r"\2", _BULLET.sub("", text))
    return Decoded(_ESCAPE.sub(r"\1", text), encoding)
