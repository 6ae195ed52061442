"""A question set goes into a file again: JSON Lines, CSV or a workbook of Excel."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from eval.sets.columns import HEADS
from eval.sets.gold_text import write_gold
from eval.sets.json_lines import json_lines_bytes
from eval.sets.values import Question, SetError
from retrieval.tables import Column, Table, TableError, write_table
from retrieval.tables.safety import QUOTE, is_formula
from retrieval.tables.writing import check_place, place_file

_NUMBERS = ("grade", "occurrence", "overlap")
_NOTES = (
    "一行一个问题；依据不止一处的，可在一个单元格里用 | 隔开，也可以另起一行，编号相同。",
    "依据写《文件》第十二条，或《文件》“原文中的一句话”；文件单独成列时，依据不必再写《文件》。",
    "文件中没有答案的问题，依据留空。等级：2 一处就能回答，1 只回答一部分。",
)

EXTENSIONS = (".jsonl", ".csv", ".xlsx")


def write_set(questions: Iterable[Question], path: Path) -> None:
    """Write questions as the extension of `path` says; `read_set` gives equal ones back.

    The file is written beside and renamed into place. Raises SetError.
    """
    suffix = path.suffix.lower()
    if suffix not in EXTENSIONS:
        found = path.suffix or "no extension"
        raise SetError(path, [(0, f"found {found}, expected one of {', '.join(EXTENSIONS)}")])
    try:
        if suffix == ".jsonl":
            check_place(path)
            place_file(path, json_lines_bytes(questions))
        else:
            # Notes in a CSV would be rows of the table.
            notes = _NOTES if suffix == ".xlsx" else ()
            write_table(table_of(path.stem, questions, notes), path)
    except TableError as error:
        raise SetError(path, [(0, str(error).removeprefix(f"{path}: "))]) from error


def table_of(name: str, questions: Iterable[Question], notes: Sequence[str] = ()) -> Table:
    """Return the questions as a table, a row for each place of gold."""
    columns = tuple(
        Column(head, "number" if field in _NUMBERS else "text") for field, head in HEADS.items()
    )
    rows = [row for question in questions for row in _cells(question)]
    return Table(f"问题集：{name}", columns, rows, tuple(notes))


def _cells(question: Question) -> Iterator[list[str]]:
    for gold in question.gold or (None,):
        said = {
            "id": question.id,
            "question": question.text,
            "kind": question.kind,
            "answerable": "是" if question.answerable else "否",
            "overlap": "" if question.overlap is None else repr(question.overlap),
            "split": question.split,
            "draft": "是" if question.draft else "",
        }
        if gold:
            said |= {
                "document": gold.document or "",
                "gold": write_gold(gold),
                "grade": str(gold.grade),
                "occurrence": "" if gold.occurrence is None else str(gold.occurrence),
            }
        yield [_quoted(said.get(field, "")) for field in HEADS]


def _quoted(text: str) -> str:
    """Keep a quote before a formula apart from the one that tables put there."""
    mistaken = text.startswith(QUOTE) and is_formula(text.lstrip(QUOTE))
    return QUOTE + text if mistaken else text
