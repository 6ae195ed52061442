"""Documents by what people call them, and the version before one."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from corpus import Document, YoujuError
from corpus.fold import fold_text
from index import Library
from index.versions import works

MOST_NAMED = 5
"""Documents that an error names."""


class CompareError(YoujuError):
    """Documents that cannot be compared: one that is not there, or that is not clear."""


def find_document(library: Library, name: str) -> Document:
    """Return the document of an id or its beginning, of a title or a file's name, or a part of one.

    Raises CompareError where no document or several are called so.
    """
    return _only(library, _called(library.documents(), name), name)


def _called(documents: Sequence[Document], name: str) -> list[Document]:
    """The documents that people may mean by a name, by the strictest way in which any is."""
    wanted = fold_text(name).strip("<>")
    ways = (
        [d for d in documents if name and d.id == name],
        [d for d in documents if wanted and fold_text(d.label).strip("<>") == wanted],
        [d for d in documents if name and name in (d.source, *_file_names(d))],
        [d for d in documents if len(name) >= 3 and d.id.startswith(name)],
        [d for d in documents if wanted and wanted in fold_text(d.label)],
        [d for d in documents if len(name) >= 3 and name in _file_names(d)[0]],
    )
    return next((way for way in ways if way), [])


def _only(library: Library, found: Sequence[Document], name: str) -> Document:
    if len(found) != 1:
        what = f"{len(found)} documents are" if found else "no document is"
        of = f": {_listed(found)}" if found else ""
        raise CompareError(
            f"{what} called {name!r}{of}; name one by its id, title or file (see `youju list`)"
        )
    return library.document(found[0].id)


def version_before(library: Library, name: str, today: date | None = None) -> tuple[Document, ...]:
    """Return a document and the version of it before that, the older first.

    A name that several versions of one work bear means the newest of them. Of the oldest version,
    it and the next one. Raises CompareError where there is no other.
    """
    documents = library.documents()
    named = _called(documents, name)
    held = [work.versions for work in works(documents, today)]
    ids = {document.id for document in named}
    bearing = [[d for d in versions if d.id in ids] for versions in held]
    newest = [found[0] for found in bearing if found]
    document = _only(library, newest if len(newest) == 1 else named, name)
    versions = next(v for v in held if any(d.id == document.id for d in v))
    if len(versions) < 2:
        raise CompareError(
            f"《{document.label}》 is the only version here: add another one, or name two "
            "documents with --documents"
        )
    at = next(n for n, version in enumerate(versions) if version.id == document.id)
    newer = min(at, len(versions) - 2)
    return tuple(library.document(versions[n].id) for n in (newer + 1, newer))


def _file_names(document: Document) -> tuple[str, str]:
    path = PurePath(document.source)
    return path.name, path.stem


def _listed(documents: Sequence[Document]) -> str:
    named = "、".join(f"《{d.label}》({d.id})" for d in documents[:MOST_NAMED])
    return named + "……" * (len(documents) > MOST_NAMED)
