"""Whether the app can do its work, in a word that says nothing of the machine."""

import socket
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from corpus import YoujuError
from index import Library
from index.backend import EMBEDDED, remembered
from index.milvus import parse_address

KEPT = 1.0
"""Seconds for which an answer holds: whoever asks more often costs nothing."""
PATIENCE = 2.0
"""Seconds that a server may take to let a connection in."""


class State(NamedTuple):
    """What is told: the status of HTTP, and the words."""

    code: int
    told: dict[str, str]


OK = State(200, {"status": "ok"})
DEGRADED = State(200, {"status": "degraded", "index": "unreachable"})
FAILED = State(503, {"status": "failed"})


class Health:
    """Looks after the database of a library, and after the server that keeps its indexes.

    `is_answering` tells whether questions that come in are taken up.
    """

    def __init__(
        self,
        library: Library,
        is_answering: Callable[[], bool] = lambda: True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._library = library
        self._is_answering = is_answering
        self._clock = clock
        self._lock = threading.Lock()
        self._known: tuple[float, State] | None = None

    def state(self) -> State:
        """Return how things are, or were a moment ago. Safe to call from any thread."""
        with self._lock:
            if self._known is None or self._clock() - self._known[0] >= KEPT:
                self._known = self._clock(), self._looked()
            return self._known[1]

    def _looked(self) -> State:
        if not self._is_answering():
            return FAILED
        try:
            # A question to the file itself, not to what is in memory.
            self._library.store.state()
            backend = remembered(self._library.store)
        except YoujuError:
            return FAILED
        return OK if backend == EMBEDDED or is_reached(backend) else DEGRADED


def is_reached(backend: str) -> bool:
    """Whether the server at an address lets a connection in."""
    address = parse_address(backend)
    try:
        with socket.create_connection((address.host.strip("[]"), address.port), PATIENCE):
            return True
    except OSError:
        return False
