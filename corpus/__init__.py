"""A file becomes a Document: its text, its metadata with evidence, and its tree of clauses."""

from corpus.document import Clause, Document, Metadata, Part
from corpus.errors import ReadError, YoujuError
from corpus.facts import Units
from corpus.files import LARGEST_FILE, find_files, parse, read_document, read_file, read_files
from corpus.notes import Note
from corpus.spans import Given, Span, Stated

__all__ = [
    "LARGEST_FILE",
    "Clause",
    "Document",
    "Given",
    "Metadata",
    "Note",
    "Part",
    "ReadError",
    "Span",
    "Stated",
    "Units",
    "YoujuError",
    "find_files",
    "parse",
    "read_document",
    "read_file",
    "read_files",
]
