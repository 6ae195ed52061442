"""Two documents against each other, clause by clause."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from corpus import Clause, Document
from corpus.document import Kind, Value
from index.versions import issued, works
from retrieval.compare.columns import Column, align
from retrieval.compare.values import values_of
from retrieval.compare.versions.marks import Piece, mark
from retrieval.compare.versions.pairing import MOVED, OTHERS, VERSIONS, Pair, likeness, moved, pair
from retrieval.compare.versions.wording import Wording

Relation = Literal["versions", "documents"]
"""Versions of one work, or any two documents, which are aligned by content alone."""

ChangeKind = Literal["added", "removed", "changed", "moved", "moved_changed"]

COMPARED: frozenset[Kind] = frozenset({"preamble", "heading", "lead", "article", "item", "annex"})
"""Titles and signatures are compared as metadata; lists of contents and web pages' are not."""

FIELDS = ("title", "number", "date", "published", "effective", "status")

MOST_FIGURES = 300
"""Figures of a clause that are set side by side; a long table is marked word by word alone."""

_HEADING = 1.5
"""What a heading weighs against a clause's 1: of the two, the clause moved across it."""
_BY_LENGTH = 1e-9


class Change(NamedTuple):
    """A clause that is not the same in both documents."""

    kind: ChangeKind
    old: Clause | None
    new: Clause | None
    pieces: tuple[Piece, ...] = ()
    """The words of a changed clause; of one that only moved, none."""
    figures: tuple[Column, ...] = ()
    """Figures that are not the same; row 0 is the old clause, row 1 the new one."""


class Renewed(NamedTuple):
    """A metadata value that is not the same, None where a document does not state it."""

    field: str
    old: str | None
    new: str | None


@dataclass(slots=True)
class Comparison:
    """What changed from one document to another, in the order of the new one."""

    old: Document
    new: Document
    relation: Relation
    changes: list[Change] = field(default_factory=list)
    metadata: list[Renewed] = field(default_factory=list)
    unchanged: int = 0
    """Clauses that are the same but for their form and their number."""

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """How many changes there are of each kind."""
        found = Counter(change.kind for change in self.changes)
        return {
            kind: found[kind] for kind in ("added", "removed", "changed", "moved", "moved_changed")
        }

    @property
    def is_backwards(self) -> bool:
        """Whether the old one was issued after the new one, as far as both tell."""
        days = issued(self.old), issued(self.new)
        return all(days) and days[0] > days[1]


def compare_documents(old: Document, new: Document, today: date | None = None) -> Comparison:
    """Return what was added, removed, changed and moved from `old` to `new`.

    Differences of form alone (punctuation, white space, script, width, the style of numbers) are
    none. Clauses are aligned by their wording; between versions of one work, equal addresses and
    headings speak for it too.
    """
    relation = _relation(old, new, today or date.today())
    sides = [list(_compared(document)) for document in (old, new)]
    rule = VERSIONS if relation == "versions" else OTHERS
    pairs = pair(sides[0], sides[1], rule)
    # Two works order their matter as they like; between versions of one, order means something.
    away = moved(pairs, [_weight(sides[0][p.old]) for p in pairs]) if rule is VERSIONS else set()
    strangers = {p for p in away if likeness(sides[0][p.old], sides[1][p.new]) < MOVED}
    pairs = [p for p in pairs if p not in strangers]
    comparison = Comparison(old, new, relation, metadata=list(_renewed(old, new)))
    for change in _changes(sides[0], sides[1], pairs, away - strangers):
        if change is None:
            comparison.unchanged += 1
        else:
            comparison.changes.append(change)
    return comparison


def _relation(old: Document, new: Document, today: date) -> Relation:
    return "versions" if len(works((old, new), today)) == 1 else "documents"


def _compared(document: Document) -> Iterator[Wording]:
    for clause in document.clauses:
        if clause.kind in COMPARED:
            wording = Wording(document, clause)
            if wording.text:
                yield wording


def _weight(wording: Wording) -> float:
    """What keeps a clause in its place: of two that changed places, the shorter one moved."""
    heading = wording.clause.kind == "heading"
    return (_HEADING if heading else 1.0) + _BY_LENGTH * len(wording.text)


def _changes(
    old: Sequence[Wording], new: Sequence[Wording], pairs: Sequence[Pair], away: set[Pair]
) -> Iterator[Change | None]:
    """Yield a change for each clause in the order of the new document, None for one that stayed.

    What was removed comes where it stood: behind the last clause before it that stayed in place.
    """
    of_new = {one.new: one for one in pairs}
    paired = {one.old for one in pairs}
    after: dict[int, list[int]] = {}
    last = -1
    in_place = {one.old: one.new for one in pairs if one not in away}
    for number in range(len(old)):
        last = in_place.get(number, last)
        if number not in paired:
            after.setdefault(last, []).append(number)
    yield from (Change("removed", old[n].clause, None) for n in after.get(-1, ()))
    for number, wording in enumerate(new):
        one = of_new.get(number)
        if one is None:
            yield Change("added", None, wording.clause)
        else:
            yield _change(old[one.old], wording, one in away)
        yield from (Change("removed", old[n].clause, None) for n in after.get(number, ()))


def _change(old: Wording, new: Wording, is_moved: bool) -> Change | None:
    if old.sense == new.sense:
        return Change("moved", old.clause, new.clause) if is_moved else None
    pieces = mark(old, new)
    kind: ChangeKind = "moved_changed" if is_moved else "changed"
    return Change(kind, old.clause, new.clause, pieces, tuple(_figures(old, new)))


def _figures(old: Wording, new: Wording) -> Iterator[Column]:
    """The indicators of which the two clauses do not say the same."""
    values = [values_of(w.document, w.clause, w.clause.span) for w in (old, new)]
    if max(map(len, values)) > MOST_FIGURES:
        return
    yield from (column for column in align(values, ()) if column.agreement != "same")


def _renewed(old: Document, new: Document) -> Iterator[Renewed]:
    for name in FIELDS:
        values = [_value(getattr(document.metadata, name)) for document in (old, new)]
        if values[0] != values[1]:
            yield Renewed(name, *values)
    if old.metadata.issuer != new.metadata.issuer:
        yield Renewed("issuer", old.metadata.issuer, new.metadata.issuer)


def _value(value: Value | None) -> str | None:
    return value.value if value else None
