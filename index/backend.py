"""Which engine keeps the indexes of a library: what it remembers, or what an empty one is told."""

from pathlib import Path
from shlex import quote

from index.engine import Embedded, Engine
from index.schema import LibraryError
from index.store import Store

EMBEDDED = "embedded"
"""The name of the engine in the library's own folder; others have the address of a server."""
BACKEND = "backend"
"""Under this key a library remembers the name; absent is `EMBEDDED`."""


def open_engine(store: Store, folder: Path, named: str | None, way: str = "FLAT") -> Engine:
    """Return the engine of a name, None for the one that the library remembers.

    `way` is the index over vectors of a collection that is made anew. Raises ServerError for what
    is no name of an engine.
    """
    name = backend_name(named) if named else remembered(store)
    if name == EMBEDDED:
        return Embedded(store, folder)
    from index.milvus import parse_address
    from index.milvus.engine import Milvus

    return Milvus(store, folder, parse_address(name), way)


def backend_name(written: str) -> str:
    """Return the name of an engine as it is remembered. Raises ServerError for anything else."""
    if written == EMBEDDED:
        return EMBEDDED
    from index.milvus import parse_address

    return str(parse_address(written))


def remembered(store: Store) -> str:
    """Return the name of the engine that keeps the indexes of a library."""
    return store.meta(BACKEND) or EMBEDDED


def settle(store: Store, folder: Path, named: str | None) -> None:
    """Let an empty library remember the engine that was named, if one was.

    Raises LibraryError where one with documents keeps its indexes elsewhere.
    """
    known = remembered(store)
    if not named or backend_name(named) == known:
        return
    if store.has_documents():
        raise LibraryError(
            f"{folder} keeps its indexes in {known}, not in {named}: leave --backend out, or run "
            f"`youju move --library {quote(str(folder))} --to {named}`"
        )
    store.set_meta({BACKEND: backend_name(named)})
