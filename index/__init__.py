"""The library: documents in SQLite, indexes over them, and what keeps both in step."""

from index.library import Library
from index.places import default_folder
from index.report import Failure, Near, Report
from index.schema import LibraryError

__all__ = ["Failure", "Library", "LibraryError", "Near", "Report", "default_folder"]
