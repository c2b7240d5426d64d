"""Changes of existing tasks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from todo_backend.quick_add.meanings import Here
from todo_backend.rules import replies, values
from todo_backend.rules.additions import ask, unquoted
from todo_backend.rules.grammar import LEVELS
from todo_backend.rules.references import PLAIN, present
from todo_backend.rules.targets import Tasks, Unclear, batches, find, in_calls, read
from todo_backend.rules.vocabulary import Action, Call, Change, Memory, Question, Reply, Request, Result, Steps, Task
from todo_kit.text import LONGEST_TITLE

LONGEST_NOTE = 10_000
PAST_END = re.compile(
    r"(?:,? (?:you|u) can .*)?(?: (?:this morning|today|yesterday|tonight|already|just now|earlier|now))+$",
    re.IGNORECASE,
)
TO_WHEN = "To when? Say it like “friday 9am”."
TAGS_BETWEEN = re.compile(r"[,;\n ]+")
NO_TAGS = frozenset(["", "and", "the", "tag", "tags", "label"])
RULE = ("recurrence_pattern", "recurrence")
Fields = Callable[[Task], dict[str, Any] | str]
"""Returns the new fields of a task, or why it gets none."""


def _by_number(
    tool: str, verb: str, *views: str, group: str = "pending", **arguments: Any
) -> Callable[..., Steps[Change]]:
    """Returns the action of a tool that takes numbers of tasks."""

    def act(request: Request, memory: Memory, here: Here) -> Steps[Change]:
        if request.detail == "past":
            return (yield from _confirm(request, memory, here, *views))
        tasks = yield from find(request, memory, here, *views, group=group)
        more = arguments | ({"scope": "series"} if request.detail == "series" else {})
        _refuse_what_is_done(tool, tasks, done=arguments.get("done"))
        return _change(in_calls(tool, [task["id"] for task in tasks], **more), verb, here)

    return act


def _refuse_what_is_done(tool: str, tasks: Tasks, *, done: bool | None) -> None:
    if done and len(tasks) == 1 and "completed_at" in tasks[0]:
        raise Unclear(Reply(f"{replies.named(tasks[0])} is completed already.", touched=tasks))
    if done is False and all("title" in task and "completed_at" not in task for task in tasks):
        raise Unclear(
            Reply(f"{replies.joined([replies.named(task) for task in tasks])}: open, as before.", touched=tasks)
        )
    if tool == "delete_task" and all("deleted_at" in task for task in tasks):
        raise Unclear(Reply("That is in the trash already; “restore” brings it back.", touched=tasks))


def _confirm(request: Request, memory: Memory, here: Here, *views: str) -> Steps[Change]:
    """Asks: "I bought the milk" says that the task is done, and may be no request."""
    said = PAST_END.sub("", re.split("[,.!✅]", request.target)[0].strip())
    try:
        tasks = yield from find(replace(request, target=present(said)), memory, here, *views)
    except Unclear as unclear:
        if unclear.reply.question or " " not in said:
            raise
        tasks = yield from find(replace(request, target=said.split(" ", 1)[1]), memory, here, *views)
    _refuse_what_is_done("complete_task", tasks, done=True)
    target = ", ".join(str(task["id"]) for task in tasks)
    asked = f"Complete {replies.joined([replies.named(task) for task in tasks])}?"
    raise Unclear(Reply(asked, touched=tasks, question=Question(asked, (Request(request.intent, target),), "confirm")))


def _change(calls: list[Call], verb: str, here: Here, refused: list[str] | None = None) -> Change:
    def report(results: list[Result]) -> Reply:
        said = replies.report(verb, results, here, detailed=calls[0].tool == "update_task")
        touched = tuple(task for result in results for task in result.tasks)
        return Reply(" ".join([said, *dict.fromkeys(refused or ())]), touched=touched)

    return Change(calls, report)


def _update(tasks: Tasks, fields: Fields, here: Here) -> Change:
    changes, refused = [], []
    for task in tasks:
        found = fields(task)
        if isinstance(found, str):
            refused.append(found)
        else:
            changes.append({"id": task["id"], **found})
    if not changes:
        raise Unclear(Reply(" ".join(dict.fromkeys(refused)), touched=tasks))
    calls = [Call("update_task", {"changes": batch}) for batch in batches(changes)]
    return _change(calls, "Changed", here, refused)


def _alike(request: Request, memory: Memory, here: Here, **fields: Any) -> Steps[Change]:
    tasks = yield from find(request, memory, here)
    return _update(tasks, lambda _: fields, here)


def _each(request: Request, memory: Memory, here: Here, fields: Fields) -> Steps[Change]:
    """For changes that depend on the tasks as they are now."""
    tasks = yield from read((yield from find(request, memory, here)))
    return _update(tasks, fields, here)


def restore(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    """Restores deleted tasks and opens completed ones again: "put it back on the list" may mean either."""
    tasks = yield from find(request, memory, here, "deleted", "completed", group="deleted")
    kept = [task for task in tasks if "title" in task and "deleted_at" not in task]
    if still_open := [replies.named(task) for task in kept if "completed_at" not in task]:
        raise Unclear(Reply(f"{replies.joined(still_open)}: not deleted, so nothing was changed.", touched=tasks))
    completed, deleted = [task["id"] for task in kept], [task["id"] for task in tasks if task not in kept]
    calls = in_calls("restore_task", deleted) + in_calls("complete_task", completed, done=False)
    verb = "Put back" if deleted and completed else "Restored" if deleted else "Reopened"
    return _change(calls, verb, here)


def rename(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    """The whole text is the title: no words in it are read as a date."""
    title = " ".join(unquoted(request.text)[0].split())
    if len(title) > LONGEST_TITLE:
        raise Unclear(f"A title has at most {LONGEST_TITLE} characters, this has {len(title)}: nothing was changed.")
    tasks = yield from find(request, memory, here)
    if len(tasks) > 1:
        raise Unclear(Reply("Several tasks cannot get the same title; say which one.", touched=tasks))
    return _update(tasks, lambda _: {"title": title}, here)


def replace_words(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    """Replaces words of a title."""
    old = unquoted(request.detail)[0]
    tasks = yield from read((yield from find(request, memory, here)))
    for task in tasks:
        if not re.search(rf"\b{re.escape(old)}\b", str(task["title"]), re.IGNORECASE):
            raise Unclear(Reply(f"{replies.named(task)} does not contain {replies.quoted(old)}.", touched=tasks))
    new = unquoted(request.text)[0]
    pattern = re.compile(rf"\b{re.escape(old)}\b", re.IGNORECASE)
    return _update(tasks, lambda task: {"title": pattern.sub(lambda _: new, str(task["title"]))}, here)


def offer_rename(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    tasks = yield from find(request, memory, here)
    asked = f"Rename {replies.joined([replies.named(task) for task in tasks])} to {replies.quoted(request.text)}?"
    wanted = replace(request, intent="rename")
    raise Unclear(Reply(asked, touched=tasks, question=Question(asked, (wanted,), "confirm")))


def change(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    """Changes the date, the repetition or the priority if the text is nothing else, otherwise the title."""
    text, is_quoted = unquoted(request.text)
    found = None if is_quoted else values.read(text, values.changing(here))
    if found is None:
        return (yield from rename(request, memory, here))
    if found.fields.keys() & {"due_date", "recurrence_pattern", "reminder_lead_time"}:
        return (yield from _dated(request, memory, here))
    return (yield from _alike(request, memory, here, **found.fields))


def priority(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    return (yield from _alike(request, memory, here, priority=LEVELS[(request.text or request.detail).lower()]))


def clear(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    return (yield from _alike(request, memory, here, clear=[request.detail]))


def describe(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    return (yield from _alike(request, memory, here, description=unquoted(request.text)[0]))


def note(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    """Appends to the description."""
    text, _ = unquoted(request.text)

    def fields(task: Task) -> dict[str, Any] | str:
        whole = "\n".join(part for part in (str(task.get("description") or ""), text) if part)
        if len(whole) > LONGEST_NOTE:
            return f"The notes of {replies.named(task)} are as long as they may be."
        return {"description": whole}

    tasks = yield from find(request, memory, here)
    # A search returns only whether there is a description.
    tasks = yield from read(tuple({"id": task["id"]} for task in tasks))
    return _update(tasks, fields, here)


def _tags(text: str) -> list[str]:
    words = [word.strip("#\"'.") for word in TAGS_BETWEEN.split(text.translate(PLAIN))]
    return list(dict.fromkeys(word for word in words if word.lower() not in NO_TAGS))


def tag(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    def fields(task: Task) -> dict[str, Any] | str:
        there = [str(each) for each in task.get("tags") or []]
        new = [each for each in _tags(request.text) if each.casefold() not in {old.casefold() for old in there}]
        return {"tags": there + new} if new else f"{replies.named(task)} has that tag already."

    return (yield from _each(request, memory, here, fields))


def untag(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    """Without a text, all tags are removed."""
    fewer = {each.casefold() for each in _tags(request.text)}

    def fields(task: Task) -> dict[str, Any] | str:
        there = [str(each) for each in task.get("tags") or []]
        left = [each for each in there if fewer and each.casefold() not in fewer]
        return {"tags": left} if left != there else f"{replies.named(task)} has no such tag."

    return (yield from _each(request, memory, here, fields))


def move(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    request = replace(request, target=request.target or "it")
    if not request.text:
        yield from find(request, memory, here)
        raise Unclear(Reply(TO_WHEN, question=Question(TO_WHEN, (request,), "text")))
    _expect(request, "due_date", here, f"is no date that I understand, so nothing was changed. {TO_WHEN}")
    return (yield from _dated(request, memory, here))


def repeat(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    _expect(request, "recurrence_pattern", here, "does not repeat, so nothing was changed.")
    return (yield from _dated(request, memory, here))


def _expect(request: Request, field: str, here: Here, otherwise: str) -> None:
    found = values.read(request.text, values.changing(here))
    if found is None or field not in found.fields:
        raise Unclear(f"{replies.quoted(request.text)} {otherwise}")


def _dated(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    """Changes what the text says. What it does not mention of a task's date stays as it is."""
    tasks = yield from read((yield from find(request, memory, here)))
    readings = {task["id"]: _reading(request, task, here) for task in tasks}
    asked = [tuple(each.ambiguities) for each in readings.values() if each.ambiguities]
    if len({tuple(way.label for way in ambiguities[0].alternatives) for ambiguities in asked}) > 1:
        raise Unclear(f"{replies.quoted(request.text)} can mean another date for each task: change one at a time.")
    if asked and len(asked[0]) > len(request.picks):
        raise Unclear(ask(request, asked[0][len(request.picks)]))
    return _update(tasks, lambda task: _said(readings[task["id"]], task), here)


def _reading(request: Request, task: Task, here: Here) -> values.Reading:
    found = values.read(request.text, values.changing(here, task), request.picks)
    if found is None:
        raise Unclear(f"{replies.quoted(request.text)} is not clear, so nothing was changed. {TO_WHEN}")
    return found


def _said(found: values.Reading, task: Task) -> dict[str, Any]:
    said = {name: value for name, value in found.fields.items() if name != "time_zone" and value != "none"}
    fields = ({"recurrence": {}} if "recurrence_pattern" in said else {}) | said
    there = [str(each) for each in task.get("tags") or []]
    return fields | ({"tags": list(dict.fromkeys([*there, *fields["tags"]]))} if "tags" in fields else {})


def shift(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    number, unit = values.span_of(request.text)
    amount = -number if request.detail == "earlier" else number
    return (yield from _each(request, memory, here, lambda task: _shifted(task, amount, unit, here)))


def _shifted(task: Task, amount: int, unit: str, here: Here) -> dict[str, Any] | str:
    due = values.due_of(task)
    if due is None:
        return f"{replies.named(task)} has no date to move; say it like “move task {task['id']} to friday 9am”."
    if unit in {"hours", "minutes"} and not isinstance(due, datetime):
        return f"{replies.named(task)} has no time; say it like “move task {task['id']} to 5pm”."
    try:
        return {"due_date": values.later(due, amount, unit, here).isoformat()}
    except (ValueError, OverflowError):
        return "That is too far away, so nothing was changed."


def lead(request: Request, memory: Memory, here: Here) -> Steps[Change]:
    """Sets a reminder, without a text at the due date."""
    request = replace(request, target=request.target or "it")
    number, unit = values.span_of(request.text) if request.text else (0, "minutes")
    minutes = number * values.MINUTES.get(unit, 0)

    def fields(task: Task) -> dict[str, Any] | str:
        if values.due_of(task) is not None:
            return {"reminder_lead_time": minutes}
        return f"{replies.named(task)} has no date; say it like “move task {task['id']} to friday 9am”."

    return (yield from _each(request, memory, here, fields))


ACTIONS: Mapping[str, Action] = {
    "complete": _by_number("complete_task", "Completed", "pending", "completed", done=True),
    "reopen": _by_number("complete_task", "Reopened", "completed", "pending", group="completed", done=False),
    "delete": _by_number("delete_task", "Deleted", group="all"),
    "restore": restore,
    "rename": rename, "replace": replace_words, "offer rename": offer_rename, "change": change, "priority": priority,
    "clear": clear, "describe": describe, "note": note, "tag": tag, "untag": untag, "move": move, "shift": shift,
    "repeat": repeat, "lead": lead,
}  # fmt: skip
