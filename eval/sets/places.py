"""The gold of questions is found in their documents: clause, span and grade."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from corpus import Clause, Document, Span
from eval.sets.documents import GoldError, Shelf, clause_at, quoted_at, written_at
from eval.sets.overlap import overlap
from eval.sets.values import Gold, Question, QuestionSet, SetError

T = TypeVar("T")
_MOST_NAMED = 5


class Place(NamedTuple):
    """Where gold stands: the clause, and what of it the gold names."""

    document: Document
    clause: Clause
    span: Span
    grade: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with the places of its gold, each in the order of `question.gold`."""

    question: Question
    places: tuple[Place, ...]

    @property
    def overlap(self) -> float | None:
        """The overlap with the clauses that answer it; None where nothing does."""
        if not self.question.answerable:
            return None
        clauses = (p.document.quote(p.clause.span) for p in self.places if p.grade > 0)
        return overlap(self.question.text, clauses)


def resolve(questions: QuestionSet, documents: Iterable[Document]) -> list[Resolved]:
    """Find the gold of every question. Raises SetError with every gold that has no certain place.

    Gold that names a document alone has no place: a set of such gold brings its own records.
    """
    shelf = Shelf(documents)
    resolved: list[Resolved] = []
    mistakes: list[tuple[int, str]] = []
    for question in questions.questions:
        places = []
        for number, gold in enumerate(question.gold, start=1):
            try:
                places.append(place(gold, shelf))
            except GoldError as error:
                which = f"gold {number}: " if len(question.gold) > 1 else ""
                mistakes.append((question.line, f"{which}{error}"))
        resolved.append(Resolved(question, tuple(places)))
    if mistakes:
        raise SetError(questions.path, mistakes)
    return resolved


def place(gold: Gold, shelf: Shelf) -> Place:
    """Find one place of gold. Raises GoldError where it is not there, or not certain."""
    if gold.clause is not None:
        return _of_clause(gold, gold.clause, shelf)
    documents = shelf.documents if gold.document is None else [shelf.named(gold.document)]
    if gold.quote is not None:
        return _of_quote(gold, gold.quote, documents, shelf)
    if gold.address is not None:
        return _of_address(gold, gold.address, documents, shelf)
    raise GoldError(
        f"“{gold.document}” is a document alone: add the quotation or the address that answers"
    )


def _of_clause(gold: Gold, clause_id: str, shelf: Shelf) -> Place:
    document, clause = shelf.clause(clause_id)
    if gold.document is not None and shelf.named(gold.document) is not document:
        raise GoldError(f"{clause_id} is a clause of “{document.label}”, not of “{gold.document}”")
    return Place(document, clause, clause.span, gold.grade)


def _of_quote(gold: Gold, quote: str, documents: Sequence[Document], shelf: Shelf) -> Place:
    found = [(one, span) for one in documents for span in written_at(one, quote)]
    if not found:
        found = [(one, span) for one in documents for span in quoted_at(one, quote, shelf.folded)]
    where = f"“{gold.document}”" if gold.document else f"the {len(documents)} documents"
    advice = "quote other words, or say which with occurrence"
    document, span = _chosen(gold, f"“{quote}”", where, found, advice)
    clause = clause_at(document, span.start)
    if span.end > clause.end:
        raise GoldError(f"“{quote}” runs past the end of {clause.address}: shorten it")
    return Place(document, clause, span, gold.grade)


def _of_address(gold: Gold, address: str, documents: Sequence[Document], shelf: Shelf) -> Place:
    found = [(one, *at) for one in documents for at in shelf.addressed(one, address)]
    where = f"“{gold.document}”" if gold.document else f"the {len(documents)} documents"
    named = "、".join(dict.fromkeys(_named(found)))
    advice = f"name one of {named}" if named else "check the address"
    document, clause, span = _chosen(gold, address, where, found, advice)
    return Place(document, clause, span, gold.grade)


def _named(found: Sequence[tuple[Document, Clause, Span]]) -> Iterator[str]:
    several = len({document.id for document, _, _ in found}) > 1
    for document, clause, _ in found[:_MOST_NAMED]:
        yield f"《{document.label}》{clause.address}" if several else clause.address


def _chosen(gold: Gold, name: str, where: str, found: Sequence[T], advice: str) -> T:
    """The one place, or the one that `occurrence` says."""
    wanted = gold.occurrence or 1
    if wanted > len(found) or (gold.occurrence is None and len(found) > 1):
        expected = gold.occurrence or "once"
        said = f"{name} stands {len(found)} times in {where}, expected {expected}"
        raise GoldError(f"{said}: {advice}")
    return found[wanted - 1]
