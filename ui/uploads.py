"""Files that a browser sent become documents under their own names."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePath

from corpus import Document, ReadError, read_file
from index import Failure, Library, Report
from index.library import Progress


def add_uploads(
    library: Library, files: Sequence[Path], report: Report, progress: Progress
) -> None:
    """Add each file and delete it, noting in `report` what became of it; then index.

    Raises LibraryError; what the report holds by then is in the library.
    """
    for done, path in enumerate(files):
        progress("read", done, len(files))
        try:
            document = read_file(path)
        except ReadError as error:
            report.failed.append(Failure(path.name, str(error)))
        else:
            name = source_name(library, document, path.name)
            library.put(replace(document, source=name), report)
        finally:
            path.unlink(missing_ok=True)
    library.refresh()
    progress("words", 1, 1)
    library.embed(progress)


def source_name(library: Library, document: Document, name: str) -> str:
    """Return the name to remember a file by: its own, unless another document has that name.

    A library replaces a document by the next one of the same source. Two uploads called 通知.txt
    are one source only if they have one title too; else the second becomes 通知 (2).txt.
    """
    path = PurePath(name)
    numbered = (f"{path.stem} ({n}){path.suffix}" for n in count(2))
    while any(
        library.document(known).metadata.title != document.metadata.title
        for known in library.store.ids_of_source(name)
    ):
        name = next(numbered)
    return name
