"""A file becomes a Document: its text, its metadata with evidence, and its tree of clauses.

What reads files is imported when it is first asked for: to search needs the values alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpus.document import Clause, Document, Metadata, Part
from corpus.errors import ReadError, YoujuError
from corpus.facts import Units
from corpus.notes import Note
from corpus.spans import Given, Span, Stated

if TYPE_CHECKING:
    from corpus.files import LARGEST_FILE, find_files, parse, read_document, read_file
    from corpus.intake import Intake, Source, find_sources

__all__ = [
    "LARGEST_FILE",
    "Clause",
    "Document",
    "Given",
    "Intake",
    "Metadata",
    "Note",
    "Part",
    "ReadError",
    "Source",
    "Span",
    "Stated",
    "Units",
    "YoujuError",
    "find_files",
    "find_sources",
    "parse",
    "read_document",
    "read_file",
]

_READING = {
    **dict.fromkeys(("Intake", "Source", "find_sources"), "corpus.intake"),
    **dict.fromkeys(
        ("LARGEST_FILE", "find_files", "parse", "read_document", "read_file"), "corpus.files"
    ),
}


def __getattr__(name: str) -> Any:
    if name not in _READING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_READING[name]), name)
