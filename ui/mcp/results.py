"""What the tools return. A model reads it: what it needs to cite, and no more."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A document. `status` is 现行, 征求意见稿, 试行, 已废止, 已被替代 or 不明 (not known)."""

    id: str
    title: str
    number: str | None
    status: str


@dataclass(frozen=True)
class Clause:
    """A clause with its text as written, and how officials cite it.

    `notice` is what to know before relying on it: a draft, repealed, replaced by which.
    """

    document: Source
    address: str
    citation: str
    path: list[str]
    text: str
    notice: str | None


@dataclass(frozen=True)
class Found:
    """The clauses of a search, best first."""

    query: str
    clauses: list[Clause]
    remarks: list[str]
    left_out: int
    """Documents that took no part because they no longer hold."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer, word for word of its document, and the `n` of its citations."""

    text: str
    citations: list[int]


@dataclass(frozen=True)
class Citation:
    """A quotation that stands in a document, character by character."""

    n: int
    document: Source
    citation: str
    quote: str
    notice: str | None


@dataclass(frozen=True)
class Answered:
    """An answer, or `not_found` with the reason and the nearest clauses: then say nothing more."""

    question: str
    status: str
    sentences: list[Sentence]
    citations: list[Citation]
    reason: str | None
    nearest: list[Clause]
    remarks: list[str]
    left_out: int


@dataclass(frozen=True)
class Clauses:
    """What stands at an address: of each document that is called so, what holds first."""

    clauses: list[Clause]
    more: int
    """Clauses that are not shown."""


@dataclass(frozen=True)
class Finding:
    """A citation or quotation in the text, `text[start:end]`, and what the library has of it.

    `result` is verified, altered, missing or replaced; `quote` is what the document really says.
    Where `compared` is false, what is named is there, and nothing that is said of it was compared.
    """

    text: str
    start: int
    end: int
    result: str
    compared: bool
    document: Source | None
    citation: str | None
    quote: str | None
    newer: Source | None
    notes: list[str]


@dataclass(frozen=True)
class Validated:
    """Every citation and quotation of a text, in order, and how many there are of each result.

    What is verified to be there, its words not compared, is counted as uncompared.
    """

    findings: list[Finding]
    counts: dict[str, int]


@dataclass(frozen=True)
class Currency:
    """Whether a document is in force; `in_force` is null where nothing in the library tells."""

    document: Source
    citation: str
    in_force: bool | None
    date: str | None
    effective: str | None
    repealed: str | None
    replaced_by: Source | None
    replaced_by_citation: str | None
    notice: str | None


@dataclass(frozen=True)
class Currencies:
    """The documents that are called so, what holds first; `as_of` is the day of the check."""

    as_of: str
    documents: list[Currency]
