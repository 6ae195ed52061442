"""What `compare` writes into a file: a table of documents, or one of changes."""

from collections.abc import Iterator, Sequence
from typing import Any

from retrieval.compare.elsewhere import counted, is_elsewhere
from retrieval.compare.lines import (
    ELSEWHERE,
    NO_LEVEL,
    REASONS,
    UNITS,
    is_named_apart,
    name,
    reservations,
    said_value,
    summary,
    titles,
    titles_of,
)
from retrieval.compare.versions.lines import heads, kinds_of, said_figure, sides_of
from retrieval.lines import FLAG
from retrieval.tables import Cell, Column, Mark, Piece, Table

Json = dict[str, Any]

MOST_COLUMNS = 12
"""Indicators that have a column of their own; the others share one."""

_HEADS = (Column("文件", width=16), Column("层级", "label", 5), Column("条款", width=14))
_QUOTE = Column("原文", width=36)
_ENDS = (Column("期限", "label", 10), Column("责任分工", width=16))
_OPS: dict[str, Mark] = {"deleted": "removed", "inserted": "added"}
_WHOLE: dict[str, Mark] = {"removed": "removed", "added": "added"}


def topic_table(shape: Json, switch: str = FLAG) -> Table:
    """A row for each document, a column for each indicator that several of them have.

    Its notes name the `switch` that includes documents which no longer hold.
    """
    shared = [c for c in shape["columns"] if c["agreement"] != "single"][:MOST_COLUMNS]
    ends = (Column("其他数字", width=16), *_ENDS, _QUOTE)
    titled = titles_of(shared, [column.head for column in (*_HEADS, *ends)])
    columns = (*_HEADS, *(Column(title, "label", 12) for title in titled), *ends)
    rows = [_row(number, row, shared) for number, row in enumerate(shape["rows"])]
    return Table(f"各文件对照：{shape['topic']}", columns, rows, tuple(_notes(shape, rows, switch)))


def _row(number: int, row: Json, shared: Sequence[Json]) -> list[Cell | str]:
    held = [next((c for c in column["cells"] if c["row"] == number), None) for column in shared]
    told = {value["start"] for cell in held if cell for value in cell["values"]}
    units = counted(row) if None in held else frozenset()
    others = [v for v in row["values"] if v["of_topic"] and v["start"] not in told]
    status = f"（{row['document']['status']}）" if row["document"]["status"] else ""
    differs = {found["aspect"] for found in row["differs"]}
    return [
        f"{name(row['document'])}{status}",
        row["document"]["level"] or NO_LEVEL,
        row["address"],
        *(_said(cell, c, units) for cell, c in zip(held, shared, strict=True)),
        "；".join(map(said_value, others)),
        _marked(
            "、".join(dict.fromkeys(d["date"] for d in row["deadlines"])), "deadline" in differs
        ),
        _marked(_organs(row["units"]), "lead" in differs),
        row["quote"],
    ]


def _said(cell: Json | None, column: Json, units: frozenset[str]) -> Cell | str:
    if cell is None:
        return ELSEWHERE if is_elsewhere(column, units) else "未写"
    apart = is_named_apart(column)
    said = "；".join(said_value(value, apart) for value in cell["values"])
    return _marked(said, cell["differs"])


def _marked(text: str, differs: bool) -> Cell | str:
    return Cell((Piece(text, "changed"),)) if differs and text else text


def _organs(units: Json) -> str:
    return "\n".join(
        f"{title}：{'、'.join(units[role])}" for role, title in UNITS.items() if units[role]
    )


def _notes(shape: Json, rows: Sequence[Sequence[Cell | str]], switch: str) -> Iterator[str]:
    yield summary(shape)
    if any(ELSEWHERE in row for row in rows):
        yield f"{ELSEWHERE}：写了单位相同的数字，但说法不同或写在别处，没有归入这一列。"
    if any(row["differs"] for row in shape["rows"]):
        yield "标出的是与多数文件不同之处；没有多数时，凡不相同的都标出。"
    for reason, title in REASONS.items():
        names = titles(shape, reason)
        if names:
            yield f"{title}：{'、'.join(names)}"
    yield from reservations(shape, switch)


def comparison_table(shape: Json) -> Table:
    """A row for each change, with the words that were deleted and inserted marked."""
    old, new = sides_of(shape)
    columns = (
        Column("变化", "label", 7),
        Column(f"{old}条款", width=9),
        Column(f"{old}原文", width=36),
        Column(f"{new}条款", width=9),
        Column(f"{new}原文", width=36),
        Column("数字", width=16),
    )
    rows = [_change(shape, change) for change in shape["changes"]]
    notes = (line.removeprefix("! ") for line in heads(shape))
    return Table("两份文件对照", columns, rows, tuple(notes))


def _change(shape: Json, change: Json) -> list[Cell | str]:
    return [
        kinds_of(shape)[change["kind"]],
        *_side(change, "old"),
        *_side(change, "new"),
        "\n".join(map(said_figure, change["figures"])),
    ]


def _side(change: Json, side: str) -> tuple[str, Cell | str]:
    found = change[side]
    if found is None:
        return "", ""
    pieces = [
        Piece(piece[side]["text"], _OPS.get(piece["op"]))
        for piece in change["pieces"]
        if piece[side]
    ]
    whole = Piece(found["quote"].strip(), _WHOLE.get(change["kind"]))
    return found["clause"]["address"], Cell(tuple(pieces) or (whole,))
