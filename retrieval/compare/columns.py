"""Figures of several documents side by side: one column for one indicator and unit."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from corpus.fold import fold_text
from index.tokens import bigrams
from retrieval.compare.values import Value

Agreement = Literal["same", "different", "single"]
"""Whether all documents that state it say the same, or only one states it."""

ALIKE = 0.5
"""Share of the shorter indicator's bigrams that the other one holds, from which they are one."""
ALIKE_IN_TOPIC = 0.3
"""The same where both name the topic: 普惠性民办园占比 and 普惠性幼儿园覆盖率."""


SHARES = frozenset({"%", "‰", "", "个百分点"})
"""Families of units that a share has; a ratio 1:30 and a fraction have none."""


class Cell(NamedTuple):
    """What one row says in one column; `differs` where most of the others say another thing."""

    row: int
    values: tuple[Value, ...]
    differs: bool = False


@dataclass(slots=True)
class Column:
    """An indicator in one family of units, with what each row says of it."""

    indicators: list[str]
    """As the documents name it, each once; empty where none does."""
    family: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What most documents call it, "" where none says; of equal names the plainest."""
        said = [v.indicator for cell in self.cells for v in cell.values if v.indicator]
        counts = Counter(map(fold_text, said))
        return min(
            said or [""],
            key=lambda n: (-counts[fold_text(n)], n != fold_text(n), len(n), n),
        )

    @property
    def unit(self) -> str:
        """The unit that all of its cells are written in, else what they are measured in."""
        written = {value.counter for cell in self.cells for value in cell.values}
        return written.pop() if len(written) == 1 else self.family

    @property
    def agreement(self) -> Agreement:
        """Whether its cells say the same: comparison, numbers, unit and deadline."""
        return agreement([says(cell.values) for cell in self.cells])


def says(values: Iterable[Value]) -> frozenset[Hashable]:
    """Return what is compared of some values."""
    return frozenset((value.amount, value.deadline) for value in values)


def agreement(said: Sequence[Hashable]) -> Agreement:
    """Return whether several documents say the same."""
    if len(said) < 2:
        return "single"
    return "same" if len(set(said)) == 1 else "different"


def differing(said: Sequence[Hashable]) -> list[bool]:
    """Return for each document whether it differs from what most say.

    Where no statement has the most, all that differ from another are marked.
    """
    counts = Counter(said).most_common(2)
    if len(counts) < 2:
        return [False] * len(said)
    (usual, most), (_, next_most) = counts
    return [one != usual or most == next_most for one in said]


def align(rows: Sequence[Sequence[Value]], topic: Iterable[str]) -> list[Column]:
    """Put the values of each row into columns, those that most rows share first.

    Two values are of one column where they are counted alike and their indicators are alike;
    `topic` are the bigrams of what is compared. A row may say several things in one column.
    """
    named, single = frozenset(topic), _said_once(rows)
    columns: list[Column] = []
    placed: list[dict[int, list[Value]]] = []
    for number, values in enumerate(rows):
        for value in values:
            at = _column_of(value, columns, named, single)
            if at is None:
                at = len(columns)
                columns.append(Column([], value.family))
                placed.append({})
            if value.indicator and value.indicator not in columns[at].indicators:
                columns[at].indicators.append(value.indicator)
            placed[at].setdefault(number, []).append(value)
    for column, cells in zip(columns, placed, strict=True):
        said = [says(values) for values in cells.values()]
        column.cells = [
            Cell(row, tuple(values), differs)
            for (row, values), differs in zip(cells.items(), differing(said), strict=True)
        ]
    # Sorting is stable: columns that as many rows share stay in the order of reading.
    return sorted(columns, key=lambda column: -len(column.cells))


def _said_once(rows: Sequence[Sequence[Value]]) -> frozenset[str]:
    """Families of units in which no row says two things: its one figure is that of the matter.

    每天2小时 and 每个教学日2小时 are one so. Shares are told apart by what they are shares of.
    """
    most: Counter[str] = Counter()
    for values in rows:
        most |= Counter(value.family for value in values)
    return frozenset(family for family, count in most.items() if count == 1) - SHARES


def _column_of(
    value: Value, columns: Sequence[Column], topic: frozenset[str], single: frozenset[str]
) -> int | None:
    if value.family in single:
        found = (at for at, column in enumerate(columns) if column.family == value.family)
        return next(found, None)
    return _best_column(value, columns, topic)


def _best_column(value: Value, columns: Sequence[Column], topic: frozenset[str]) -> int | None:
    likeness = [
        max(_alike(value.indicator, name, topic) for name in column.indicators or [""])
        if column.family == value.family
        else 0.0
        for column in columns
    ]
    best = max(range(len(columns)), key=lambda at: (likeness[at], -at), default=None)
    return best if best is not None and likeness[best] > 0 else None


def _alike(one: str | None, other: str, topic: frozenset[str]) -> float:
    """How alike two indicators are, 0 to 1; 0 where they are not one.

    达到85%, without a word of what, is alike only to another such figure.
    """
    left, right = set(bigrams(one or "")), set(bigrams(other))
    if not left or not right:
        return float(left == right)
    common = left & right
    share = len(common) / min(len(left), len(right))
    enough = ALIKE_IN_TOPIC if common & topic else ALIKE
    return share if share >= enough else 0.0
