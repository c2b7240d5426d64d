"""The `todo` command: tasks from a terminal. It uses only the suite's public HTTP API.

Modules: `main` (the table of commands, exit codes), `commands` (one function each), `wire` and `api` (requests),
`access` and `credentials` (the signed-in account), `words` (dates, rules and reminders as typed), `show` and `text`
(output), `prompts` (questions to the person at the terminal), `undo`.
"""

__version__ = "0.1.0"
