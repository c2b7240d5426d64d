from todo_kit.migrations import run_migrations

run_migrations()
