"""What a reference points at, among the documents of a library."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.document import Clause, Document, Part
from corpus.facts import Reference
from corpus.fold import fold_text
from corpus.numerals import NUMERAL, chinese_numeral, parse_numeral
from corpus.spans import Span

_COUNTRY = fold_text("中华人民共和国")
_NOT_IN_FORCE = frozenset({"征求意见稿", "送审稿", "草案", "讨论稿", "已废止", "已被替代"})
_ORDER = "条款项目"
_JOINS = re.compile(r"[、和及与或至]|以及")
_FORMER = re.compile(r"前(?P<count>[一二两三四]?)(?P<level>[款条项])(?P<rest>.*)")
_LEVEL = re.compile(
    rf"第?[（(]?(?P<number>{NUMERAL}{{1,9}})[）)]?(?P<level>[条款项目])(?:之(?P<sub>{NUMERAL}{{1,2}}))?"
)


class Target(NamedTuple):
    """A document, and the clause and the stretch of it that are meant; None for the whole."""

    document: Document
    clause: Clause | None = None
    span: Span | None = None


class Resolver:
    """Finds the targets of references among `documents`.

    `documents` need no clauses; `read` returns the document of an id with them.
    """

    def __init__(
        self, documents: Iterable[Document], read: Callable[[str], Document] | None = None
    ) -> None:
        every = list(documents)
        self._read = read or {document.id: document for document in every}.__getitem__
        self._opened: dict[str, dict[str, Clause]] = {}
        self._spelled: tuple[str, dict[Span, str]] = ("", {})
        self._numbered: dict[str, list[Document]] = defaultdict(list)
        self._titled: dict[str, list[Document]] = defaultdict(list)
        for document in every:
            metadata = document.metadata
            if metadata.number:
                self._numbered[_key(metadata.number.value)].append(document)
            if metadata.title:
                self._titled[_name(metadata.title.value)].append(document)

    def resolve(self, reference: Reference, citing: Document, clause: Clause) -> Target | None:
        """Return what a reference, one of those of `clause` in `citing`, points at, or None.

        A document is found by its 文号, else by its title, with or without 中华人民共和国 before
        it. Of several versions the newest in force counts; of several places that of the citing
        document, and none where neither is it.
        """
        if reference.title is None and reference.number is None:
            return self._own(reference, citing, clause) if reference.address else None
        document = self._document(reference, citing)
        if document is None or reference.address is None:
            return Target(document) if document else None
        address = self._spelled_in(citing, clause)[reference.span]
        return self._address(self._read(document.id), address) or Target(document)

    def _document(self, reference: Reference, citing: Document) -> Document | None:
        numbered = self._numbered.get(_key(reference.number), []) if reference.number else []
        titled = self._titled.get(_name(reference.title), []) if reference.title else []
        return _newest(_of_place(numbered or titled, citing))

    def _own(self, reference: Reference, citing: Document, clause: Clause) -> Target | None:
        address = reference.address or ""
        former = _FORMER.match(address)
        if former:
            return self._former(former, reference.span.start, citing, clause)
        return self._address(citing, self._spelled_in(citing, clause)[reference.span])

    def _spelled_in(self, citing: Document, clause: Clause) -> dict[Span, str]:
        """The addresses of a clause's references, kept while one clause is asked about."""
        if self._spelled[0] != clause.id:
            self._spelled = clause.id, _spelled(citing, clause)
        return self._spelled[1]

    def _former(
        self, former: re.Match[str], at: int, citing: Document, clause: Clause
    ) -> Target | None:
        """前条, 前款, 前两款, 前项: what stands before the place that names it."""
        count = parse_numeral(former["count"]) if former["count"] else 1
        if former["level"] == "条":
            articles = [c for c in citing.clauses if c.kind == "article" and c.start < clause.start]
            before = articles[-(count or 1) :]
            return (
                Target(citing, before[0], Span(before[0].start, before[-1].end)) if before else None
            )
        siblings = list(_siblings(clause.parts, former["level"]))
        above = [part for part in siblings if part.span.end <= at][-(count or 1) :]
        if not above:
            return None
        if former["rest"]:
            return self._address(citing, above[-1].address + former["rest"])
        return Target(citing, clause, Span(above[0].span.start, above[-1].span.end))

    def _address(self, document: Document, address: str) -> Target | None:
        clauses = self._clauses(document)
        if address.startswith("附"):
            clause = next((c for name, c in clauses.items() if name.split(" ")[0] == address), None)
            return Target(document, clause, clause.span) if clause else None
        levels = _levels(address)
        clause = clauses.get(_written(levels[:1])) if levels else clauses.get(address)
        if clause is None:
            return None
        if clause.kind == "heading":
            return Target(document, clause, _chapter(document, clause))
        inner = _part(clause, levels[1:])
        return Target(document, clause, inner) if inner else None

    def _clauses(self, document: Document) -> dict[str, Clause]:
        """The clauses of a document by address, the first of each."""
        if document.id not in self._opened:
            named = self._opened[document.id] = {}
            for clause in document.clauses:
                named.setdefault(clause.address, clause)
        return self._opened[document.id]


def _key(name: str) -> str:
    return re.sub(r"\s", "", fold_text(name))


def _name(title: str) -> str:
    return _key(title.strip("《》")).removeprefix(_COUNTRY)


def _of_place(documents: Sequence[Document], citing: Document) -> Sequence[Document]:
    """Those of the citing document's place; all of them where only one place has any."""
    regions = [d.metadata.region.value if d.metadata.region else None for d in documents]
    own = citing.metadata.region.value if citing.metadata.region else None
    near = [d for d, region in zip(documents, regions, strict=True) if region in (own, None)]
    return near or (documents if len(set(regions)) == 1 else [])


def _newest(documents: Sequence[Document]) -> Document | None:
    return max(documents, key=_standing, default=None)


def _standing(document: Document) -> tuple[bool, str, str]:
    status, date = document.metadata.status, document.metadata.date
    in_force = status is None or status.value not in _NOT_IN_FORCE
    return in_force, date.value if date else "", document.id


def _levels(address: str) -> list[tuple[str, str]]:
    """The 条, 款, 项 and 目 of an address, each with its number as an address writes it."""
    return [(match["level"], _one(match)) for match in _LEVEL.finditer(address)]


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


def _written(levels: Sequence[tuple[str, str]]) -> str:
    return "".join(written for _, written in levels)


def _article(clause: Clause) -> str:
    return clause.address if clause.kind == "article" else ""


def _spelled(citing: Document, clause: Clause) -> dict[Span, str]:
    """The whole address of each reference: 本条, and what goes on from the one before, spelled out.

    In 第五条第一款、第二款 the second is of 第五条 too; a 款 or 项 alone is of the clause itself.
    """
    own = _article(clause)
    above, end = own, -1
    spelled: dict[Span, str] = {}
    for reference in clause.facts.references:
        address = re.sub("^本条", own, reference.address or "")
        levels = _levels(address)
        if levels and levels[0][0] != "条" and not _FORMER.match(address):
            goes_on = end >= 0 and _JOINS.fullmatch(citing.text, end, reference.span.start)
            base = _levels(above if goes_on else own)
            address = _written([*_above(base, levels[0][0]), *levels])
        spelled[reference.span] = address
        above, end = address, reference.span.end
    return spelled


def _above(levels: Sequence[tuple[str, str]], level: str) -> Sequence[tuple[str, str]]:
    """The levels of an address that contain `level`."""
    return [one for one in levels if _ORDER.index(one[0]) < _ORDER.index(level)]


def _chapter(document: Document, heading: Clause) -> Span:
    """A heading and what stands below it."""
    depth = len(heading.path)
    below = heading.end
    for clause in document.clauses[document.clauses.index(heading) + 1 :]:
        if len(clause.path) <= depth:
            break
        below = clause.end
    return Span(heading.start, below)


def _part(clause: Clause, levels: Sequence[tuple[str, str]]) -> Span | None:
    """The stretch of a clause that 第二款第（三）项 names; 第一款 of an only one is the clause."""
    if not levels:
        return clause.span
    parts = {part.address: part.span for part in clause.parts}
    named = clause.address + _written(levels)
    only = levels[0] == ("款", "第一款") and f"{clause.address}第一款" not in parts
    if only:
        return _part(clause, levels[1:])
    if named in parts or levels[0][0] != "项":
        return parts.get(named)
    # 第（三）项 without its 款, where only one 款 has such an item.
    same = [span for name, span in parts.items() if name.endswith(_written(levels))]
    return same[0] if len(same) == 1 else None


def _siblings(parts: Sequence[Part], level: str) -> Iterator[Part]:
    yield from (part for part in parts if part.address.endswith(level))
