"""What people thought of answers: a table of its own beside the library, which leaves it never."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from corpus import YoujuError

FILE = "feedback.db"
LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_REMARK = 1000, 4000, 500
"""Characters that are kept; of a longer answer the beginning."""
MOST = 100_000
"""Opinions that are kept."""
_PATIENCE = 5.0
"""Seconds that one writer waits for another."""

Verdict = Literal["up", "down"]

_TABLE = f"""
CREATE TABLE IF NOT EXISTS opinions (
    turn TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('up', 'down')),
    remark TEXT NOT NULL CHECK (length(remark) <= {LONGEST_REMARK}),
    question TEXT NOT NULL CHECK (length(question) <= {LONGEST_QUESTION}),
    understood TEXT NOT NULL CHECK (length(understood) <= 2 * {LONGEST_QUESTION}),
    filters TEXT NOT NULL,
    status TEXT NOT NULL,
    confidence REAL NOT NULL,
    answer TEXT NOT NULL CHECK (length(answer) <= {LONGEST_ANSWER})
) STRICT
"""
_ADD = """
INSERT INTO opinions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (turn) DO UPDATE SET
    at = excluded.at, verdict = excluded.verdict, remark = excluded.remark
"""


class FeedbackError(YoujuError):
    """Feedback that cannot be kept or read; what was kept before is as it was."""


class Opinion(NamedTuple):
    """What somebody thought of one answer; `turn` names it, `at` is in UTC."""

    turn: str
    at: str
    verdict: Verdict
    remark: str
    question: str
    understood: str
    filters: str
    status: str
    confidence: float
    answer: str


class Feedback:
    """The opinions of one library, in a file of its own that is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def keep(self, opinion: Opinion) -> None:
        """Keep an opinion in place of an earlier one about the same answer.

        Raises FeedbackError for an overlong remark, too many opinions, or a disk that refuses.
        """
        if opinion.verdict not in get_args(Verdict):
            raise FeedbackError(f"found {opinion.verdict[:20]!r}, expected up or down")
        if len(opinion.remark) > LONGEST_REMARK:
            raise FeedbackError(
                f"the remark has {len(opinion.remark)} characters, at most {LONGEST_REMARK} "
                "are kept: shorten it"
            )
        with self._opened() as database, database:
            database.execute(_TABLE)
            others = "SELECT count(*) FROM opinions WHERE turn <> ?"
            (count,) = database.execute(others, (opinion.turn,)).fetchone()
            if count >= MOST:
                raise FeedbackError(
                    f"{MOST} opinions are kept already: export them, then move {self.path} away"
                )
            database.execute(_ADD, _limited(opinion))

    def all(self) -> list[Opinion]:
        """Return every opinion, the newest first. Raises FeedbackError."""
        if not self.path.exists():
            return []
        with self._opened() as database:
            rows = database.execute("SELECT * FROM opinions ORDER BY at DESC, turn")
            return [Opinion(*row) for row in rows]

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as database:
                yield database
        except sqlite3.Error as error:
            raise FeedbackError(
                f"{self.path}: the feedback cannot be kept or read ({error}): check the disk and "
                "the rights of the folder"
            ) from error


def _limited(opinion: Opinion) -> Opinion:
    return opinion._replace(
        question=opinion.question[:LONGEST_QUESTION],
        understood=opinion.understood[: 2 * LONGEST_QUESTION],
        answer=opinion.answer[:LONGEST_ANSWER],
    )


def now() -> str:
    """The time of an opinion: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
