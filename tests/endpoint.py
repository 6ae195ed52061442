"""An OpenAI-compatible server on loopback that says what a test wrote down."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any

MOST_SENT = 32 * 1024 * 1024
"""Bytes after which an endless answer ends even if nobody hangs up."""

Script = Callable[["Conversation"], None]


class Conversation(BaseHTTPRequestHandler):
    """One request and what a script answers to it."""

    protocol_version = "HTTP/1.1"
    server: "Scripted"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append(json.loads(body))
        self.server.headers.append(dict(self.headers))
        self.server.paths.append(self.path)
        self.close_connection = True
        try:
            self.server.script(self)
        except OSError:
            self.server.hung_up.set()

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        self.send_error(404)

    def begin(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        for name, value in {"connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def write(self, text: str | bytes) -> None:
        self.wfile.write(text.encode() if isinstance(text, str) else text)
        self.wfile.flush()

    def say(self, content: str | None, finish: str | None = None) -> None:
        """Send a piece of the answer as servers of this kind do."""
        delta = {} if content is None else {"content": content}
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m"}
        self.write(f"data: {json.dumps({**chunk, 'choices': [choice]}, ensure_ascii=False)}\n\n")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class Scripted(ThreadingHTTPServer):
    """Serves one script on a free port of this machine until its `with` block ends."""

    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.script = script
        self.asked: list[Any] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.hung_up = Event()
        self.over = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def __enter__(self) -> "Scripted":
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()


# --- scripts --------------------------------------------------------------------------------


def answers(*pieces: str, finish: str | None = "stop") -> Script:
    """Stream an answer in these pieces, and end it."""

    def script(conversation: Conversation) -> None:
        conversation.begin()
        for piece in pieces:
            conversation.say(piece)
        conversation.say(None, finish)
        conversation.write("data: [DONE]\n\n")

    return script


def hangs_up(*pieces: str) -> Script:
    """Stream pieces of an answer and go away in the middle of it."""

    def script(conversation: Conversation) -> None:
        conversation.begin()
        for piece in pieces:
            conversation.say(piece)

    return script


def breaks_off(*pieces: str) -> Script:
    """Promise more than is sent."""

    def script(conversation: Conversation) -> None:
        conversation.begin(content_length="100000")
        for piece in pieces:
            conversation.say(piece)

    return script


def refuses(status: int, body: str = '{"error": {"message": "no"}}', **headers: str) -> Script:
    """Answer with a status."""

    def script(conversation: Conversation) -> None:
        conversation.begin(status, "application/json", **headers)
        conversation.write(body)

    return script


def sends(body: str, kind: str = "text/event-stream", **headers: str) -> Script:
    """Answer with a body, whatever it is."""

    def script(conversation: Conversation) -> None:
        conversation.begin(kind=kind, **headers)
        conversation.write(body)

    return script


def stays_silent(*pieces: str) -> Script:
    """Stream pieces of an answer, and then nothing until the test is over."""

    def script(conversation: Conversation) -> None:
        conversation.begin()
        for piece in pieces:
            conversation.say(piece)
        conversation.server.over.wait(20)

    return script


def never_ends(piece: str) -> Script:
    """Stream the same piece again and again, until nobody listens."""

    def script(conversation: Conversation) -> None:
        conversation.begin()
        for _ in range(MOST_SENT // max(1, len(piece.encode()))):
            conversation.write(piece)

    return script
