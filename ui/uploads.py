"""Files that a browser sent become documents under their own names."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path, PurePath

from corpus import Document, Source
from index import Library, Report
from index.library import readable
from index.report import Progress, Stop, never


def add_uploads(
    library: Library, files: Sequence[Path], report: Report, progress: Progress, stop: Stop = never
) -> None:
    """Add files and delete them, noting in `report` what became of each; then index.

    Raises LibraryError; what the report holds by then is in the library.
    """
    sources = [Source(path, readable(Path(path.name))) for path in files]
    try:
        library.add_sources(
            sources, report, progress, lambda found: source_name(library, found), stop
        )
    finally:
        for path in files:
            path.unlink(missing_ok=True)
    library.embed(progress, stop)


def source_name(library: Library, document: Document) -> str:
    """Return the name to remember a file by: its own, unless another document has that name.

    A library replaces a document by the next one of the same source. Two uploads called 通知.txt
    are one source only if they have one title too; else the second becomes 通知 (2).txt.
    """
    name = document.source
    path = PurePath(name)
    numbered = (str(path.with_name(f"{path.stem} ({n}){path.suffix}")) for n in count(2))
    while any(
        library.as_read(known).title != document.metadata.title
        for known in library.store.ids_of_source(name)
    ):
        name = next(numbered)
    return name
