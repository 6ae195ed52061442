"""The MCP server: the tools, what it says of itself, and the ways to reach it."""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import anyio
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations

from retrieval import Searcher
from ui.mcp.tools import AT_ONCE, in_a_thread

if TYPE_CHECKING:
    from starlette.applications import Starlette

TITLES = {
    "search": "查找条款 Search",
    "ask": "问答 Ask",
    "get_clause": "条款原文 Get a clause",
    "validate_citation": "核对引用 Validate citations",
    "check_currency": "查是否现行 Check currency",
}
"""The tools by name, with what people read for each. There are no others."""

INSTRUCTIONS = (
    "有据 Youju 收有本单位的政策文件。凡涉及这些文件的说法，先用 ask 或 search 查原文，"
    "用 get_clause 取条款，按返回的 citation 注明出处；引用写好后用 validate_citation 核对，"
    "用 check_currency 查是否现行。文件没有说的，如实告知，不要推测。\n"
    "Youju holds policy documents. Look up what you say of them, cite by the citation that is "
    "returned, and say so where the documents do not tell."
)

_LOOKS_UP = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_ON_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def build_server(searcher_of: Callable[[Any], Searcher]) -> MCPServer[Any]:
    """Return a server with the five tools over a library, as who sent a request may see it."""
    server: MCPServer[Any] = MCPServer(
        "youju",
        title="有据 Youju",
        instructions=INSTRUCTIONS,
        log_level="WARNING",
        subscriptions=False,
    )
    limiter = anyio.CapacityLimiter(AT_ONCE)
    for name, title in TITLES.items():
        tool = in_a_thread(name, searcher_of, limiter)
        server.add_tool(
            tool,
            title=title,
            description=inspect.getdoc(tool),
            annotations=_LOOKS_UP,
            structured_output=True,
        )
    return server


def over_http(server: MCPServer[Any], host: str, path: str) -> "Starlette":
    """Return the application that answers at `path`; it keeps no session, and no stream open.

    On this machine alone, only this machine's own names are answered to (DNS rebinding).
    """
    from starlette.routing import Route

    # None: the package allows this machine's names, since it knows that the host is one.
    open_to_all = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(
        streamable_http_path=path,
        json_response=True,
        stateless_http=True,
        host=host,
        transport_security=None if host in _ON_THIS_MACHINE else open_to_all,
    )
    # A GET would open a stream on which nothing is ever told.
    app.router.routes = [
        Route(path, endpoint=route.endpoint, methods=["POST"])
        for route in app.routes
        if isinstance(route, Route)
    ]
    return app
