"""The tasks of a request: from the conversation, or found by a search. What is not clear is asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from todo_backend.mcp.arguments import MOST_ITEMS
from todo_backend.quick_add.meanings import Here
from todo_backend.rules import replies
from todo_backend.rules.references import Reference, content_words, matches, query_of, reference_of
from todo_backend.rules.subjects import subjects
from todo_backend.rules.values import due_of
from todo_backend.rules.views import View
from todo_backend.rules.vocabulary import Call, Memory, Option, Question, Reply, Request, Result, Steps, T, Task, call

LARGEST = 2**31 - 1
PAGE = 100
MOST_PAGES = 3
MOST_CLOSE = 3
READING = {"show", "history"}
"""Intents that may take the only task that is close to what was said: they change nothing."""
MAY_BE_TITLE = re.compile(
    r"(?:cancel|finish|move|drop|clear|clean|bring|close|throw|put|push|check|set|make|\w+ed) ", re.IGNORECASE
)
"""The beginning of a request that is a usual title too."""
EXCEPT = re.compile(r",? (?:except|but not|apart from|other than|excluding)(?: for)? ", re.IGNORECASE)
AND = re.compile(r",? and (?:also )?|, ?| n (?:the )?| ?& ?", re.IGNORECASE)
MOST_LINES = replies.MOST_LINES
Tasks = tuple[Task, ...]


class Unclear(Exception):
    """Ends a request before it changes anything. `reply` says why, or asks."""

    def __init__(self, reply: Reply | str) -> None:
        super().__init__()
        self.reply = Reply(reply) if isinstance(reply, str) else reply


def find(request: Request, memory: Memory, here: Here, *views: str, group: str = "pending") -> Steps[Tasks]:
    """Returns at least one task. Searches the `views` one after the other; "all tasks" are those of `group`.

    Raises Unclear if no task or several tasks could be meant.
    """
    target, *exceptions = EXCEPT.split(request.target, maxsplit=1)
    tasks = yield from _find(replace(request, target=target), memory, here, views, group)
    if not exceptions:
        return tasks
    others = yield from _find(replace(request, target=exceptions[0]), memory, here, views, group)
    left = tuple(task for task in tasks if task["id"] not in {other["id"] for other in others})
    if not left:
        raise Unclear("There are no other tasks, so nothing was changed.")
    return left


def _find(request: Request, memory: Memory, here: Here, views: Sequence[str], group: str) -> Steps[Tasks]:
    meant = reference_of(request.target, here)
    if meant.numbers:
        return _numbered(meant)
    if meant.places:
        return _in_list(meant, memory)
    if meant.pronoun:
        return _mentioned(meant, request, memory, here)
    if meant.view is not None:
        tasks = yield from listed(meant.view, group)
        if not tasks:
            raise Unclear("There are no such tasks, so nothing was changed.")
        if len(tasks) > 1 and not meant.many:
            raise Unclear(_ask(request, tasks[:MOST_LINES], here))
        return tasks
    if not query_of(meant.words):
        raise Unclear(which_task(request))
    found = yield from _searched(meant, request, here, views or ("all",))
    if isinstance(found, tuple):
        return found
    first, *others = [name for name in AND.split(request.target, maxsplit=1) if name.strip()]
    if not others or meant.quoted:
        raise Unclear(found)
    tasks = yield from _find(replace(request, target=first), memory, here, views, group)
    more = yield from _find(replace(request, target=others[0]), memory, here, views, group)
    return tuple({task["id"]: task for task in tasks + more}.values())


def which_task(request: Request) -> Reply:
    return Reply(replies.WHICH_TASK, question=Question(replies.WHICH_TASK, (request,), "target"))


def _numbered(meant: Reference) -> Tasks:
    if any(not 1 <= number <= LARGEST for number in meant.numbers):
        raise Unclear("No task has a number like that.")
    return tuple({"id": number} for number in meant.numbers)


def _in_list(meant: Reference, memory: Memory) -> Tasks:
    source = memory.touched if meant.places == (-1,) and memory.touched else memory.shown or memory.touched
    if any(abs(place) > len(source) or place == 0 for place in meant.places):
        raise Unclear("There is no such place in the last list. Say a task's number, or “show my tasks” first.")
    return tuple(source[place - 1 if place > 0 else place] for place in meant.places)


def _mentioned(meant: Reference, request: Request, memory: Memory, here: Here) -> Tasks:
    if not memory.touched:
        raise Unclear(which_task(request))
    most = {"one": 1, "both": 2}.get(meant.pronoun, len(memory.touched))
    if len(memory.touched) > most:
        raise Unclear(_ask(request, memory.touched, here))
    return memory.touched


def listed(view: View, group: str = "pending") -> Steps[Tasks]:
    """Returns the tasks of a view, at most MOST_PAGES pages of them."""
    arguments = view.arguments(group)
    found: list[Task] = []
    cursor: dict[str, Any] = {}
    for _ in range(MOST_PAGES):
        result = yield from call("list_tasks", **arguments, limit=PAGE, **cursor)
        check(result)
        found += result.tasks
        if not (following := result.content.get("next_cursor")):
            break
        cursor = {"cursor": str(following)}
    return tuple(
        task
        for task in found
        if (due_of(task) is None or not view.undated) and ("repeats" in task or not view.repeating)
    )


def _searched(meant: Reference, request: Request, here: Here, views: Sequence[str]) -> Steps[Tasks | Reply]:
    """Returns what to reply if no task matches."""
    close: list[Task] = []
    for view in views:
        result = yield from call("search_tasks", query=query_of(meant.words), view=view)
        check(result)
        hits = matches(meant, result.tasks)
        if view == "all":  # a completed task is meant only if no open one is
            hits = [task for task in hits if "completed_at" not in task] or hits
        if len(hits) == 1 or (hits and meant.many):
            return tuple(hits)
        if hits:
            raise Unclear(_ask(request, hits, here))
        close += [task for task in result.tasks if task not in close]
    if not close:
        close = list((yield from subjects(request.said)))
    if not close:
        longest = max(content_words(meant.words), key=len)
        result = yield from call("search_tasks", query=longest[:PAGE], view="all")
        close = result.tasks
    if request.intent in READING and len(close) == 1:
        return tuple(close)
    return _offer(request, meant.words, close[:MOST_CLOSE], here)


def _ask(request: Request, tasks: Sequence[Task], here: Here) -> Reply:
    text = f"{replies.WHICH}{replies.choices(tasks, here)}"
    return Reply(text, shown=tuple(tasks), touched=(), question=_question(request, replies.WHICH, tasks))


def _offer(request: Request, words: str, close: Sequence[Task], here: Here) -> Reply:
    nothing = f"I found no task called {replies.quoted(words)}, so nothing was changed."
    if not close and MAY_BE_TITLE.match(request.said):
        asked = f"Add {replies.quoted(request.said)} as a task?"
        question = Question(asked, (Request("add", text=request.said),), "confirm")
        return Reply(f"{nothing} {asked}", touched=(), question=question)
    if not close:
        return Reply(nothing, touched=())
    text = f"{nothing} {replies.DID_YOU_MEAN}{replies.choices(close, here)}?"
    return Reply(text, shown=tuple(close), touched=(), question=_question(request, replies.DID_YOU_MEAN, close))


def _question(request: Request, text: str, tasks: Sequence[Task]) -> Question:
    options = tuple(Option(str(task["id"]), str(task.get("title", ""))) for task in tasks)
    return Question(text, (request,), "target", options)


def read(tasks: Tasks) -> Steps[Tasks]:
    """Reads the tasks by number: a search returns no descriptions, and a number nothing at all.

    Raises Unclear if one does not exist.
    """
    results = yield in_calls("list_tasks", [task["id"] for task in tasks])
    for result in results:
        check(result)
    found = {task["id"]: task for result in results for task in result.tasks}
    if missing := [str(task["id"]) for task in tasks if task["id"] not in found]:
        verb = "does" if len(missing) == 1 else "do"
        raise Unclear(f"{replies.joined(missing)} {verb} not exist, so nothing was changed.")
    return tuple(found.values())


def in_calls(tool: str, ids: Sequence[int], **arguments: Any) -> list[Call]:
    return [Call(tool, {"ids": batch, **arguments}) for batch in batches(ids)]


def batches(items: Sequence[T]) -> Iterator[list[T]]:
    """Splits the items into as many calls as the limit of the tools requires."""
    for at in range(0, len(items), MOST_ITEMS):
        yield list(items[at : at + MOST_ITEMS])


def check(result: Result) -> None:
    """Raises Unclear if the call failed."""
    if result.error:
        raise Unclear(f"That did not work: {'; '.join(replies.failures([result]))}.")
