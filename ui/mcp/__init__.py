"""An MCP server over a library: what a language model's client may look up, and nothing else."""

from ui.mcp.opening import PATH, McpError, mount, run_on_stdio

__all__ = ["PATH", "McpError", "mount", "run_on_stdio"]
