from todo_kit.migrations import run_migrations

run_migrations(kit_tables=("inbox", "dead_letters"))
