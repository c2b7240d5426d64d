"""The assistant without a provider: rules that understand plain requests and call the same tools as any other model.

To read: `model` (what the Agents SDK asks), `deciding` (from a conversation's items to the next step), `sentences`
with `tables` and `language` (what can be said), `references`, `views` and `times` (what the words in it mean),
`choosing` with `matching` (which tasks are meant), `plans` (what is done), `answering` (of what was asked back),
`wording` (what is told).
"""

from todo_backend.chat.rules.model import RuleModel

__all__ = ["RuleModel"]
