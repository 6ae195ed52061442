"""Signing in and out."""

from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from urllib.parse import parse_qsl, urlencode

import anyio
import anyio.to_thread

from ui.access.accounts import Accounts, account_name, is_name
from ui.access.asgi import Receive, Reply, Scope, read_body
from ui.access.attempts import Attempts
from ui.access.cookies import session_cookie, session_of
from ui.access.pages import LOGIN, login_page, problem, reply
from ui.access.sessions import Sessions
from ui.address import LONGEST_QUERY
from ui.strings import Language, language_of, say

LARGEST_FORM = 16 << 10
"""Bytes of the form that signs in."""
MOST_FIELDS = 16
"""Names in a form, or in an address of the page."""
AT_ONCE = 2
"""Passwords that are tried at once: each needs 32 MiB and a core for a moment."""


class Signing:
    """Lets people in by name and password, and out again."""

    def __init__(self, accounts: Accounts, sessions: Sessions, attempts: Attempts) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._attempts = attempts
        self._limiter = anyio.CapacityLimiter(AT_ONCE)

    async def page(self, scope: Scope, receive: Receive) -> Reply:
        """The page that asks for name and password."""
        given = asked(scope)
        return reply(200, login_page(_language(given), _query(given)))

    async def enter(self, scope: Scope, receive: Receive) -> Reply:
        """Begin a session, or say why not, and after how long the next attempt is let in."""
        body = await read_body(receive, LARGEST_FORM)
        given = _form(body) if body is not None else None
        if given is None:
            return Reply(413 if body is None else 400, b"the form is larger than any page sends")
        language, query, name = _language(given), _query(given), given.get("name", "")
        who, address = _known_as(name), address_of(scope)
        wait = ceil(self._attempts.begin(who, address))
        if wait:
            said = problem(say(language, "access.wait", seconds=wait))
            html = login_page(language, query, name[:40], said)
            return reply(429, html, ("retry-after", str(wait)))
        opens, password = self._accounts.opens, given.get("password", "")
        if not await anyio.to_thread.run_sync(opens, name, password, limiter=self._limiter):
            said = problem(say(language, "access.wrong"))
            return reply(401, login_page(language, query, name[:40], said))
        self._attempts.succeeded(who, address)
        session = self._sessions.begin(name)
        return home(query, ("set-cookie", session_cookie(scope, *session)))

    async def leave(self, scope: Scope, receive: Receive) -> Reply:
        """End the session, and ask for name and password again."""
        token = session_of(scope)
        if token:
            self._sessions.end(token)
        gone = ("set-cookie", session_cookie(scope, "", 0))
        return Reply(303, headers=(("location", LOGIN), gone))


def home(query: str, *headers: tuple[str, str]) -> Reply:
    """Return the way to the page, with the question that its address held."""
    return Reply(303, headers=(("location", f"/?{query}" if query else "/"), *headers))


def to_login(scope: Scope) -> Reply:
    """Return the way to sign in, which leads back to the page that was wanted."""
    given = asked(scope)
    wanted = {"query": _clean(scope["query_string"].decode("latin-1"))}
    language = {"lang": given["lang"]} if "lang" in given else {}
    return Reply(303, headers=(("location", f"{LOGIN}?{urlencode({**wanted, **language})}"),))


def asked(scope: Scope) -> dict[str, str]:
    """Return the parameters of an address."""
    return _pairs(scope["query_string"].decode("latin-1")) or {}


def _form(body: bytes) -> dict[str, str] | None:
    return _pairs(body.decode("utf-8", "replace"))


def _pairs(written: str) -> dict[str, str] | None:
    """Names and values as forms send them; None for more than any of our pages has."""
    try:
        pairs = parse_qsl(written, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return None
    return dict(pairs)


def _language(given: dict[str, str]) -> Language:
    return language_of(given.get("lang"))


def _query(given: dict[str, str]) -> str:
    return _clean(given.get("query", ""))


def _clean(query: str) -> str:
    """A query written anew: whatever it holds, the way back leads to the page and nowhere else."""
    pairs = _pairs(query) if len(query) <= LONGEST_QUERY else None
    return urlencode(pairs or {})


def _known_as(name: str) -> str:
    """The name by which attempts are counted."""
    return account_name(name) if is_name(name) else name[:40].casefold()


def address_of(scope: Scope) -> str:
    """Return the address that a request comes from; of IPv6 the network that one host is given."""
    client = scope.get("client")
    if not client:
        return ""
    try:
        address = ip_address(client[0])
    except ValueError:
        return str(client[0])
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False))
