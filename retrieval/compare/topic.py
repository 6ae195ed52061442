"""What the documents of a library say on a topic, side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from corpus import Clause, Document, Span, Stated
from corpus.facts import Units
from index.tokens import bigrams
from retrieval.answer import precise_address
from retrieval.compare.asked import topic_of
from retrieval.compare.columns import Agreement, Column, agreement, align, differing
from retrieval.compare.near import Asked, Near, near
from retrieval.compare.organs import organ_names
from retrieval.compare.sentences import Spoken
from retrieval.compare.values import Value, deadlines_of
from retrieval.filters import Filters
from retrieval.query import checked
from retrieval.ranking import Mode
from retrieval.search import Searcher
from retrieval.standing import Standing, standings

MOST_ALSO = 3
"""Further places of a document that are shown."""
NEARLY = 0.85
"""Share of the best sentence's score that a further place needs."""

LEVELS = ("国家", "省", "市", "县", "校")

Aspect = Literal["figure", "deadline", "lead"]
Reason = Literal["unanswered", "close", "unmentioned"]
"""Why a document has no row: it speaks of the topic without what was asked; it may speak of it in
other words; it says nothing of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a clause: `quote == document.text[start:end]`."""

    document: Document
    clause: Clause
    span: Span

    @property
    def quote(self) -> str:
        """The stretch, as written."""
        return self.document.quote(self.span)

    @property
    def address(self) -> str:
        """The address of the smallest part that holds it."""
        return precise_address(self.clause, self.span)


class Difference(NamedTuple):
    """Where a row says another thing than most: a column of figures, a deadline, who leads."""

    aspect: Aspect
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What one document says on the topic."""

    place: Place
    standing: Standing
    values: tuple[Value, ...]
    deadlines: tuple[Stated, ...]
    units: Units
    also: tuple[Place, ...] = ()
    differs: tuple[Difference, ...] = ()

    @property
    def document(self) -> Document:
        """The document that says it."""
        return self.place.document


class Silent(NamedTuple):
    """A document without a row, why, and the place nearest to the topic, if any is near."""

    standing: Standing
    reason: Reason
    nearest: Place | None = None


@dataclass(slots=True)
class TopicTable:
    """What documents say on a topic: rows from the highest level down, and figures in columns."""

    topic: str
    rows: list[Row] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    deadline: Agreement = "single"
    lead: Agreement = "single"
    silent: list[Silent] = field(default_factory=list)
    is_doubtful: bool = False
    """Whether what is shown may be about something else."""
    is_cut: bool = False
    """Whether only the nearest clauses were looked at: a silent document may yet speak of it."""
    pending: int = 0
    left_out: int = 0
    unknown: tuple[str, ...] = ()
    """Words of the topic that stand nowhere in the library."""
    places: tuple[str, ...] = ()
    """Places that the topic names, where it names several: only their documents are compared."""
    remarks: list[str] = field(default_factory=list)


def compare_topic(
    searcher: Searcher, topic: str, filters: Filters | None = None, mode: Mode = "hybrid"
) -> TopicTable:
    """Return what each document says on `topic`, with figures, deadlines and lead units aligned.

    Rows are ordered by level, then by date; a document that does not speak of the topic has none.
    Raises QueryError for an empty or overlong topic.
    """
    asked, wanted = topic_of(searcher, checked(topic)), filters or Filters()
    known = _known(searcher, wanted, searcher.opened_by(topic))
    found = near(Asked(searcher, asked, wanted, mode, list(known)))
    places = found.results.places
    if len(places) > 1:
        # 甲县和乙县的…… compares these; one place alone may be what they are compared with.
        named = frozenset[str]().union(*places.values())
        known = {name: standing for name, standing in known.items() if name in named}
    rows = [
        _row(known[name], spoken)
        for name, spoken in found.spoken.items()
        if name in known and spoken[0].answers
    ]
    rows.sort(key=lambda row: _order(row.standing))
    table = TopicTable(found.results.query, rows)
    table.silent = list(_silent(known, rows, found))
    table.is_doubtful, table.is_cut = found.is_doubtful and bool(rows), found.is_cut
    table.pending, table.left_out = found.results.pending, found.results.left_out
    table.unknown, table.places = asked.unknown, tuple(places) if len(places) > 1 else ()
    table.remarks = [remark.text for remark in found.results.remarks]
    _mark(table, bigrams(" ".join(asked.weights)))
    return table


def _known(searcher: Searcher, filters: Filters, opened: frozenset[str]) -> dict[str, Standing]:
    """The documents that take part, by id.

    The filters let them through, and they still hold, or the topic asks for what does not.
    """
    return {
        name: standing
        for name, standing in standings(searcher.library).items()
        if filters.accepts(standing.document, standing.status)
        and (filters.asks_for_superseded or name in opened or not standing.is_superseded)
    }


def _row(standing: Standing, spoken: Sequence[Spoken]) -> Row:
    place = _place(spoken[0])
    return Row(
        place,
        standing,
        spoken[0].values,
        tuple(deadlines_of(place.document, place.span)),
        place.clause.units,
        tuple(_also(spoken)),
    )


def _place(spoken: Spoken) -> Place:
    return Place(spoken.hit.document, spoken.hit.clause, spoken.span)


def _also(spoken: Sequence[Spoken]) -> Iterable[Place]:
    """Other places of the document that speak of the topic nearly as well, in reading order."""
    best = spoken[0]
    others = [
        _place(item) for item in spoken[1:] if item.score >= NEARLY * best.score and item.answers
    ]
    return sorted(others[:MOST_ALSO], key=lambda place: place.span)


def _order(standing: Standing) -> tuple[int, str, str]:
    """The highest level first, then the earliest date; what is unknown comes last."""
    metadata = standing.document.metadata
    level = metadata.level.value if metadata.level else ""
    dated = next((d.value for d in (metadata.date, metadata.published) if d), "")
    rank = LEVELS.index(level) if level in LEVELS else len(LEVELS)
    # --05-23 tells no year.
    return rank, dated if dated[:1].isdigit() else "9999", standing.document.id


def _silent(known: dict[str, Standing], rows: Sequence[Row], found: Near) -> Iterable[Silent]:
    told = {row.document.id for row in rows}
    rest = sorted((s for name, s in known.items() if name not in told), key=_order)
    for standing in rest:
        name = standing.document.id
        if name in found.spoken:
            yield Silent(standing, "unanswered", _place(found.spoken[name][0]))
        elif name in found.close:
            yield Silent(standing, "close", _place(found.close[name]))
        else:
            nearest = found.nearest.get(name)
            yield Silent(standing, "unmentioned", _place(nearest) if nearest else None)


def _mark(table: TopicTable, topic: Iterable[str]) -> None:
    """Align the figures of the rows, and mark what differs between them."""
    table.columns = align([[v for v in row.values if v.of_topic] for row in table.rows], topic)
    marks: list[list[Difference]] = [[] for _ in table.rows]
    for number, column in enumerate(table.columns):
        for cell in column.cells:
            if cell.differs:
                marks[cell.row].append(Difference("figure", number))
    table.deadline = _mark_aspect("deadline", marks, list(map(_due, table.rows)))
    table.lead = _mark_aspect("lead", marks, list(map(_led, table.rows)))
    table.rows = [
        replace(row, differs=tuple(found)) for row, found in zip(table.rows, marks, strict=True)
    ]


def _mark_aspect(
    aspect: Aspect, marks: list[list[Difference]], said: Sequence[frozenset[str]]
) -> Agreement:
    """Mark the rows that say another thing; those that say nothing are not compared."""
    saying = [number for number, one in enumerate(said) if one]
    stated = [said[number] for number in saying]
    for number, differs in zip(saying, differing(stated), strict=True):
        if differs:
            marks[number].append(Difference(aspect))
    return agreement(stated)


def _due(row: Row) -> frozenset[str]:
    return frozenset(deadline.value for deadline in row.deadlines)


def _led(row: Row) -> frozenset[str]:
    return frozenset(organ_names(stated.value for stated in row.units.lead))
