"""The documents that gold names, by whatever people call them, and the places in them."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from corpus import Clause, Document, Span, YoujuError
from corpus.citation import cite
from corpus.fold import Folded, fold, fold_text
from corpus.spans import starts_of
from eval.sets.addresses import Key, key_of
from index.naming import folded_titles
from retrieval.catalogue import called
from retrieval.lookup import clauses_at, span_at
from retrieval.mentions import Question, number_name, plain_name

At = tuple[Clause, Span]
"""A clause, and the stretch of it that is meant."""
_MOST_NAMED = 8
_MOST_NEAREST = 3
_OPENED = 64


class GoldError(YoujuError):
    """Gold that has no certain place; the message says what was found instead."""


class Shelf:
    """Documents by title, short title, 文号, file name and id."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = tuple(documents)
        self._by_id = {document.id: document for document in self.documents}
        self._written: dict[str, list[Document]] = defaultdict(list)
        self._called: dict[str, list[Document]] = defaultdict(list)
        titles = folded_titles(self.documents)
        for document, title in zip(self.documents, titles, strict=True):
            for name in {document.label, Path(document.source).name}:
                self._written[name].append(document)
            names = called(document, title)
            for name in {names.number, *names.titles} - {""}:
                self._called[name].append(document)
        self.folded = lru_cache(maxsize=_OPENED)(self._folded)
        self._keys = lru_cache(maxsize=_OPENED)(self._keys_of)

    def _folded(self, document_id: str) -> Folded:
        return fold(self._by_id[document_id].text)

    def _keys_of(self, document_id: str) -> dict[Key, list[At]]:
        """The clauses and their parts by their addresses."""
        keys: dict[Key, list[At]] = defaultdict(list)
        for clause in self._by_id[document_id].clauses:
            if clause.kind in ("article", "item"):
                for address, span in ((clause.address, clause.span), *clause.parts):
                    keys[key_of(address)].append((clause, span))
        return keys

    def named(self, name: str) -> Document:
        """Return the document of a name. Raises GoldError where none or several have it.

        What it is called in full comes before a part of a longer title; a 文号, a year or a status
        in brackets behind it tells versions of one title apart.
        """
        found = self._found(name) or self._with_note(name)
        if len(found) == 1:
            return found[0]
        known = found[:_MOST_NAMED] or self._nearest(name)
        named = "、".join(self._told(one, known) for one in known)
        if found:
            raise GoldError(f"{len(found)} documents are called “{name}”, expected one of: {named}")
        wanted = "expected a title, a part of one, a 文号 or the name of a file"
        raise GoldError(f"no document is called “{name}”, {wanted}; nearest: {named or 'none'}")

    def _nearest(self, name: str) -> Sequence[Document]:
        """The documents whose titles share most with a name."""
        from rapidfuzz import fuzz, process

        labels = [one.label for one in self.documents]
        found = process.extract(name, labels, scorer=fuzz.partial_ratio, limit=_MOST_NEAREST)
        return [self.documents[at] for _, _, at in found]

    def _found(self, name: str) -> Sequence[Document]:
        if name in self._by_id:
            return [self._by_id[name]]
        found = self._written.get(name) or self._called.get(plain_name(fold_text(name)))
        found = found or self._called.get(number_name(name))
        return found or [one for one in self.documents if name in one.label]

    def _with_note(self, name: str) -> Sequence[Document]:
        """The documents of a title with what stands in brackets behind it."""
        at = max(name.rfind("（"), name.rfind("("))
        note = fold_text(name[at:]).strip("()") if at > 0 and name.endswith(("）", ")")) else ""
        if not note:
            return []
        found = self._found(name[:at])
        return [one for one in found if note in fold_text(f"{cite(one)} {one.source}")]

    @staticmethod
    def _told(document: Document, among: Sequence[Document]) -> str:
        """The title, and where several have it, which file it is."""
        same = sum(one.label == document.label for one in among) > 1
        return f"{document.label}（{Path(document.source).name}）" if same else document.label

    def clause(self, clause_id: str) -> tuple[Document, Clause]:
        """Return the clause of an id. Raises GoldError where there is none."""
        document_id, _, position = clause_id.rpartition("-")
        document = self._by_id.get(document_id)
        if document is None:
            raise GoldError(f"no document has the clause {clause_id}: name it by title and address")
        if not position.isdigit() or int(position) >= len(document.clauses):
            count = len(document.clauses)
            raise GoldError(f"“{document.label}” has {count} clauses, none is {clause_id}")
        return document, document.clauses[int(position)]

    def addressed(self, document: Document, address: str) -> list[At]:
        """Return what an address names in a document: as Youju writes it, or as people may.

        附件1 第3条 is 附件1 第三条; 第十二条第（三）项 needs no 款 where only one has such an item;
        of a heading it is the clauses below.
        """
        written = self._keys(document.id).get(key_of(address))
        if written:
            return written
        asked = next(Question(address).addresses([0]), None)
        if asked is None or asked.start > 0 or asked.end < len(fold_text(address)):
            return []
        found = ((clause, span_at(clause, asked)) for clause in clauses_at(document, asked))
        return [(clause, span) for clause, span in found if span is not None]


def gold_names(documents: Sequence[Document]) -> dict[str, str]:
    """Return what gold calls each document: by id its title, else its file, or else the id.

    A title or a file that two documents have tells neither of them.
    """
    names = [(d.label, Path(d.source).name, d.id) for d in documents]
    counts = Counter(name for one in names for name in {*one})
    return {one[-1]: next(name for name in one if counts[name] == 1) for one in names}


def quoted_at(document: Document, quote: str, folded: Callable[[str], Folded]) -> list[Span]:
    """Return where a quotation stands: as it is written, or else in other script or width."""
    exact = written_at(document, quote)
    if exact:
        return exact
    wanted, text = fold_text(quote), folded(document.id)
    starts = starts_of(wanted, text.text, overlapping=True)
    return [text.original(start, start + len(wanted)) for start in starts]


def written_at(document: Document, quote: str) -> list[Span]:
    """Return where a quotation stands, character by character."""
    starts = starts_of(quote, document.text, overlapping=True)
    return [Span(start, start + len(quote)) for start in starts]


def clause_at(document: Document, offset: int) -> Clause:
    """Return the clause that holds `text[offset]`; clauses, joined, are the text."""
    starts = [clause.start for clause in document.clauses]
    return document.clauses[bisect_right(starts, offset) - 1]
