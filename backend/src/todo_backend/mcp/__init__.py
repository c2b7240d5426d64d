"""The MCP server: the person's tasks for any assistant that the person has let in.

To read: `server` (what is opened at /mcp), `caller` (who asks), `tools` and `finding` (what is asked for), `catalogue`
(how their arguments are validated), `changes` (from words to operations), `views` (how little an answer says),
`wording` (dates in words), `guides` (what is picked).
"""

from todo_backend.mcp.server import opened

__all__ = ["opened"]
