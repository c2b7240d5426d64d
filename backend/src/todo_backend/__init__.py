"""The task API: tasks, the people's settings, live push, and the front door to the other services."""
