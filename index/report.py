"""What adding tells: how far it has come, and what became of each file."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from corpus import Document
from index.similar import Similar
from index.store import Outcome

Progress = Callable[[str, int, int], None]
"""Called with a stage (read, words, similar, vectors), how much is done, how much there is."""


Stop = Callable[[], bool]
"""Asked between two documents and between two batches of vectors: True ends the work there."""


class Failure(NamedTuple):
    """A file that was not added, and why, in one line."""

    source: str
    error: str


class Near(NamedTuple):
    """A near-duplicate of a document, and what the two have in common."""

    document: Document
    similar: Similar


@dataclass(slots=True)
class Report:
    """What became of the files that were to be added: documents without text and clauses."""

    added: list[Document] = field(default_factory=list)
    unchanged: list[Document] = field(default_factory=list)
    replaced: list[Document] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    """Files in a folder or an archive that no reader takes."""
    warnings: list[Failure] = field(default_factory=list)
    """What could not be used of the tables beside the files; what to do about the library."""
    left_out: list[str] = field(default_factory=list)
    """Files that were not read, or of an archive not all, because the work was to stop."""
    clauses: int = 0
    """How many clauses were written."""
    counts: dict[str, int] = field(default_factory=dict)
    """The number of clauses of each document, by its id."""
    near: dict[str, list[Near]] = field(default_factory=dict)
    """The near-duplicates of each document that has any, by its id, the nearest first."""

    def note(self, outcome: Outcome, document: Document) -> None:
        """Count a document; a folder of thousands does not stay in memory."""
        same_outcome: list[Document] = getattr(self, outcome)
        same_outcome.append(replace(document, text="", clauses=()))
        self.counts[document.id] = len(document.clauses)
        if outcome != "unchanged":
            self.clauses += len(document.clauses)


def never() -> bool:
    """Go on to the end."""
    return False


def ignore_progress(stage: str, done: int, total: int) -> None:
    """Report nothing."""
