"""How often somebody may try to sign in: each failure beyond a few asks for a longer wait."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import NamedTuple

FREE_FOR_A_NAME = 5
FREE_FOR_AN_ADDRESS = 20
"""Failures that ask for no wait: behind one address there may be a whole office."""
FIRST_WAIT = 2.0
"""Seconds after the first failure beyond these; each further one asks for twice as long."""
LONGEST_WAIT = 900.0
FORGOTTEN = 3600.0
"""Seconds after which failures are forgotten, counted from the end of the last wait."""
MOST = 20_000
"""Names and addresses that are kept in mind."""

Key = tuple[str, str]


class _Failures(NamedTuple):
    number: int
    until: float


class Attempts:
    """Counts attempts by name and by address. Safe to share between threads.

    An attempt counts as failed from its beginning, so that many at once gain nothing; a success
    takes the failures of its name away. Nobody waits here: who is too early is told how long.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[Key, _Failures] = OrderedDict()

    def begin(self, name: str, address: str) -> float:
        """Count an attempt; return 0, or the seconds after which one will be let in."""
        now = self._clock()
        with self._lock:
            keys = list(_keys(name, address))
            wait = max(self._known(key, now).until - now for key, _ in keys)
            if wait > 0:
                return wait
            for key, free in keys:
                count = self._known(key, now).number + 1
                self._failures[key] = _Failures(count, now + wait_after(count - free))
                self._failures.move_to_end(key)
            while len(self._failures) > MOST:
                self._failures.popitem(last=False)
            return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of a name, and this attempt of an address."""
        (of_name, _), (of_address, free) = _keys(name, address)
        with self._lock:
            self._failures.pop(of_name, None)
            known = self._failures.get(of_address)
            if known is not None:
                count = known.number - 1
                until = known.until if count > free else self._clock()
                self._failures[of_address] = _Failures(count, until)

    def _known(self, key: Key, now: float) -> _Failures:
        found = self._failures.get(key)
        if found is None or now - found.until > FORGOTTEN:
            return _Failures(0, now)
        return found


def wait_after(beyond: int) -> float:
    """Return the seconds to wait after so many failures beyond those that are free."""
    if beyond <= 0:
        return 0.0
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(beyond - 1, 20)))


def _keys(name: str, address: str) -> Iterator[tuple[Key, int]]:
    yield ("name", name), FREE_FOR_A_NAME
    yield ("address", address), FREE_FOR_AN_ADDRESS
