"""What lasts ends with the session or the account that it was let in by."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from http.client import HTTPConnection
from io import FileIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import anyio
import pytest

from index import Library
from index.encoders import TextKind, Vectors
from tests.fakes import KeywordEncoder, write_files
from tests.guarded import CHEAP, GOOD, ask
from tests.served import served
from ui.access import AccessError, Accounts, Sessions
from ui.access.asgi import Message
from ui.access.lasting import Lasting
from ui.access.sessions import IDLE

START: Message = {"type": "http.response.start", "status": 200, "headers": []}
BOUNDED: Message = {**START, "headers": [(b"content-length", b"2")]}
GONE = {"type": "http.disconnect"}


def part(body: bytes, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}


class Sender:
    """Who sent a request, says nothing more, and may stay for so many looks."""

    def __init__(self, looks: int) -> None:
        self.looks = looks
        self.told: list[Message] = []

    def may_stay(self) -> bool:
        self.looks -= 1
        return self.looks >= 0

    async def receive(self) -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    async def send(self, message: Message) -> None:
        self.told.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.told)


def lasting(sender: Sender, looking: float = 0.0) -> Lasting:
    return Lasting(sender.receive, sender.send, sender.may_stay, looking)


def answer(sender: Sender, *messages: Message, looking: float = 0.0) -> None:
    """Answer a request as the app does."""

    async def answered() -> None:
        request = lasting(sender, looking)
        for message in messages:
            await request.send(message)
        await request.close()

    anyio.run(answered)


STREAM = (START, *(part(b"%d" % n) for n in range(5)), part(b"", more=False))


def test_a_stream_is_ended_where_its_sender_may_no_longer_stay() -> None:
    sender = Sender(looks=4)
    answer(sender, *STREAM)
    assert sender.body == b"012"
    assert not sender.told[-1].get("more_body", False)
    whole = Sender(looks=100)
    answer(whole, *STREAM)
    assert whole.told == list(STREAM)


def test_what_has_not_begun_is_refused() -> None:
    for first in (START, BOUNDED):
        sender = Sender(looks=0)
        answer(sender, first, *STREAM[1:])
        assert sender.told[0]["status"] == 401
        assert b"sign in again" in sender.body and b"0" not in sender.body


def test_what_has_begun_and_told_its_length_is_sent_whole() -> None:
    sender = Sender(looks=1)
    answer(sender, BOUNDED, part(b"a"), part(b"b", more=False))
    assert sender.told == [BOUNDED, part(b"a"), part(b"b", more=False)]


def test_a_short_request_is_not_looked_at() -> None:
    sender = Sender(looks=0)
    answer(sender, *STREAM, looking=60.0)
    assert sender.told == list(STREAM)


def test_who_waits_for_a_sender_that_may_not_stay_is_told_that_it_is_gone() -> None:
    sender = Sender(looks=3)
    assert anyio.run(lasting(sender).receive) == GONE
    assert sender.looks == -1


def test_accounts_that_cannot_be_read_keep_nobody() -> None:
    def unreadable() -> bool:
        raise AccessError("the accounts cannot be read")

    sender = Sender(looks=0)
    request = Lasting(sender.receive, sender.send, unreadable, 0.0)
    assert anyio.run(request.receive) == GONE


def test_a_session_that_is_only_looked_at_ends_as_it_would(tmp_path: Path) -> None:
    accounts, now = Accounts(tmp_path, CHEAP), [0.0]
    accounts.add("li", GOOD, "editor")
    sessions = Sessions(accounts.file, lambda: now[0])
    token = sessions.begin("li").token
    for now[0] in (IDLE * 0.4, IDLE * 0.8):
        assert sessions.viewer(token, is_asking=False) is not None
    now[0] = IDLE
    assert sessions.viewer(token, is_asking=False) is None


# --- at a served page -----------------------------------------------------------------------------

WAITS_AT = 3
MEALS = "校长每周陪餐不少于{}次"


class Watched(KeywordEncoder):
    """Writes down each query, and at the third waits for who opens and closes the pipe beside."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._asked, self._pipe = folder / "asked.txt", folder / "pipe"

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        if kind == "query":
            with self._asked.open("a", encoding="utf-8") as file:
                file.writelines(f"{text}\n" for text in texts)
            if len(asked(self._asked.parent)) == WAITS_AT:
                self._pipe.read_bytes()
        return super().encode(texts, kind)


def asked(folder: Path) -> list[str]:
    """The requirements that were searched for so far."""
    return [
        line for line in (folder / "asked.txt").read_text("utf-8").splitlines() if "陪餐" in line
    ]


def watched(folder: Path) -> Library:
    return Library(folder / "library", lambda name: Watched(folder))


class Site(NamedTuple):
    address: str
    folder: Path
    accounts: Accounts
    sessions: Sessions

    def headers(self, name: str) -> dict[str, str]:
        return {"Cookie": f"youju={self.sessions.begin(name).token}"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("lasting")
    os.mkfifo(folder / "pipe")
    (folder / "asked.txt").touch()
    library = watched(folder)
    library.add([write_files(folder / "documents")])
    accounts = Accounts(library.folder, CHEAP)
    for name in ("li", "wang"):
        accounts.add(name, GOOD, "editor")
    with served(partial(watched, folder)) as address:
        yield Site(address, folder, accounts, Sessions(accounts.file))


def begin_tracing(site: Site, headers: dict[str, str], page: str, text: str) -> None:
    """Trace a list as the page does."""
    config = ask(site.address, "/config", headers=headers).json
    (box,) = (c["id"] for c in config["components"] if c["props"].get("elem_id") == "yj-list")
    ((number, inputs),) = (
        (one["id"], one["inputs"])
        for one in config["dependencies"]
        if box in one["inputs"] and [event for _, event in one["targets"]] == ["click"]
    )
    # The list, the filters that are chosen, and what the page keeps for itself.
    assert len(inputs) == 3 and inputs[0] == box
    body = {"data": [text, "{}", None], "fn_index": number, "session_hash": page}
    sent = {**headers, "Content-Type": "application/json"}
    joined = ask(site.address, "/gradio_api/queue/join", "POST", json.dumps(body).encode(), sent)
    assert joined.status == 200, joined


def waited_for(pipe: Path) -> FileIO:
    """Open a pipe as soon as somebody reads it; AssertionError where nobody does for a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError):  # nobody reads it yet
            return FileIO(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK), "w")
        time.sleep(0.01)
    raise AssertionError("nobody reads the pipe")


def connected(site: Site) -> HTTPConnection:
    return HTTPConnection(urlsplit(site.address).netloc, timeout=60)


def test_a_trace_of_a_session_that_was_left_ends_at_its_next_step(site: Site) -> None:
    headers = site.headers("li")
    begin_tracing(site, headers, "page", "\n".join(MEALS.format(n) for n in range(2, 80)))
    with closing(connected(site)) as connection:
        connection.request("GET", "/gradio_api/queue/data?session_hash=page", headers=headers)
        answers = connection.getresponse()
        with closing(waited_for(site.folder / "pipe")):
            # Now the third requirement is being searched for.
            assert ask(site.address, "/logout", "POST", headers=headers).status == 303
            told = answers.read().decode("utf-8")
    assert "process_generating" in told and "process_completed" not in told
    headers = site.headers("wang")
    begin_tracing(site, headers, "other", MEALS.format(100))
    told = ask(site.address, "/gradio_api/queue/data?session_hash=other", headers=headers).body
    assert "process_completed" in told
    assert asked(site.folder) == [MEALS.format(n) for n in (2, 3, 4, 100)]


def test_an_upload_of_an_account_that_is_removed_is_broken_off(site: Site) -> None:
    target = urlsplit(site.address)
    sent = [
        "POST /gradio_api/upload HTTP/1.1",
        f"Host: {target.netloc}",
        f"Cookie: {site.headers('li')['Cookie']}",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Length: 1000000",
        "Expect: 100-continue",
    ]
    with socket.create_connection((target.hostname, target.port), timeout=60) as connection:
        connection.sendall("\r\n".join([*sent, "", ""]).encode())
        answers = connection.makefile("rb")
        # It was let in: the body is being waited for.
        assert [answers.readline(), answers.readline()] == [b"HTTP/1.1 100 Continue\r\n", b"\r\n"]
        site.accounts.remove("li")
        assert answers.readline().startswith(b"HTTP/1.1 401 ")
        assert b"sign in again" in answers.read()
