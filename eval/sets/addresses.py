"""Addresses as people give them for gold: 《…》第十二条, 附件1 第3条, 三、（二）5."""

import re
from typing import NamedTuple

from corpus.fold import fold_text
from corpus.numerals import NUMERAL, parse_numeral

_TITLE = r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》"
_SIGNS = rf"(?:{NUMERAL}|[第条款项目编篇章节附件之、（）()．.，,①-⑳\s])"
_TELLING = r"[条款项目编篇章节件、（(①-⑳]"
_ADDRESS = re.compile(rf"(?:《[^《》]+》)?(?={_SIGNS}*{_TELLING}){_SIGNS}{{2,60}}")
_NUMBERED = re.compile(rf"{NUMERAL}|[①-⑳]")
# Right behind a title: the 文号, or the issuer and the year, but not （二）.
_NOTE = rf"(?P<note>[（(](?!{NUMERAL}{{1,4}}[）)])(?:[^（）()]|[（(][^（）()]*[）)])+[）)])?"
_OF_A_TITLE = re.compile(rf"{_TITLE}{_NOTE}\s*的?\s*[：:]?\s*(?P<rest>.*)", re.DOTALL)
_STEP = re.compile(rf"{NUMERAL}{{1,12}}|(?:(?!{NUMERAL})\w)+")

Key = tuple[int | str, ...]


class Titled(NamedTuple):
    """A document in 《》 with what stands in brackets behind it, and what is said of it."""

    document: str
    rest: str


def split_title(text: str) -> Titled | None:
    """Take 《title》（文号） off the front of `text`; None where it begins otherwise."""
    match = _OF_A_TITLE.fullmatch(text.strip())
    return Titled(match["title"] + (match["note"] or ""), match["rest"]) if match else None


def is_address(text: str) -> bool:
    """Whether `text` is made of nothing but an address, of an annex by its 《》 too."""
    return bool(_ADDRESS.fullmatch(text) and _NUMBERED.search(text))


def key_of(address: str) -> Key:
    """Return the steps of an address by which 附件1 第12条 and 附件一第十二条 are the same."""
    steps = _STEP.findall(fold_text(address).replace("第", " "))
    return tuple(step if (number := parse_numeral(step)) is None else number for step in steps)
