"""What a question names is looked up exactly, before anything is ranked."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from corpus import Clause, Document, Span
from index.addresses import below, part_span, written
from retrieval.catalogue import Catalogue, Entries
from retrieval.mentions import Address, Cited, Question, item_numbers
from retrieval.query import matter
from retrieval.remarks import Remark

_LETTERS = re.compile(r"\w")
# 第十二条写了什么, …的全文: words that ask for nothing but what stands there.
_SAYS = re.compile(r"(?:规定|写|讲|说|提)(?:[了到]|的是)?|(?:具体|主要)?内容|[原全条]文")

By = Literal["address", "number", "title"]


class Named(NamedTuple):
    """Documents, a clause of them, or with no document a clause of any, that a question names.

    `entries` is None where no document is named; `shown` is what the question calls it.
    """

    by: By
    entries: Entries | None
    address: Address | None
    shown: str


class Lookup(NamedTuple):
    """What a question names, what of that is unknown, and what else it says ("" for nothing)."""

    named: tuple[Named, ...]
    remarks: tuple[Remark, ...]
    rest: str

    @property
    def exact_only(self) -> bool:
        """Whether nothing answers the question but what it names, if that is there.

        So it is where it names a clause of a document that is known, or says nothing beside an
        address or a name that is unknown.
        """
        clauses = [name for name in self.named if name.address]
        if any(name.entries for name in clauses):
            return True
        return not self.rest and bool(clauses or self.remarks)


class _Mention(NamedTuple):
    start: int
    end: int
    by: By
    entries: Entries | None
    shown: str


def look_up(question: Question, catalogue: Catalogue) -> Lookup:
    """Return what a question names of the documents in `catalogue`.

    An address belongs to the document named before it, else to the first one after it.
    """
    mentions = list(_mentions(question, catalogue))
    known = [mention for mention in mentions if mention.entries]
    addresses = list(question.addresses([mention.end for mention in mentions]))
    named = [_with_document(question, address, mentions) for address in addresses]
    others = [Remark("no_title", (n.shown,)) for n in named if n.entries == () and n.by == "title"]
    told = {name.shown for name in named}
    alone = [Named(m.by, m.entries, None, m.shown) for m in known if m.shown not in told]
    spans = [(m.start, m.end) for m in mentions] + [(a.start, a.end) for a in addresses]
    return Lookup(
        tuple(name for name in (*named, *alone) if name.entries != ()),
        (*(_unknown(mention) for mention in mentions if not mention.entries), *others),
        _rest(question.text, spans),
    )


def _with_document(question: Question, address: Address, mentions: Sequence[_Mention]) -> Named:
    """An address with its document; one of a title that is not known has no entries."""
    law = question.law_before(address.start)
    if law and not any(law.end <= mention.end <= address.start for mention in mentions):
        return Named("title", (), address, law.shown)
    before = [mention for mention in mentions if mention.end <= address.start]
    nearest = before[-1] if before else next(iter(mentions), None)
    if nearest is None:
        return Named("address", None, address, "")
    return Named("address", nearest.entries or (), address, nearest.shown)


def _unknown(mention: _Mention) -> Remark:
    return Remark("no_number" if mention.by == "number" else "no_title", (mention.shown,))


def _mentions(question: Question, catalogue: Catalogue) -> Iterator[_Mention]:
    """The documents that a question names, in order; without entries where none is known."""
    titles = [
        _Mention(start, end, "title", entries, question.text[start:end])
        for start, end, entries in catalogue.find_titles(question)
    ]
    bare = [t for t in question.titles if not any(_covers(title, t) for title in titles)]
    titles += (_cited(title, "title", catalogue) for title in bare)
    numbers = [_cited(number, "number", catalogue) for number in question.numbers()]
    merged = [n for n in numbers if not any(_covers(title, n) for title in titles)]
    yield from sorted((*titles, *merged), key=lambda mention: mention.start)


def _covers(title: _Mention, inner: Cited | _Mention) -> bool:
    return title.start <= inner.start and inner.end <= title.end


def _cited(cited: Cited, by: By, catalogue: Catalogue) -> _Mention:
    known = catalogue.numbers.get if by == "number" else catalogue.titles.get
    entries = next((found for name in cited.names if (found := known(name))), None)
    return _Mention(cited.start, cited.end, by, entries, cited.shown)


def _rest(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """What a question says beside the names in it."""
    at, kept = 0, []
    for start, end in sorted(spans):
        kept.append(text[at:start])
        at = max(at, end)
    rest = " ".join([*kept, text[at:]]).strip()
    return rest if _LETTERS.search(matter(_SAYS.sub(" ", rest))) else ""


def clauses_at(document: Document, address: Address) -> list[Clause]:
    """Return the clauses of an address in a document, the main text's before those of annexes.

    Of a heading it is the clauses below it. Empty where the document has no such address, or the
    article no such 款 or 项.
    """
    at = [clause for clause in document.clauses if _is_at(clause, address)]
    main = [clause for clause in at if " " not in clause.address and "》" not in clause.address]
    return [
        inner
        for clause in (main or at)
        for inner in _within(document, clause)
        if span_at(clause, address)
    ]


def _is_at(clause: Clause, address: Address) -> bool:
    if address.levels:
        # 第 begins the name: 第十二条 is never the end of 第二十二条.
        return clause.kind == "article" and clause.address.endswith(written(address.levels[:1]))
    return clause.kind in ("item", "heading") and address_numbers(clause.address) == address.numbers


def address_numbers(address: str) -> tuple[int, ...]:
    """Return the numbers of an item's address, without the annex that it stands in."""
    return item_numbers(address.rsplit(" ", 1)[-1].rsplit("》", 1)[-1])


def _within(document: Document, clause: Clause) -> list[Clause]:
    if clause.kind != "heading":
        return [clause]
    span = below(document, clause)
    return [c for c in document.clauses if c.kind != "heading" and _holds(span, c.span)]


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def span_at(clause: Clause, address: Address) -> Span | None:
    """Return the stretch of a clause that an address names, None where it has no such part."""
    return part_span(clause, address.levels[1:])
