"""Clauses in their documents, as examples show them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from corpus import Clause, Document, ReadError, read_file
from corpus.files import find_files
from corpus.fold import fold_text
from index.passages import SEARCHED, WINDOW

SHORTEST, LONGEST = 30, WINDOW
"""Characters of a clause that examples are made from: one passage, and more than a heading."""


class Place(NamedTuple):
    """A clause in its document."""

    document: Document
    clause: Clause

    @property
    def text(self) -> str:
        """The clause as it stands."""
        return self.document.quote(self.clause.span).strip()

    def passage(self, without: str = "") -> str:
        """Return the clause below its title and headings, as indexed, less a stretch of it."""
        above = [self.document.label, *(name for name in self.clause.path if name != without)]
        body = self.text.replace(without, "").strip() if without else self.text
        return "\n".join([*above, body])


def places(paths: Sequence[Path]) -> list[list[Place]]:
    """Return, for each document below `paths`, the clauses that examples can be made from.

    Raises ReadError, naming the path, where one cannot be read.
    """
    documents = (_read(path) for path in find_files(list(paths)))
    return [
        [
            Place(document, clause)
            for clause in document.clauses
            if clause.kind in SEARCHED and SHORTEST <= clause.end - clause.start <= LONGEST
        ]
        for document in documents
    ]


def _read(path: Path) -> Document:
    try:
        return read_file(path)
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from error


def bigrams(text: str) -> set[str]:
    """Return each two neighbouring characters of the folded text."""
    folded = fold_text(text)
    return {folded[start : start + 2] for start in range(len(folded) - 1)}
