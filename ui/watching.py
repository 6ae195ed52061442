"""Work in the background, which any number of pages look at and which outlives each of them."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Generic, TypeVar

from corpus import YoujuError

REFRESH = 0.5
"""Seconds after which a page looks again at work that tells nothing of itself."""

Look = TypeVar("Look")


class BrokenOff(YoujuError):
    """Work that ended by an error which is none of the user's doing."""

    def __init__(self) -> None:
        super().__init__("the work broke off: look at the program's messages")


class Watched(ABC, Generic[Look]):
    """Something that runs and then has an end. Safe to share between threads.

    Whoever does the work holds `_changed` to change what is seen of it, and notifies all.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._running = False
        self._told = True

    @property
    def is_running(self) -> bool:
        """Whether anything is being done."""
        return self._running

    def cancel(self) -> None:
        """Stop as soon as what is being done can be left."""
        with self._changed:
            if self._running:
                self._stop.set()
                self._changed.notify_all()

    def look(self) -> Look:
        """Return how far it has come."""
        with self._changed:
            return self._seen()

    @abstractmethod
    def _seen(self) -> Look:
        """How far it has come; `_changed` is held."""

    def watch(self) -> Iterator[Look]:
        """Yield each change until the end, that with it; nothing where it was told already.

        An end is told until somebody has taken it: a page that was closed meanwhile finds it when
        it comes back.
        """
        last = None
        while self._running:
            with self._changed:
                look, is_running = self._seen(), self._running
            if is_running and look != last:
                yield look
                last = look
            self._wait_beyond(last)
        if last is not None or not self._told:
            yield self.look()
            self._told = True

    def _wait_beyond(self, last: Look | None) -> None:
        """Wait until there is something else to tell, but not long: some work tells nothing."""
        with self._changed:
            self._changed.wait_for(lambda: self.look() != last, REFRESH)
