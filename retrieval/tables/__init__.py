"""Tables for people: written as .xlsx, .docx, .csv or .md, whichever the file's name asks for."""

from retrieval.tables.values import Cell, Column, Mark, Piece, Table
from retrieval.tables.writing import EXTENSIONS, TableError, check_path, write_table

__all__ = [
    "EXTENSIONS",
    "Cell",
    "Column",
    "Mark",
    "Piece",
    "Table",
    "TableError",
    "check_path",
    "write_table",
]
