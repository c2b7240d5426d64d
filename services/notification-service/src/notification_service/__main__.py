from notification_service.main import service
from todo_kit.server import run

run(service)
