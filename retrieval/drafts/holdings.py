"""The documents of a library as a draft names and quotes them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import Clause, Document, Span
from corpus.fold import fold_text
from index.tokens import bigrams
from retrieval.catalogue import Entries, Entry
from retrieval.drafts.differences import Core, Likeness, find_quoted, likest
from retrieval.filters import Filters
from retrieval.lookup import clauses_at, span_at
from retrieval.mentions import Address, Question, number_name, plain_name, without_version
from retrieval.search import Searcher
from retrieval.standing import Standing
from retrieval.view import View

CLOSEST = 12
"""Clauses that are read for a quotation that nothing has word by word."""
MOST_READ = 60
"""Documents that are read to find a quotation word by word."""
_RAREST = 6
_LONGEST_QUESTION = 400
_OPENED = 64
_LEAST = 8
"""Characters of a title that is looked for within longer ones."""
_CARRIES = re.compile(r"(?:通知|公告|公示|决定|函|通报)$")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,12}[省市县区州旗盟]")


class Holdings:
    """The documents that a searcher finds, those that no longer hold among them."""

    def __init__(self, searcher: Searcher, today: date | None = None) -> None:
        self._searcher = searcher
        self._snapshot = searcher.library.snapshot()
        self.view = View(searcher.library, self._snapshot, today or date.today())
        self.core = lru_cache(maxsize=_OPENED)(self._core)

    def titled(self, title: str) -> list[Document]:
        """Return the documents of a title, what holds first, then the newest first.

        Where none bears it, those that carry it (关于印发《…》的通知) or have a place before it.
        """
        name = plain_name(fold_text(title))
        titles = self.view.catalogue.titles
        found = titles.get(name) or titles.get(without_version(name))
        return self._documents(found or tuple(map(Entry, self._containing(name))))

    def _containing(self, name: str) -> Iterator[str]:
        short = without_version(without_version(name))
        for identity, names in self.view.profiles.called() if len(short) >= _LEAST else ():
            full = names.titles[0] if names.titles else ""
            before, found, behind = full.partition(short)
            if found and (
                _CARRIES.search(behind) or (_PLACE.fullmatch(before) and _is_version(behind))
            ):
                yield identity

    @staticmethod
    def bears(document: Document, title: str) -> bool:
        """Whether a title is a document's own, in full or but for its version and 《》."""
        label = plain_name(fold_text(document.label))
        name = without_version(without_version(plain_name(fold_text(title))))
        place = label.partition(name)[0] if name in label else label
        return not place or bool(_CARRIES.search(label))

    def numbered(self, number: str) -> list[Document]:
        """Return the documents of a 文号; what stands before its organ may be part of the text."""
        names = [number_name(number)]
        names += [name for cited in Question(number).numbers() for name in cited.names]
        known = self.view.catalogue.numbers
        ends = (name[at:] for name in names for at in range(len(name)))
        return self._documents(next((known[name] for name in ends if name in known), ()))

    def named_before(self, text: str, at: int) -> tuple[int, list[Document]]:
        """Return where the longest known title that ends at a place begins, and its documents."""
        for start in range(max(0, at - 32), at - 2):
            found = self.view.catalogue.titles.get(plain_name(fold_text(text[start:at])))
            if found:
                return start, self._documents(found)
        return at, []

    def _documents(self, entries: Entries) -> list[Document]:
        ids = [entry.id for entry in entries if entry.id in self.view.standing]
        ids.sort(key=self.view.issued, reverse=True)
        ids.sort(key=self.view.is_superseded)
        return [found for name in dict.fromkeys(ids) if (found := self.view.document(name))]

    def standing(self, document: Document) -> Standing:
        """Return the standing of a document."""
        return self.view.standing[document.id]

    def _core(self, document_id: str) -> Core:
        document = self.view.document(document_id)
        return Core(document.text if document else "")

    def holding(self, quoted: Core) -> Document | None:
        """Return the document that has a quotation word by word, one that holds before others.

        Only documents with the rarest pairs of characters of it are read.
        """
        found = [
            document
            for document in self._with_pairs(quoted)
            if find_quoted(quoted, self.core(document.id)) is not None
        ]
        found.sort(key=lambda d: self.view.issued(d.id), reverse=True)
        found.sort(key=lambda d: self.view.is_superseded(d.id))
        return found[0] if found else None

    def _with_pairs(self, quoted: Core) -> Iterator[Document]:
        words = self._snapshot.words
        pairs = list(dict.fromkeys(t for t in bigrams(quoted.text) if len(t) == 2))
        held = [pair for pair in zip(words.holding(pairs).tolist(), pairs, strict=True) if pair[0]]
        held.sort(key=itemgetter(0))
        documents = [self._ids(words.holders(token)) for _, token in held[:_RAREST]]
        # A quotation may run over clauses: it is the document that must have every pair.
        common = set.intersection(*documents) if documents else set()
        for name in sorted(name for name in common if name in self.view.standing)[:MOST_READ]:
            document = self.view.document(name)
            if document:
                yield document

    def _ids(self, positions: NDArray[np.signedinteger[Any]]) -> set[str]:
        passages = self.view.passages
        return {passages[at].document_id for at in positions.tolist()}

    def closest(self, quoted: Core, least: float) -> tuple[Document, Likeness] | None:
        """Return the document with the stretch that is most like a quotation, if one is."""
        question = quoted.text.strip()[:_LONGEST_QUESTION]
        everything = Filters(superseded=True)
        hits = self._searcher.search(question, CLOSEST, "hybrid", everything).hits
        documents = list({hit.document.id: hit.document for hit in hits}.values())
        return self._likest_of(quoted, documents, least)

    def _likest_of(
        self, quoted: Core, documents: Sequence[Document], least: float
    ) -> tuple[Document, Likeness] | None:
        best: tuple[Document, Likeness] | None = None
        for document in documents:
            found = likest(quoted, self.core(document.id), least)
            if found and (best is None or found.score > best[1].score):
                best = document, found
        return best


def _is_version(behind: str) -> bool:
    """Whether nothing but a remark in brackets stands behind a title."""
    return not behind or (behind.startswith("(") and behind.endswith(")"))


def places_at(document: Document, address: str) -> list[tuple[Clause, Span]]:
    """Return the clauses of an address in a document, each with the stretch that it names."""
    named = _address(address)
    if named is None:
        return []
    return [(c, s) for c in clauses_at(document, named) if (s := span_at(c, named))]


def _address(address: str) -> Address | None:
    return next(Question(address).addresses([0]), None)


def lead_in(clause: Clause, span: Span) -> Span | None:
    """Return what stands before the items of a 款, where a stretch of its clause is a 项 of it."""
    address = next((p.address for p in clause.parts if p.span == span), "")
    above, item, _ = address.rpartition("第（")
    if not (item and address.endswith("项")):
        return None
    starts = {part.address: part.span.start for part in clause.parts}
    end = min(at for name, at in starts.items() if name.startswith(above + item))
    start = starts.get(above, clause.start)
    return Span(start, end) if start < end else None


def clause_holding(document: Document, span: Span) -> Clause | None:
    """Return the clause that a stretch of a document begins in."""
    return next((c for c in document.clauses if c.start <= span.start < c.end), None)
