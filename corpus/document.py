"""The values that a file becomes: a Document and its Clauses."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple


class Span(NamedTuple):
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int


class Stated(NamedTuple):
    """A value together with the place in the text that states it."""

    value: str
    span: Span


Kind = Literal[
    "header",  # title, issuer, 文号, adoption notes, web furniture above them
    "contents",  # 目录
    "preamble",  # addressees and the paragraphs before the first number
    "heading",  # a numbered or chapter heading that has numbered children
    "lead",  # unnumbered text between such a heading and its first child
    "article",  # 条
    "item",  # the lowest numbered item: 一、 （一） 1. （1） ①
    "signature",  # 落款: who issued it, and when
    "annex",  # the list 附件：1.… and the title of an annex that follows
    "trailer",  # what a web page left below the document
]


class Part(NamedTuple):
    """An addressable span inside a clause: 第二款, 第（三）项."""

    address: str
    span: Span


class Units(NamedTuple):
    """Who carries a clause out, as the clause names them (牵头, 责任, 配合单位)."""

    lead: tuple[Stated, ...] = ()
    responsible: tuple[Stated, ...] = ()
    support: tuple[Stated, ...] = ()


NO_UNITS = Units()


@dataclass(frozen=True, slots=True)
class Clause:
    """What people cite: a 条, or the lowest numbered item; or a segment between them.

    The clauses of a document, in order and joined, are its text.
    """

    id: str
    document_id: str
    kind: Kind
    address: str
    path: tuple[str, ...]
    start: int
    end: int
    parts: tuple[Part, ...] = ()
    units: Units = NO_UNITS

    @property
    def span(self) -> Span:
        """The characters of the clause in `Document.text`."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the text says about itself; a value that it does not state is absent."""

    title: Stated | None = None
    issuers: tuple[Stated, ...] = ()
    number: Stated | None = None
    date: Stated | None = None
    status: Stated | None = None
    region: Stated | None = None
    replaces: tuple[Stated, ...] = ()

    @property
    def issuer(self) -> str | None:
        """The issuers in one line (发文机关), or None."""
        return "、".join(issuer.value for issuer in self.issuers) or None


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its text, decoded and normalised once, and what the text says of itself.

    `id` is derived from the bytes of the file, so the same bytes have the same id everywhere.
    Every offset in the project points into `text`.
    """

    id: str
    source: str
    encoding: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    clauses: tuple[Clause, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The title, or the file's name where no title was found."""
        title = self.metadata.title
        return title.value if title else self.source.rsplit("/", 1)[-1]

    def quote(self, span: Span) -> str:
        """The characters of `span`, as written."""
        return self.text[span.start : span.end]

    def clause(self, clause_id: str) -> Clause:
        """Return the clause of an id; its position in the document is the id's last part."""
        return self.clauses[int(clause_id.rsplit("-", 1)[-1])]

    def retitled(self, title: Stated) -> "Document":
        """Return the document under a title that is known from elsewhere than its lines."""
        return replace(self, metadata=replace(self.metadata, title=title))

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.clauses)
