from todo_backend.main import service
from todo_kit.server import run

run(service)
