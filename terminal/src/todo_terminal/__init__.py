"""The `todo` command: tasks from a terminal, over the suite's public HTTP API and nothing else of it.

To read: `main` (the commands and how they end), `commands` (each of them), `api` (the requests), `access` and
`credentials` (who is signed in), `words` (what a person types for a date, a rule, a reminder), `show` and `text` (how
what comes back is written), `asking` (what is asked of a person), `undo`.
"""

__version__ = "0.1.0"
