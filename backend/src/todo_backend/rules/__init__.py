"""The assistant without a provider: rules that understand plain requests and call the same tools as a model.

Modules, in reading order: `model` (the interface of the Agents SDK), `decisions` (from a conversation to the next
step), `parser` with `grammar` (from a sentence to requests), `references`, `views` and `values` (what its words mean),
`targets` (which tasks are meant), `actions` and `queries` (what is done), `answers` (to a question that was asked),
`replies` (texts).
"""

from todo_backend.rules.model import RuleModel

__all__ = ["RuleModel"]
