"""The numbers of <ol>, which a browser writes and the source of the page does not hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.numerals import chinese_numeral

_STYLE = re.compile(r"list-style(?:-type)?\s{0,3}:\s{0,3}([a-z -]{1,60})", re.IGNORECASE)
_CHINESE = ("cjk-ideographic", "chinese-informal", "chinese-formal", "cjk-decimal")
_TYPES = {"1", ""}
_LARGEST = 9999


@dataclass(slots=True)
class List:
    """An open list; `following` is the number of its next item, None where items have none."""

    following: int | None
    chinese: bool = False
    step: int = 1

    def number(self, attributes: Mapping[str, str]) -> str:
        """Return what a browser writes before the item that begins, and count it."""
        if self.following is None or _unnumbered(attributes):
            return ""
        number = _whole(attributes.get("value", ""), self.following)
        self.following = number + self.step
        if not 0 < number <= _LARGEST:
            return ""
        return f"{chinese_numeral(number)}、" if self.chinese else f"{number}. "


def open_list(tag: str, attributes: Mapping[str, str]) -> List:
    """Return the list that a tag opens."""
    # Letters and Roman numbers (type="a") are no numbering of official documents.
    if tag != "ol" or attributes.get("type", "1") not in _TYPES or _unnumbered(attributes):
        return List(None)
    style = _STYLE.search(attributes.get("style", ""))
    chinese = style is not None and any(name in style[1].lower() for name in _CHINESE)
    start = _whole(attributes.get("start", ""), 1)
    return List(start, chinese, -1 if "reversed" in attributes else 1)


def _unnumbered(attributes: Mapping[str, str]) -> bool:
    style = _STYLE.search(attributes.get("style", ""))
    return style is not None and "none" in style[1].lower()


def _whole(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text.strip()) else otherwise
