"""The rows of a trace as a table for people: 要求、依据、强度、差异."""

from collections.abc import Iterator

from retrieval.lines import FLAG, left_aside
from retrieval.shapes import Json
from retrieval.tables import Cell, Column, Piece, Table
from retrieval.trace.lines import (
    NOT_FOUND,
    STRENGTH_NAMES,
    UNTRACED_NAMES,
    difference_lines,
    stating_first,
    summary,
)

TITLE = "要求与依据对照表"
_COLUMNS = (
    Column("序号", "number", 4),
    Column("要求", width=16),
    Column("结果", "label", 7),
    Column("依据", width=19),
    Column("层级", "label", 4),
    Column("状态", "label", 6),
    Column("原文", width=26),
    Column("差异", width=20),
)
_BESIDE = (
    "每条要求先列有依据的条款，再列相关条款，各按层级由高到低、日期由新到旧；"
    "“原文”与来源文件逐字一致。≠ 为差异，≈ 为不影响要求的表述差异。"
)


def trace_table(shape: Json, switch: str = FLAG) -> Table:
    """Return a table of `trace_shape`: a row for each match, one for a requirement without any.

    Its notes name the `switch` that includes documents which no longer hold.
    """
    rows = [
        cells for number, row in enumerate(shape["rows"], start=1) for cells in _cells(number, row)
    ]
    notes = (summary(shape), _BESIDE, *left_aside(shape, switch))
    return Table(TITLE, _COLUMNS, rows, notes)


def _cells(number: int, row: Json) -> Iterator[tuple[Cell | str, ...]]:
    opening = (str(number), row["requirement"])
    if not row["matches"]:
        result = UNTRACED_NAMES.get(row["status"], NOT_FOUND)
        yield (*opening, result, "", "", "", "", "；".join(row["remarks"]))
    for match in stating_first(row["matches"]):
        yield (
            *opening,
            STRENGTH_NAMES[match["strength"]],
            match["citation"],
            match["level"] or "",
            match["status"] or "状态不明",
            _quote(match),
            "\n".join(difference_lines(match)),
        )


def _quote(match: Json) -> Cell:
    """The quotation, with what differs marked in it."""
    quote, offset = match["quote"], match["start"]
    pieces, at = [], 0
    spans = sorted(
        (d["start"] - offset, d["end"] - offset)
        for d in match["differences"]
        if d["start"] is not None
    )
    for start, end in spans:
        if at <= start < end <= len(quote):
            pieces += [Piece(quote[at:start]), Piece(quote[start:end], "changed")]
            at = end
    return Cell((*pieces, Piece(quote[at:])))
