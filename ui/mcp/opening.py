"""Opens the MCP server, where its package is installed: beside the app, or on a pipe."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from corpus import YoujuError
from retrieval import Searcher

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

PATH = "/mcp"

SearcherOf = Callable[[Any], Searcher]
"""Finds the searcher for a request, which is None where the client is on a pipe."""


class McpError(YoujuError):
    """An MCP server that cannot be had."""


def mount(searcher_of: SearcherOf, host: str) -> dict[str, Any]:
    """Return what adds the server to the app at `PATH`: options of a FastAPI application.

    `searcher_of` finds what who asks may see, by the request.
    """
    server = _opened(searcher_of)
    from ui.mcp.server import over_http

    mounted = over_http(server, host, PATH)

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        async with mounted.router.lifespan_context(mounted):
            yield

    return {"routes": list(mounted.routes), "lifespan": lifespan}


def run_on_stdio(searcher: Searcher) -> None:
    """Serve the client that started this process, until it closes standard input."""
    _opened(lambda request: searcher).run("stdio")


def _opened(searcher_of: SearcherOf) -> "MCPServer[Any]":
    try:
        from ui.mcp.server import build_server
    except ModuleNotFoundError as error:
        raise McpError(
            f"the MCP server needs {error.name}, which is not installed: pip install 'youju[mcp]'"
        ) from error
    return build_server(searcher_of)
