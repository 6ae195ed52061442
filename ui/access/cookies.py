"""The cookie of a session."""

from http.cookies import CookieError, SimpleCookie

from ui.access.asgi import Scope, header

_PLAIN, _SECURE = "youju", "__Host-youju"
"""Browsers take the second one over https alone, for this host and all of its paths."""


def session_of(scope: Scope) -> str | None:
    """Return the secret in the cookie of a request, if there is one."""
    name = _name(scope)
    for pair in (header(scope, b"cookie") or "").split(";"):
        try:
            found = SimpleCookie(pair.strip()).get(name)
        except CookieError:
            continue
        if found is not None:
            return found.value
    return None


def session_cookie(scope: Scope, token: str, seconds: int) -> str:
    """Return the header that sets the cookie; no time to live and no secret take it away."""
    secure = "; Secure" if _is_secure(scope) else ""
    kept = f"Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
    return f"{_name(scope)}={token}; {kept}"


def _name(scope: Scope) -> str:
    return _SECURE if _is_secure(scope) else _PLAIN


def _is_secure(scope: Scope) -> bool:
    # A proxy on this machine says so by X-Forwarded-Proto, which uvicorn has read by now.
    return bool(scope.get("scheme") == "https")
