"""The question sets of a library: a table beside it, which a backup takes along."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus import YoujuError
from eval.sets import Question
from eval.sets.rows import read_row

FILE = "questions.db"
MOST_SETS = 100
MOST_QUESTIONS = 5_000
LONGEST_NAME = 40
_PATIENCE = 5.0
"""Seconds that one writer waits for another."""
_NAME = re.compile(rf"[\w（）()·-]([\w（）()· -]{{0,{LONGEST_NAME - 2}}}[\w（）()·-])?")

_TABLE = """
CREATE TABLE IF NOT EXISTS questions (
    name TEXT NOT NULL,
    place INTEGER NOT NULL,
    id TEXT NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (name, id)
) STRICT
"""
_READ = "SELECT place, row FROM questions WHERE name = ? ORDER BY place"


class LabelError(YoujuError):
    """A question set that cannot be kept as it is asked; what was kept is as it was."""


class KeptSets:
    """Question sets by name, drafts among them, in a file that is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def names(self) -> list[str]:
        """Return the names of the sets, sorted. Raises LabelError."""
        if not self.path.exists():
            return []
        with self._opened() as database:
            rows = database.execute("SELECT DISTINCT name FROM questions ORDER BY name")
            return [name for (name,) in rows]

    def questions(self, name: str) -> list[Question]:
        """Return the questions of a set; none where there is no such set. Raises LabelError."""
        name = checked_name(name)
        if not self.path.exists():
            return []
        with self._opened() as database:
            return self._read(database, name)

    def change(self, name: str, change: Callable[[list[Question]], Iterable[Question]]) -> None:
        """Put in the place of a set's questions what `change` makes of them, in one transaction.

        Raises LabelError, as `change` may, and leaves the set as it was.
        """
        name = checked_name(name)
        with self._opened() as database, database:
            database.execute("BEGIN IMMEDIATE")
            before = self._read(database, name)
            after = list(change(before))
            _check_size(database, after, is_new=not before)
            database.execute("DELETE FROM questions WHERE name = ?", (name,))
            rows = [(name, place, one.id, _row(one)) for place, one in enumerate(after, start=1)]
            database.executemany("INSERT INTO questions VALUES (?, ?, ?, ?)", rows)

    def _read(self, database: sqlite3.Connection, name: str) -> list[Question]:
        questions = []
        for place, row in database.execute(_READ, (name,)):
            question = read_row(place, json.loads(row))
            if not isinstance(question, Question):
                raise LabelError(f"{self.path}: a question of {name} is damaged: restore a backup")
            questions.append(question)
        return questions

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as database:
                database.execute(_TABLE)
                yield database
        except (sqlite3.Error, json.JSONDecodeError) as error:
            raise LabelError(
                f"{self.path}: the question sets cannot be kept or read ({error}): check the disk "
                "and the rights of the folder"
            ) from error


def checked_name(name: str) -> str:
    """Return the name of a set without white space around it; it may be that of a file.

    Raises LabelError for a name that no set can have.
    """
    name = name.strip()
    if not _NAME.fullmatch(name):
        raise LabelError(
            f"found {name[:LONGEST_NAME]!r} as the name of a set, expected 1 to {LONGEST_NAME} "
            "letters, digits or characters, without stops and slashes"
        )
    return name


def _check_size(database: sqlite3.Connection, after: list[Question], is_new: bool) -> None:
    if len(after) > MOST_QUESTIONS:
        raise LabelError(
            f"the set has {len(after)} questions, at most {MOST_QUESTIONS} are kept: "
            "begin another set"
        )
    (sets,) = database.execute("SELECT count(DISTINCT name) FROM questions").fetchone()
    if is_new and sets >= MOST_SETS:
        raise LabelError(f"{MOST_SETS} sets are kept already: reject the questions of one")


def _row(question: Question) -> str:
    return json.dumps(question.shape(), ensure_ascii=False)
