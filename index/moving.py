"""Moves the indexes of a library from one engine to another; nothing is encoded again."""

from pathlib import Path

from index.backend import BACKEND, EMBEDDED, backend_name, open_engine, remembered
from index.report import Progress
from index.store import Store


def move(store: Store, folder: Path, to: str, way: str, progress: Progress) -> str | None:
    """Make the indexes at `to` and remember it, then remove those that were elsewhere.

    They are made from the documents and vectors in the library, which stay. Where it is killed,
    the library goes on with the engine that it remembers, and the move can be made again. Returns
    why rows were left on the former server, None where they were not.
    """
    name, before = backend_name(to), remembered(store)
    if before != EMBEDDED and name != EMBEDDED:
        # What was sent is noted for one server at a time.
        left = _cleared(store, folder, before)
        _fill(store, folder, name, way, progress)
        return left
    _fill(store, folder, name, way, progress)
    return _cleared(store, folder, before) if before != name else None


def _fill(store: Store, folder: Path, name: str, way: str, progress: Progress) -> None:
    engine = open_engine(store, folder, name, way)
    engine.send(progress)
    engine.open(None)
    store.set_meta({BACKEND: name})


def _cleared(store: Store, folder: Path, name: str) -> str | None:
    """Remove the indexes of an engine; a server that cannot be reached keeps its rows."""
    from index.milvus import ServerError
    from index.milvus.engine import forget_server

    try:
        open_engine(store, folder, name).clear()
    except ServerError as error:
        collection = forget_server(store)
        return f"{error}; the collection {collection} stays there"
    return None
