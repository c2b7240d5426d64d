"""Quick-add: parses a typed line into the fields of a task, and reports which words mean what.

Start with `parser`, which runs the steps: `scanner` finds phrases in the text, `resolver` resolves conflicts and
chooses readings, `doubts` looks at the words around them, `fields` builds the task, `questions` lists the
ambiguities. The grammars are in `languages`, a package each (`phrases`, built from `words`; `neighbours`): the locale
of the user decides which is read, and English is read beside it. The meanings of phrases are in `days`, `weekdays`,
`months`, `holidays`, `clocks`, `zones`, `rules` and `marks`, with calendar arithmetic in `dates`; what phrases add to
a rule is in `details`.
"""

from todo_backend.quick_add.endpoints import router

__all__ = ["router"]
