"""What stands before the server: bodies of a bounded size, and no endpoint by name but ours."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from ui.api.endpoints import Parameters

LARGEST_BODY = 8 << 20
"""Bytes of a request that uploads no file."""

PREFIX = "/gradio_api/call/v2/"
_BY_NAME = re.compile(r"/gradio_api/(?:call|run|api)(?:/|$)")
_CALL = re.compile(r"/gradio_api/call/v2/([a-z]{1,20})/?")
# Gradio's own examples fetch a result without v2.
_RESULT = re.compile(r"/gradio_api/call/(?:v2/)?([a-z]{1,20})/[0-9a-f]{1,64}/?")
_UPLOADS = "/gradio_api/upload"
_FOR_PROGRAMS = ("/gradio_api/call/", "/mcp")

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Gate:
    """Refuses, in one line of JSON, what no page and no well-meaning program sends.

    Gradio hides an endpoint of the page from its clients, and still lets it be called by its
    name: here only those of `parameters` can be. A call by name is checked for what it names.
    """

    def __init__(self, app: App, parameters: Mapping[str, Parameters]) -> None:
        self._app = app
        self._parameters = parameters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is None and _is_read(scope):
            body = await _body(receive)
            refused = self._misread(scope, body)
            receive = _again(body or b"", receive)
        if refused is None:
            await self._app(scope, receive, send)
        else:
            await _refuse(send, *refused)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """What is wrong with a request before its body is read."""
        path = str(scope["path"])
        if _BY_NAME.match(path):
            call = _CALL.fullmatch(path) or _RESULT.fullmatch(path)
            if call is None or call[1] not in self._parameters:
                names = ", ".join(PREFIX + name for name in self._parameters)
                return 404, f"there is no such call, expected one of {names}"
        if path.startswith(_FOR_PROGRAMS) and _is_from_elsewhere(scope):
            return 403, "a page of another site may not call this"
        return None

    def _misread(self, scope: Scope, body: bytes | None) -> tuple[int, str] | None:
        """What is wrong with a body: its size, or the names in it."""
        if body is None:
            return 413, f"the request is too large, at most {LARGEST_BODY >> 20} MB are read"
        call = _CALL.fullmatch(str(scope["path"]))
        if call is None:
            return None
        fault = _fault(body, self._parameters[call[1]])
        return (422, fault) if fault else None


def _fault(body: bytes, parameters: Parameters) -> str | None:
    """What is wrong with the parameters of a call, or None."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        return "the body is no JSON object, expected one with the parameters by name"
    unknown = [name[:40] for name in given if name not in parameters.known]
    missing = [name for name in parameters.needed if name not in given]
    if not unknown and not missing:
        return None
    found = [f"found {', '.join(unknown[:5])}"] if unknown else []
    found += [f"{', '.join(missing)} is missing"] if missing else []
    return f"{'; '.join(found)}; this call takes {', '.join(parameters.known)}"


def _is_read(scope: Scope) -> bool:
    """Whether a request has a body that is no file."""
    sends = scope["method"] in ("POST", "PUT", "PATCH", "DELETE")
    return sends and not str(scope["path"]).startswith(_UPLOADS)


def _is_from_elsewhere(scope: Scope) -> bool:
    """Whether a browser sends this for the page of another host; programs send no origin."""
    headers = dict(scope["headers"])
    origin, host = headers.get(b"origin"), headers.get(b"host", b"")
    return origin not in (None, b"http://" + host, b"https://" + host)


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None of one that is too large."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY:
            return None
        parts.append(part)
        if message["type"] != "http.request" or not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """What gives a body that was read once more, and then whatever follows it."""
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay


async def _refuse(send: Send, status: int, line: str) -> None:
    body = json.dumps({"error": line}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
