"""The door stands before whatever Gradio serves, now and in a later version."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import anyio
import pytest
from gradio.routes import App

import app
from tests.guarded import CHEAP, ask, opened
from ui.access import Accounts, Door
from ui.access.asgi import Message, Receive, Scope, Send


def routes(of: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The method and the path of each route, those of routers within routers too."""
    for route in of:
        router = getattr(route, "original_router", None)
        if router is not None:
            yield from routes(router.routes)
        else:
            path = re.sub(r"{[^}]*}", "x", route.path)
            yield from ((method, path) for method in route.methods)


def test_whatever_gradio_serves_is_behind_the_door(tmp_path: Path) -> None:
    with opened(tmp_path) as site:
        offered = set(routes(App.create_app(app.build(site.library)).routes))
        assert len(offered) > 70 and ("POST", "/gradio_api/queue/join") in offered
        for method, path in offered:
            told = ask(site.address, path, method, b"{}" if method == "POST" else None)
            # A form without a name signs nobody in.
            assert told.status in ((400, 401) if path == "/login" else (401,)), (method, path)
            if method == "POST":
                elsewhere = {**site.editor, "Origin": "http://evil.example"}
                told = ask(site.address, path, method, b"{}", elsewhere)
                assert told.status == 403 and "another site" in told.json["error"], path


@pytest.mark.parametrize("guarded", [True, False])
def test_nothing_is_asked_before_the_app_has_started(tmp_path: Path, guarded: bool) -> None:
    """Gradio would take it into a queue that is then exchanged, and break the answer off."""
    passed: list[str] = []
    started = Event()

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope["path"])

    door = Door(inner, Accounts(tmp_path, CHEAP), guarded, started=started)
    told: list[Message] = []

    def tried(method: str, path: str) -> None:
        async def send(message: Message) -> None:
            told.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b"{}", "more_body": False}

        scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}
        anyio.run(door, scope, receive, send)

    tried("POST", "/gradio_api/queue/join")
    assert (passed, told[0]["status"]) == ([], 503)
    tried("GET", "/gradio_api/startup-events")
    assert passed == ["/gradio_api/startup-events"]
    started.set()
    told.clear()
    tried("POST", "/gradio_api/queue/join")
    assert told[0]["status"] == 401 if guarded else passed[1:] == ["/gradio_api/queue/join"]
