"""Where the indexes of a library are kept: a seam between the documents and the search."""

import shutil
from pathlib import Path
from typing import Protocol

from index.report import Progress
from index.snapshot import Snapshot, open_snapshot
from index.store import Store


class Engine(Protocol):
    """Keeps the indexes over the documents of one library."""

    def open(self, last: Snapshot | None) -> Snapshot:
        """Return the indexes of the newest generation; `last` is what was open before, if any."""

    def is_current(self, snapshot: Snapshot) -> bool:
        """Whether nothing was added, removed, encoded or lost since it was opened."""

    def send(self, progress: Progress) -> None:
        """Bring what is kept outside of the library's folder in step with the documents."""

    def clear(self) -> None:
        """Drop the indexes; they are made again from the documents."""


class Embedded:
    """The indexes in the folder of the library."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._cache = folder / "cache"

    def open(self, last: Snapshot | None) -> Snapshot:
        """Open the indexes of the newest generation; what is missing is built."""
        return open_snapshot(self._store, self._cache, last)

    def is_current(self, snapshot: Snapshot) -> bool:
        """Whether nothing was added, removed or encoded since it was opened."""
        return snapshot.is_current(self._store)

    def send(self, progress: Progress) -> None:
        """Nothing is kept elsewhere."""

    def clear(self) -> None:
        """Delete the indexes."""
        shutil.rmtree(self._cache, ignore_errors=True)
