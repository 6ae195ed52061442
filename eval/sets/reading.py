"""Any file or folder of questions becomes a QuestionSet, or every mistake in it is told."""

from collections.abc import Callable, Iterator
from pathlib import Path

from corpus import ReadError
from corpus.files import LARGEST_FILE, bytes_of
from eval.sets import json_lines
from eval.sets.beir import read_beir
from eval.sets.json_lines import Found
from eval.sets.rows import read_row, repeated
from eval.sets.sheets import read_csv, read_workbook
from eval.sets.table import rows_of
from eval.sets.values import Question, QuestionSet, SetError

MOST_QUESTIONS = 50_000
"""Of one file; a BEIR folder may have more."""

_ROWS: dict[str, Callable[[bytes], Iterator[Found]]] = {
    ".jsonl": json_lines.rows,
    ".csv": lambda data: rows_of(read_csv(data)),
    ".xlsx": lambda data: rows_of(read_workbook(data)),
}


def read_set(path: Path, split: str | None = None, drafts: bool = False) -> QuestionSet:
    """Read JSON Lines, CSV, XLSX or a BEIR folder; of one split, or without one all questions.

    Drafts are left out, unless they are asked for. Raises SetError with every mistake in the file.
    """
    if path.is_dir():
        return read_beir(path, split)
    questions = _questions(path)
    kept = tuple(question for question in questions if drafts or not question.draft)
    if not kept:
        raise SetError(path, [(0, all_drafts(len(questions)))])
    left_out = len(questions) - len(kept)
    if split is None:
        return QuestionSet(path, None, kept, drafts_left_out=left_out)
    chosen = tuple(question for question in kept if question.split == split)
    if not chosen:
        named = sorted({question.split for question in kept} - {""})
        expected = f"expected one of {', '.join(named)}" if named else "it has no splits"
        raise SetError(path, [(0, f"has no question of the split {split!r}: {expected}")])
    return QuestionSet(path, split, chosen, drafts_left_out=left_out)


def all_drafts(count: int) -> str:
    """What is said of a set that holds drafts alone, and how to make questions of them."""
    return (
        f"holds {count} drafts and no question: accept those that are right, in a file by emptying "
        "their column 草稿 (draft), in the app on the screen 评测 under 标注题目"
    )


def _questions(path: Path) -> list[Question]:
    questions: list[Question] = []
    mistakes: list[tuple[int, str]] = []
    for line, row in _found(path):
        read = row if isinstance(row, str) else read_row(line, row)
        if isinstance(read, Question):
            questions.append(read)
        else:
            mistakes += ((line, said) for said in ([read] if isinstance(read, str) else read))
    mistakes += repeated(questions)
    if len(questions) > MOST_QUESTIONS:
        mistakes.append((0, f"{len(questions)} questions, at most {MOST_QUESTIONS}: split it"))
    if not questions and not mistakes:
        mistakes.append((0, "no question: expected one a line or a row"))
    if mistakes:
        raise SetError(path, sorted(mistakes))
    return questions


def _found(path: Path) -> Iterator[Found]:
    """The rows of a file. Raises SetError where it cannot be read as a whole."""
    rows = _ROWS.get(path.suffix.lower())
    if rows is None:
        expected = f"expected {', '.join(_ROWS)} or a BEIR folder"
        raise SetError(path, [(0, f"found {path.suffix or 'no extension'}, {expected}")])
    try:
        yield from rows(bytes_of(path, LARGEST_FILE))
    except ReadError as error:
        raise SetError(path, [(0, str(error))]) from error
