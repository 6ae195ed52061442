"""Addresses of statutes: 第十二条第二款第（三）项第1目, taken apart and found in a clause."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.document import Clause, Document
from corpus.numerals import NUMERAL, chinese_numeral, parse_numeral
from corpus.spans import Span

_ORDER = "条款项目"
# 附件1 第二章第三条, 《青禾县校舍管理办法》第三条: what stands before the article.
_TEXT = re.compile(
    r"(?P<text>附\S{1,6} |《[^》]{1,200}》)?(?P<chapter>(?:第[^第条 ]{1,6}[编篇章节])*)"
)
_JOINS = re.compile(r"[、和及与或至]|以及")
_LEVEL = re.compile(
    rf"第?[（(]?(?P<number>{NUMERAL}{{1,9}})[）)]?(?P<level>[条款项目])(?:之(?P<sub>{NUMERAL}{{1,2}}))?"
)


class Level(NamedTuple):
    """One step of an address: 条, 款, 项 or 目, and how addresses write it: 第（三）项."""

    name: str
    written: str


def levels_of(address: str) -> list[Level]:
    """Return the 条, 款, 项 and 目 of an address, however it writes their numbers."""
    return [Level(match["level"], _one(match)) for match in _LEVEL.finditer(address)]


def _one(match: re.Match[str]) -> str:
    number, level = parse_numeral(match["number"]) or 0, match["level"]
    if not 0 < number < 10_000:
        return match[0]
    if level == "目":
        return f"第{number}目"
    numeral = chinese_numeral(number)
    sub = parse_numeral(match["sub"] or "")
    behind = f"之{chinese_numeral(sub)}" if sub else ""
    return f"第（{numeral}）项" if level == "项" else f"第{numeral}{level}{behind}"


def written(levels: Sequence[Level]) -> str:
    """Join the levels of an address again."""
    return "".join(level.written for level in levels)


def scopes_of(document: Document, clause: Clause) -> list[str]:
    """Return what an address of a clause's own text may begin with, the nearest first.

    In 附件1 第二章第三条 that is 附件1 第二章, then 附件1. The main text counts where the 附件 has
    no articles of its own.
    """
    match = _TEXT.match(clause.address)
    text, chapter = (match["text"] or "", match["chapter"]) if match else ("", "")
    own = any(c.kind == "article" and c.address.startswith(text) for c in document.clauses)
    scopes = [text + chapter, text] if own else [text + chapter, text, ""]
    return list(dict.fromkeys(scopes))


def texts_of(document: Document) -> list[str]:
    """Return what the addresses of a document's texts begin with, the main one first."""
    matches = (_TEXT.match(c.address) for c in document.clauses if c.kind == "article")
    return list(dict.fromkeys(["", *(match["text"] or "" for match in matches if match)]))


def _article(clause: Clause) -> str:
    return clause.address if clause.kind == "article" else ""


def spell_out(citing: Document, clause: Clause) -> dict[Span, str]:
    """Return the whole address of each reference of a clause, by its span.

    本条, and a 款 or 项 alone, is of the clause itself; of 第五条第一款、第二款 both are of 第五条.
    """
    own = _article(clause)
    above, end = own, -1
    spelled: dict[Span, str] = {}
    for reference in clause.facts.references:
        address = reference.address or ""
        address = own + address.removeprefix("本条") if address.startswith("本条") else address
        levels = levels_of(address)
        if levels and levels[0].name != "条" and not address.startswith("前"):
            goes_on = end >= 0 and _JOINS.fullmatch(citing.text, end, reference.span.start)
            base = levels_of(above if goes_on else own)
            address = written([*_above(base, levels[0].name), *levels])
        spelled[reference.span] = address
        above, end = address, reference.span.end
    return spelled


def _above(levels: Sequence[Level], level: str) -> Sequence[Level]:
    """The levels of an address that contain `level`."""
    return [one for one in levels if _ORDER.index(one.name) < _ORDER.index(level)]


def below(document: Document, heading: Clause) -> Span:
    """Return the stretch of a heading and all that stands below it."""
    depth = len(heading.path)
    end = heading.end
    for clause in document.clauses[document.clauses.index(heading) + 1 :]:
        if len(clause.path) <= depth:
            break
        end = clause.end
    return Span(heading.start, end)


def part_span(clause: Clause, levels: Sequence[Level]) -> Span | None:
    """Return the stretch of a clause that 第二款第（三）项 names, or None.

    第一款 of a clause with one 款 is the clause.
    """
    if not levels:
        return clause.span
    parts = {part.address: part.span for part in clause.parts}
    named = clause.address + written(levels)
    only = levels[0].written == "第一款" and f"{clause.address}第一款" not in parts
    if only:
        return part_span(clause, levels[1:])
    if named in parts or levels[0].name != "项":
        return parts.get(named)
    # 第（三）项 without its 款, where only one 款 has such an item.
    same = [span for name, span in parts.items() if name.endswith(written(levels))]
    return same[0] if len(same) == 1 else None
