"""The door before the server: where there are accounts, nobody gets past it without one."""

import logging
from collections.abc import Awaitable, Callable
from threading import Event

from ui.access import pages, signing
from ui.access.accounts import Accounts
from ui.access.asgi import App, Receive, Reply, Scope, Send, header, told
from ui.access.attempts import Attempts
from ui.access.cookies import session_of
from ui.access.lasting import Lasting
from ui.access.origin import is_from_elsewhere
from ui.access.pages import ACCOUNTS, LOGIN, LOGOUT, STYLE
from ui.access.sessions import Sessions
from ui.access.viewer import OWNER, SCOPE, AccessError, Viewer
from ui.strings import language_of

log = logging.getLogger(__name__)

_BEARER = "Bearer "
_START = "/gradio_api/startup-events"
_UNKNOWN = (
    "this asks for an account: sign in at /login, or send the header `Authorization: Bearer TOKEN` "
    "with a token of `youju user token NAME`"
)

Answer = Callable[[Scope, Receive], Awaitable[Reply]]


class Door:
    """Lets a request through with its viewer in the scope, or answers it.

    `guarded` says that accounts are asked for even where there are none any more; without it,
    who comes is the owner until the first account is made. A request that a browser sends for a
    page of another site is refused either way. Until `started` is set nothing can be asked, and
    Gradio's own request for its start is let through, to which it answers yes or no. What lasts is
    let through for as long as who sent it would be let in again, with the same rights.
    """

    def __init__(
        self,
        app: App,
        accounts: Accounts,
        guarded: bool,
        sessions: Sessions | None = None,
        attempts: Attempts | None = None,
        started: Event | None = None,
    ) -> None:
        self._app = app
        self._started = started
        self._accounts = accounts
        self._guarded = guarded
        self._sessions = sessions or Sessions(accounts.file)
        self._signing = signing.Signing(accounts, self._sessions, attempts or Attempts())
        # These are open; all else asks for a viewer.
        self._entrance: dict[tuple[str, str], Answer] = {
            ("GET", LOGIN): self._signing.page,
            ("POST", LOGIN): self._signing.enter,
            ("POST", LOGOUT): self._signing.leave,
            ("GET", STYLE): _style,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            reply = await self._reply(scope, receive)
            await (reply.send(send) if reply else self._let_through(scope, receive, send))
        else:
            # Nothing here speaks over web sockets.
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    async def _let_through(self, scope: Scope, receive: Receive, send: Send) -> None:
        if SCOPE not in scope:
            await self._app(scope, receive, send)
            return
        from starlette.requests import ClientDisconnect

        lasting = Lasting(receive, send, lambda: self._still(scope) == scope[SCOPE])
        try:
            await self._app(scope, lasting.receive, lasting.send)
        except ClientDisconnect:
            # What was reading an upload is told that its sender is gone, and says so in this way.
            if not lasting.is_over:
                raise
        await lasting.close()

    def _still(self, scope: Scope) -> Viewer | None:
        """Who sends a request that was let in, by what is known of them at this moment."""
        return self._viewer(scope, is_asking=False) if self._is_guarded() else OWNER

    async def _reply(self, scope: Scope, receive: Receive) -> Reply | None:
        """The answer to a request that goes no further, None for one that does."""
        if is_from_elsewhere(scope):
            return told(403, "a page of another site may not call this")
        is_starting = self._started is not None and not self._started.is_set()
        if is_starting and scope["method"] == "POST":
            # What waits in a queue that is not ready yet would be lost with it.
            return told(503, "the app is starting: try again in a moment")
        try:
            if not self._is_guarded():
                scope[SCOPE] = OWNER
                return signing.home("") if scope["path"] == LOGIN else None
            at_entrance = self._entrance.get((scope["method"], scope["path"]))
            if at_entrance is not None:
                return await at_entrance(scope, receive)
            if is_starting and scope["path"] == _START:
                return None
            viewer = self._viewer(scope)
            return self._admitted(scope, viewer) if viewer else _turned_away(scope)
        except AccessError as error:
            log.warning("%s", error)
            return told(503, "the accounts cannot be read now: the reason is in the log of the app")

    def _is_guarded(self) -> bool:
        # Once there was an account, removing the last one opens nothing.
        self._guarded = self._guarded or self._accounts.exist()
        return self._guarded

    def _viewer(self, scope: Scope, is_asking: bool = True) -> Viewer | None:
        """Who sends a request: by the token of a program, else by the session of a page."""
        given = header(scope, b"authorization")
        if given is not None and given.startswith(_BEARER):
            return self._sessions.holder(given.removeprefix(_BEARER).strip())
        token = session_of(scope)
        return self._sessions.viewer(token, is_asking) if token else None

    def _admitted(self, scope: Scope, viewer: Viewer) -> Reply | None:
        scope[SCOPE] = viewer
        if scope["path"] != ACCOUNTS:
            return None
        if not viewer.may_administer:
            return told(403, f"the accounts are shown to an admin, {viewer.name} is {viewer.role}")
        language = language_of(signing.asked(scope).get("lang"))
        return pages.reply(200, pages.accounts_page(self._accounts.all(), language))


async def _style(scope: Scope, receive: Receive) -> Reply:
    return Reply(200, pages.style(), "text/css; charset=utf-8")


def _turned_away(scope: Scope) -> Reply:
    """The way to sign in for somebody who opens a page, an error for all else."""
    wants_page = "text/html" in (header(scope, b"accept") or "")
    if scope["method"] == "GET" and wants_page:
        return signing.to_login(scope)
    return told(401, _UNKNOWN, ("www-authenticate", "Bearer"))
