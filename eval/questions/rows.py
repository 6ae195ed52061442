"""A question set from JSON Lines: every mistake in the file is reported, each with its line."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from corpus import YoujuError

KINDS = {
    "lay": "a teacher's or parent's own words, few of them those of the document",
    "figure": "a number",
    "date": "a date, a year or a period",
    "department": "who leads, who takes part (牵头单位, 责任单位)",
    "yes-no": "whether something is allowed, required or so",
    "list": "the members of a list",
    "several": "gold in several documents (各地…分别…, 哪些文件…)",
    "trace": "a requirement as a sentence; its clause is wanted in every document that has it",
    "superseded": "what a version that no longer holds said, or which version holds",
    "traditional": "asked in Traditional script",
    "typo": "asked with a typing error: a 同音字, or a character left out",
    "unanswerable": "the documents do not speak of it",
    "near-miss": "the documents speak of it, but the figure, the year or the place is not there",
}
REFUSED = ("unanswerable", "near-miss")
"""Kinds that no document answers."""
SPLITS = ("dev", "heldout")
QUOTE = range(6, 29)
"""Characters of a quotation: enough to be found, too few to be a copy."""


class SetError(YoujuError):
    """Mistakes in a question set, one a line of the message: file, line, what is wrong."""

    def __init__(self, path: Path, mistakes: Iterable[tuple[int, str]]) -> None:
        self.mistakes = list(mistakes)
        super().__init__("\n".join(f"{path}:{line}: {said}" for line, said in self.mistakes))


class Gold(NamedTuple):
    """A place that answers a question.

    `grade` is 2 where the place answers it alone, 1 where it answers a part; `occurrence` counts
    from 1 and is needed where the quotation stands in the document more than once.
    """

    document: str
    quote: str
    grade: int
    occurrence: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question set."""

    line: int
    id: str
    text: str
    kind: str
    answerable: bool
    gold: tuple[Gold, ...]
    overlap: float | None
    split: str


def read_questions(path: Path) -> list[Question]:
    """Read a question set. Raises SetError with every mistake in it."""
    questions: list[Question] = []
    mistakes: list[tuple[int, str]] = []
    for line, text in _lines(path):
        row = _row(text)
        wrong = [row] if isinstance(row, str) else list(_mistakes(row))
        mistakes += ((line, message) for message in wrong)
        if not isinstance(row, str) and not wrong:
            questions.append(_question(line, row))
    mistakes += _repeated(questions)
    if not questions and not mistakes:
        mistakes.append((1, "no question: expected one JSON object a line"))
    if mistakes:
        raise SetError(path, sorted(mistakes))
    return questions


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers from 1."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SetError(path, [(0, f"cannot be read ({error.strerror})")]) from error
    except UnicodeDecodeError as error:
        raise SetError(path, [(0, f"is not UTF-8 text ({error.reason})")]) from error
    for line, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            yield line, row


def _row(text: str) -> dict[str, Any] | str:
    """The object of a line, or what is wrong with it."""
    try:
        row = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        return f"not JSON ({error})"
    return row if isinstance(row, dict) else f"expected an object, found {text.strip()[:40]}"


Test = Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_share(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value is None or (is_number and 0 <= value <= 1)


FIELDS: dict[str, tuple[Test, str]] = {
    "id": (_is_text, "text"),
    "question": (_is_text, "text"),
    "kind": (lambda value: isinstance(value, str) and value in KINDS, "/".join(KINDS)),
    "answerable": (lambda value: isinstance(value, bool), "true or false"),
    "gold": (lambda value: isinstance(value, list), "a list"),
    "overlap": (_is_share, "null or a number from 0 to 1"),
    "split": (lambda value: isinstance(value, str) and value in SPLITS, "/".join(SPLITS)),
}
GOLD_FIELDS: dict[str, tuple[Test, str]] = {
    "document": (_is_text, "a title"),
    "quote": (
        lambda value: isinstance(value, str) and len(value) in QUOTE,
        f"{QUOTE[0]} to {QUOTE[-1]} characters",
    ),
    "grade": (lambda value: _is_whole(value) and value in (1, 2), "1 or 2"),
    "occurrence": (lambda value: value is None or (_is_whole(value) and value > 0), "1 or more"),
}


def _mistakes(row: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a row's fields, with those of its gold, and between them."""
    wrong = list(_wrong_fields(row, FIELDS, ""))
    gold = row.get("gold")
    for number, one in enumerate(gold if isinstance(gold, list) else [], start=1):
        if isinstance(one, dict):
            wrong += _wrong_fields({"occurrence": None} | one, GOLD_FIELDS, f"gold {number}: ")
        else:
            wrong.append(f"gold {number}: expected an object, found {_shown(one)}")
    yield from wrong or _contradictions(row)


def _wrong_fields(
    row: dict[str, Any], fields: dict[str, tuple[Test, str]], where: str
) -> Iterator[str]:
    for name, (test, expected) in fields.items():
        if name not in row:
            yield f"{where}no {name}: expected {expected}"
        elif not test(row[name]):
            yield f"{where}{name} is {_shown(row[name])}: expected {expected}"
    yield from (f"{where}unknown field {name!r}" for name in row.keys() - fields.keys())


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:40]


def _contradictions(row: dict[str, Any]) -> Iterator[str]:
    if row["answerable"] == (row["kind"] in REFUSED):
        yield f"a question of the kind {row['kind']} with answerable {_shown(row['answerable'])}"
    if row["answerable"] and all(one["grade"] != 2 for one in row["gold"]):
        yield "answerable, but no gold of grade 2"
    if not row["answerable"] and (row["gold"] or row["overlap"] is not None):
        yield "not answerable: expected no gold, and null for the overlap"


def _question(line: int, row: dict[str, Any]) -> Question:
    gold = tuple(Gold(**one) for one in row["gold"])
    return Question(
        line=line,
        id=row["id"],
        text=row["question"],
        kind=row["kind"],
        answerable=row["answerable"],
        gold=gold,
        overlap=row["overlap"],
        split=row["split"],
    )


def _repeated(questions: Iterable[Question]) -> Iterator[tuple[int, str]]:
    """Yield what an earlier line has already: an id, or a question."""
    seen: dict[str, int] = {}
    for question in questions:
        for value in (question.id, question.text):
            first = seen.setdefault(value, question.line)
            if first != question.line:
                yield question.line, f"{value!r} stands in line {first} already"
