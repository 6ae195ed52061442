"""Health and figures: what is told, to whom, and that no figure grows with what is asked."""

import json
import logging
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Library
from index.amounts import amounts
from index.backend import BACKEND
from tests.guarded import CHEAP, GOOD
from tests.served import filled, keywords
from ui.access import OWNER, SCOPE, Accounts, Sessions, Viewer
from ui.access.asgi import App, Message, Receive, Scope, Send, header, told
from ui.monitor import Health, Monitor
from ui.monitor.health import DEGRADED, FAILED, KEPT, OK
from ui.monitor.metrics import Metrics
from ui.monitor.routes import ROUTES, route_of

HERE, ELSEWHERE = ("127.0.0.1", 5000), ("192.0.2.7", 5000)


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands behind the monitor: a door, and a page that is not there."""
    scope[SCOPE] = Viewer("wang", "reader") if header(scope, b"cookie") else OWNER
    await told(404, "not here").send(send)


class Site:
    """A monitor before a server, and requests to it."""

    def __init__(
        self, library: Library, accounts: Accounts | None = None, with_metrics: bool = True
    ) -> None:
        self.accounts = accounts or Accounts(library.folder)
        self.sessions = Sessions(self.accounts.file)
        self.health = Health(library)
        self.metrics = Metrics(library) if with_metrics else None

    def get(
        self,
        path: str,
        client: tuple[str, int] | None = HERE,
        method: str = "GET",
        behind: App = behind,
        **headers: str,
    ) -> tuple[int, str]:
        sent: list[Message] = []
        given = [(name.replace("_", "-").encode(), v.encode()) for name, v in headers.items()]
        scope: dict[str, Any] = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": b"",
            "headers": given,
            "client": client,
        }

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        monitor = Monitor(behind, self.health, self.sessions, self.metrics)
        anyio.run(monitor, scope, receive, send)
        return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:]).decode()

    def figures(self) -> Mapping[str, float]:
        status, text = self.get("/metrics")
        assert status == 200
        lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in lines}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library that no test changes."""
    return filled(tmp_path_factory.mktemp("monitor"))


@pytest.fixture
def own(library: Library, tmp_path: Path) -> Library:
    """A copy of it."""
    return keywords(Path(shutil.copytree(library.folder, tmp_path / "library")))


def spoil(library: Library) -> Library:
    """The same library, opened before its database became something else."""
    reopened = keywords(library.folder)
    for file in library.folder.glob("library.db*"):
        file.write_bytes(b"not a database" * 400)
    return reopened


# --- health ---------------------------------------------------------------------------------------


def test_health_is_told_to_everybody_and_tells_nothing_else(library: Library) -> None:
    status, body = Site(library).get("/healthz", ELSEWHERE)
    assert (status, json.loads(body)) == (200, {"status": "ok"})


def test_a_damaged_database_is_no_good_health(own: Library) -> None:
    status, body = Site(spoil(own)).get("/healthz", ELSEWHERE)
    assert (status, json.loads(body)) == (503, FAILED.told)


def test_a_server_of_indexes_that_is_not_reached_is_told(own: Library) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        own.store.set_meta({BACKEND: f"milvus://127.0.0.1:{port}"})
        assert Health(own).state() == OK
    assert Health(own).state() == DEGRADED


def test_health_is_looked_after_once_a_moment(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, looks = [0.0], list[float]()
    health = Health(library, clock=lambda: now[0])
    state = library.store.state
    monkeypatch.setattr(library.store, "state", lambda: looks.append(now[0]) or state())
    for moment in (0.0, KEPT / 2, KEPT, 1.5 * KEPT):
        now[0] = moment
        health.state()
    assert looks == [0.0, KEPT]


# --- the log --------------------------------------------------------------------------------------


def test_who_was_let_in_stands_in_the_log(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "youju.requests")
    site = Site(library)
    site.get("/config", cookie="youju=secret")
    site.get("/config?q=机密")
    told = [record.__dict__["details"] for record in caplog.records]
    assert [(line["path"], line.get("user"), line.get("role")) for line in told] == [
        ("/config", "wang", "reader"),
        ("other", None, None),
    ]
    assert "secret" not in caplog.text


def test_what_ends_in_an_error_is_told_as_one(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    caplog.set_level(logging.INFO, "youju.requests")
    site = Site(library)
    with pytest.raises(ZeroDivisionError):
        site.get("/", behind=broken)
    assert caplog.records[-1].__dict__["details"]["status"] == 500


# --- figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [
        (HERE, {}, 200),
        (("::1", 5000), {}, 200),
        (ELSEWHERE, {}, 403),
        (None, {}, 403),
        (("testclient", 1), {}, 403),
        (HERE, {"x_forwarded_for": "127.0.0.1"}, 403),
        (HERE, {"forwarded": "for=127.0.0.1"}, 403),
        (HERE, {"via": "1.1 proxy"}, 403),
        (HERE, {"authorization": "Bearer youju_made_up"}, 403),
        (HERE, {"authorization": ""}, 403),
    ],
)
def test_figures_are_for_this_machine(
    library: Library, client: tuple[str, int] | None, headers: dict[str, str], status: int
) -> None:
    assert Site(library).get("/metrics", client, **headers)[0] == status


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("editor", 403), ("admin", 200)])
def test_figures_are_for_an_admin_elsewhere(own: Library, role: Any, status: int) -> None:
    site = Site(own, Accounts(own.folder, CHEAP))
    site.accounts.add("wang", GOOD, role)
    token = site.sessions.new_token("wang")
    assert site.get("/metrics", ELSEWHERE, authorization=f"Bearer {token}")[0] == status


def test_without_the_option_there_are_no_figures(library: Library) -> None:
    assert Site(library, with_metrics=False).get("/metrics")[0] == 404


def test_requests_and_what_the_library_holds_are_counted(library: Library) -> None:
    site = Site(library)
    for path in ("/", "/", "/login", "/no/such/thing"):
        site.get(path)
    site.get("/", method="BREW")
    figures = site.figures()
    held = amounts(library.store)
    assert figures['youju_requests_total{method="GET",route="/",status="404"}'] == 2
    assert figures['youju_requests_total{method="GET",route="other",status="404"}'] == 1
    assert figures['youju_requests_total{method="other",route="/",status="404"}'] == 1
    assert figures['youju_first_byte_seconds_count{route="/"}'] == 3
    assert figures["youju_documents"] == held.documents == len(library.documents())
    assert figures["youju_passages"] == held.passages == len(library.snapshot().passages)
    assert figures["youju_pending_passages"] == held.pending == 0
    assert figures["youju_library_readable"] == 1


def test_passages_without_a_vector_are_pending(own: Library) -> None:
    with own.store.transaction() as connection:
        connection.execute("DELETE FROM embeddings")
    assert Site(own).figures()["youju_pending_passages"] == amounts(own.store).passages > 0


def test_figures_of_a_library_that_cannot_be_read_say_so(own: Library) -> None:
    figures = Site(spoil(own)).figures()
    assert figures["youju_library_readable"] == 0
    assert "youju_documents" not in figures


@given(st.text(max_size=60) | st.sampled_from(ROUTES).flatmap(lambda r: st.text().map(r.__add__)))
def test_a_path_has_one_of_few_names(path: str) -> None:
    assert route_of(path) in ROUTES


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/gradio_api/queue/data", "/gradio_api/queue/data"),
        ("/gradio_api/call/v2/ask", "/gradio_api/call/v2/ask"),
        ("/gradio_api/call/v2/ask/0a1b", "/gradio_api/result"),
        ("/gradio_api/heartbeat/secret", "/gradio_api/heartbeat"),
        ("/gradio_api/file=/home/li/食堂.docx", "/gradio_api/file"),
        ("/食堂", "other"),
    ],
)
def test_names_of_paths(path: str, route: str) -> None:
    assert route_of(path) == route
