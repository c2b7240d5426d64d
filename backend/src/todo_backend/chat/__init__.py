"""How clients talk with the assistant (`todo_backend.assistant`): ChatKit's protocol, which streams, and a JSON API.

Modules, in reading order: `schemas`, `endpoints`, `handlers` (what they do, loaded with the first request), `server`,
`store` and `widgets` (ChatKit's protocol), `exchange` (the JSON API).
"""

from todo_backend.chat.endpoints import lifespan, router

__all__ = ["lifespan", "router"]
