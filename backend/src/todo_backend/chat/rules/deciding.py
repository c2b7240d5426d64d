"""The decision of a moment, from nothing but the conversation's items: the next calls, or what is said.

A plan is run anew from its beginning with the answers that there are. Earlier turns are run in the same way, to know
what was shown and what was asked back; nothing is kept between two decisions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from todo_backend.accounts.locales import Conventions
from todo_backend.chat.rules import answering
from todo_backend.chat.rules.decisions import Decision, Intent, Memory, Plan, Say, Situation, Task
from todo_backend.chat.rules.plans import PLANS
from todo_backend.chat.rules.plans.talking import NOT_UNDERSTOOD
from todo_backend.chat.rules.sentences import MOST_CHARACTERS, understand
from todo_backend.chat.rules.transcript import NO_ANSWER, Made, Turn, turns
from todo_backend.chat.rules.wording import MOST_LINES, report
from todo_backend.quick_add.meanings import Here

MOST_TURNS = 8
"""What was said longer ago is not referred to."""
UNKNOWN, TOO_LONG = Intent("unknown"), Intent("too long")
LOOKING = {"list", "search", "show", "count"}
CHANGING = {"add_task", "update_task", "complete_task", "delete_task", "restore_task", "undo_last_change"}
LISTING = {"list_tasks", "search_tasks"}


def decide(
    items: str | Iterable[Any], now: datetime, zone: ZoneInfo, conventions: Conventions | None = None
) -> Decision:  # fmt: skip
    here = Here(now.astimezone(zone), zone, conventions or Conventions())
    found = turns(items)[-MOST_TURNS:]
    if not found:
        return Say(NOT_UNDERSTOOD)
    memory = Memory()
    for turn in found[:-1]:
        memory = remembered(turn, memory, here)
    return next_of(found[-1], memory, here)


def next_of(turn: Turn, memory: Memory, here: Here) -> Decision:
    if memory.question and meaning(turn.said, memory, here).name == "ask again":
        return asked_again(memory)
    situation = Situation(meaning(turn.said, memory, here), memory, here)
    return run(PLANS[situation.intent.name](situation), turn.made, here)


def run(plan: Plan, made: Sequence[Made], here: Here) -> Decision:
    left = list(made)
    try:
        wanted = next(plan)
        while left:
            taken, left = left[: len(wanted)], left[len(wanted) :]
            answers = [each.answer for each in taken]
            wanted = plan.send(answers + [NO_ANSWER] * (len(wanted) - len(answers)))
    except StopIteration as end:
        changed = [each.answer for each in left if each.tool in CHANGING]
        return Say(report("Changed", changed, here)) if changed else as_said(end.value)
    return wanted


def as_said(value: Any) -> Say:
    assert isinstance(value, Say)  # noqa: S101 - a plan returns nothing else
    return value


def meaning(text: str, memory: Memory, here: Here) -> Intent:
    """An answer to what was asked back, or a request of its own, or else an answer in other words."""
    if len(text) > MOST_CHARACTERS:
        return TOO_LONG
    question = memory.question
    if question and (found := answering.direct(question, text, here)):
        return found
    understood = understand(text, here)
    if question and (understood is None or (question.options and understood.name in LOOKING)):
        return answering.loose(question, text, here) or understood or UNKNOWN
    return understood or UNKNOWN


def asked_again(memory: Memory) -> Say:
    question = memory.question
    assert question is not None  # noqa: S101 - or it would not be asked again
    options = "\n".join(
        f"- {each.value if not question.numbered else number}: {each.label}"
        for number, each in enumerate(question.options, 1)
    )
    return Say(f"That is none of them. {question.asked}\n{options}", question=question)


def remembered(turn: Turn, memory: Memory, here: Here) -> Memory:
    """What a turn that is over left. It may have been answered by another model: then its tools' answers tell."""
    said = next_of(turn, memory, here)
    if isinstance(said, Say):
        after = memory.after(said)
        question = after.question
        return after if question is None or question.asked in turn.replied else replace(after, question=None)
    return seen(turn, memory)


def seen(turn: Turn, memory: Memory) -> Memory:
    found = Memory(memory.shown, memory.touched)
    for made in turn.made:
        tasks: tuple[Task, ...] = tuple(made.answer.tasks)
        if made.tool in LISTING and tasks:
            found = Memory(tasks[:MOST_LINES], tasks[:MOST_LINES])
        elif made.tool in CHANGING and tasks:
            found = Memory(found.shown, tasks)
    return found
