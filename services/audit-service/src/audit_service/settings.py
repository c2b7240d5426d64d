from todo_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    app_id: str = "audit-service"
