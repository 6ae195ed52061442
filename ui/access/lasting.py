"""Requests that last: they end when what let them in no longer does."""

import logging
import time
from collections.abc import Callable

import anyio

from ui.access.asgi import Message, Receive, Send, told
from ui.access.viewer import AccessError

log = logging.getLogger(__name__)

LOOKING = 3.0
"""Seconds between two looks at whether a request may go on."""
_ENDED = "the session has ended: sign in again"


class Lasting:
    """A request that goes on for as long as `may_stay` says so; then its sender seems to be gone.

    What serves it does what it does when a browser leaves: it stops to read, breaks its stream
    off, and ends the work behind that at the next step. A request that is answered before the
    first look is left alone.
    """

    def __init__(
        self, receive: Receive, send: Send, may_stay: Callable[[], bool], looking: float = LOOKING
    ) -> None:
        self._receive, self._send = receive, send
        self._may_stay, self._looking = may_stay, looking
        self._looked = time.monotonic()
        self._is_over = self._is_bounded = self._has_begun = self._has_ended = False

    async def receive(self) -> Message:
        """Return what the sender sends next, or that it is gone."""
        while not self._look():
            with anyio.move_on_after(self._looking):
                return await self._receive()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Send a part of the answer, nothing more of it once the request may not go on.

        An answer that has begun and whose length was told is sent whole.
        """
        if not self._is_bounded and self._look():
            return
        if message["type"] == "http.response.start":
            self._is_bounded = any(name == b"content-length" for name, _ in message["headers"])
        self._has_begun = True
        self._has_ended = _is_last(message)
        await self._send(message)

    async def close(self) -> None:
        """Bring an answer that was broken off to its end."""
        if not self._is_over or self._has_ended or self._is_bounded:
            return
        if self._has_begun:
            await self._send({"type": "http.response.body", "body": b""})
        else:
            await told(401, _ENDED, ("www-authenticate", "Bearer")).send(self._send)

    @property
    def is_over(self) -> bool:
        """Whether it was broken off."""
        return self._is_over

    def _look(self) -> bool:
        """Whether it is over; looked at now and then."""
        now = time.monotonic()
        if not self._is_over and now - self._looked >= self._looking:
            self._looked = now
            self._is_over = not self._may_go_on()
        return self._is_over

    def _may_go_on(self) -> bool:
        try:
            return self._may_stay()
        except AccessError as error:
            log.warning("%s", error)
            return False


def _is_last(message: Message) -> bool:
    return message["type"] == "http.response.body" and not message.get("more_body", False)
