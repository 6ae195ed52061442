"""What was found of a draft as a table for people: 文稿、结果、依据、差异."""

from retrieval.drafts.lines import named, summary
from retrieval.shapes import Json
from retrieval.tables import Cell, Column, Mark, Piece, Table

TITLE = "文稿引用核对表"
_COLUMNS = (
    Column("序号", "number", 3),
    Column("文稿中的引用", width=22),
    Column("结果", "label", 6),
    Column("依据", width=20),
    Column("状态", "label", 6),
    Column("原文", width=24),
    Column("差异", width=22),
    Column("说明", width=16),
)
_MARKS: dict[str, Mark | None] = {"both": None, "draft": "removed", "source": "added"}
_BESIDE = "“差异”中标为删除的是文稿的字，标为增加的是原文的字；标点和繁简不计。"


def check_table(shape: Json) -> Table:
    """Return a table of `check_shape`, a row for each citation or quotation."""
    rows = [_cells(number, finding) for number, finding in enumerate(shape["findings"], start=1)]
    return Table(TITLE, _COLUMNS, rows, (summary(shape), _BESIDE))


def _cells(number: int, finding: Json) -> tuple[Cell | str, ...]:
    document = finding["document"]
    pieces = (Piece(p["text"], _MARKS[p["side"]]) for p in finding["difference"])
    return (
        str(number),
        finding["text"],
        named(finding),
        finding["citation"] or "",
        (document["status"] or "状态不明") if document else "",
        finding["quote"] or "",
        Cell(tuple(pieces) or (Piece(""),)),
        "\n".join(finding["notes"]),
    )
