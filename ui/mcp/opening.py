"""Opens the MCP server, where its package is installed: beside the app, or on a pipe."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from corpus import YoujuError
from retrieval import Searcher

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

PATH = "/mcp"


class McpError(YoujuError):
    """An MCP server that cannot be had."""


def mount(searcher: Searcher, host: str) -> dict[str, Any]:
    """Return what adds the server to the app at `PATH`: options of a FastAPI application."""
    server = _opened(searcher)
    from ui.mcp.server import over_http

    mounted = over_http(server, host, PATH)

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        async with mounted.router.lifespan_context(mounted):
            yield

    return {"routes": list(mounted.routes), "lifespan": lifespan}


def run_on_stdio(searcher: Searcher) -> None:
    """Serve the client that started this process, until it closes standard input."""
    _opened(searcher).run("stdio")


def _opened(searcher: Searcher) -> "MCPServer[Any]":
    try:
        from ui.mcp.server import build_server
    except ModuleNotFoundError as error:
        raise McpError(
            f"the MCP server needs {error.name}, which is not installed: pip install 'youju[mcp]'"
        ) from error
    return build_server(searcher)
