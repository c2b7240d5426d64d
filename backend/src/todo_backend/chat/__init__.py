"""The assistant: conversations in which a model, or a set of rules, works on the person's tasks by the MCP tools.

To read: `endpoints` (the two doors), `server` (what a message and a button lead to), `turns` (a run of the agent as the
events that are shown), `streaming` (what goes on without a listener), `agent` (tools and model), `calls` (validation
and approval), `history` (what a model is given), `conversations` and `store` (where it is kept), `cards`, `limits`,
`failures`, and `rules` (without a provider).
"""

from todo_backend.chat.endpoints import lifespan, router

__all__ = ["lifespan", "router"]
