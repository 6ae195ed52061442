"""What a reference points at, among the documents of a library."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.document import Clause, Document, Part
from corpus.facts import Reference
from corpus.fold import fold_text
from corpus.numerals import parse_numeral
from corpus.spans import Span
from index.addresses import (
    below,
    levels_of,
    part_span,
    scopes_of,
    spell_out,
    texts_of,
    written,
)

_COUNTRY = fold_text("中华人民共和国")
_NOT_IN_FORCE = frozenset({"征求意见稿", "送审稿", "草案", "讨论稿", "已废止", "已被替代"})
# A notice is found by the name of what it issues: 关于印发《青禾县校舍管理办法》的通知.
_CARRIED = re.compile(
    r"(?:印发|发布|公布|颁布)[《〈](?P<title>[^《》]{2,100})[》〉]的(?:通知|公告|决定)$"
)
_FORMER = re.compile(r"前(?P<count>[一二两三四]?)(?P<level>[款条项])(?P<rest>.*)")


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
        self._carried: dict[str, list[Document]] = defaultdict(list)
        for document in every:
            metadata = document.metadata
            if metadata.number:
                self._numbered[_key(metadata.number.value)].append(document)
            if metadata.title:
                self._titled[_name(metadata.title.value)].append(document)
                carried = _CARRIED.search(metadata.title.value)
                if carried:
                    self._carried[_name(carried["title"])].append(document)

    def resolve(self, reference: Reference, citing: Document, clause: Clause) -> Target | None:
        """Return what a reference, one of those of `clause` in `citing`, points at, or None.

        A document is found by its 文号, else by its title, with or without 中华人民共和国 before
        it, else by the title of what it issues. Of several versions the newest in force counts; of
        several places that of the citing document, and none where neither is it.
        """
        if reference.title is None and reference.number is None:
            return self._own(reference, citing, clause) if reference.address else None
        document = self._document(reference, citing)
        if document is None or reference.address is None:
            return Target(document) if document else None
        address = self._spelled_in(citing, clause)[reference.span]
        read = self._read(document.id)
        return self._address(read, address, texts_of(read)) or Target(document)

    def _document(self, reference: Reference, citing: Document) -> Document | None:
        numbered = self._numbered.get(_key(reference.number), []) if reference.number else []
        title = _name(reference.title or "")
        titled = self._titled.get(title) or self._carried.get(title, [])
        return _newest(_of_place(numbered or titled, citing))

    def _own(self, reference: Reference, citing: Document, clause: Clause) -> Target | None:
        address = reference.address or ""
        former = _FORMER.match(address)
        if former:
            return self._former(former, reference.span.start, citing, clause)
        address = self._spelled_in(citing, clause)[reference.span]
        return self._address(citing, address, scopes_of(citing, clause))

    def _spelled_in(self, citing: Document, clause: Clause) -> dict[Span, str]:
        """The addresses of a clause's references, kept while one clause is asked about."""
        if self._spelled[0] != clause.id:
            self._spelled = clause.id, spell_out(citing, clause)
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
            address = above[-1].address + former["rest"]
            return self._address(citing, address, scopes_of(citing, clause))
        return Target(citing, clause, Span(above[0].span.start, above[-1].span.end))

    def _address(self, document: Document, address: str, scopes: Sequence[str]) -> Target | None:
        """The clause of an address in the first of the texts that has it."""
        clauses = self._clauses(document)
        if address.startswith("附"):
            clause = next((c for name, c in clauses.items() if name.split(" ")[0] == address), None)
            return Target(document, clause, clause.span) if clause else None
        levels = levels_of(address)
        name = written(levels[:1]) if levels else address
        clause = next((clauses[s + name] for s in scopes if s + name in clauses), None)
        if clause is None:
            return None
        if clause.kind == "heading":
            return Target(document, clause, below(document, clause))
        inner = part_span(clause, levels[1:])
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


def _siblings(parts: Sequence[Part], level: str) -> Iterator[Part]:
    yield from (part for part in parts if part.address.endswith(level))
