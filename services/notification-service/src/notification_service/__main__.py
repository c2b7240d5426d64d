from notification_service.main import service
from todo_kit.serving import run

run(service)
