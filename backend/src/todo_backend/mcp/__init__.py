"""The MCP server: a user's tasks for every assistant that the user has authorized.

Modules: `server` (the application at /mcp), `caller` (the user of a request), `tools` (tools that change tasks),
`queries` (read-only tools), `arguments` (of new tasks and changes), `questions` (to the user, in a form), `catalogue`
(validation and schemas), `changes` (bulk operations), `views` (short form of tasks), `guides` (resources and prompts).
"""

from todo_backend.mcp.server import lifespan

__all__ = ["lifespan"]
