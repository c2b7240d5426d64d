"""Replies that need no task, and undo."""

from collections.abc import Iterator, Mapping

from todo_backend.quick_add.meanings import Here
from todo_backend.rules import replies
from todo_backend.rules.targets import Unclear, find
from todo_backend.rules.vocabulary import Action, Call, Change, Memory, Question, Reply, Request, Result, Steps

ASKED = {
    "ask title": ("What shall I add?", "add", "text"),
    "ask target": (replies.WHICH_TASK, "", "target"),
    "ask change": ("What shall it be? Say a new title, or a date such as “friday 9am”.", "change", "text"),
}
NAMED = 3


def say(request: Request, _: Memory, __: Here) -> Steps[Reply]:
    yield from ()
    return Reply(replies.TALK[request.intent])


def ask(request: Request, memory: Memory, here: Here) -> Steps[Reply]:
    text, intent, slot = ASKED[request.intent]
    target = request.target
    if target:
        tasks = yield from find(request, memory, here)
        target = ", ".join(str(task["id"]) for task in tasks)
    wanted = Request(intent or request.detail, target)
    raise Unclear(Reply(text, question=Question(text, (wanted,), slot)))


def again(_: Request, memory: Memory, __: Here) -> Steps[Reply]:
    """Repeats a question whose answer was not understood."""
    yield from ()
    question = memory.question
    if question is None:
        return Reply(replies.TALK["unknown"])
    options = "".join(f"\n- {label}" for label in _labels(question))
    said = "That is none of them." if question.options else "I did not understand that."
    return Reply(f"{said} {question.text.strip()}{options}", question=question)


def _labels(question: Question) -> Iterator[str]:
    for number, option in enumerate(question.options, 1):
        yield f"{number if question.slot == 'picks' else option.value}: {option.label}"


def undo(_: Request, __: Memory, ___: Here) -> Steps[Change]:
    yield from ()
    return Change([Call("undo_last_change", {})], _undone)


def _undone(results: list[Result]) -> Reply:
    [result] = results
    if replies.REFUSED.search(result.error):
        return Reply(replies.NOTHING_CHANGED)
    found = result.content.get("undone")
    undone = [replies.tidy(each, 110) for each in found] if isinstance(found, list) else []
    if not undone:
        return Reply(f"Nothing was undone: {'; '.join(replies.failures(results)) or 'there was nothing to undo'}.")
    text = f"Undone: {replies.joined(undone)}." if len(undone) <= NAMED else f"Undone: {len(undone)} changes."
    return Reply(text, touched=tuple(result.tasks))


ACTIONS: Mapping[str, Action] = {
    **dict.fromkeys(replies.TALK, say),
    **dict.fromkeys(ASKED, ask),
    "again": again,
    "undo": undo,
}
