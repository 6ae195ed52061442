"""The values that a file becomes: a Document and its Clauses."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from corpus.facts import NO_FACTS, NO_UNITS, Facts, Units
from corpus.notes import Note
from corpus.spans import Given, Span, Stated

Value = Stated | Given
"""A metadata value: read from the text, or given beside it by the user."""


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


class Recognised(NamedTuple):
    """Text that was recognised in a picture, and how sure of it the recogniser was, 0 to 1."""

    span: Span
    confidence: float


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
    facts: Facts = NO_FACTS

    @property
    def span(self) -> Span:
        """The characters of the clause in `Document.text`."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document; a value that neither text nor user states is absent.

    Dates are ISO 8601, of the parts that are stated: 2025, 2025-05, 2025-05-23, or --05-23 where
    the year is not.
    """

    title: Value | None = None
    issuers: tuple[Value, ...] = ()
    number: Value | None = None
    date: Value | None = None
    """成文日期: of the 落款, or of the last 通过 or 修正."""
    published: Value | None = None
    effective: Value | None = None
    repealed: Value | None = None
    level: Value | None = None
    region: Value | None = None
    form: Value | None = None
    """文种: 法律, 条例, 办法, 意见, 方案, 通知."""
    status: Value | None = None
    based_on: tuple[Value, ...] = ()
    replaces: tuple[Value, ...] = ()

    @property
    def issuer(self) -> str | None:
        """The issuers in one line (发文机关), or None."""
        return "、".join(issuer.value for issuer in self.issuers) or None


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Document:
    """One file: its text, decoded and normalised once, and what the text says of itself.

    `id` is derived from the bytes of the file, so the same bytes have the same id everywhere.
    Every offset in the project points into `text`. `encoding` is that of a text file, None where
    the format itself settles it; `pages` holds the offset where each page of the file begins.
    `collection` is what a library files it under, None for the default one.
    """

    id: str
    source: str
    encoding: str | None
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    clauses: tuple[Clause, ...] = ()
    notes: tuple[Note, ...] = ()
    format: str = "txt"
    pages: tuple[int, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    collection: str | None = None

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

    def page_of(self, offset: int) -> int | None:
        """Return the page of the file that `text[offset]` stands on, from 1, where it has pages."""
        return bisect_right(self.pages, offset) or None

    def confidence(self, span: Span) -> float | None:
        """Return the lowest confidence of the text recognised within `span`, or None."""
        within = (r for r in self.recognised if r.span.start < span.end and span.start < r.span.end)
        return min((r.confidence for r in within), default=None)

    def retitled(self, title: Stated) -> "Document":
        """Return the document under a title that is known from elsewhere than its lines."""
        return replace(self, metadata=replace(self.metadata, title=title))

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.clauses)
