"""What stands before the server: bodies of a bounded size, and no endpoint by name but ours."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs

from ui.access import SCOPE, Viewer
from ui.access.asgi import (
    App,
    Message,
    Receive,
    Reply,
    Scope,
    Send,
    again,
    header,
    read_body,
    told,
)
from ui.access.holders import Holders
from ui.api.endpoints import PREFIX, Parameters
from ui.api.openapi import schema

LARGEST_BODY = 8 << 20
"""Bytes of a request that uploads no file."""
UNFETCHED = 64
"""Answers kept for one account until they are fetched, as many as may wait in the queue."""
_POST_ONLY = (405, "a call is made by POST, its answer fetched by GET with the event_id behind it")
_NOT_YOURS = (403, "this page was opened by somebody else: open your own")

_BY_NAME = re.compile(r"/gradio_api/(?:call|run|api)(?:/|$)")
_CALL = re.compile(r"/gradio_api/call/v2/([a-z]{1,20})/?")
# Gradio's own examples fetch a result without v2.
_RESULT = re.compile(r"/gradio_api/call/(?:v2/)?([a-z]{1,20})/([0-9a-f]{1,64})/?")
_EVENT = re.compile(rb'"event_id":\s*"([0-9a-f]{1,64})"')
_JOIN = "/gradio_api/queue/join"
_UNHEARD = (503, "queue is full: this page has not heard what it was told before")
_UPLOADS = "/gradio_api/upload"
# What a page calls itself stands in the body of what it asks for, in the address of the answers.
_PAGES = re.compile(r"/gradio_api/(?:queue/join|cancel|reset|run/|api/)")
_PAGE_IN_PATH = re.compile(r"/gradio_api/heartbeat/([^/]*)")
# What Gradio offers and this page has no use for; some of it fetches what others name, or lets what
# waits in the queue go on as another page.
_CLOSED = re.compile(
    r"/gradio_api/(?:proxy=|file=https?:|(?:undo-)?vibe|dev/|runs(?:/|$)|run-history/|profiling/|"
    r"deep_link|custom_component/|process_recording|stream/|component_server)|/monitoring",
    re.IGNORECASE,
)
_SCHEMA = "/openapi.json"


class Gate:
    """Refuses, in one line of JSON, what no page and no well-meaning program sends.

    Gradio hides an endpoint of the page from its clients, and still lets it be called by its
    name: here only those of `parameters` can be. A call by name is checked for what it names.
    `ended` is told the event of each call whose answer was fetched, or is no longer kept, and each
    page that is no longer kept; `listens` tells whether a page hears what it is told.
    """

    def __init__(
        self,
        app: App,
        parameters: Mapping[str, Parameters],
        ended: Callable[[str], None],
        listens: Callable[[str], bool],
    ) -> None:
        self._app = app
        self._parameters = parameters
        self._ended = ended
        self._listens = listens
        self._holders = Holders(ended)
        self._events: dict[str, str] = {}  # whose call each event is, the oldest first
        self._schema = Reply(200, json.dumps(schema(parameters)).encode(), "application/json")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] == _SCHEMA and scope["method"] == "GET":
            await self._schema.send(send)
            return
        refused = self._refused(scope)
        if refused is None and _is_read(scope):
            body = await read_body(receive, LARGEST_BODY)
            refused = self._misread(scope, body)
            receive = again(body or b"", receive)
        if refused is None:
            await self._pass(scope, receive, send)
        else:
            allowed = [("allow", "POST")] if refused is _POST_ONLY else []
            await told(*refused, *allowed).send(send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through that nothing speaks against."""
        if _CALL.fullmatch(scope["path"]):
            await self._app(scope, receive, self._noting(scope, send))
            return
        fetched = _RESULT.fullmatch(scope["path"]) if scope["method"] == "GET" else None
        try:
            await self._app(scope, receive, send)
        finally:
            if fetched:
                self._ended(fetched[2])

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """What is wrong with a request before its body is read."""
        path = str(scope["path"])
        if _BY_NAME.match(path):
            call = _CALL.fullmatch(path) or _RESULT.fullmatch(path)
            if call is None or call[1] not in self._parameters:
                names = ", ".join(PREFIX + name for name in self._parameters)
                return 404, f"there is no such call, expected one of {names}"
        if _CALL.fullmatch(path) and scope["method"] != "POST":
            # Gradio would take the name of the call for an event, and break the answer off.
            return _POST_ONLY
        if _CLOSED.match(path):
            return 404, "there is nothing at this address"
        fetched = _RESULT.fullmatch(path)
        if fetched and scope["method"] == "GET":
            # An answer is given once, and to who asked.
            if self._events.get(fetched[2]) != _viewer(scope).name:
                return 404, "there is no such event: each is fetched once, by who began it"
            del self._events[fetched[2]]
        named = [*_pages_asked_for(scope), *_PAGE_IN_PATH.findall(path)]
        return None if self._may_use(scope, named) else _NOT_YOURS

    def _noting(self, scope: Scope, send: Send) -> Send:
        """What sends the answer to a call, and notes whose event it began."""

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.body":
                for event in _EVENT.findall(message.get("body", b"")):
                    self._begun(event.decode(), _viewer(scope).name)
            await send(message)

        return noting

    def _begun(self, event: str, name: str) -> None:
        """Note whose call an event is; an answer of a long document takes megabytes."""
        self._events[event] = name
        own = [one for one, whose in self._events.items() if whose == name]
        for oldest in own[:-UNFETCHED]:
            del self._events[oldest]
            self._ended(oldest)

    def _may_use(self, scope: Scope, named: Iterable[Any]) -> bool:
        """Whether the pages and calls that a request names are those of who sends it."""
        return all(self._is_theirs(page, _viewer(scope).name) for page in named)

    def _is_theirs(self, page: Any, name: str) -> bool:
        # Gradio keeps what a call is told under its event, like what a page is told.
        return self._holders.may_use(page, name) and self._events.get(page, name) == name

    def _misread(self, scope: Scope, body: bytes | None) -> tuple[int, str] | None:
        """What is wrong with a body: its size, or the names in it."""
        if body is None:
            return 413, f"the request is too large, at most {LARGEST_BODY >> 20} MB are read"
        path = str(scope["path"])
        pages = _pages_in(body) if _PAGES.match(path) else []
        if not self._may_use(scope, pages):
            return _NOT_YOURS
        if path.startswith(_JOIN) and not all(map(self._listens, pages)):
            return _UNHEARD
        call = _CALL.fullmatch(path)
        if call is None:
            return None
        if not (header(scope, b"content-type") or "").startswith("application/json"):
            return 415, "the body is to be application/json"
        fault = _fault(body, self._parameters[call[1]])
        return (422, fault) if fault else None


def _viewer(scope: Scope) -> Viewer:
    """Who sends a request, as the door told."""
    viewer: Viewer = scope[SCOPE]
    return viewer


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


def _pages_asked_for(scope: Scope) -> list[str]:
    """What an address calls the page whose answers it asks for."""
    query = scope["query_string"].decode("latin-1")
    return parse_qs(query, keep_blank_values=True).get("session_hash", [])


def _pages_in(body: bytes) -> list[Any]:
    """What a body calls the page that it comes from; what is no JSON object names none."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return []
    named = given.get("session_hash") if isinstance(given, dict) else None
    return [] if named is None else [named]
