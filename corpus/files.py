"""A file, or a folder of them, becomes Documents."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.archives import has_reader, is_hidden
from corpus.clauses.structure import structure
from corpus.decode import count_damage
from corpus.document import Clause, Document
from corpus.errors import ReadError
from corpus.lines import open_page
from corpus.metadata import find_metadata
from corpus.metadata.listing import LISTING
from corpus.notes import Note
from corpus.readers import Reading, read_bytes
from corpus.readers.formats import EXPECTED

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes; a longer text is not one policy document."""
LONGEST_TEXT = 2_000_000
"""Characters that are read in about ten seconds; the Civil Code has about 110,000."""
MOST_LINES = 100_000
"""Lines that are read in about ten seconds, however short they are."""

_NUMBERED = ("article", "item")
_MOST_NAMED = 5


def read_file(path: Path) -> Document:
    """Read one file. Raises ReadError in one line where it cannot become a document."""
    return read_document(path.name, bytes_of(path, LARGEST_FILE), source=str(path))


def bytes_of(path: Path, largest: int) -> bytes:
    """Return what a file holds. Raises ReadError where it cannot be opened or is too large."""
    try:
        if not path.is_file():
            raise ReadError("there is no such file: check the path")
        _check_size(path.stat().st_size, largest)
        return path.read_bytes()
    except OSError as error:
        raise ReadError(
            f"the file cannot be opened ({error.strerror}): check its rights"
        ) from error


def read_document(name: str, data: bytes, source: str | None = None) -> Document:
    """Read one file from its bytes; `name` gives the extension, `source` what to remember.

    Raises ReadError in one line where it cannot become a document.
    """
    _check_size(len(data), LARGEST_FILE)
    format_, reading = read_bytes(name, data)
    _check_length(reading.text)
    return build(identity(data), source or name, reading, format_.name)


def identity(data: bytes) -> str:
    """Return the id of the document whose file holds these bytes."""
    return "d" + hashlib.sha256(data).hexdigest()[:12]


def _check_size(size: int, largest: int) -> None:
    if size > largest:
        raise ReadError(
            f"the file holds {size / 1e6:.0f} MB, at most {largest / 1e6:.0f} MB are read: "
            "split it into its documents"
        )


def _check_length(text: str) -> None:
    characters, lines = len(text), text.count("\n") + 1
    if characters > LONGEST_TEXT or lines > MOST_LINES:
        raise ReadError(
            f"the text has {characters:,} characters in {lines:,} lines, at most "
            f"{LONGEST_TEXT:,} and {MOST_LINES:,} are read: split it into its documents"
        )


def parse(document_id: str, source: str, text: str, encoding: str = "utf-8") -> Document:
    """Return the Document of a text: its clauses, its metadata and what to tell its reader."""
    return build(document_id, source, Reading(text, encoding))


def build(document_id: str, source: str, reading: Reading, format_name: str = "txt") -> Document:
    """Return the Document of what a reader found in a file."""
    text = reading.text
    page = open_page(text)
    built = structure(document_id, page)
    return Document(
        id=document_id,
        source=source,
        encoding=reading.encoding,
        text=text,
        metadata=find_metadata(page, built.clauses),
        clauses=built.clauses,
        notes=(*reading.notes, *_notes(text, built.clauses), *built.notes),
        format=format_name,
        pages=reading.pages,
        recognised=reading.recognised,
    )


def _notes(text: str, clauses: Sequence[Clause]) -> Iterator[Note]:
    damaged = count_damage(text)
    if damaged:
        yield Note("damaged", (str(damaged),))
    yield from _missing(clauses)
    if not any(clause.kind in _NUMBERED for clause in clauses):
        yield Note("unnumbered")


def _missing(clauses: Sequence[Clause]) -> Iterator[Note]:
    """The figures that the source leaves empty, because people will ask for them."""
    holding = [clause for clause in clauses if clause.facts.missing]
    if holding:
        count = sum(len(clause.facts.missing) for clause in holding)
        named = "；".join(clause.address for clause in holding[:_MOST_NAMED])
        more = "……" * (len(holding) > _MOST_NAMED)
        first = holding[0].facts.missing[0].span
        yield Note("missing", (str(count), named + more), first)


def find_files(paths: list[Path]) -> list[Path]:
    """Return the files that `paths` name, folders searched through, in the order of their names.

    A named file is returned whatever its extension; of a folder, archives and the files that have
    a reader. Hidden files and links that lead out of the folder are passed over. Raises ReadError
    where a path does not exist or a folder holds nothing to read.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise ReadError(f"{path}: no such file or folder")
        if not path.is_dir():
            found.append(path)
            continue
        inside = [file for file in _inside(path) if has_reader(file.name)]
        if not inside:
            raise ReadError(f"{path}: no document in this folder (expected {EXPECTED})")
        found += inside
    return list(dict.fromkeys(found))


def find_unreadable(paths: Sequence[Path]) -> list[Path]:
    """Return the files of the folders among `paths` that no reader takes."""
    inside = (file for path in paths if path.is_dir() for file in _inside(path))
    others = (file for file in inside if not has_reader(file.name) and file.name != LISTING)
    return list(dict.fromkeys(others))


def _inside(folder: Path) -> Iterator[Path]:
    """The files of a folder that are not hidden."""
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        if is_hidden(path.relative_to(folder).as_posix()) or not path.is_file():
            continue
        if path.resolve().is_relative_to(root):
            yield path
