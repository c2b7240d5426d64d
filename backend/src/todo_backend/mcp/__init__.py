"""The MCP server: the person's tasks for any assistant that the person has let in.

Modules: `server` (the application at /mcp), `caller` (the user of a request), `tools` and `finding` (the tools),
`catalogue` (validation of arguments), `changes` (operations), `views` (short answers), `wording` (dates in words),
`guides` (prompts).
"""

from todo_backend.mcp.server import lifespan

__all__ = ["lifespan"]
