"""The library: documents in SQLite, indexes over them, and what keeps both in step."""

from index.library import Failure, Library, Report, default_folder
from index.schema import LibraryError

__all__ = ["Failure", "Library", "LibraryError", "Report", "default_folder"]
