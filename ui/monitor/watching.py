"""Stands before everything else: health, figures, and a line in the log for each request."""

import json
import logging
from collections.abc import Callable
from ipaddress import ip_address
from time import perf_counter
from typing import Any, NamedTuple

import anyio.to_thread

from index import Library
from ui.access import SCOPE, AccessError, Accounts, Sessions, Viewer
from ui.access.asgi import App, Message, Receive, Reply, Scope, Send, header, told
from ui.monitor.health import Health
from ui.monitor.metrics import KIND, Metrics
from ui.monitor.routes import HEALTH, METRICS, method_of, route_of

log = logging.getLogger("youju.requests")

_UNKEPT = ("cache-control", "no-store")
_BEARER = "Bearer "
# What a proxy writes: who sent it on is not who asks.
_SENT_ON = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via")
_NOT_YOURS = (
    "the figures are for this machine alone, or for an admin: send the header "
    "`Authorization: Bearer TOKEN` with a token of `youju user token NAME`"
)


class Watch(NamedTuple):
    """What is to be seen of a server that runs."""

    metrics: bool = False
    questions: bool = False
    """Whether the text of questions may stand in the log."""
    json_lines: bool = False


class Monitor:
    """Answers `/healthz` and `/metrics` itself, and notes what becomes of every other request."""

    def __init__(
        self, app: App, health: Health, sessions: Sessions, metrics: Metrics | None = None
    ) -> None:
        self._app = app
        self._health = health
        self._sessions = sessions
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = _Seen()

        async def noted(message: Message) -> None:
            seen.note(message)
            await send(message)

        try:
            reply = await self._reply(scope)
            await (reply.send(noted) if reply else self._app(scope, receive, noted))
        finally:
            self._tell(scope, seen)

    async def _reply(self, scope: Scope) -> Reply | None:
        """The answer to what is asked of the monitor, None for everything else."""
        if scope["method"] not in ("GET", "HEAD"):
            return None
        if scope["path"] == HEALTH:
            state = await anyio.to_thread.run_sync(self._health.state)
            return _plain(state.code, json.dumps(state.told).encode(), "application/json")
        if scope["path"] == METRICS and self._metrics is not None:
            if not await anyio.to_thread.run_sync(self._may_read, scope):
                return told(403, _NOT_YOURS, _UNKEPT)
            return _plain(200, await anyio.to_thread.run_sync(self._metrics.text), KIND)
        return None

    def _may_read(self, scope: Scope) -> bool:
        given = header(scope, b"authorization")
        if given is None:
            return _is_from_here(scope)
        try:
            holder = self._sessions.holder(given.removeprefix(_BEARER).strip())
        except AccessError as error:
            log.warning("%s", error)
            return False
        return holder is not None and holder.may_administer

    def _tell(self, scope: Scope, seen: "_Seen") -> None:
        method, route = method_of(scope["method"]), route_of(scope["path"])
        status, seconds = seen.status or 500, perf_counter() - seen.begun
        first = seconds if seen.first is None else seen.first
        if self._metrics is not None:
            self._metrics.note(method, route, status, first)
        details = {
            "method": method,
            "path": route,
            "status": status,
            "first_ms": round(1000 * first, 1),
            "ms": round(1000 * seconds, 1),
            **_who(scope),
        }
        line = "%s %s %d %.0f ms"
        extra = {"event": "request", "details": details}
        log.info(line, method, route, status, 1000 * seconds, extra=extra)


class _Seen:
    """What was seen of an answer: when it was asked for, its status, seconds to its first byte."""

    def __init__(self) -> None:
        self.begun = perf_counter()
        self.status: int | None = None
        self.first: float | None = None

    def note(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif self.first is None and message.get("body"):
            self.first = perf_counter() - self.begun


def monitor(
    library: Library,
    accounts: Accounts,
    watch: Watch,
    is_answering: Callable[[], bool] = lambda: True,
) -> dict[str, Any]:
    """Return what `Monitor` takes beside the app. Raises MonitorError where it cannot be had."""
    return {
        "health": Health(library, is_answering),
        "sessions": Sessions(accounts.file),
        "metrics": Metrics(library) if watch.metrics else None,
    }


def _plain(status: int, body: bytes, kind: str) -> Reply:
    return Reply(status, body, kind, (_UNKEPT, ("x-content-type-options", "nosniff")))


def _is_from_here(scope: Scope) -> bool:
    """Whether somebody on this machine asks, and nobody sent it on."""
    if any(header(scope, name) is not None for name in _SENT_ON):
        return False
    client = scope.get("client")
    try:
        return client is not None and ip_address(client[0]).is_loopback
    except ValueError:
        return False


def _who(scope: Scope) -> dict[str, str]:
    """Who was let in by an account, as the door left it in the scope."""
    viewer = scope.get(SCOPE)
    if not isinstance(viewer, Viewer) or not viewer.name:
        return {}
    return {"user": viewer.name, "role": viewer.role}
