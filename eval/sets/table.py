"""Question sets as tables: a row a question, or several with one id where it has more gold."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus import ReadError
from eval.sets.columns import HEADS, KNOWN, field_of
from eval.sets.gold_text import GoldTextError, read_golds
from eval.sets.json_lines import Found
from eval.sets.rows import Row, shown, tidied
from retrieval.tables.safety import QUOTE, is_formula

_FLAGS = {"是": True, "true": True, "yes": True, "1": True} | {
    "否": False,
    "false": False,
    "no": False,
    "0": False,
}
_ABOUT_GOLD = ("document", "gold", "grade", "occurrence")
_WHOLE = re.compile(r"-?\d{1,9}(?:\.0+)?", re.ASCII)
_FRACTION = re.compile(r"-?\d{1,9}(?:\.\d{0,30})?(?:e-?\d{1,3})?", re.ASCII | re.IGNORECASE)


class Sheet(NamedTuple):
    """The rows of a table with their numbers, and what in it is not a plain value."""

    name: str
    rows: Sequence[tuple[int, list[str]]]
    mistakes: Sequence[tuple[int, str]] = ()

    @property
    def head(self) -> tuple[int, list[str]] | None:
        """The first row with anything in it."""
        return next((row for row in self.rows if any(row[1])), None)

    @property
    def has_questions(self) -> bool:
        """Whether its head names a column of questions."""
        return self.head is not None and "question" in map(field_of, self.head[1])


def rows_of(sheets: Sequence[Sheet]) -> Iterator[Found]:
    """Yield the questions of the one sheet that holds any.

    Raises ReadError where none does, or more than one.
    """
    found = [sheet for sheet in sheets if sheet.has_questions]
    if len(found) > 1:
        names = "、".join(sheet.name for sheet in found)
        raise ReadError(f"holds questions in {len(found)} sheets ({names}): keep one of them")
    if not found:
        heads = [sheet.head[1] for sheet in sheets if sheet.head]
        named = "、".join(filter(None, heads[0][:8])) if heads else ""
        wanted = "expected a first row of column names, 问题 (question) among them"
        raise ReadError(f"found {named[:80]}, {wanted}" if named else f"is empty: {wanted}")
    return _rows(found[0])


def _rows(sheet: Sheet) -> Iterator[Found]:
    assert sheet.head is not None
    line, heads = sheet.head
    fields = [field_of(head) for head in heads]
    yield from sheet.mistakes
    yield from ((line, said) for said in _wrong_heads(heads, fields))
    below = [row for row in sheet.rows if row[0] > line and any(row[1])]
    yield from _joined(_filled(fields, below))


def _wrong_heads(heads: Sequence[str], fields: Sequence[str | None]) -> Iterator[str]:
    for head, field in zip(heads, fields, strict=True):
        if field is None:
            yield f"the column {shown(head)} is not known: expected {KNOWN}"
    for field in HEADS:
        if fields.count(field) > 1:
            yield f"{fields.count(field)} columns for {HEADS[field]} ({field}): keep one"


def _filled(
    fields: Sequence[str | None], rows: Iterable[tuple[int, list[str]]]
) -> Iterator[tuple[int, dict[str, str] | str]]:
    """The filled cells of each row by field."""
    for line, cells in rows:
        beyond = [cell for cell in cells[len(fields) :] if cell]
        if beyond:
            yield line, f"{shown(beyond[0])} stands beside the table: expected a column name"
        pairs = zip(fields, cells, strict=False)
        yield line, {field: _unquoted(cell) for field, cell in pairs if field and cell}


def _joined(rows: Iterable[tuple[int, dict[str, str] | str]]) -> Iterator[Found]:
    """Yield every mistake, then each question with the gold of all its rows.

    Rows are of one question where they have one id, or without ids one question.
    """
    joined: dict[str, tuple[int, Row]] = {}
    wrong: set[str] = set()
    for line, cells in rows:
        if isinstance(cells, str):
            yield line, cells
            continue
        name = cells.get("id", "")
        key = f"id {name}" if name else f"question {cells.get('question', line)}"
        row, mistakes = _row(cells)
        first_line, first = joined.setdefault(key, (line, {}))
        mistakes += _differences(row, first, first_line)
        first["gold"] = [*first.get("gold", []), *row.pop("gold")]
        joined[key] = first_line, row | first
        if mistakes:
            wrong.add(key)
            yield from ((line, said) for said in mistakes)
    yield from (found for key, found in joined.items() if key not in wrong)


def _differences(row: Row, first: Row, line: int) -> Iterator[str]:
    for field in (row.keys() & first.keys()) - {"gold"}:
        if row[field] != first[field]:
            yield (
                f"{field} is {shown(row[field])}, but {shown(first[field])} in line {line}, "
                "which has the same id: expected one question for an id"
            )


def _row(cells: dict[str, str]) -> tuple[Row, list[str]]:
    """The row that JSON Lines would have, and what is wrong with it."""
    values = {field: _value(field, cell) for field, cell in cells.items()}
    row = {field: value for field, value in values.items() if field not in _ABOUT_GOLD}
    about = {name: values[name] for name in ("grade", "occurrence") if name in values}
    try:
        row["gold"] = [
            about | one if isinstance(one, dict) else one
            for one in read_golds(cells.get("gold", ""), cells.get("document"))
        ]
    except GoldTextError as error:
        return {"gold": []}, [f"gold {error}"]
    if "document" in cells and "gold" not in cells:
        row["gold"] = [about | {"document": cells["document"]}]
    tidy, wrong = tidied(row)
    return {"gold": []} | tidy, wrong


def _value(field: str, cell: str) -> object:
    """What a cell says; a text stays one where a flag or a number was expected."""
    if field in ("answerable", "draft"):
        return _FLAGS.get(cell.lower(), cell)
    if field in ("grade", "occurrence") and _WHOLE.fullmatch(cell):
        return int(float(cell))
    if field == "overlap" and _FRACTION.fullmatch(cell):
        return float(cell)
    return cell


def _unquoted(cell: str) -> str:
    """Take off the quote that tables put before what a spreadsheet would run."""
    quoted = cell.startswith(QUOTE) and is_formula(cell.lstrip(QUOTE))
    return cell[len(QUOTE) :] if quoted else cell
