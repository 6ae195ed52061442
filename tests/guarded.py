"""A served library with accounts, and requests that are sent to it as they are written."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from index import Library
from tests.served import filled, keywords, served
from ui.access import Accounts, Sessions
from ui.access.passwords import Cost

CHEAP = Cost(2, 8, 1)
"""Enough to see that it is scrypt; the real cost is tried once."""
GOOD = "岭上 三只 白鹭 归巢"

HIDDEN = """柏溪县学校暗号管理办法
柏溪县教育局
2024年5月1日

第一条　为了规范暗号，制定本办法。
第二条　暗号为白鹭归巢，校长每周更换暗号不少于7次。
"""


class Told(NamedTuple):
    """An answer: its status, its headers by lower-case name, its body."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    address: str,
    path: str,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Told:
    """One request, sent as it is written: no path is tidied, no redirect followed."""
    target = urlsplit(address)
    connection = HTTPConnection(target.hostname or "", target.port, timeout=60)
    try:
        connection.request(method, path, body, dict(headers or {}))
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Told(answer.status, told, answer.read().decode("utf-8", "replace"))
    finally:
        connection.close()


def sign_in(address: str, name: str, password: str = GOOD, **headers: str) -> Told:
    form = urlencode({"name": name, "password": password}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return ask(address, "/login", "POST", form, {**kind, **headers})


def cookie_of(told: Told) -> dict[str, str]:
    return {"Cookie": told.headers["set-cookie"].split(";")[0]}


class Site(NamedTuple):
    """A served library with accounts, and what a request of each of them carries."""

    address: str
    library: Library
    reader: dict[str, str]
    editor: dict[str, str]
    admin: dict[str, str]
    hidden: str
    """The id of a document of a collection that the reader does not see."""


@contextmanager
def opened(folder: Path, may_fail: bool = False, mcp: bool = False) -> Iterator[Site]:
    """Serve a library to a reader of its default collection, an editor and an admin."""
    library = filled(folder, hidden=HIDDEN)
    (hidden,) = [d.id for d in library.documents() if d.source.endswith("hidden.txt")]
    library.file_under(hidden, "secret")
    accounts = Accounts(library.folder, CHEAP)
    accounts.add("reader", GOOD, "reader", ["default"])
    accounts.add("editor", GOOD, "editor")
    accounts.add("admin", GOOD, "admin")
    accounts.add("victim", GOOD, "editor")
    sessions = Sessions(accounts.file)
    cookies: list[dict[str, str]] = [
        {"Cookie": f"youju={sessions.begin(n).token}"} for n in ("reader", "editor", "admin")
    ]
    with served(partial(keywords, library.folder), mcp, may_fail=may_fail) as address:
        yield Site(address, library, *cookies, hidden)
