"""Security headers on every answer, with a content policy that names the page's own scripts."""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from ui.access.asgi import App, Headers, Message, Receive, Scope, Send

_SCRIPT = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_SOURCE = re.compile(rb"\ssrc\s*=")
_KEPT = re.compile(r"/(?:assets|static|gradio_api/static)/")
"""Files of the program itself, which hold nothing of the library."""

POLICY = {
    "default-src": "'self'",
    # Gradio makes functions of the text of its `js` handlers: without 'unsafe-eval' no button
    # works. Scripts within the page run by their hash, and attributes like onclick not at all.
    "script-src": "'self' 'unsafe-eval'",
    # Its components write style attributes and style elements when they are drawn.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

FIXED: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""`referrer-policy`: the address of the page holds the question."""


class SecurityHeaders:
    """Adds to each answer what browsers are to allow; `head` is what the page inserts into its own.

    The scripts in it are allowed by name, as those that stand in the page when it is sent.
    """

    def __init__(self, app: App, head: str = "") -> None:
        self._app = app
        self._inserted = script_hashes(head.encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, waiting = str(scope["path"]), list[Message]()

        async def guarded(message: Message) -> None:
            # The policy names the scripts of a page: its head waits until the page is there.
            if message["type"] == "http.response.start":
                if _is_page(message["headers"]):
                    waiting.append(message)
                else:
                    await send({**message, "headers": self._with(path, message["headers"], b"")})
                return
            if not waiting:
                await send(message)
                return
            waiting.append(message)
            if not message.get("more_body", False):
                start, *parts = waiting
                page = b"".join(part.get("body", b"") for part in parts)
                waiting.clear()
                await send({**start, "headers": self._with(path, start["headers"], page)})
                await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, guarded)

    def _with(self, path: str, headers: Headers, page: bytes) -> Headers:
        hashes = sorted(self._inserted | script_hashes(page)) if page else []
        added = [*FIXED, (b"content-security-policy", policy(hashes).encode())]
        if _KEPT.match(path) is None:
            headers = [(name, value) for name, value in headers if name.lower() != b"cache-control"]
            added.append((b"cache-control", b"no-store"))
        named = {name.lower() for name, _ in headers}
        return [*headers, *(pair for pair in added if pair[0] not in named)]


def _is_page(headers: Headers) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(b"text/html")
        for name, value in headers
    )


def policy(scripts: Iterable[str] = ()) -> str:
    """Return the content policy, with the hashes of the scripts that stand in the page."""
    allowed = {**POLICY, "script-src": " ".join([POLICY["script-src"], *scripts])}
    return "; ".join(f"{name} {sources}" for name, sources in allowed.items())


def script_hashes(page: bytes) -> frozenset[str]:
    """Return the sources that allow the scripts within a page, as CSP level 2 writes them."""
    inline = (found for found in _SCRIPT.finditer(page) if not _SOURCE.search(found["attributes"]))
    return frozenset(hash_of(found["code"]) for found in inline)


def hash_of(script: bytes) -> str:
    """Return the source that allows one script."""
    return f"'sha256-{b64encode(sha256(script).digest()).decode()}'"
