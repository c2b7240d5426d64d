"""Quick-add: parses a typed line into the fields of a task, and reports which words mean what.

Start with `parser`, which runs the steps: `scanner` finds phrases in the text, `resolver` resolves conflicts and
chooses readings, `doubts` looks at the words around them, `fields` builds the task, `questions` lists the
ambiguities. The grammar is in `languages/english` (`phrases`, built from `words`; `neighbours`). The meanings of
phrases are in `days`, `months`, `clocks`, `zones`, `rules` and `marks`, with calendar arithmetic in `dates`.
"""

from todo_backend.quick_add.endpoints import router

__all__ = ["router"]
