"""The app as scripts use it: started over a library, visited like a page or called like a program.

A visit speaks to the page's own server with the standard library alone: what a browser would
send when a person asks a question or adds files, and what it would be told.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from typing import Any, NamedTuple
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
SECONDS = 120.0
"""How long a visitor waits for an answer."""

Json = dict[str, Any]


class Served(NamedTuple):
    """The app in a process of its own: its address, process and the seconds until it was ready."""

    address: str
    process: "subprocess.Popen[str]"
    seconds: float


class Unanswered(Exception):
    """Raised where the app answers with an error, or not at all."""


@contextmanager
def serving(
    library: Path, *options: str, command: Sequence[str] = (), environment: Mapping[str, str] = {}
) -> Iterator[Served]:
    """Serve a library as `youju serve` does, until the block ends.

    `command` starts something else with the library and the port as its last arguments.
    """
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    known = ["serve", "--library", str(library), "--port", port, *options]
    started = [*command, str(library), port] if command else [sys.executable, "-m", "cli", *known]
    begun = time.monotonic()
    with subprocess.Popen(
        started, cwd=ROOT, env=os.environ | environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            lines = iter(process.stderr.readline, "") if process.stderr else ()
            found = (re.search(r"http://[\w.:]+", line) for line in lines)
            address = next((match[0] for match in found if match), None)
            if address is None:
                raise SystemExit("the app ended before it said its address")
            yield Served(address, process, time.monotonic() - begun)
        finally:
            process.terminate()
            process.communicate(timeout=60)


class Visitor:
    """One visitor, who waits for each answer. Not to be shared by threads."""

    def __init__(self, address: str) -> None:
        self._origin = address
        self._session = _session()
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=SECONDS)
        self._config: Json = {}

    # --- as a program ----------------------------------------------------------------------

    def call(self, name: str, **given: object) -> Json:
        """Call one of the public calls. Raises Unanswered where it is refused."""
        joined = self._posted(f"/gradio_api/call/v2/{name}", given)
        told = self._got(f"/gradio_api/call/v2/{name}/{joined['event_id']}").decode()
        # Whoever waits long hears a heartbeat first.
        _, is_complete, data = told.partition("event: complete\ndata: ")
        if not is_complete:
            raise Unanswered(f"/{name}: {told[:200]}")
        found: Json = json.loads(data)[0]
        return found

    # --- as a page -------------------------------------------------------------------------

    def open(self) -> None:
        """Fetch what a page is made of."""
        self._config = json.loads(self._got("/config"))

    def ask(self, question: str) -> str:
        """Ask as the page does; return the HTML of the answer."""
        outcome, *_ = self._raised(
            self._event("yj-question", "submit"), [question, "{}", None, None]
        )
        return str(outcome)

    def leave(self, question: str) -> None:
        """Ask as the page does, and close the page while the answer is awaited."""
        self._join(self._event("yj-question", "submit"), [question, "{}", None, None])
        path = f"/gradio_api/queue/data?session_hash={self._session}"
        self._connection.request("GET", path)
        self._connection.close()
        self._session = _session()

    def add(self, files: Mapping[str, bytes]) -> str:
        """Upload files as the page does and wait until they are added; return the report's HTML."""
        paths = self.upload(files)
        data = [
            {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}
            for name, path in zip(files, paths, strict=True)
        ]
        adding, watching = self._adding()
        (refused,) = self._raised(adding, [data, None])
        report, *_ = self._raised(watching, [None, None])
        return str(report or refused)

    def upload(self, files: Mapping[str, bytes]) -> list[str]:
        """Send files to the upload endpoint; return where the app says that it put them."""
        boundary = uuid.uuid4().hex
        body = b"".join(_part(boundary, name, data) for name, data in files.items())
        body += f"--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        return [str(path) for path in self._posted("/gradio_api/upload", body, kind)]

    def _event(self, component: str, event: str) -> int:
        """The number of what a page may raise with a component of its own id."""
        events = self._events()
        ids = {one["id"]: one["props"].get("elem_id") for one in self._config["components"]}
        found = (
            d
            for d in events
            for at, name in d["targets"]
            if name == event and ids.get(at) == component
        )
        return int(next(found)["id"])

    def _adding(self) -> tuple[int, int]:
        """The numbers of adding uploaded files, and of watching how far that has come."""
        uploads = {d["id"] for d in self._events() if any(e == "upload" for _, e in d["targets"])}
        watching = next(
            d
            for d in self._events()
            if d["trigger_after"] in uploads and d["api_name"].startswith("watch")
        )
        return int(watching["trigger_after"]), int(watching["id"])

    def _events(self) -> list[Json]:
        if not self._config:
            self.open()
        found: list[Json] = self._config["dependencies"]
        return found

    def _raised(self, event: int, data: list[Any]) -> list[Any]:
        """Raise an event, and return what it puts on the page in the end."""
        self._join(event, data)
        told = self._got(f"/gradio_api/queue/data?session_hash={self._session}").decode()
        messages = [json.loads(line[6:]) for line in told.splitlines() if line.startswith("data: ")]
        last = next(m for m in reversed(messages) if m["msg"] == "process_completed")
        if not last["success"]:
            raise Unanswered(f"event {event}: {str(last['output'])[:200]}")
        found: list[Any] = last["output"]["data"]
        return found

    def _join(self, event: int, data: list[Any]) -> None:
        """Stand in the queue with an event."""
        joined = {"fn_index": event, "data": data, "session_hash": self._session}
        self._posted("/gradio_api/queue/join", {**joined, "event_data": None, "trigger_id": None})

    # --- the connection --------------------------------------------------------------------

    def _got(self, path: str) -> bytes:
        return self._answered("GET", path, None, "")

    def _posted(self, path: str, body: object, kind: str = "application/json") -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return json.loads(self._answered("POST", path, data, kind))

    def _answered(self, method: str, path: str, body: bytes | None, kind: str) -> bytes:
        headers = {"Content-Type": kind, "Origin": self._origin} if body is not None else {}
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            told = response.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise Unanswered(f"{path}: {type(error).__name__} {error}") from error
        if response.status != 200:
            raise Unanswered(f"{path}: {response.status} {told[:200]!r}")
        return told


def _session() -> str:
    """What a page calls itself."""
    return uuid.uuid4().hex[:12]


def _part(boundary: str, name: str, data: bytes) -> bytes:
    """One file of a form; the name as a browser writes it (RFC 7578, WHATWG)."""
    escaped = name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{escaped}"\r\n'
    return head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n"


def megabytes(process: int) -> float:
    """The resident memory of a process and of those it started (Linux)."""
    pages = _resident(process) + sum(_resident(child) for child in _children(process))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _children(process: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        own = [int(child) for child in path.read_text().split()]
        found += own + [below for child in own for below in _children(child)]
    return found
