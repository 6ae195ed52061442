"""Whether a browser sends a request on behalf of a page that is not ours."""

from ui.access.asgi import Scope, header

_OURS = ("same-origin", "none")
"""What browsers say of a request of our own page, and of an address that somebody typed."""


def is_from_elsewhere(scope: Scope) -> bool:
    """Whether a browser sends this for the page of another host, or of another port of this one.

    Browsers say so by Sec-Fetch-Site to this machine and over https, else by the Origin of what
    changes something or reads across; programs say neither. Where both are there, the former
    decides: it holds also behind a proxy that puts another name into Host.
    """
    site = header(scope, b"sec-fetch-site")
    if site is not None:
        return site not in _OURS and not _is_visit(scope)
    origin, host = header(scope, b"origin"), header(scope, b"host") or ""
    return origin is not None and origin not in (f"http://{host}", f"https://{host}")


def _is_visit(scope: Scope) -> bool:
    """Whether somebody follows a link of another page: they look, and change nothing."""
    return (
        scope["method"] in ("GET", "HEAD")
        and header(scope, b"sec-fetch-mode") == "navigate"
        and header(scope, b"sec-fetch-dest") == "document"
    )
