"""Files become documents one after another: archives unpacked, given metadata filled in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from corpus.archives import LARGEST_ARCHIVE, is_archive, members
from corpus.document import Document
from corpus.errors import NoReader, ReadError
from corpus.files import LARGEST_FILE, bytes_of, find_files, read_document
from corpus.given import GivenFolder, GivenValues, complete
from corpus.readers.formats import EXPECTED, is_known

Outcome = tuple[str, Document | ReadError]
"""What to remember a document by, and the document, or why there is none."""

_NOTHING_GIVEN = GivenValues()


class Source(NamedTuple):
    """A file and what to remember it by; `root` is the folder whose names and tables count."""

    path: Path
    name: str
    root: Path | None = None


def find_sources(paths: Sequence[Path]) -> dict[Path, Path]:
    """Return the files that `find_files` finds, each with the folder that the user named.

    For a file that the user named it is the folder that holds it.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        root = path if path.is_dir() else path.parent
        for file in find_files([path]):
            found.setdefault(file, root)
    return found


def read_all(name: str, data: bytes) -> Iterator[Outcome]:
    """Yield the document of a file, or each of an archive, by its name there.

    What cannot be read is yielded as its ReadError, and stops nothing else.
    """
    try:
        # A Word file may have been sent under the name of an archive, which it is packed like.
        if not is_archive(name) or is_known(data):
            yield name, read_document(name, data)
            return
        empty = True
        for member, outcome in members(data, LARGEST_FILE):
            empty = empty and isinstance(outcome, NoReader)
            inner = f"{name}/{member}"
            yield inner, outcome if isinstance(outcome, ReadError) else _read(inner, outcome)
        if empty:
            raise ReadError(f"no document in this archive (expected {EXPECTED})")
    except ReadError as error:
        yield name, error


def _read(name: str, data: bytes) -> Document | ReadError:
    try:
        return read_document(name, data)
    except ReadError as error:
        return error


class Intake:
    """Reads the files that one call names; each metadata.csv is read once."""

    def __init__(self) -> None:
        self._folders: dict[Path, GivenFolder] = {}

    def read(self, source: Source) -> Iterator[Outcome]:
        """Yield each document of a file, with what the user gives beside it."""
        largest = LARGEST_ARCHIVE if is_archive(source.path.name) else LARGEST_FILE
        try:
            data = bytes_of(source.path, largest)
        except ReadError as error:
            yield source.name, error
            return
        given = self._given(source)
        for name, outcome in read_all(source.name, data):
            yield name, outcome if isinstance(outcome, ReadError) else _completed(outcome, given)

    def problems(self) -> Iterator[Outcome]:
        """Yield what could not be used in the tables read so far, a line each."""
        for folder in self._folders.values():
            yield from folder.problems()

    def _given(self, source: Source) -> GivenValues:
        if source.root is None:
            return _NOTHING_GIVEN
        if source.root not in self._folders:
            self._folders[source.root] = GivenFolder(source.root)
        return self._folders[source.root].values_for(source.path)


def _completed(document: Document, given: GivenValues) -> Document:
    metadata, notes = complete(document.metadata, given)
    return replace(document, metadata=metadata, notes=(*document.notes, *notes))
