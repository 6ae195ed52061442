"""A file becomes a Document: its text, its metadata with evidence, and its tree of clauses."""

from corpus.document import Clause, Document, Metadata, Part, Span, Stated, Units
from corpus.errors import ReadError, YoujuError
from corpus.files import LARGEST_FILE, find_files, parse, read_document, read_file

__all__ = [
    "LARGEST_FILE",
    "Clause",
    "Document",
    "Metadata",
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
]
