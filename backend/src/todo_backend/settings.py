from typing import Annotated

from pydantic import Field

from todo_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    app_id: str = "todo-backend"
    database_pool_size: int = 20
    public_url: Annotated[str, Field(pattern=r"^https?://[^/]+$")] = "http://127.0.0.1:3000"
    """Where people find the suite: what its tokens for assistants are made for, and where pages may come from."""
