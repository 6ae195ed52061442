"""A file becomes a Document: its text, its metadata with evidence, and its tree of clauses."""

from corpus.document import Clause, Document, Metadata, Part
from corpus.errors import ReadError, YoujuError
from corpus.facts import Units
from corpus.files import LARGEST_FILE, find_files, parse, read_document, read_file
from corpus.intake import Intake, Source, find_sources
from corpus.notes import Note
from corpus.spans import Given, Span, Stated

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
