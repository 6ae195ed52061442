"""The door stands before whatever Gradio serves, now and in a later version."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gradio.routes import App

import app
from tests.guarded import ask, opened


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
