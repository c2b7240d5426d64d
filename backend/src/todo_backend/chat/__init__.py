"""The assistant: conversations in which a model, or a set of rules, calls the MCP tools on the user's tasks.

Modules, in reading order: `endpoints` (ChatKit's protocol and a JSON API), `handlers` (what they do, loaded with the
first request), `server` (handles messages and buttons), `exchange` (a request of the JSON API), `turns` (runs the
agent and emits events), `streaming` (turns outlive the client's connection), `agent` (tools), `provider` (the model),
`calls` (validation and approval), `history` (the model's input), `conversations` and `store` (storage), `cards`,
`limits`, `failures`. Without a provider, `todo_backend.rules` answers.
"""

from todo_backend.chat.endpoints import lifespan, router

__all__ = ["lifespan", "router"]
