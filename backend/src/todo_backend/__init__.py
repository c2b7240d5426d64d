"""The task API: tasks, user settings, live push, and forwarding to the other services."""
