from todo_backend.main import service
from todo_kit.serving import run

run(service)
