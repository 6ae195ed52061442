"""What a question set is: questions, the places that answer them, and what is wrong with a file."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol

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
"""The kinds of the committed sets; a set of one's own may have any."""
REFUSED = ("unanswerable", "near-miss")
"""Kinds that no document answers."""
UNSORTED = "unsorted"
"""The kind of a question that documents answer and whose kind is not said."""
SPLITS = ("dev", "heldout")
"""The splits of the committed sets."""
MOST_SHOWN = 100
"""Mistakes that a message lists."""


class SetError(YoujuError):
    """Mistakes in a question set, one a line of the message: file, line, what is wrong.

    The line is 0 where the file as a whole is meant. `mistakes` has all of them, the message the
    first MOST_SHOWN.
    """

    def __init__(self, path: Path, mistakes: Iterable[tuple[int, str]]) -> None:
        self.path = path
        self.mistakes = [(line, " ".join(said.split("\n"))) for line, said in mistakes]
        lines = [
            f"{path}:{line}: {said}" if line else f"{path}: {said}"
            for line, said in self.mistakes[:MOST_SHOWN]
        ]
        more = len(self.mistakes) - MOST_SHOWN
        self._lines = [*lines, *([f"{path}: and {more} more"] if more > 0 else [])]
        super().__init__("\n".join(self._lines))

    @property
    def mistakes_told(self) -> list[str]:
        """The lines of the message."""
        return self._lines


class Gold(NamedTuple):
    """A place that answers a question: a quotation, an address, a clause, or a whole document.

    One of `quote`, `address` and `clause` is given, or none of them for a whole document, as in a
    BEIR folder. `document` is a title, a part of one that no other has, a 文号, a file name or an
    id; None where the place tells it. `grade` is 2 where the place answers the question alone, 1
    where it answers a part, 0 or less where it was judged not to answer. `occurrence` counts from
    1, where a quotation or an address stands there more than once.
    """

    document: str | None = None
    quote: str | None = None
    grade: int = 2
    occurrence: int | None = None
    clause: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set. Two are equal wherever in a file they stand."""

    line: int = field(compare=False)
    """Where it begins in its file, from 1; a row of a table counts as a line."""
    id: str
    text: str
    kind: str
    answerable: bool
    gold: tuple[Gold, ...]
    overlap: float | None = None
    """The share of its words in a gold clause as the file states it; `resolve` computes it."""
    split: str = ""
    draft: bool = False
    """Whether it was proposed and nobody has accepted it yet; it is then not asked."""

    def shape(self) -> dict[str, Any]:
        """The object that a line of JSON Lines holds for it."""
        gold = [{k: v for k, v in one._asdict().items() if v is not None} for one in self.gold]
        return {
            "id": self.id,
            "question": self.text,
            "kind": self.kind,
            "answerable": self.answerable,
            "gold": gold,
            "overlap": self.overlap,
            "split": self.split,
            **({"draft": True} if self.draft else {}),
        }


class Record(NamedTuple):
    """One document of a set that brings its own, as a BEIR folder does."""

    id: str
    title: str
    text: str


class Records(Protocol):
    """The documents that a set brings; read anew each time, one after another."""

    def __iter__(self) -> Iterator[Record]:
        """Yield each record. Raises SetError with every mistake in their file."""

    def fingerprint(self) -> str:
        """Identify the bytes of the file."""


@dataclass(frozen=True)
class QuestionSet:
    """Questions, where they are from, and for a BEIR folder the documents that they are about."""

    path: Path
    split: str | None
    """The split that was read; None where all were, or there are none."""
    questions: tuple[Question, ...]
    brought: Records | None = None
    """None where the questions are about documents that somebody else has."""
    drafts_left_out: int = 0
    """Drafts of the file that nobody has accepted yet."""

    @property
    def name(self) -> str:
        """The name of the folder, or of the file without its extension."""
        path = self.path.resolve()
        return path.name if self.brought else path.stem

    @cached_property
    def queries(self) -> dict[str, str]:
        """The texts of the questions by their ids."""
        return {question.id: question.text for question in self.questions}

    @cached_property
    def qrels(self) -> dict[str, dict[str, int]]:
        """Grade by record by question, of gold that is given as a whole document."""
        return {
            question.id: {gold.document: gold.grade for gold in question.gold if gold.document}
            for question in self.questions
        }

    def records(self) -> Iterator[Record]:
        """Read the documents that the set brings. Raises SetError where it brings none."""
        return iter(self._brought())

    def records_fingerprint(self) -> str:
        """Identify the bytes of the documents. Raises SetError where the set brings none."""
        return self._brought().fingerprint()

    def _brought(self) -> Records:
        if self.brought is None:
            raise SetError(self.path, [(0, "brings no documents: expected a BEIR folder")])
        return self.brought

    def fingerprint(self) -> str:
        """Identify the questions and their gold, whatever the format of the file.

        Overlaps follow from these and the documents, and may or may not stand in a file.
        """
        rows = [question.shape() | {"overlap": None} for question in self.questions]
        text = json.dumps(rows, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
