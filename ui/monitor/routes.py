"""Routes: the few names under which requests are counted and logged."""

import re

from ui.access.pages import ACCOUNTS, LOGIN, LOGOUT, STYLE
from ui.api.endpoints import NAMES

OTHER = "other"
"""What has no name here: most of it is asked for by those who look for holes."""
HEALTH = "/healthz"
METRICS = "/metrics"

_EXACT = frozenset(
    {
        *("/", "/config", "/mcp", "/theme.css", "/favicon.ico", "/manifest.json"),
        *(LOGIN, LOGOUT, ACCOUNTS, STYLE, HEALTH, METRICS),
        *(f"/gradio_api/queue/{what}" for what in ("join", "data", "status")),
        *(f"/gradio_api/{what}" for what in ("upload", "cancel", "reset", "info")),
        "/gradio_api/startup-events",
        *(f"/gradio_api/call/v2/{name}" for name in NAMES),
    }
)

# Behind these comes the name of a file, of a page or of a result, which is nobody's business.
_BEGINNINGS = (
    ("/assets/", "/assets"),
    ("/static/", "/static"),
    ("/gradio_api/static/", "/static"),
    ("/gradio_api/heartbeat/", "/gradio_api/heartbeat"),
    ("/gradio_api/stream/", "/gradio_api/stream"),
    ("/gradio_api/upload_progress", "/gradio_api/upload_progress"),
    ("/gradio_api/file=", "/gradio_api/file"),
    ("/gradio_api/file/", "/gradio_api/file"),
)
_RESULT = re.compile(rf"/gradio_api/call/(?:v2/)?(?:{'|'.join(NAMES)})/.*", re.DOTALL)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

ROUTES = (*sorted(_EXACT), *dict(_BEGINNINGS).values(), "/gradio_api/result", OTHER)


def route_of(path: str) -> str:
    """Return the name of a path, which is one of `ROUTES` whatever the path says."""
    if path in _EXACT:
        return path
    if _RESULT.fullmatch(path):
        return "/gradio_api/result"
    return next((name for start, name in _BEGINNINGS if path.startswith(start)), OTHER)


def method_of(method: str) -> str:
    """Return a method that HTTP knows, or `other`."""
    return method if method in _METHODS else OTHER
