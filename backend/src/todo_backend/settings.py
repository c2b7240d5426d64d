from todo_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    app_id: str = "todo-backend"
    database_pool_size: int = 20
