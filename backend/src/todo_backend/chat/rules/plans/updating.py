"""A change of each of the chosen tasks, in as few calls as may be."""

from collections.abc import Callable
from typing import Any

from todo_backend.chat.rules.choosing import Chosen, choose, read_all
from todo_backend.chat.rules.decisions import Call, Plan, Say, Situation, Steps, Task
from todo_backend.chat.rules.wording import report
from todo_backend.mcp.changes import MANY

Changed = Callable[[Task], dict[str, Any] | str]
"""The fields that a task gets; a text says why it gets none."""


def each(situation: Situation, chosen: Chosen, change: Changed) -> Plan:
    """The same change of each, in as many calls as it takes."""
    changes, left = [], []
    for task in chosen:
        fields = change(task)
        if isinstance(fields, str):
            left.append(fields)
        else:
            changes.append({"id": task["id"], **fields})
    if not changes:
        return Say(" ".join(dict.fromkeys(left)), touched=chosen)
    answers = yield [Call("update_task", {"changes": changes[at : at + MANY]}) for at in range(0, len(changes), MANY)]
    touched = tuple(task for answer in answers for task in answer.tasks)
    said = report("Changed", answers, situation.here, detailed=True)
    return Say(" ".join([said, *dict.fromkeys(left)]), touched=touched)


def chosen_and_read(situation: Situation) -> Steps[Chosen | Say]:
    chosen = yield from choose(situation, "all", prefer_open=True)
    return chosen if isinstance(chosen, Say) else (yield from read_all(chosen))


def alike(situation: Situation, **fields: Any) -> Plan:
    chosen = yield from choose(situation, "all", prefer_open=True)
    return chosen if isinstance(chosen, Say) else (yield from each(situation, chosen, lambda _: fields))
