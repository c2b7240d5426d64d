"""Which tasks are meant: found by what the person said of them, asked back where that is more than one."""

from collections.abc import Sequence
from typing import Any

from todo_backend.chat.rules.decisions import Call, Option, Question, Say, Situation, Steps, Task, call
from todo_backend.chat.rules.matching import closest, matches, query_of
from todo_backend.chat.rules.references import Which, which
from todo_backend.chat.rules.wording import details, failures, joined, lines, named, quoted
from todo_backend.mcp.changes import MANY

LARGEST = 2**31 - 1
PAGE = 100
MOST_PAGES = 3
FEW = 3
WHICH = "Which one do you mean?"
WHICH_TASK = "Which task do you mean? Its number or some words of its title will do."
DID_YOU_MEAN = "Did you mean"

Chosen = tuple[Task, ...]


def choose(situation: Situation, *views: str, prefer_open: bool = False, group: str = "pending") -> Steps[Chosen | Say]:  # noqa: PLR0911 - one a way to mean tasks
    """`views` are searched one after the other; `group` is what "all tasks" means here."""
    meant = which(situation.intent.get("which"), situation.here)
    memory = situation.memory
    if meant.numbers:
        if any(number < 1 or number > LARGEST for number in meant.numbers):
            return Say("No task has a number like that.")
        return tuple({"id": number} for number in meant.numbers)
    if meant.places:
        return in_list(memory.shown or memory.touched, memory.touched, meant) or Say(
            "There is no such place in the last list. Say a task's number, or “show my tasks” first."
        )
    if meant.pronoun:
        return pronoun(situation, meant)
    if meant.view is not None:
        return (yield from listed(meant.view.arguments(group)))
    if not meant.words:
        return Say(WHICH_TASK, question=Question(WHICH_TASK, situation.intent, "which"))
    return (yield from searched(situation, meant, views or ("all",), prefer_open=prefer_open))


def in_list(shown: Sequence[Task], touched: Sequence[Task], meant: Which) -> Chosen:
    """What "the last one" means is of the step before, which may have been no list."""
    source = touched if meant.places == (-1,) and touched else shown
    if any(abs(place) > len(source) for place in meant.places):
        return ()
    return tuple(source[place - 1 if place > 0 else place] for place in meant.places)


def pronoun(situation: Situation, meant: Which) -> Chosen | Say:
    touched = situation.memory.touched
    if meant.pronoun == "all" and touched:
        return tuple(touched)
    if len(touched) == 1:
        return tuple(touched)
    if touched:
        return ask(situation, touched)
    return Say(WHICH_TASK, question=Question(WHICH_TASK, situation.intent, "which"))


def listed(arguments: dict[str, Any]) -> Steps[Chosen | Say]:
    """All of a list, page by page."""
    found: list[Task] = []
    cursor: dict[str, Any] = {}
    for _ in range(MOST_PAGES):
        answer = yield from call("list_tasks", **arguments, limit=PAGE, **cursor)
        if answer.content is None:
            return Say(f"That did not work: {'; '.join(failures([answer]))}.")
        found += answer.tasks
        if not (following := answer.content.get("next_cursor")):
            break
        cursor = {"cursor": str(following)}
    return tuple(found) or Say("There are no such tasks, so nothing was changed.")


def searched(situation: Situation, meant: Which, views: Sequence[str], *, prefer_open: bool) -> Steps[Chosen | Say]:
    query = query_of(meant.words)
    if not query:
        return Say(WHICH_TASK, question=Question(WHICH_TASK, situation.intent, "which"))
    close: list[Task] = []
    for view in views:
        answer = yield from call("search_tasks", query=query, view=view)
        if answer.content is None:
            return Say(f"That did not work: {'; '.join(failures([answer]))}.")
        hits = matches(meant.words, answer.tasks, quoted=meant.quoted)
        if prefer_open and any("completed_at" not in task for task in hits):
            hits = [task for task in hits if "completed_at" not in task]
        if len(hits) == 1 or (hits and meant.many):
            return tuple(hits)
        if hits:
            return ask(situation, hits)
        close += [task for task in answer.tasks if task not in close]
    return offer(situation, meant.words, closest(close))


def ask(situation: Situation, tasks: Sequence[Task]) -> Say:
    shown = tuple(tasks)
    said = [f"{named(task)}{about(task, situation)}" for task in shown]
    text = f"{WHICH} {joined(said, 'or')}" if len(said) <= FEW else f"{WHICH}\n{lines(shown, situation.here)}"
    return Say(text, shown=shown, touched=(), question=question_of(situation, WHICH, shown))


def about(task: Task, situation: Situation) -> str:
    return f" ({said})" if (said := details(task, situation.here)) else ""


def offer(situation: Situation, words: str, close: Sequence[Task]) -> Say:
    nothing = f"I found no task called {quoted(words)}, so nothing was changed."
    if not close:
        return Say(nothing, touched=())
    said = [f"{named(task)}{about(task, situation)}" for task in close]
    text = f"{nothing} {DID_YOU_MEAN} {joined(said, 'or')}?"
    return Say(text, shown=tuple(close), touched=(), question=question_of(situation, DID_YOU_MEAN, close))


def question_of(situation: Situation, asked: str, tasks: Sequence[Task]) -> Question:
    options = tuple(Option(str(task["id"]), str(task.get("title", ""))) for task in tasks)
    return Question(asked, situation.intent, "which", options)


def read_all(tasks: Chosen) -> Steps[Chosen | Say]:
    """The tasks as they are now: what is counted from a task's date, tags or description needs them."""
    if all("title" in task for task in tasks):
        return tasks
    answers = yield in_calls("list_tasks", [task["id"] for task in tasks])
    found = {task["id"]: task for answer in answers for task in answer.tasks}
    missing = [task["id"] for task in tasks if task["id"] not in found]
    if failed := failures(answers):
        return Say(f"That did not work: {'; '.join(failed)}.")
    if missing:
        numbers = joined([str(number) for number in missing])
        return Say(f"{numbers} {'does' if len(missing) == 1 else 'do'} not exist, so nothing was changed.")
    return tuple(found.values())


def in_calls(tool: str, ids: Sequence[int], **arguments: Any) -> list[Call]:
    """As many calls as it takes."""
    return [Call(tool, {"ids": list(ids[at : at + MANY]), **arguments}) for at in range(0, len(ids), MANY)]
