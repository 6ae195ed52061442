"""Who carries a clause out: behind 牵头单位：, below it in a table, or in brackets before 牵头."""

import re
from collections.abc import Iterator

from corpus.facts import Units
from corpus.facts.columns import find_cells
from corpus.lines import Page
from corpus.spans import Span, Stated

_ROLES = {
    "lead": "牵头|主办",
    "responsible": "责任|承办|负责|实施|落实",
    "support": "配合|协办|参与|协同|支持|协助",
}
_ROLE = "|".join(_ROLES.values())
_LABEL = re.compile(
    rf"(?P<role>{_ROLE})(?:责任)?(?:单位|部门|科室|处室|股室)[及和与]?(?:责任单位)?\s{{0,9}}[：:]\s{{0,99}}"
)
_HEAD = re.compile(rf"(?P<role>{_ROLE})(?:责任)?(?:单位|部门|科室|处室|股室)")
# 各县<市、区> and 〔責任單位：…縣〔區〕〕 keep their own brackets.
_OWN = r"[<＜(（〔\[][^<>＜＞()（）〔〕\[\]\n]{0,30}[>＞)）〕\]]"
# The list ends with its line, its bracket or its sentence.
_LIST = re.compile(rf"(?:{_OWN}|[^；;。)）〕】\]\n])*")
_PLACE = r"(?:自治[州县区旗]|街道|园区|乡镇|[省市州县区盟旗镇乡])"
# 各市、州、县人民政府 is one name.
_EACH = (
    rf"各{_PLACE}(?:{_OWN})?(?:、{_PLACE}(?:{_OWN})?){{1,6}}"
    r"(?:人民)?(?:政府|办事处)?(?=[、，,；;\s]|$|等)"
)
_UNIT = re.compile(rf"{_EACH}|(?:{_OWN}|[^、，,；;\s])+")
_ETC = re.compile(r"等(?:[^、，,；;\s]{0,4}(?:部门|单位))?$")
# 教育局和财政局 are two, 文化和旅游厅 is one.
_AND = re.compile(r"(?<=[局厅委部院办])[和及与](?=[^、，,；;\s]{1,20}[局厅委部院办会府]$)")
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split("|")}

_BRACKET = re.compile(
    r"[（(〔【](?P<inside>(?:[^（）()〔〕【】\n：:。]|[（(〔][^（）()〔〕【】\n]{0,30}[）)〕]){3,300})[）)〕】]"
)
_PIECE = re.compile(r"(?:[（(〔<][^（）()〔〕<>]{0,30}[）)〕>]|[^，,；;])+")
_DOES = re.compile(
    rf"(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:分别|共同|具体|组织)?(?P<role>{_ROLE})"
    r"(?:单位|部门|负责|实施|落实|组织|配合)?$"
)
_ORGAN = re.compile(
    r"(?:[局厅委办部院会处科股室府社团联协校园馆队所]|中心|街道|乡镇|镇|中学|小学|大学|公司|集团|"
    r"单位|部门|[县市]区|残联|妇联|各[县市区]|[>＞)）〕])$"
)


def find_units(page: Page, start: int, end: int) -> Units:
    """Return the units that `page.text[start:end]` names, each with its span."""
    named: dict[str, list[Stated]] = {role: [] for role in _ROLES}
    labels = list(_LABEL.finditer(page.plain, start, end))
    # A label may follow on the same line without ；: 牵头单位：教育局 责任单位：财政局.
    stops = [*(label.start() for label in labels), end][1:]
    for label, stop in zip(labels, stops, strict=True):
        named[_ROLE_OF[label["role"]]] += _listed(page, label.end(), stop)
    for head, cell in find_cells(page.plain, start, end, _HEAD):
        named[_ROLE_OF[head["role"]]] += _names(page, *cell)
    for bracket in _BRACKET.finditer(page.plain, start, end):
        for role, unit in _doers(page, *bracket.span("inside")):
            named[role].append(unit)
    return Units(**{role: tuple(units) for role, units in named.items()})


def _listed(page: Page, start: int, stop: int) -> Iterator[Stated]:
    listed = _LIST.match(page.plain, start, stop)
    yield from _names(page, start, listed.end() if listed else start)


def _names(page: Page, start: int, stop: int) -> Iterator[Stated]:
    for unit in _UNIT.finditer(page.plain, start, stop):
        etc = _ETC.search(page.plain, *unit.span())
        end = etc.start() if etc and etc.start() > unit.start() else unit.end()
        edges = [unit.start()]
        for joined in _AND.finditer(page.plain[unit.start() : end]):
            edges += [unit.start() + joined.start(), unit.start() + joined.end()]
        edges.append(end)
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            yield Stated(page.text[first:last], Span(first, last))


def _doers(page: Page, start: int, stop: int) -> Iterator[tuple[str, Stated]]:
    """Who does what in a bracket: 县教育局牵头，县财政局配合; nothing where it is prose."""
    waiting: list[Stated] = []
    found: list[tuple[str, Stated]] = []
    for piece in _PIECE.finditer(page.plain, start, stop):
        begin = piece.start() + piece[0].startswith("由")
        does = _DOES.search(page.plain, begin, piece.end())
        waiting += _names(page, begin, does.start() if does else piece.end())
        if does:
            found += [(_ROLE_OF[does["role"]], unit) for unit in waiting]
            waiting = []
    if not waiting and all(_ORGAN.search(page.plain, *unit.span) for _, unit in found):
        yield from found
